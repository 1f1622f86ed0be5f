package claims

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"corroborate/internal/claims/nlp"
	"corroborate/internal/claims/values"
)

// NumberScale is one quantity that claims of a finding tell differently, as points on a
// line from the least to the most. It has two points or more.
type NumberScale struct {
	// Unit is that of the points as package values names it, empty for a count.
	Unit   string
	Points []NumberPoint
}

// NumberPoint is one number with the claims that tell it.
type NumberPoint struct {
	// Text is the wording.
	Text   string
	Claims []string
	// Low and High are the number told, equal unless it is a range; From and To what its
	// wording admits: "over 1,700" reaches beyond 1,700.
	Low, High, From, To float64
	Approx              values.Approx
}

// TimeScale is one time that claims of a finding tell differently, as points on a line
// from the earliest to the latest. It has two points or more.
type TimeScale struct{ Points []TimePoint }

// TimePoint is one time with the claims that tell it.
type TimePoint struct {
	Text   string
	Claims []string
	// From and To are the first and the last day meant. Where Clock is true, both are an
	// hour and minute of a day that is not told: the points of a scale are all of one
	// sort.
	From, To time.Time
	Clock    bool
}

// Dated says when a claim was published, which its bare weekdays are counted from, and
// whether it looks ahead.
type Dated struct {
	Published Published
	Ahead     bool
}

// NumberScales gives the numbers in which the claims of a finding differ, a scale for
// each thing that is counted or measured. Where a value cannot be read again, or the
// units are several, there is none.
func (e *Engine) NumberScales(f Finding) []NumberScale {
	var out []NumberScale
	for _, told := range valuesApart(f, KindNumber) {
		if s, ok := e.numberScale(told); ok {
			out = append(out, s)
		}
	}
	return out
}

// TimeScales is NumberScales for times. dated knows each claim of the finding.
func (e *Engine) TimeScales(f Finding, dated map[string]Dated) []TimeScale {
	var out []TimeScale
	for _, told := range valuesApart(f, KindTime) {
		if s, ok := e.timeScale(told, dated); ok {
			out = append(out, s)
		}
	}
	return out
}

// toldValue is a value as one claim tells it.
type toldValue struct{ claim, text string }

// valuesApart gives the values of a kind in which claims differ, those together that
// stand against one another, in the order of the differences.
func valuesApart(f Finding, k Kind) [][]toldValue {
	var groups [][]toldValue
	home := func(v toldValue) int {
		return slices.IndexFunc(groups, func(g []toldValue) bool { return slices.Contains(g, v) })
	}
	for _, d := range f.Differences {
		if d.Kind != k {
			continue
		}
		x, y := toldValue{d.Claims[0], d.Values[0]}, toldValue{d.Claims[1], d.Values[1]}
		i, j := home(x), home(y)
		switch {
		case i < 0 && j < 0:
			groups = append(groups, []toldValue{x, y})
		case i < 0:
			groups[j] = append(groups[j], x)
		case j < 0:
			groups[i] = append(groups[i], y)
		case i != j:
			i, j = min(i, j), max(i, j)
			groups[i] = append(groups[i], groups[j]...)
			groups = slices.Delete(groups, j, j+1)
		}
	}
	return groups
}

func (e *Engine) numberScale(told []toldValue) (NumberScale, bool) {
	var s NumberScale
	for i, v := range told {
		found := values.Quantities(e.annotated(v.text))
		if len(found) != 1 || i > 0 && found[0].Unit != s.Unit || found[0].Unit == "score" {
			return NumberScale{}, false
		}
		q := found[0]
		s.Unit = q.Unit
		n := slices.IndexFunc(s.Points, func(p NumberPoint) bool { return p.Low == q.Low && p.High == q.High && p.Approx == q.Approx })
		if n < 0 {
			n = len(s.Points)
			p := NumberPoint{Text: v.text, Low: q.Low, High: q.High, From: q.Low, To: q.High, Approx: q.Approx}
			if q.Approx != values.Exact {
				p.From, p.To = q.Reach()
			}
			s.Points = append(s.Points, p)
		}
		s.Points[n].Claims = added(s.Points[n].Claims, v.claim)
	}
	slices.SortStableFunc(s.Points, func(x, y NumberPoint) int { return cmp.Or(cmp.Compare(x.Low, y.Low), cmp.Compare(x.High, y.High)) })
	return s, len(s.Points) > 1
}

func (e *Engine) timeScale(told []toldValue, dated map[string]Dated) (TimeScale, bool) {
	var s TimeScale
	for _, v := range told {
		p, ok := e.timePoint(v, dated[v.claim])
		if !ok || len(s.Points) > 0 && s.Points[0].Clock != p.Clock {
			return TimeScale{}, false
		}
		n := slices.IndexFunc(s.Points, func(o TimePoint) bool { return o.From.Equal(p.From) && o.To.Equal(p.To) })
		if n < 0 {
			n = len(s.Points)
			s.Points = append(s.Points, p)
		}
		s.Points[n].Claims = added(s.Points[n].Claims, v.claim)
	}
	slices.SortStableFunc(s.Points, func(x, y TimePoint) int { return cmp.Or(x.From.Compare(y.From), x.To.Compare(y.To)) })
	return s, len(s.Points) > 1
}

// timePoint reads one time: days that are known, or an hour of a day that is not told
// with it.
func (e *Engine) timePoint(v toldValue, d Dated) (TimePoint, bool) {
	found := values.Times(e.annotated(v.text), d.Published.At, func(int) bool { return d.Ahead })
	if len(found) != 1 {
		return TimePoint{}, false
	}
	t := found[0]
	p := TimePoint{Text: v.text, From: t.Start, To: t.End, Clock: t.Clock > 0 && !t.Resolved()}
	if p.Clock {
		p.From = p.From.Add(time.Duration(t.Clock-1) * time.Minute)
		p.To = p.From
	}
	return p, p.Clock || t.Resolved()
}

// annotated parses the words of a value by themselves.
func (e *Engine) annotated(text string) []nlp.Token {
	text = strings.TrimSpace(text)
	toks := nlp.Tokenize(text, 0, len(text))
	if len(toks) > 0 {
		e.model.Annotate(toks)
	}
	return toks
}
