package report

import (
	"strconv"
	"strings"

	"corroborate/internal/claims"
)

// Judgement is what a review decides.
type Judgement struct {
	// Alignment is "confirmed" or "rejected" (the claims are not about one fact), or
	// empty; Verdict is nil where it is left open.
	Alignment string
	Verdict   *claims.Verdict
	// Confirmed and Rejected count the decisions on differences and cleared pairs.
	Confirmed int
	Rejected  int
	// Blind is true for an answer in a blind review, of which Kinds are what the person
	// says differs.
	Blind bool
	Kinds []claims.Kind
}

// Words says what is decided, one decision each.
func (j Judgement) Words() []string {
	var out []string
	switch j.Alignment {
	case "confirmed":
		out = append(out, "one fact")
	case "rejected":
		out = append(out, "not one fact")
	}
	if j.Verdict != nil {
		out = append(out, "verdict: "+string(*j.Verdict))
	}
	if j.Confirmed > 0 {
		out = append(out, strconv.Itoa(j.Confirmed)+" confirmed")
	}
	if j.Rejected > 0 {
		out = append(out, strconv.Itoa(j.Rejected)+" rejected")
	}
	if j.Blind {
		out = append(out, "differs in: "+kindWords(j.Kinds))
	}
	return out
}

func kindWords(kinds []claims.Kind) string {
	if len(kinds) == 0 {
		return "none"
	}
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = string(k)
	}
	return strings.Join(words, ", ")
}
