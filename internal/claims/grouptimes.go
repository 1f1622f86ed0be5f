package claims

import "math"

const (
	// QuietAfter is the number of days without an article after which a story is
	// quiet: it draws no further ones.
	QuietAfter = 14
	// sameDay is how much more the likeness of two texts counts that are known to be
	// of one day than that of texts of unknown times; halfDays is the number of days
	// that halves it. News on one event comes mostly within two days, and what is told
	// in the same words a week later is mostly the next event of its kind.
	sameDay  = 1.7
	halfDays = 3
	// otherWeekdays is what is left of the likeness of two texts that name days of the
	// week, and not one in common: a report says on which day it happened.
	otherWeekdays = 0.8
)

// timeGap is the time between two articles.
type timeGap struct {
	days  float64
	known bool
}

// unknownGap is that of articles of which one has no date.
var unknownGap = timeGap{}

// gap gives the time between two publications. Two bare dates, or a bare date and
// a time, are told apart by whole days.
func gap(a, b Published) timeGap {
	if a.IsZero() || b.IsZero() {
		return unknownGap
	}
	days := math.Abs(a.At.Sub(b.At).Hours() / 24)
	if a.Precision == Day || b.Precision == Day {
		days = math.Floor(days)
	}
	return timeGap{days: days, known: true}
}

// nearer gives the smaller of two gaps; a known one is preferred.
func nearer(a, b timeGap) timeGap {
	if !a.known || b.known && b.days < a.days {
		return b
	}
	return a
}

// timeliness is what a gap makes of the likeness of texts: 0 beyond the quiet.
func timeliness(g timeGap) float64 {
	switch {
	case !g.known:
		return 1
	case g.days > QuietAfter:
		return 0
	}
	return sameDay * math.Exp2(-g.days/halfDays)
}

// weekdays are the days of the week that a text names, Monday as bit 0.
type weekdays uint8

var weekdayBits = map[string]weekdays{"monday": 1, "tuesday": 2, "wednesday": 4, "thursday": 8, "friday": 16, "saturday": 32, "sunday": 64}

// otherDays tells whether two texts name days of the week, and none in common.
func otherDays(a, b weekdays) bool { return a != 0 && b != 0 && a&b == 0 }
