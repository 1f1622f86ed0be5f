package values

import "time"

// TimeComparison is what [CompareTimes] finds, with the reason when two times
// look different and are not.
type TimeComparison struct {
	Relation Relation
	// Reason says why two times that are worded differently do not conflict.
	Reason string
}

// CompareTimes says whether two times of one slot can be the same: neither their
// days nor their hours may conflict.
func CompareTimes(a, b Time) TimeComparison {
	days, hours := CompareDays(a, b), CompareHours(a, b)
	if days.Relation == Apart || days.Relation == Same && hours == Differs {
		return TimeComparison{Relation: hours}
	}
	return days
}

// CompareDays says whether two times can lie on the same days. They are compared by
// the days they resolve to; what cannot be resolved is compared by what both say.
func CompareDays(a, b Time) TimeComparison {
	if a.Season != "" && b.Season != "" && a.seasonKind() == b.seasonKind() && a.Year == b.Year && a.Relative == b.Relative {
		return compareSeasons(a, b)
	}
	if a.Relative == "ago" && b.Relative == "ago" && a.Span == b.Span && !(a.Resolved() && b.Resolved()) {
		return compareAgo(a, b)
	}
	if a.until != nil && b.until != nil && a.Resolved() && b.Resolved() {
		if a.Start.Equal(b.Start) && a.End.Equal(b.End) {
			return TimeComparison{Relation: Same}
		}
		return TimeComparison{Relation: Differs}
	}
	if a.until == nil && b.until == nil && bothMonthDays(a, b) {
		return compareMonthDays(a, b)
	}
	if a.HasWeekday && b.HasWeekday && !(a.Resolved() && b.Resolved()) {
		if a.Weekday == b.Weekday {
			return TimeComparison{Relation: Same}
		}
		return TimeComparison{Relation: Differs}
	}
	if a.until == nil && b.until == nil && a.Month > 0 && a.Month == b.Month && a.Year == 0 && b.Year == 0 && (a.Part == "" || b.Part == "" || a.Part == b.Part) {
		return TimeComparison{Relation: Same}
	}
	if a.Resolved() && b.Resolved() {
		return compareSpans(a, b)
	}
	if a.HasWeekday && b.Month > 0 || b.HasWeekday && a.Month > 0 {
		return weekdayAndDate(a, b)
	}
	if a.Month > 0 && b.Month > 0 && a.Month != b.Month && !a.Resolved() && !b.Resolved() {
		return TimeComparison{Relation: Differs}
	}
	return TimeComparison{Relation: Apart}
}

// seasonKind tells seasons from quarters and halves of a year.
func (t Time) seasonKind() byte {
	if t.Season[0] == 'Q' || t.Season[0] == 'H' {
		return t.Season[0]
	}
	return 's'
}

// compareSeasons compares seasons, quarters or halves of one year, or of years
// that neither tells.
func compareSeasons(a, b Time) TimeComparison {
	if a.Season == b.Season {
		return TimeComparison{Relation: Same}
	}
	return TimeComparison{Relation: Differs}
}

func bothMonthDays(a, b Time) bool { return a.Month > 0 && b.Month > 0 && a.Day > 0 && b.Day > 0 }

// compareMonthDays compares two written days of the year: March 27 and March 28
// never agree, whatever the zone.
func compareMonthDays(a, b Time) TimeComparison {
	switch {
	case a.Month != b.Month || a.Day != b.Day:
		return TimeComparison{Relation: Differs}
	case a.Year > 0 && b.Year > 0 && a.Year != b.Year:
		return TimeComparison{Relation: Differs}
	}
	return TimeComparison{Relation: Same}
}

// compareSpans compares resolved days. A day that was worked out from a
// publication date of unknown zone may lie one day either way, a written one may
// not.
func compareSpans(a, b Time) TimeComparison {
	if !a.Start.After(b.End) && !b.Start.After(a.End) {
		if a.Start.Equal(b.Start) && a.End.Equal(b.End) {
			return TimeComparison{Relation: Same, Reason: reworded(a, b, "they are the same day")}
		}
		return TimeComparison{Relation: Same, Reason: "one period holds the other"}
	}
	if a.HasWeekday && b.HasWeekday && a.Weekday == b.Weekday || coarser(a, b) {
		return TimeComparison{Relation: Apart}
	}
	if workedOut(a) != workedOut(b) && gap(a, b) <= 24*time.Hour {
		return TimeComparison{Relation: Same, Reason: "the zone of the publication time is not known, which leaves a day either way"}
	}
	return TimeComparison{Relation: Differs}
}

// coarser tells a year from a day: "since 2007" and "on Friday" answer two
// questions.
func coarser(a, b Time) bool {
	la, lb := a.End.Sub(a.Start), b.End.Sub(b.Start)
	const month = 32 * 24 * time.Hour
	return la > month && lb == 0 || lb > month && la == 0
}

func reworded(a, b Time, reason string) string {
	if a.Text == b.Text || a.HasWeekday == b.HasWeekday {
		return ""
	}
	return reason
}

// workedOut tells a day that no date was written for.
func workedOut(t Time) bool { return t.Day == 0 && t.Relative != "" && !t.HasWeekday }

func gap(a, b Time) time.Duration {
	if a.Start.After(b.End) {
		return a.Start.Sub(b.End)
	}
	return b.Start.Sub(a.End)
}

// weekdayAndDate compares a bare weekday with a date whose day of the week is not
// known. Any day of the year is a Thursday in some year.
func weekdayAndDate(a, b Time) TimeComparison {
	if b.HasWeekday {
		a, b = b, a
	}
	if b.Year > 0 && b.Day > 0 {
		date := time.Date(b.Year, b.Month, b.Day, 0, 0, 0, 0, time.UTC)
		if date.Weekday() != a.Weekday {
			return TimeComparison{Relation: Differs}
		}
		return TimeComparison{Relation: Same, Reason: "that date was a " + a.Weekday.String()}
	}
	return TimeComparison{Relation: Same, Reason: "a weekday and a date of an unknown year"}
}
