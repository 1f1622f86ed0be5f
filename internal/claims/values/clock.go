package values

import (
	"strings"

	"corroborate/internal/claims/nlp"
)

// hours is a set of hours of the day, bit 0 for the hour after midnight.
type hours uint32

func hoursFrom(from, to int) hours {
	var h hours
	for ; from <= to; from++ {
		h |= 1 << (from % 24)
	}
	return h
}

// dayParts give the hours that a part of the day may mean. They overlap, as their
// use does.
var dayParts = map[string]hours{"morning": hoursFrom(0, 12), "afternoon": hoursFrom(12, 18), "evening": hoursFrom(16, 23),
	"night": hoursFrom(18, 30), "overnight": hoursFrom(18, 32), "dawn": hoursFrom(3, 8), "daybreak": hoursFrom(3, 8), "dusk": hoursFrom(16, 21),
	"lunchtime": hoursFrom(11, 14), "nightfall": hoursFrom(16, 22), "tonight": hoursFrom(17, 27)}

// clockWords are the parts of the day that name an hour, in minutes after midnight.
var clockWords = map[string]int{"noon": 720, "midday": 720, "midnight": 0}

// early and late are what these mean before a day.
var early, late = hoursFrom(0, 11), hoursFrom(14, 23)

var zones = map[string]string{"gmt": "gmt", "utc": "gmt", "bst": "bst", "cet": "cet", "cest": "cest", "est": "et", "edt": "et", "et": "et",
	"eastern": "et", "pst": "pt", "pdt": "pt", "pt": "pt", "pacific": "pt", "cst": "ct", "cdt": "ct", "ct": "ct", "central": "ct",
	"local": "local", "mst": "mt", "mdt": "mt", "mt": "mt"}

// looseWords stand before a clock time that is not exact.
var looseWords = map[string]bool{"about": true, "around": true, "shortly": true, "just": true, "before": true, "after": true,
	"nearly": true, "almost": true, "by": true, "past": true, "roughly": true, "approximately": true}

// isClock tells "10:30", "9 p.m.", "4.30 pm", "10 o'clock" and "1630 GMT".
func isClock(toks []nlp.Token, i int) bool {
	h, m := clockDigits(toks[i].Norm)
	if h < 0 {
		return false
	}
	if strings.Contains(toks[i].Norm, ":") {
		return h < 24
	}
	if i+1 >= len(toks) {
		return false
	}
	next := toks[i+1].Norm
	if len(toks[i].Norm) == 4 && m >= 0 && h < 24 && !strings.Contains(toks[i].Norm, ".") {
		return next == "gmt" || next == "utc" || next == "hours"
	}
	return h >= 1 && h <= 12 && len(toks[i].Norm) != 4 && (halfDay(next) != "" || next == "o'clock") ||
		strings.Contains(toks[i].Norm, ".") && h >= 1 && h <= 12 && halfDay(next) != ""
}

// clockDigits reads "10:30", "4.30", "1630" and "9" as hour and minute; -1 where
// they are none.
func clockDigits(w string) (hour, minute int) {
	for _, sep := range []string{":", "."} {
		if h, m, ok := strings.Cut(w, sep); ok {
			if len(m) != 2 || atoi(m) < 0 || atoi(m) >= 60 || atoi(h) < 0 {
				return -1, -1
			}
			return atoi(h), atoi(m)
		}
	}
	v := atoi(w)
	if len(w) == 4 && v >= 0 && v%100 < 60 {
		return v / 100, v % 100
	}
	if v < 0 || v > 24 {
		return -1, -1
	}
	return v, 0
}

func halfDay(w string) string {
	switch strings.ReplaceAll(w, ".", "") {
	case "am":
		return "am"
	case "pm":
		return "pm"
	}
	return ""
}

func (t *Time) readClock(toks []nlp.Token, i int) {
	h, m := clockDigits(toks[i].Norm)
	minutes := h*60 + m
	t.To = i + 1
	if t.To < len(toks) {
		if half := halfDay(toks[t.To].Norm); half != "" {
			minutes %= 720
			if half == "pm" {
				minutes += 720
			}
			t.To++
		} else if toks[t.To].Norm == "o'clock" {
			t.To++
			t.Loose = true // morning or evening
		}
	}
	t.setClock(toks, minutes)
}

// setClock sets an hour of the day with its zone and its hedge.
func (t *Time) setClock(toks []nlp.Token, minutes int) {
	t.Clock = minutes + 1
	if t.To < len(toks) {
		if z, ok := zones[toks[t.To].Norm]; ok && (z != "local" || t.To+1 < len(toks) && toks[t.To+1].Norm == "time") {
			t.zone = z
		}
	}
	t.Loose = t.Loose || t.From > 0 && looseWords[toks[t.From-1].Norm]
	t.hours = 1 << (minutes / 60 % 24)
	if t.Loose {
		t.hours |= hoursFrom(minutes/60+23, minutes/60+25)
	}
}

// readDayPart reads "morning", "noon", "overnight" at token i where they tell a
// time: behind a day, an article or a preposition, and not before a noun ("the
// night club").
func readDayPart(toks []nlp.Token, i int) (Time, bool) {
	t := Time{From: i, To: i + 1}
	w := toks[i].Norm
	if m, ok := clockWords[w]; ok {
		t.setClock(toks, m)
		return t, true
	}
	h, ok := dayParts[w]
	if !ok || w != "overnight" && (i == 0 || !partLead(toks[i-1])) || i+1 < len(toks) && strings.HasPrefix(toks[i+1].Tag, "NN") {
		return t, false
	}
	if w == "overnight" && strings.HasPrefix(toks[i].Tag, "JJ") {
		return t, false
	}
	t.hours = h
	return t, true
}

func partLead(t nlp.Token) bool {
	if _, ok := weekdays[t.Norm]; ok {
		return true
	}
	return dayWords[t.Norm] != "" || t.Norm == "the" || t.Norm == "that" || t.Norm == "at" || t.Norm == "by" || t.Norm == "early" ||
		t.Norm == "late" || t.Norm == "of" || t.Norm == "before" || t.Norm == "after" || t.Tag == "CD"
}

// hedgedDay gives the hours that "early Thursday" and "late on Friday" leave.
func hedgedDay(toks []nlp.Token, i int) hours {
	k := i - 1
	if k > 0 && toks[k].Norm == "on" {
		k--
	}
	if k < 0 {
		return 0
	}
	switch toks[k].Norm {
	case "early":
		return early
	case "late":
		return late
	}
	return 0
}

// CompareHours says whether two hours or parts of the day can be the same. Hours
// of different zones, and a part of the day with none, are [Apart].
func CompareHours(a, b Time) Relation {
	switch {
	case a.hours == 0 || b.hours == 0:
		return Apart
	case a.Clock > 0 && b.Clock > 0 && !a.Loose && !b.Loose:
		if a.Clock == b.Clock {
			return Same
		}
		if a.zone != b.zone {
			return Apart
		}
		return Differs
	case a.hours&b.hours != 0:
		return Same
	case a.zone != b.zone && a.Clock > 0 && b.Clock > 0:
		return Apart
	}
	return Differs
}
