package report

import (
	"time"

	"corroborate/internal/claims"
)

// Dossier is a story's report as it is handed over: what stands after review, with the
// reviews, and where each finding is to be found.
type Dossier struct {
	claims.Report
	Choice Choice
	// Reviews are those of a finding, by its id, the newest first; none where they are
	// not shown.
	Reviews map[string][]Review
	// Base is scheme and host of the service, for links that work on paper; empty for a
	// report that is stored nowhere.
	Base string
	// Made is when the dossier was made, zero where that is not told.
	Made time.Time
}

// Choice says what of a story a dossier holds. The zero value leaves out what one source
// tells alone.
type Choice struct {
	// Reviewed and Divergences leave out all findings but such.
	Reviewed    bool
	Divergences bool
	// Alone takes in what one source tells alone.
	Alone bool
}

// Review is a person's decision as it is shown in a dossier.
type Review struct {
	Author string
	At     time.Time
	// Decisions are what was decided, in words.
	Decisions []string
	Note      string
	// Stale is true where a passage has changed since.
	Stale bool
}

// Stands gives the verdict that stands: a person's where there is one, empty of a
// finding that the reader reviews blind.
func Stands(f claims.Finding) claims.Verdict {
	if f.ReviewedVerdict != nil {
		return *f.ReviewedVerdict
	}
	return f.Verdict
}

// Of gives the findings of a verdict that the dossier holds, in the report's order.
func (d Dossier) Of(v claims.Verdict) []claims.Finding {
	var out []claims.Finding
	for _, f := range d.Findings {
		if Stands(f) == v && d.holds(f) {
			out = append(out, f)
		}
	}
	return out
}

func (d Dossier) holds(f claims.Finding) bool {
	switch v := Stands(f); {
	case d.Choice.Reviewed && f.ReviewedVerdict == nil && len(d.Reviews[f.ID]) == 0:
		return false
	case d.Choice.Divergences:
		return v == claims.Diverge
	case v == claims.Single:
		return d.Choice.Alone
	}
	return true
}

// Pairs gives the cleared pairs that the dossier holds.
func (d Dossier) Pairs() []claims.ClearedPair {
	if d.Choice.Divergences || d.Choice.Reviewed {
		return nil
	}
	return d.Cleared
}

// Veiled counts the findings that are left out because the reader reviews them blind.
func (d Dossier) Veiled() int {
	n := 0
	for _, f := range d.Findings {
		if Stands(f) == "" {
			n++
		}
	}
	return n
}

// Address is where a finding is to be found, empty of a report that is stored nowhere.
func (d Dossier) Address(findingID string) string {
	if d.Base == "" {
		return ""
	}
	return d.Base + "/findings/" + findingID
}
