package app

import (
	"context"
	"maps"
	"slices"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// known is what a story's findings were before a comparison.
type known struct {
	findings    []store.KnownFinding
	differences []store.KnownPair
	cleared     []store.KnownPair
	reviews     []store.AnchoredReview
	// merged leads from a claim that people merged into another to that. left are the
	// findings that claims left by edits that were undone, standing those of them that
	// are there.
	merged   map[string]string
	left     []store.KnownFinding
	standing []string
}

// now names the claims of stored pairs as they are after people merged some.
func (k known) now(pairs []store.KnownPair) {
	t := editedText{merged: k.merged}
	for i, p := range pairs {
		pairs[i].ClaimA, pairs[i].ClaimB = t.successor(p.ClaimA), t.successor(p.ClaimB)
	}
}

// loadKnown reads what is known of a story. edited is what people's edits come to in
// its articles.
func loadKnown(ctx context.Context, tx *store.Tx, storyID string, edited map[string]editedText) (known, error) {
	k := known{merged: map[string]string{}}
	var err error
	if k.findings, err = tx.KnownFindings(ctx, storyID); err != nil {
		return k, err
	}
	var left []string
	for _, article := range slices.Sorted(maps.Keys(edited)) {
		maps.Copy(k.merged, edited[article].merged)
		for _, f := range edited[article].left {
			k.left, left = append(k.left, f), append(left, f.ID)
		}
	}
	if k.standing, err = tx.StandingFindings(ctx, left); err != nil {
		return k, err
	}
	for _, f := range k.findings {
		for i, id := range f.Claims {
			f.Claims[i] = editedText{merged: k.merged}.successor(id)
		}
	}
	if k.differences, err = tx.KnownDifferences(ctx, storyID); err != nil {
		return k, err
	}
	if k.cleared, err = tx.KnownCleared(ctx, storyID); err != nil {
		return k, err
	}
	k.now(k.differences)
	k.now(k.cleared)
	k.reviews, err = tx.AnchoredReviews(ctx, storyID)
	return k, err
}

// renamed gives a report's findings with the ids of the database: ids for claims,
// those of what was known for what is still itself, new ones for the rest.
func renamed(r claims.Report, ids map[string]string, k known) store.Comparison {
	members := make([][]string, len(r.Findings))
	for i, f := range r.Findings {
		for _, c := range f.Claims {
			members[i] = append(members[i], ids[c.ID])
		}
	}
	m := mapFindings(k.findings, members)
	m.revive(k.left, members, k.standing)
	out := store.Comparison{Articles: r.Articles, Moved: m.moved, Gone: m.gone}
	differences := newPairIDs(k.differences)
	for i, f := range r.Findings {
		if f.ID = m.ids[i]; f.ID == "" {
			f.ID = newID()
		}
		out.Findings = append(out.Findings, renamedFinding(f, ids, differences))
	}
	out.Cleared = renamedCleared(r.Cleared, ids, newPairIDs(k.cleared))
	return out
}

func renamedFinding(f claims.Finding, ids map[string]string, differences pairIDs) claims.Finding {
	members := make([]claims.FindingClaim, len(f.Claims))
	for i, c := range f.Claims {
		c.ID = ids[c.ID]
		members[i] = c
	}
	positions := make([]claims.Position, len(f.Positions))
	for i, p := range f.Positions {
		told := make([]string, len(p.Claims))
		for j, id := range p.Claims {
			told[j] = ids[id]
		}
		p.Claims = told
		positions[i] = p
	}
	found := make([]claims.Difference, len(f.Differences))
	for i, d := range f.Differences {
		d.Claims = [2]string{ids[d.Claims[0]], ids[d.Claims[1]]}
		d.ID = differences.take(keyOf(d.Kind, d.Claims[0], d.Claims[1]))
		found[i] = d
	}
	if f.Doubt != nil {
		d := *f.Doubt
		d.Claims = [2]string{ids[d.Claims[0]], ids[d.Claims[1]]}
		f.Doubt = &d
	}
	f.Claims, f.Positions, f.Differences = members, positions, found
	return f
}

func renamedCleared(pairs []claims.ClearedPair, ids map[string]string, stored pairIDs) []claims.ClearedPair {
	out := make([]claims.ClearedPair, len(pairs))
	for i, p := range pairs {
		p.Claims = [2]string{ids[p.Claims[0]], ids[p.Claims[1]]}
		p.ID = stored.take(keyOf(p.Kind, p.Claims[0], p.Claims[1]))
		out[i] = p
	}
	return out
}

// findingOf gives the finding of each claim.
func findingOf(findings []claims.Finding) map[string]string {
	out := map[string]string{}
	for _, f := range findings {
		for _, c := range f.Claims {
			out[c.ID] = f.ID
		}
	}
	return out
}
