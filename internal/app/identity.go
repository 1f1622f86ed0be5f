package app

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// This file says what stays itself when a story is analysed again. Its functions
// are pure.

// readInto is the text that found claims stand in, with where passages of the texts
// of stored claims, by the texts' ids, stand in it. What stood in any other text is
// not carried over.
type readInto struct {
	article, text string
	carry         map[string]*claims.CarryOver
	// edited is what people's edits come to in the text.
	edited editedText
}

// keepClaims gives found claims the ids of the stored ones that they are: those with
// the same words in a place that is certainly theirs. In a text that has changed they
// must be read in the same way too, as the same words may come to speak of somebody
// else. It gives the ids too, in the order of found.
func keepClaims(old []store.Claim, in readInto, found []claims.Claim) (store.ClaimChange, []string) {
	change := store.ClaimChange{ArticleID: in.article, TextID: in.text, Edits: map[string]string{}}
	ids, used, stood, known := make([]string, len(found)), make(map[string]bool, len(old)), in.places(old), make(map[string]bool, len(old))
	for _, o := range old {
		known[o.ID] = true
	}
	for i, f := range found {
		if o, ok := stood[f.Passage]; ok && (o.TextID == in.text || sameReading(o.Claim, f)) {
			ids[i], used[o.ID] = o.ID, true
		}
	}
	for i, f := range found {
		ids[i] = in.named(f, ids[i], stood, used)
		change.Edits[ids[i]] = in.edited.by[f.Passage]
		f.ID = ids[i]
		if known[f.ID] {
			change.Kept = append(change.Kept, f)
		} else {
			change.Added = append(change.Added, f)
		}
	}
	for _, o := range old {
		if !used[o.ID] {
			change.Gone = append(change.Gone, o.ID)
		}
	}
	return change, ids
}

// named gives the id of a found claim: the one that it has, else that of the claim
// that people's edits say it is, else a new one. A claim that stands where another
// stood and is read otherwise is new whatever they say.
func (in readInto) named(f claims.Claim, id string, stood map[claims.Passage]store.Claim, used map[string]bool) string {
	if id != "" {
		return id
	}
	edited := in.edited.ids[f.Passage]
	if _, other := stood[f.Passage]; edited == "" || used[edited] || other {
		return newID()
	}
	used[edited] = true
	return edited
}

// places gives the stored claims by where they certainly stand now.
func (in readInto) places(old []store.Claim) map[claims.Passage]store.Claim {
	out := make(map[claims.Passage]store.Claim, len(old))
	for _, o := range old {
		carry := in.carry[o.TextID]
		if carry == nil {
			continue
		}
		if p, ok := carry.Follow(o.Passage); ok {
			out[p] = o
		}
	}
	return out
}

// sameReading tells whether two claims with the same words say the same: of the same
// people, by the same speaker, with the same force.
func sameReading(a, b claims.Claim) bool {
	return a.Text == b.Text && a.Attribution == b.Attribution && a.Certainty == b.Certainty &&
		(a.Speaker == nil) == (b.Speaker == nil) && (a.Speaker == nil || *a.Speaker == *b.Speaker)
}

// mapping is what becomes of the stored findings of a story.
type mapping struct {
	// ids are those of the found findings, in their order, empty for new ones.
	ids   []string
	moved map[string]string
	gone  []string
}

// mapFindings maps stored findings to found ones, which are given by the ids of
// their claims. A stored finding goes where most of its claims are; of several
// that go to one place the oldest stays and the others are merged into it; one of
// which no claim is left is gone.
func mapFindings(stored []store.KnownFinding, found [][]string) mapping {
	out := mapping{ids: make([]string, len(found)), moved: map[string]string{}}
	at := map[string]int{}
	for i, ids := range found {
		for _, id := range ids {
			at[id] = i
		}
	}
	homes := make(map[int][]string)
	for _, f := range stored {
		if home, ok := homeOf(f, at); ok {
			homes[home] = append(homes[home], f.ID)
		} else {
			out.gone = append(out.gone, f.ID)
		}
	}
	for home, ids := range homes {
		oldest := slices.Min(ids) // ids of version 7 sort by time
		out.ids[home] = oldest
		for _, id := range ids {
			if id != oldest {
				out.moved[id] = oldest
			}
		}
	}
	return out
}

// revive gives found findings that have no id the ids of those that their claims had
// left by edits of people that were undone since. standing are the ids that are in use.
func (m *mapping) revive(left []store.KnownFinding, found [][]string, standing []string) {
	at := map[string]int{}
	for i, ids := range found {
		for _, id := range ids {
			at[id] = i
		}
	}
	used := map[string]bool{}
	for _, id := range slices.Concat(m.ids, standing) {
		used[id] = true
	}
	for _, f := range left {
		if home, ok := homeOf(f, at); ok && m.ids[home] == "" && !used[f.ID] {
			m.ids[home], used[f.ID] = f.ID, true
		}
	}
}

// homeOf gives the found finding with most of the claims of a stored one. Of two
// halves of one size the one with its first claim wins.
func homeOf(f store.KnownFinding, at map[string]int) (home int, ok bool) {
	count, first := map[int]int{}, map[int]int{}
	for i, id := range f.Claims {
		if home, ok := at[id]; ok {
			if count[home] == 0 {
				first[home] = i
			}
			count[home]++
		}
	}
	best, ok := -1, false
	for h := range count {
		if !ok || count[h] > count[best] || count[h] == count[best] && first[h] < first[best] {
			best, ok = h, true
		}
	}
	return best, ok
}

// pairKey names a difference or a cleared pair by what it says of whom.
type pairKey struct {
	kind claims.Kind
	a, b string
}

func keyOf(kind claims.Kind, a, b string) pairKey {
	return pairKey{kind, min(a, b), max(a, b)}
}

// pairIDs gives out the ids of stored pairs to the same pairs found again, each
// once and the oldest first, and new ids to others.
type pairIDs map[pairKey][]string

func newPairIDs(stored []store.KnownPair) pairIDs {
	out := pairIDs{}
	for _, p := range stored {
		k := keyOf(p.Kind, p.ClaimA, p.ClaimB)
		out[k] = append(out[k], p.ID)
	}
	return out
}

func (p pairIDs) take(k pairKey) string {
	if len(p[k]) == 0 {
		return newID()
	}
	id := p[k][0]
	p[k] = p[k][1:]
	return id
}

// claimIndex finds claims by article and the hash of their words, and by their ids.
type claimIndex struct {
	at map[passageKey][]store.Claim
	// by follows claims that were merged into others, joined are those others.
	by     map[string]store.Claim
	joined map[string]bool
}

type passageKey struct{ article, hash string }

// indexClaims indexes claims; merged leads from a claim that people merged into
// another to that.
func indexClaims(all []store.Claim, merged map[string]string) claimIndex {
	x := claimIndex{at: map[passageKey][]store.Claim{}, by: map[string]store.Claim{}, joined: map[string]bool{}}
	for _, c := range all {
		k := passageKey{c.ArticleID, hashOf(c.Exact)}
		x.at[k] = append(x.at[k], c)
		x.by[c.ID] = c
	}
	for from := range merged {
		if c, ok := x.by[(editedText{merged: merged}).successor(from)]; ok {
			x.by[from], x.joined[c.ID] = c, true
		}
	}
	return x
}

func hashOf(exact string) string {
	h := sha256.Sum256([]byte(exact))
	return hex.EncodeToString(h[:])
}

// present gives the claim that an anchor points at now, if it is still there: at
// the same place of the same text, or, in another text, the claim that was carried
// over with its words. A claim whose words people changed is still the one that it
// was, and one that they merged is that which took it in.
func (x claimIndex) present(anchor store.Anchor) (store.Claim, bool) {
	for _, c := range x.at[passageKey{anchor.ArticleID, anchor.Hash}] {
		if c.Received == anchor.Received && c.Start == anchor.Start && c.End == anchor.End {
			return c, true
		}
	}
	c, ok := x.by[anchor.ClaimID]
	return c, ok
}

// placeReviews says with which finding each review is shown, given the claims as
// they are now and the finding of each claim. A review goes where most of its
// passages are, and is stale when one of them has changed or gone. One of which
// nothing is left stays where it was, if that is still there.
func placeReviews(reviews []store.AnchoredReview, current claimIndex, finding map[string]string) []store.ReviewPlace {
	stored := map[string]bool{}
	for _, id := range finding {
		stored[id] = true
	}
	out := make([]store.ReviewPlace, len(reviews))
	for i, r := range reviews {
		out[i].ReviewID = r.ID
		count := map[string]int{}
		for _, anchor := range r.Anchors {
			c, ok := current.present(anchor)
			if !ok {
				out[i].Stale = true
			} else if f := finding[c.ID]; f != "" {
				count[f]++
			}
		}
		switch {
		case len(count) > 0:
			out[i].FindingID = mostOf(count)
		case stored[r.FindingID]:
			out[i].FindingID = r.FindingID
		}
	}
	return out
}

// mostOf gives the id with the highest count, the oldest of several.
func mostOf(count map[string]int) string {
	ids := make([]string, 0, len(count))
	for id := range count {
		ids = append(ids, id)
	}
	return slices.MinFunc(ids, func(a, b string) int {
		return cmp.Or(-cmp.Compare(count[a], count[b]), cmp.Compare(a, b))
	})
}

// pinsOf gives the pins for the engine: the claims of each finding whose newest
// decision is not stale and does not reject the alignment. A claim is pinned
// once. Where people merged claims that two decisions hold, they hold all of
// theirs together.
func pinsOf(reviews []store.AnchoredReview, current claimIndex) []claims.Pin {
	p := pinner{current: current, pinned: map[string]int{}}
	decided := map[string]bool{}
	for _, r := range slices.Backward(reviews) {
		about := cmp.Or(r.FindingID, r.ID) // one shown with no finding stands for itself
		if !r.Decides || decided[about] {
			continue
		}
		decided[about] = true
		if members, ok := current.all(r.Anchors); ok && r.Alignment != Rejected {
			p.pin(members)
		}
	}
	slices.Reverse(p.pins)
	return p.pins
}

// pinner collects pins.
type pinner struct {
	current claimIndex
	pins    []claims.Pin
	// pinned gives the pin of each claim that has one.
	pinned map[string]int
}

// pin holds claims together, unless one of them is held already. Those that share a
// merged claim with one pin join that.
func (p *pinner) pin(members []store.Claim) {
	at := len(p.pins)
	for _, c := range members {
		pin, taken := p.pinned[c.ID]
		if !taken {
			continue
		}
		if !p.current.joined[c.ID] || at < len(p.pins) && at != pin {
			return
		}
		at = pin
	}
	if at == len(p.pins) {
		p.pins = append(p.pins, claims.Pin{})
	}
	for _, c := range members {
		if _, taken := p.pinned[c.ID]; !taken {
			p.pinned[c.ID] = at
			p.pins[at].Claims = append(p.pins[at].Claims, claims.Anchor{ArticleID: c.ArticleID, Start: c.Start, End: c.End})
		}
	}
}

// all gives the claims that anchors point at now, each once, false where one is gone.
func (x claimIndex) all(anchors []store.Anchor) ([]store.Claim, bool) {
	var out []store.Claim
	for _, anchor := range anchors {
		c, ok := x.present(anchor)
		if !ok {
			return nil, false
		}
		if !slices.ContainsFunc(out, func(o store.Claim) bool { return o.ID == c.ID }) {
			out = append(out, c)
		}
	}
	return out, len(out) > 0
}
