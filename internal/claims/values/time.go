package values

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"corroborate/internal/claims/nlp"
)

// Time is a date, a weekday, a month, a year or a part of the day.
type Time struct {
	// From and To delimit its tokens: tokens[From:To].
	From, To int
	// What was written; zero where it was not.
	Year    int
	Month   time.Month
	Day     int
	Weekday time.Weekday
	// HasWeekday tells Sunday from none.
	HasWeekday bool
	// Relative is "last", "this", "next", "earlier", "today", "yesterday",
	// "tomorrow", "ago" or empty; Span is the period it stands before: "week",
	// "month", "year", "weekend", "day" or empty; Count is the number of them for
	// "ago".
	Relative, Span string
	Count          int
	// Decade is its first year; Season is "summer", "Q3" for a quarter, "H1" for a
	// half of a year; Part is "early", "mid" or "late" in the period.
	Decade       int
	Season, Part string
	// Start and End bound the days meant, when they could be resolved. End is the
	// last day.
	Start, End time.Time
	// Clock is minutes after midnight plus one, 0 when no clock time was given; it
	// is Loose behind "about" and the like.
	Clock int
	Loose bool
	Text  string
	// until is the end of a period that has two ("from 2004 to 2008").
	until *Time
	// hours are those of the clock time or the part of the day, zone its zone.
	hours hours
	zone  string
}

// Resolved tells whether the days meant are known.
func (t Time) Resolved() bool { return !t.Start.IsZero() }

var months = map[string]time.Month{"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6,
	"july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12, "jan.": 1, "feb.": 2,
	"mar.": 3, "apr.": 4, "jun.": 6, "jul.": 7, "aug.": 8, "sept.": 9, "sep.": 9, "oct.": 10, "nov.": 11, "dec.": 12,
	"jan": 1, "feb": 2, "aug": 8, "sept": 9, "oct": 10, "nov": 11, "dec": 12}

var weekdays = map[string]time.Weekday{"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4,
	"friday": 5, "saturday": 6, "sun.": 0, "mon.": 1, "tues.": 2, "wed.": 3, "thurs.": 4, "fri.": 5, "sat.": 6}

var dayWords = map[string]string{"today": "today", "yesterday": "yesterday", "tomorrow": "tomorrow", "tonight": "today"}

var periods = map[string]bool{"week": true, "month": true, "year": true, "weekend": true}

// timeTokens tells which tokens belong to a time and to no quantity: "two years
// ago" is both, as a "two-year" affair is as long.
func timeTokens(toks []nlp.Token) map[int]bool {
	taken := map[int]bool{}
	for _, t := range readTimes(toks) {
		if t.Relative == "ago" {
			continue
		}
		for k := t.From; k < t.To; k++ {
			taken[k] = true
		}
	}
	return taken
}

// Times reads the times of a parsed sentence and resolves them against the day
// of publication. future tells, for each token, whether the clause around it
// looks ahead, which decides to which side of published a weekday lies.
func Times(toks []nlp.Token, published time.Time, future func(token int) bool) []Time {
	out := readTimes(toks)
	for i := range out {
		out[i].resolve(published, future(out[i].From))
		out[i].resolveRange(published)
		out[i].Text = wording(toks, out[i].From, out[i].To)
	}
	return out
}

func readTimes(toks []nlp.Token) []Time {
	var out []Time
	for i := 0; i < len(toks); {
		t, ok := readTime(toks, i)
		if !ok {
			i++
			continue
		}
		if n := len(out); n > 0 && out[n-1].reaches(toks, t) {
			end := t
			out[n-1].until, out[n-1].To = &end, t.To
		} else {
			out = append(out, t)
		}
		i = t.To
	}
	return out
}

// readTime reads the time that begins at token i.
func readTime(toks []nlp.Token, i int) (Time, bool) {
	t := Time{From: i}
	w := toks[i].Norm
	for _, read := range []func([]nlp.Token, int) (Time, bool){readAgo, readPeriod, readDayPart} {
		if t, ok := read(toks, i); ok {
			return t, true
		}
	}
	switch {
	case dayWords[w] != "":
		t.Relative, t.To = dayWords[w], i+1
		t.hours = dayParts[w] | hedgedDay(toks, i)
	case capitalWeekday(toks[i]):
		t.Weekday, t.HasWeekday, t.To = weekdays[w], true, i+1
		t.hours = hedgedDay(toks, i)
		t.readMonthDay(toks, skipComma(toks, t.To))
	case isMonth(toks, i):
		t.To, t.Part = i, partBefore(toks, i)
		t.readMonthDay(toks, i)
	case relativeWord(w) && i+1 < len(toks):
		return readRelative(toks, i)
	case isYear(toks, i):
		t.Year, t.To, t.Part = atoi(w), i+1, partBefore(toks, i)
	case isClock(toks, i):
		t.readClock(toks, i)
	case isDayOfMonth(toks, i):
		t.To = monthBehind(toks, i)
		t.Day, t.Month = dayNumber(w), months[toks[t.To-1].Norm]
		t.readYear(toks, t.To)
	default:
		return t, false
	}
	return t, t.To > i
}

func capitalWeekday(t nlp.Token) bool {
	_, ok := weekdays[t.Norm]
	return ok && t.Text != t.Norm
}

// isMonth tells a month's name from the verb "may" and the verb "march".
func isMonth(toks []nlp.Token, i int) bool {
	if _, ok := months[toks[i].Norm]; !ok || toks[i].Text == toks[i].Norm {
		return false
	}
	if toks[i].Norm != "may" && toks[i].Norm != "march" {
		return true
	}
	next := i+1 < len(toks) && startsNumber(toks[i+1].Norm)
	if i > 1 && toks[i-1].Norm == "-" && toks[i-2].Norm == "mid" {
		return true
	}
	return next || i > 0 && (timePrepositions[toks[i-1].Norm] || relativeWord(toks[i-1].Norm))
}

var timePrepositions = map[string]bool{"in": true, "of": true, "since": true, "until": true, "by": true, "from": true,
	"to": true, "between": true, "early": true, "late": true, "mid": true, "through": true, "last": true, "next": true, "before": true, "after": true}

func relativeWord(w string) bool {
	return w == "last" || w == "this" || w == "next" || w == "earlier" || w == "previous" || w == "past" || w == "later" || w == "coming"
}

// readRelative reads "last month", "earlier this year", "next Tuesday".
func readRelative(toks []nlp.Token, i int) (Time, bool) {
	t := Time{From: i, Relative: toks[i].Norm}
	j := i + 1
	if (t.Relative == "earlier" || t.Relative == "later") && j+1 < len(toks) && toks[j].Norm == "this" {
		j++
	} else if t.Relative == "earlier" || t.Relative == "later" {
		return t, false
	}
	w := toks[j].Norm
	part, isPart := dayParts[w]
	switch {
	case periods[w]:
		t.Span, t.To = w, j+1
	case isPart && (t.Relative == "this" || w == "night" && t.Relative == "last"):
		t.hours, t.To = part, j+1
		t.Relative = map[string]string{"this": "today", "last": "yesterday"}[t.Relative]
	case capitalWeekday(toks[j]):
		t.Weekday, t.HasWeekday, t.To = weekdays[w], true, j+1
	case isMonth(toks, j):
		t.Month, t.To = months[w], j+1
	default:
		return t, false
	}
	return t, true
}

// readMonthDay reads "March", "March 27", "March 27, 2025" at token i.
func (t *Time) readMonthDay(toks []nlp.Token, i int) {
	if i >= len(toks) || !isMonth(toks, i) {
		return
	}
	t.Month, t.To = months[toks[i].Norm], i+1
	if i+1 < len(toks) {
		if d := dayNumber(toks[i+1].Norm); d > 0 && !isClock(toks, i+1) {
			t.Day, t.To = d, i+2
		}
	}
	t.readYear(toks, skipComma(toks, t.To))
}

func (t *Time) readYear(toks []nlp.Token, i int) {
	if i < len(toks) && yearNumber(toks[i].Norm) > 0 {
		t.Year, t.To = atoi(toks[i].Norm), i+1
	}
}

func skipComma(toks []nlp.Token, i int) int {
	if i < len(toks) && toks[i].Norm == "," {
		return i + 1
	}
	return i
}

func yearNumber(w string) int {
	if len(w) == 4 {
		if y := atoi(w); y >= 1500 && y <= 2999 {
			return y
		}
	}
	return 0
}

// isYear tells a year from a count of 2,000 things: no comma in it, no noun
// behind it that it counts, or a preposition of time before it.
func isYear(toks []nlp.Token, i int) bool {
	y := yearNumber(toks[i].Norm)
	if y == 0 || i > 0 && (currencies[toks[i-1].Norm] != "" || toks[i-1].Norm == "about" || toks[i-1].Norm == "some" || toks[i-1].Norm == "than") {
		return false
	}
	if i > 0 && (timePrepositions[toks[i-1].Norm] || toks[i-1].Norm == "between" || toks[i-1].Norm == "and" || toks[i-1].Norm == "during" || toks[i-1].Norm == "the") {
		return y >= 1700 && y <= 2100
	}
	counted := i+1 < len(toks) && (toks[i+1].Tag == "NNS" || measures[toks[i+1].Lemma].unit != "")
	return !counted && y >= 1700 && y <= 2100
}

// isDayOfMonth tells "27 March" and "27th of March".
func isDayOfMonth(toks []nlp.Token, i int) bool {
	return dayNumber(toks[i].Norm) > 0 && monthBehind(toks, i) > 0
}

// monthBehind gives the token behind the month that stands behind a day, 0 where
// none does.
func monthBehind(toks []nlp.Token, i int) int {
	k := i + 1
	if k < len(toks) && toks[k].Norm == "of" {
		k++
	}
	if k >= len(toks) || months[toks[k].Norm] == 0 || toks[k].Text == toks[k].Norm {
		return 0
	}
	return k + 1
}

// dayNumber reads "27" and "27th" as a day of the month, 0 where it is none.
func dayNumber(w string) int {
	d := atoi(strings.TrimRight(w, "stndrh"))
	if len(w) > 4 || d < 1 || d > 31 {
		return 0
	}
	return d
}

// atoi gives -1 for what is not a number.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// resolve fills Start and End. Without a day of publication only full dates and
// years can be resolved.
func (t *Time) resolve(published time.Time, future bool) {
	pub := day(published)
	known := !published.IsZero()
	switch {
	case t.Decade > 0 || t.Season != "":
		t.resolvePeriod(pub, known)
	case t.Month > 0 && t.Day > 0 && (t.Year > 0 || known):
		year := t.Year
		if year == 0 {
			year = nearestYear(t.Month, t.Day, pub)
		}
		t.Start = time.Date(year, t.Month, t.Day, 0, 0, 0, 0, time.UTC)
		t.End = t.Start
	case t.Month > 0 && t.Day == 0 && (t.Year > 0 || known):
		year := t.Year
		if year == 0 {
			year = monthYear(t.Month, pub, future || t.Relative == "next")
		}
		t.Start = time.Date(year, t.Month, 1, 0, 0, 0, 0, time.UTC)
		t.End = t.Start.AddDate(0, 1, -1)
		t.narrow()
	case t.Year > 0:
		t.Start = time.Date(t.Year, 1, 1, 0, 0, 0, 0, time.UTC)
		t.End = t.Start.AddDate(1, 0, -1)
		t.narrow()
	case !known:
	case t.HasWeekday:
		t.Start = weekdayNear(t.Weekday, pub, future || t.Relative == "next")
		t.End = t.Start
	default:
		t.resolveRelative(pub)
	}
}

func (t *Time) resolveRelative(pub time.Time) {
	switch t.Relative {
	case "today":
		t.Start, t.End = pub, pub
		return
	case "yesterday":
		t.Start, t.End = pub.AddDate(0, 0, -1), pub.AddDate(0, 0, -1)
		return
	case "tomorrow":
		t.Start, t.End = pub.AddDate(0, 0, 1), pub.AddDate(0, 0, 1)
		return
	case "ago":
		t.resolveAgo(pub)
		return
	}
	step := map[string]int{"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}[t.Relative]
	switch t.Span {
	case "week", "weekend":
		monday := pub.AddDate(0, 0, -(int(pub.Weekday())+6)%7+7*step)
		t.Start, t.End = monday, monday.AddDate(0, 0, 6)
	case "month":
		first := time.Date(pub.Year(), pub.Month()+time.Month(step), 1, 0, 0, 0, 0, time.UTC)
		t.Start, t.End = first, first.AddDate(0, 1, -1)
	case "year":
		first := time.Date(pub.Year()+step, 1, 1, 0, 0, 0, 0, time.UTC)
		t.Start, t.End = first, first.AddDate(1, 0, -1)
	}
	if t.Relative == "earlier" && t.Resolved() && t.End.After(pub) {
		t.End = pub
	}
	if t.Relative == "later" && t.Resolved() && t.Start.Before(pub) {
		t.Start = pub
	}
}

func day(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// nearestYear gives the year that puts a day of the year nearest to pub.
func nearestYear(m time.Month, d int, pub time.Time) int {
	best, dist := pub.Year(), time.Duration(1<<62)
	for y := pub.Year() - 1; y <= pub.Year()+1; y++ {
		away := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Sub(pub).Abs()
		if away < dist {
			best, dist = y, away
		}
	}
	return best
}

// monthYear gives the year of a bare month: the last one that has begun, or the
// next one for what lies ahead.
func monthYear(m time.Month, pub time.Time, future bool) int {
	switch {
	case future && m < pub.Month():
		return pub.Year() + 1
	case !future && m > pub.Month():
		return pub.Year() - 1
	}
	return pub.Year()
}

// weekdayNear gives the day of that name in the week that ends with pub, or in
// the week that begins with it for what lies ahead.
func weekdayNear(w time.Weekday, pub time.Time, future bool) time.Time {
	if future {
		return pub.AddDate(0, 0, (int(w)-int(pub.Weekday())+7)%7)
	}
	return pub.AddDate(0, 0, -(int(pub.Weekday())-int(w)+7)%7)
}

// String writes the days meant, or the wording where they are not known.
func (t Time) String() string {
	if !t.Resolved() || t.Start.Equal(t.End) && t.Text != "" {
		return t.Text
	}
	return fmt.Sprintf("%s (%s to %s)", t.Text, t.Start.Format(time.DateOnly), t.End.Format(time.DateOnly))
}
