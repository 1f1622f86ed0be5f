package ui

import (
	"strconv"
	"time"

	"corroborate/internal/claims"
)

// VerdictSign gives a verdict as one sign.
func VerdictSign(v claims.Verdict) string {
	switch v {
	case claims.Agree:
		return "="
	case claims.Diverge:
		return "≠"
	}
	return "○"
}

// VerdictMeaning says in one line what a verdict means.
func VerdictMeaning(v claims.Verdict) string {
	switch v {
	case claims.Agree:
		return "Two or more sources tell it and nothing material differs"
	case claims.Diverge:
		return "Two or more sources tell it and something material differs"
	}
	return "One source tells it"
}

// KindMeaning says in few words what differs in a difference of a kind.
func KindMeaning(k claims.Kind) string {
	switch k {
	case claims.KindNumber:
		return "a quantity"
	case claims.KindTime:
		return "a date or time"
	case claims.KindPlace:
		return "where it was"
	case claims.KindName:
		return "who it was"
	case claims.KindAction:
		return "what was done"
	case claims.KindNegation:
		return "told by one, denied by another"
	case claims.KindCertainty:
		return "happened, planned, alleged or possible"
	case claims.KindCause:
		return "why it happened"
	case claims.KindScope:
		return "of what it holds"
	case claims.KindQuote:
		return "the words of one quotation"
	case claims.KindTerm:
		return "what a thing is called"
	case claims.KindAttribution:
		return "who vouches for it"
	}
	return ""
}

// Rung names a rung of the ladder of attribution, from 1 (the strongest) to 4.
func Rung(a claims.Attribution) (int, string) {
	switch a {
	case claims.Quoted:
		return 1, "quoted"
	case claims.Paraphrased:
		return 2, "paraphrased"
	case claims.Officials:
		return 3, "unnamed officials"
	}
	return 4, "own voice"
}

// SpanName names what is marked in a text.
func SpanName(k claims.SpanKind) string {
	switch k {
	case claims.SpanControl:
		return "page control"
	case claims.SpanRepeat:
		return "repeated text"
	case claims.SpanPromo:
		return "promotion"
	case claims.SpanCredit:
		return "credit line"
	case claims.SpanTags:
		return "tag list"
	}
	return string(k)
}

// Counted writes a number with its noun: "1 source", "3 sources".
func Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// Number writes a whole number that may be large: 17,092.
func Number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// PublishedText writes a publication time as precisely as it is known.
func PublishedText(p claims.Published) string {
	switch {
	case p.IsZero():
		return "time unknown"
	case p.Precision == claims.Day:
		return p.At.Format("2 Jan 2006")
	}
	return p.At.Format("2 Jan 2006, 15:04 -07:00")
}

// Moment writes an instant for people, in UTC; browsers with JavaScript show it in
// the reader's zone.
func Moment(t time.Time) string { return t.UTC().Format("2 Jan 2006, 15:04 UTC") }
