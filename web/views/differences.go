package views

import (
	"slices"
	"strings"

	"corroborate/internal/claims"
)

// differences shows a finding's differences, those that say the same as one.
func (m members) differences(f claims.Finding) []DifferenceView {
	var out []DifferenceView
	for _, d := range f.Differences {
		v := DifferenceView{Kind: d.Kind, Rule: d.Rule, Material: d.Material, Superseded: d.Superseded,
			Speakers: d.Between == claims.BetweenSpeakers, Internal: d.Internal, Explanation: d.Explanation}
		for i, value := range d.Values {
			v.Sides[i].Value = value
		}
		i := slices.IndexFunc(out, v.saysTheSame)
		if i < 0 {
			out = append(out, v)
			i = len(out) - 1
		}
		out[i].IDs = append(out[i].IDs, d.ID)
		for n, id := range d.Claims {
			out[i].tell(d.Values[n], m.teller(id, v.Speakers))
		}
	}
	return out
}

// teller says who tells a claim.
func (m members) teller(id string, speakers bool) Teller {
	c := m.claim[id]
	t := Teller{ClaimID: id, Source: c.Source}
	if c.Speaker != nil && speakers {
		t.Speaker = *c.Speaker
	}
	return t
}

// saysTheSame tells whether two differences have the same values, in either
// order, and the same labels.
func (d DifferenceView) saysTheSame(o DifferenceView) bool {
	if d.Kind != o.Kind || d.Material != o.Material || d.Superseded != o.Superseded ||
		d.Speakers != o.Speakers || d.Internal != o.Internal {
		return false
	}
	a, b := d.Sides[0].Value, d.Sides[1].Value
	x, y := o.Sides[0].Value, o.Sides[1].Value
	return sameValue(a, x) && sameValue(b, y) || sameValue(a, y) && sameValue(b, x)
}

// sameValue compares what two sides tell; the first letter of a sentence is no
// difference.
func sameValue(a, b string) bool { return strings.EqualFold(a, b) }

// tell puts a teller on the side with a value.
func (d *DifferenceView) tell(value string, t Teller) {
	side := &d.Sides[0]
	if !sameValue(side.Value, value) {
		side = &d.Sides[1]
	}
	if !slices.Contains(side.Tellers, t) {
		side.Tellers = append(side.Tellers, t)
	}
}

// field names the part of a review's form that decides on the difference.
func (d DifferenceView) field() string { return "difference-" + d.key() }

// key names the differences that are decided on as one.
func (d DifferenceView) key() string { return strings.Join(d.IDs, ".") }
