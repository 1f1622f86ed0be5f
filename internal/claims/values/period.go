package values

import (
	"strings"
	"time"

	"corroborate/internal/claims/nlp"
)

// seasons name parts of the year without telling their months, which depend on
// the hemisphere.
var seasons = map[string]string{"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}

// readPeriod reads a decade, a season, a quarter or a half of a year at token i.
func readPeriod(toks []nlp.Token, i int) (Time, bool) {
	for _, read := range []func([]nlp.Token, int) (Time, bool){readDecade, readQuarter, readSeason} {
		if t, ok := read(toks, i); ok {
			return t, true
		}
	}
	return Time{}, false
}

// readDecade reads "the 1960s" and "the '60s".
func readDecade(toks []nlp.Token, i int) (Time, bool) {
	d, ok := strings.CutSuffix(toks[i].Norm, "s")
	y := yearNumber(d)
	if ok && y == 0 && len(d) == 2 && i > 0 && (toks[i-1].Norm == "'" || toks[i-1].Norm == "’") && atoi(d) >= 0 {
		y = 1900 + atoi(d)
	}
	if !ok || y == 0 || y%10 != 0 {
		return Time{}, false
	}
	return Time{From: i, To: i + 1, Decade: y, Part: partBefore(toks, i)}, true
}

// firstMonths name what the first so many months of a year are called.
var firstMonths = map[string]string{"three": "Q1", "six": "H1", "3": "Q1", "6": "H1"}

// readQuarter reads "the third quarter of 2021", "Q3 2021" and "the first half of
// the year".
func readQuarter(toks []nlp.Token, i int) (Time, bool) {
	t := Time{From: i}
	w := toks[i].Norm
	switch {
	case len(w) == 2 && w[0] == 'q' && w[1] >= '1' && w[1] <= '4':
		t.Season, t.To = "Q"+w[1:], i+1
	case ordinals[w] >= 1 && ordinals[w] <= 4 && i+1 < len(toks) && toks[i+1].Norm == "quarter":
		t.Season, t.To = "Q"+string(rune('0'+int(ordinals[w]))), i+2
	case (w == "first" || w == "second") && i+1 < len(toks) && toks[i+1].Norm == "half" && i+2 < len(toks) && toks[i+2].Norm == "of":
		t.Season, t.To = "H1", i+2
		if w == "second" {
			t.Season = "H2"
		}
	case w == "first" && i+2 < len(toks) && toks[i+2].Norm == "months" && firstMonths[toks[i+1].Norm] != "":
		t.Season, t.To = firstMonths[toks[i+1].Norm], i+3
	default:
		return t, false
	}
	k := t.To
	if k < len(toks) && toks[k].Norm == "of" {
		k++
	}
	if k+1 < len(toks) && (toks[k].Norm == "the" || toks[k].Norm == "this" || toks[k].Norm == "last") && toks[k+1].Norm == "year" {
		if toks[k].Norm != "the" {
			t.Relative = toks[k].Norm
		}
		t.To = k + 2
		return t, true
	}
	t.readYear(toks, k)
	return t, t.Year > 0 || t.Season[0] == 'Q'
}

// readSeason reads "last summer", "the winter of 2018" and "summer 2018".
func readSeason(toks []nlp.Token, i int) (Time, bool) {
	s, ok := seasons[toks[i].Norm]
	if !ok || strings.HasPrefix(toks[i].Tag, "VB") {
		return Time{}, false
	}
	t := Time{From: i, To: i + 1, Season: s}
	k := i + 1
	if k < len(toks) && toks[k].Norm == "of" {
		k++
	}
	t.readYear(toks, k)
	if t.Year > 0 {
		return t, true
	}
	lead := i > 0 && (relativeWord(toks[i-1].Norm) || toks[i-1].Norm == "in" || toks[i-1].Norm == "by") ||
		i > 1 && toks[i-1].Norm == "the" && (timePrepositions[toks[i-2].Norm] || toks[i-2].Norm == "during")
	if i > 0 && relativeWord(toks[i-1].Norm) {
		t.From, t.Relative = i-1, toks[i-1].Norm
	}
	return t, lead && (i+1 == len(toks) || !strings.HasPrefix(toks[i+1].Tag, "NN"))
}

// readAgo reads "three days ago" and "a month ago".
func readAgo(toks []nlp.Token, i int) (Time, bool) {
	v, n := plainNumber(toks, i)
	if n == 0 && (toks[i].Norm == "a" || toks[i].Norm == "an") {
		v, n = 1, 1
	}
	k := i + n
	if n == 0 || v < 1 || v > 100000 || k+1 >= len(toks) || toks[k+1].Norm != "ago" {
		return Time{}, false
	}
	switch u := toks[k].Lemma; u {
	case "day", "week", "month", "year":
		return Time{From: i, To: k + 2, Relative: "ago", Span: u, Count: int(v)}, true
	}
	return Time{}, false
}

// agoSlack is what a round count may have left out, in units.
func agoSlack(n int) int {
	if n%10 == 0 {
		return n / 20
	}
	return 0
}

// compareAgo compares counts of one unit where the day of publication is not known.
func compareAgo(a, b Time) TimeComparison {
	if n := a.Count - b.Count; max(n, -n) > max(agoSlack(a.Count), agoSlack(b.Count)) {
		return TimeComparison{Relation: Differs}
	}
	return TimeComparison{Relation: Same}
}

// resolveAgo puts half a unit around the day that lies so far back, and more where
// the count is round.
func (t *Time) resolveAgo(pub time.Time) {
	n, slack := t.Count, agoSlack(t.Count)
	switch t.Span {
	case "day":
		t.Start, t.End = pub.AddDate(0, 0, -n-slack), pub.AddDate(0, 0, -n+slack)
	case "week":
		t.Start, t.End = pub.AddDate(0, 0, -7*(n+slack)-3), pub.AddDate(0, 0, -7*(n-slack)+3)
	case "month":
		t.Start, t.End = pub.AddDate(0, -n-slack, -16), pub.AddDate(0, -n+slack, 16)
	case "year":
		t.Start, t.End = pub.AddDate(-n-slack, -7, 0), pub.AddDate(-n+slack, 7, 0)
	}
}

// partBefore gives "early", "mid" or "late" where it stands before token i.
func partBefore(toks []nlp.Token, i int) string {
	for k := i - 1; k >= 0 && k >= i-4 && !strings.HasPrefix(toks[k].Tag, "VB"); k-- {
		switch toks[k].Norm {
		case "early", "beginning", "start":
			return "early"
		case "mid", "middle":
			return "mid"
		case "late", "end":
			return "late"
		case "-", "in", "of", "the":
			continue
		}
		break
	}
	return ""
}

// narrow leaves of a period the part that "early", "mid" or "late" means, with room
// to spare.
func (t *Time) narrow() {
	days := int(t.End.Sub(t.Start).Hours()/24) + 1
	if !t.Resolved() || days < 20 {
		return
	}
	switch t.Part {
	case "early":
		t.End = t.Start.AddDate(0, 0, days/2-1)
	case "mid":
		t.Start, t.End = t.Start.AddDate(0, 0, days/4), t.End.AddDate(0, 0, -days/4)
	case "late":
		t.Start = t.End.AddDate(0, 0, 1-days/2)
	}
}

// resolvePeriod resolves a decade, and a season or a quarter of a known year. A
// season may be anywhere in its year, and a winter reaches into the next.
func (t *Time) resolvePeriod(pub time.Time, known bool) {
	if t.Decade > 0 {
		t.Start = time.Date(t.Decade, 1, 1, 0, 0, 0, 0, time.UTC)
		t.End = t.Start.AddDate(10, 0, -1)
		t.narrow()
		return
	}
	year := t.Year
	if year == 0 && known && t.Relative == "last" && t.Season[0] != 'Q' {
		year = pub.Year() - 1
	}
	if year == 0 {
		return
	}
	first := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	switch t.Season[0] {
	case 'Q':
		t.Start = first.AddDate(0, 3*int(t.Season[1]-'1'), 0)
		t.End = t.Start.AddDate(0, 3, -1)
	case 'H':
		t.Start = first.AddDate(0, 6*int(t.Season[1]-'1'), 0)
		t.End = t.Start.AddDate(0, 6, -1)
	default:
		t.Start, t.End = first, first.AddDate(1, 2, 0)
		if t.Relative == "last" {
			t.End = pub // last summer may be this year's
		}
	}
}

// reaches tells whether a time and the next one are the ends of a period: "from
// March to June", "between 2013 and 2015", "2010-2013".
func (t Time) reaches(toks []nlp.Token, next Time) bool {
	if next.From != t.To+1 || t.until != nil || t.grain() != next.grain() || t.grain() == "" {
		return false
	}
	before := ""
	if t.From > 0 {
		before = toks[t.From-1].Norm
	}
	switch toks[t.To].Norm {
	case "to", "until", "till", "through":
		return before == "from"
	case "and":
		return before == "between"
	case "-", "–":
		return true
	}
	return false
}

// grain tells what a time is written in: ends of a period are of one grain.
func (t Time) grain() string {
	switch {
	case t.Month > 0 && t.Day > 0:
		return "day"
	case t.Month > 0:
		return "month"
	case t.Year > 0:
		return "year"
	}
	return ""
}

// resolveRange makes a time the period up to its end. A year that only the end has is
// that of both.
func (t *Time) resolveRange(published time.Time) {
	if t.until == nil {
		return
	}
	if t.Year == 0 {
		t.Year = t.until.Year
		t.resolve(published, false)
	}
	t.until.resolve(published, false)
	if t.Resolved() && t.until.Resolved() && t.until.End.After(t.Start) {
		t.End = t.until.End
	}
}
