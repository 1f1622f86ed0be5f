package views

import (
	"strconv"

	"corroborate/internal/claims"
)

// DoubtView is where the language model reads two passages of a finding otherwise than
// its verdict.
type DoubtView struct {
	Sides    [2]Member
	Relation claims.Relation
	// Percent is how likely the model holds it.
	Percent int
}

// doubt is nil where there is none.
func (m members) doubt(d *claims.Doubt) *DoubtView {
	if d == nil {
		return nil
	}
	return &DoubtView{Sides: [2]Member{m.claim[d.Claims[0]], m.claim[d.Claims[1]]}, Relation: d.Relation, Percent: percent(d.Probability)}
}

// words say what the model reads in the two passages.
func (d DoubtView) words() string {
	sure := " (" + strconv.Itoa(d.Percent) + " %)"
	if d.Relation == claims.RelDiverge {
		return "are in conflict" + sure + ". No rule finds what differs: read both before you rely on the verdict."
	}
	return "say the same" + sure + ", though a rule finds a difference: read both before you rely on the verdict."
}
