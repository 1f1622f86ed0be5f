package views

import (
	"slices"
	"strings"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// newNotes gives a note for each claim of an article, in the order of the text.
func newNotes(in ArticleInput) []*Note {
	finding := map[string]claims.Finding{}
	for _, f := range in.Findings {
		for _, c := range f.Claims {
			finding[c.ID] = f
		}
	}
	own := slices.SortedStableFunc(slices.Values(in.Claims), func(x, y ReaderClaim) int {
		if x.Start != y.Start {
			return x.Start - y.Start
		}
		return y.End - x.End
	})
	out := make([]*Note, 0, len(own))
	for i, c := range own {
		n := newNote(i+1, c.Claim, in.Source, finding[c.ID])
		n.Edited, n.Pending = c.Edited, c.Pending
		out = append(out, n)
	}
	return out
}

func newNote(number int, c claims.Claim, source string, f claims.Finding) *Note {
	n := &Note{Number: number, ClaimID: c.ID, FindingID: f.ID, Verdict: f.Verdict, OneOrigin: OneOrigin(f),
		Kinds: KindsOf(f), Attribution: c.Attribution, Certainty: c.Certainty, Exact: c.Exact,
		mark: claims.Mark{Start: c.Start, End: c.End}}
	if f.ReviewedVerdict != nil {
		n.Verdict, n.Reviewed = *f.ReviewedVerdict, true
		n.OneOrigin = n.OneOrigin && n.Verdict == claims.Agree
	}
	if c.Speaker != nil {
		n.Speaker = *c.Speaker
	}
	if !c.Checkable {
		n.Doubt = c.Reason
	}
	n.Worth = worthOf(c)
	if n.Veiled = f.ID != "" && f.Verdict == ""; n.Veiled {
		return n // who reviews it blind is told nothing of the others
	}
	if len(f.Positions) > 1 {
		n.Position, n.Value = positionOf(f, []string{c.ID})
	}
	n.Others = othersOf(f, source, n.Position)
	return n
}

// worthACheck is the check-worthiness from which the margin speaks of it: in news
// a fifth to a fourth of the claims.
const worthACheck = 0.85

// worthOf says why a claim deserves a check, empty below [worthACheck].
func worthOf(c claims.Claim) string {
	var pro []string
	for _, r := range c.WorthReasons {
		if what, ok := strings.CutPrefix(r, "for: "); ok {
			pro = append(pro, what)
		}
	}
	if c.Worth < worthACheck || len(pro) == 0 {
		return ""
	}
	return "worth a check: " + strings.Join(pro, ", ")
}

// othersOf gives the other sources of a finding, those that tell it as a position
// does first, then the other positions in their order.
func othersOf(f claims.Finding, source, own string) []Others {
	var out []Others
	for _, c := range f.Claims {
		if c.Source == source {
			continue
		}
		o := Others{}
		if len(f.Positions) > 1 {
			o.Position, o.Value = positionOf(f, claimsOf(f, c.Source))
		}
		i := slices.IndexFunc(out, func(g Others) bool { return g.Position == o.Position })
		if i < 0 {
			out = append(out, o)
			i = len(out) - 1
		}
		if !slices.Contains(out[i].Sources, c.Source) {
			out[i].Sources = append(out[i].Sources, c.Source)
		}
	}
	slices.SortStableFunc(out, func(a, b Others) int {
		switch {
		case a.Position == own:
			return -1
		case b.Position == own:
			return 1
		}
		return strings.Compare(a.Position, b.Position)
	})
	return out
}

// positionOf gives the letters and the values of the positions that claims hold.
func positionOf(f claims.Finding, own []string) (letters, values string) {
	var ids, told []string
	for _, p := range f.Positions {
		if slices.ContainsFunc(p.Claims, func(id string) bool { return slices.Contains(own, id) }) {
			ids, told = append(ids, p.ID), append(told, p.Value)
		}
	}
	return strings.Join(ids, ", "), strings.Join(told, " / ")
}

// claimsOf gives the ids of a source's claims in a finding.
func claimsOf(f claims.Finding, source string) []string {
	var out []string
	for _, c := range f.Claims {
		if c.Source == source {
			out = append(out, c.ID)
		}
	}
	return out
}

// Sign gives the verdict on a claim as one sign, a dot before it was compared.
func (n Note) Sign() string {
	if n.FindingID == "" || n.Veiled || n.Pending {
		return "·"
	}
	return ui.VerdictSign(n.Verdict)
}

// VerdictWord says how the sources stand to a claim.
func (n Note) VerdictWord() string {
	switch {
	case n.Veiled:
		return "you review this blind"
	case n.Pending:
		return "being compared"
	case n.FindingID == "":
		return "not compared yet"
	case n.OneOrigin:
		return "agree, one origin"
	case n.Verdict == claims.Single:
		return "told here alone"
	}
	return string(n.Verdict)
}

// Vouch says who vouches for a claim and how certain it is put; what is the rule,
// the own voice telling what happened, is left out.
func (n Note) Vouch() []string {
	var out []string
	_, rung := ui.Rung(n.Attribution)
	switch {
	case n.Speaker != "":
		out = append(out, n.Speaker+", "+rung)
	case n.Attribution != claims.OwnVoice && n.Attribution != "":
		out = append(out, rung)
	}
	if n.Certainty != claims.Happened && n.Certainty != "" {
		out = append(out, string(n.Certainty))
	}
	return out
}

// creditWord names what a credit line gives.
func creditWord(role string) string {
	switch role {
	case "source":
		return "Taken from"
	case "wire":
		return "Wire text of"
	case "copyright":
		return "Copyright of"
	case "partner":
		return "With material of"
	case "embargo":
		return "Held back until"
	case "release":
		return "Press release"
	}
	return "With help of"
}
