package views

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"corroborate/internal/claims"
)

// Line shows values in which sources differ as points on a line, from the least to the
// most. What it shows to the eye is said in Words and in its table.
type Line struct {
	// Heading says what is on the line.
	Heading string
	Points  []LinePoint
	// Order says how the points follow one another.
	Order string
	// Apart says how far the outermost points are from one another.
	Apart string
	// Log is true where the line is logarithmic, as the values are of several sizes.
	Log bool
	// Small leaves the heading and the table out, for a row of the matrix.
	Small bool
}

// LinePoint is one value on a line. At, From and To are hundredths of its length: where
// the point stands, and how far its wording reaches.
type LinePoint struct {
	Label string
	// Meant says which days are meant, empty where the label says it.
	Meant string
	// Tellers are who tells it, each with the letter of the position, if there is one.
	Tellers      []LineTeller
	At, From, To float64
	// lane is the line of text below the axis on which the label stands.
	lane int
}

// LineTeller is the source of a claim, with the letter of its position.
type LineTeller struct {
	Source   string
	Position string
}

// NewRangeLine shows numbers. who knows the claims by id.
func NewRangeLine(s claims.NumberScale, who map[string]LineTeller) Line {
	l := Line{Heading: "The numbers on a line", Order: "From the least to the most."}
	least, most := s.Points[0].From, s.Points[0].To
	for _, p := range s.Points {
		least, most = min(least, p.From), max(most, p.To)
	}
	l.Log = least > 0 && most/least >= logFrom
	for _, p := range s.Points {
		place := func(v float64) float64 { return placeOn(v, least, most, l.Log) }
		l.Points = append(l.Points, LinePoint{Label: p.Text, Tellers: tellersOf(p.Claims, who),
			At: (place(p.Low) + place(p.High)) / 2, From: place(p.From), To: place(p.To)})
	}
	l.Apart = numbersApart(s)
	return l
}

// NewTimeLine shows times. who knows the claims by id.
func NewTimeLine(s claims.TimeScale, who map[string]LineTeller) Line {
	l := Line{Heading: "The times on a line", Order: "From the first to the last."}
	first, last := s.Points[0].From, s.Points[0].To
	for _, p := range s.Points {
		if p.From.Before(first) {
			first = p.From
		}
		if p.To.After(last) {
			last = p.To
		}
	}
	for _, p := range s.Points {
		place := func(t time.Time) float64 { return placeOn(t.Sub(first).Hours(), 0, last.Sub(first).Hours(), false) }
		point := LinePoint{Label: p.Text, Tellers: tellersOf(p.Claims, who), From: place(p.From), To: place(p.To)}
		point.At = (point.From + point.To) / 2
		if !p.Clock {
			point.Meant = daysMeant(p.From, p.To)
		}
		l.Points = append(l.Points, point)
	}
	l.Apart = timesApart(s)
	return l
}

// Shrunk gives the line as it stands in a row of the matrix.
func (l Line) Shrunk() Line {
	l.Small = true
	return l
}

const (
	// logFrom is how many times the most is the least where a line becomes logarithmic:
	// on a plain one all but the most would stand in one place.
	logFrom = 40
	// lineMargin keeps points off the ends of a line, in hundredths.
	lineMargin = 4
)

// placeOn gives the place of a value between the least and the most, in hundredths.
func placeOn(v, least, most float64, log bool) float64 {
	if log {
		v, least, most = math.Log(v), math.Log(least), math.Log(most)
	}
	if most <= least {
		return 50
	}
	return lineMargin + (100-2*lineMargin)*(v-least)/(most-least)
}

func tellersOf(ids []string, who map[string]LineTeller) []LineTeller {
	var out []LineTeller
	seen := map[LineTeller]bool{}
	for _, id := range ids {
		if t, ok := who[id]; ok && !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out
}

// numbersApart says how far the least and the most of a scale are apart: in its unit
// where people count in that, and as a multiple where the step is large.
func numbersApart(s claims.NumberScale) string {
	low, high := s.Points[0].High, s.Points[len(s.Points)-1].Low
	var out []string
	switch {
	case high <= low:
		return ""
	case s.Unit == "%" || s.Unit == "point":
		out = append(out, plainNumber(high-low)+" points apart")
	case s.Unit == "" || s.Unit == "age" || s.Unit == "day":
		out = append(out, plainNumber(high-low)+" apart")
	case len(s.Unit) == 3 && strings.ToUpper(s.Unit) == s.Unit:
		out = append(out, s.Unit+" "+plainNumber(high-low)+" apart")
	}
	if low > 0 && high/low >= 1.5 {
		out = append(out, "the most is "+plainNumber(math.Round(10*high/low)/10)+" times the least")
	}
	return strings.Join(out, "; ")
}

// plainNumber writes a number with commas and at most two places.
func plainNumber(v float64) string {
	whole, part, _ := strings.Cut(strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if part != "" {
		return whole + "." + part
	}
	return whole
}

// timesApart says how long lies between the first and the last of a scale.
func timesApart(s claims.TimeScale) string {
	first, last := s.Points[0], s.Points[len(s.Points)-1]
	between := last.From.Sub(first.To)
	days := int(between.Hours() / 24)
	switch {
	case between <= 0:
		return ""
	case first.Clock:
		return fmt.Sprintf("%d h %02d min apart", int(between.Hours()), int(between.Minutes())%60)
	case days == 1:
		return "1 day apart"
	case days <= 60:
		return strconv.Itoa(days) + " days apart"
	case days <= 730:
		return fmt.Sprintf("about %.0f months apart", float64(days)/30.4)
	}
	return fmt.Sprintf("about %.0f years apart", float64(days)/365.25)
}

// daysMeant writes the days that a time means.
func daysMeant(from, to time.Time) string {
	const day = "Mon 2 Jan 2006"
	if from.Equal(to) {
		return from.Format(day)
	}
	return from.Format(day) + " to " + to.Format(day)
}

// Words says what the line shows.
func (l Line) Words() string {
	var parts []string
	for _, p := range l.Points {
		names := make([]string, len(p.Tellers))
		for i, t := range p.Tellers {
			names[i] = t.Source
		}
		value := p.Label
		if p.Meant != "" {
			value += " (" + p.Meant + ")"
		}
		parts = append(parts, value+": "+strings.Join(names, ", "))
	}
	out := l.Order + " " + strings.Join(parts, "; ") + "."
	if l.Apart != "" {
		out += " " + l.Apart + "."
	}
	return out
}

// Letters are the positions that tell a point, once each.
func (p LinePoint) Letters() string {
	var out []string
	seen := map[string]bool{}
	for _, t := range p.Tellers {
		if t.Position != "" && !seen[t.Position] {
			seen[t.Position] = true
			out = append(out, t.Position)
		}
	}
	return strings.Join(out, " ")
}

// Caption is what stands at the point: the letters of its positions and its wording,
// cut where that is long.
func (p LinePoint) Caption() string {
	label := []rune(p.Label)
	if len(label) > longCaption {
		label = append(label[:longCaption-1], '…')
	}
	if letters := p.Letters(); letters != "" {
		return letters + " · " + string(label)
	}
	return string(label)
}
