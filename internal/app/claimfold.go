package app

import (
	"cmp"
	"maps"
	"slices"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// This file says what people's edits of an article's claims come to in one of its
// texts. Its functions are pure.

// editedText is what edits come to in a text.
type editedText struct {
	claims.Edits
	// ids are those of the claims at passages that people edited; by is the newest edit
	// that made each what it is.
	ids, by map[claims.Passage]string
	// merged leads from a claim to the one that it was merged into.
	merged map[string]string
	// lost are the edits whose passages do not certainly stand in the text.
	lost map[string]bool
	// awaiting are the passages that people made claims of, or made claims again by
	// undoing an edit; withdrawn are those of which they said that they are none.
	awaiting, withdrawn map[claims.Passage]bool
	// left are the findings that claims left by edits that were undone.
	left []store.KnownFinding
}

// foldEdits works out what edits, the oldest first, come to in a text; carry says
// where passages of the texts that they were made in stand in it. An edit of which one
// passage is not certain is left out whole.
func foldEdits(edits []store.ClaimEdit, carry map[string]*claims.CarryOver) editedText {
	f := fold{out: editedText{ids: map[claims.Passage]string{}, by: map[claims.Passage]string{}, merged: map[string]string{}, lost: map[string]bool{}},
		made: map[claims.Passage]bool{}, dropped: map[claims.Passage]bool{}, judged: map[claims.Passage]string{},
		restored: map[claims.Passage]string{}, undone: map[claims.Passage]bool{}}
	for _, e := range edits {
		before, after, ok := follow(e, carry[e.TextID])
		switch {
		case !ok:
			f.out.lost[e.ID] = true
		case e.UndoneAt != nil:
			f.takeBack(before, after)
		default:
			f.apply(e, before, after)
		}
	}
	return f.edits()
}

// follow gives the passages of an edit where they stand now, false where one of them
// is not certain.
func follow(e store.ClaimEdit, carry *claims.CarryOver) (before, after []store.EditPassage, ok bool) {
	if carry == nil {
		return nil, nil, false
	}
	for _, side := range []struct {
		from []store.EditPassage
		to   *[]store.EditPassage
	}{{e.Before, &before}, {e.After, &after}} {
		for _, p := range side.from {
			now, ok := carry.Follow(p.Passage)
			if !ok {
				return nil, nil, false
			}
			*side.to = append(*side.to, store.EditPassage{ClaimID: p.ClaimID, FindingID: p.FindingID, Passage: now})
		}
	}
	return before, after, true
}

// fold is the state between two edits.
type fold struct {
	out  editedText
	made map[claims.Passage]bool
	// dropped tells of passages that are no claims whether the engine had read them.
	dropped map[claims.Passage]bool
	judged  map[claims.Passage]string
	// restored are the passages that edits took away which were undone, with their
	// claims' ids, undone those that they made.
	restored map[claims.Passage]string
	undone   map[claims.Passage]bool
}

// takeBack takes in an edit that was undone: what it took away stands again, under
// its own id and in its own finding.
func (f *fold) takeBack(before, after []store.EditPassage) {
	for _, p := range before {
		f.restored[p.Passage] = p.ClaimID
		if p.FindingID != "" {
			f.out.left = append(f.out.left, store.KnownFinding{ID: p.FindingID, Claims: []string{p.ClaimID}})
		}
	}
	for _, p := range after {
		if !slices.ContainsFunc(before, func(q store.EditPassage) bool { return q.Passage == p.Passage }) {
			f.undone[p.Passage] = true
		}
	}
}

// apply takes in one edit whose passages are where they stand now.
func (f *fold) apply(e store.ClaimEdit, before, after []store.EditPassage) {
	if e.Kind == store.EditJudge {
		for _, p := range before {
			f.judged[p.Passage], f.out.by[p.Passage], f.out.ids[p.Passage] = e.Reason, e.ID, p.ClaimID
		}
		return
	}
	for _, p := range before {
		f.dropped[p.Passage] = !f.made[p.Passage]
		delete(f.made, p.Passage)
		delete(f.out.ids, p.Passage)
		delete(f.out.by, p.Passage)
	}
	for _, p := range after {
		delete(f.dropped, p.Passage)
		f.made[p.Passage] = true
		f.out.ids[p.Passage], f.out.by[p.Passage] = p.ClaimID, e.ID
	}
	switch e.Kind {
	case store.EditAdjust: // who moves borders does not judge anew
		if reason, ok := f.judged[before[0].Passage]; ok {
			f.judged[after[0].Passage] = reason
			delete(f.judged, before[0].Passage)
		}
	case store.EditMerge:
		for _, p := range before {
			if p.ClaimID != after[0].ClaimID {
				f.out.merged[p.ClaimID] = after[0].ClaimID
			}
		}
	}
}

// edits gives the outcome in the order of the text.
func (f *fold) edits() editedText {
	f.out.awaiting, f.out.withdrawn = maps.Clone(f.made), map[claims.Passage]bool{}
	for p, id := range f.restored {
		if f.out.ids[p] == "" {
			f.out.ids[p] = id
		}
		if _, dropped := f.dropped[p]; !dropped && !f.undone[p] {
			f.out.awaiting[p] = true
		}
	}
	for p := range f.undone {
		f.out.withdrawn[p] = !f.made[p]
	}
	for p := range f.dropped {
		f.out.withdrawn[p] = true
	}
	for _, p := range inText(maps.Keys(f.made)) {
		f.out.Made = append(f.out.Made, markOf(p))
	}
	for _, p := range inText(maps.Keys(f.dropped)) {
		f.out.Dropped = append(f.out.Dropped, claims.DroppedClaim{Mark: markOf(p), Read: f.dropped[p]})
	}
	for _, p := range inText(maps.Keys(f.judged)) {
		f.out.Judged = append(f.out.Judged, claims.JudgedClaim{Mark: markOf(p), Reason: f.judged[p]})
	}
	return f.out
}

func inText(all func(func(claims.Passage) bool)) []claims.Passage {
	return slices.SortedFunc(all, func(a, b claims.Passage) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
}

func markOf(p claims.Passage) claims.Mark { return claims.Mark{Start: p.Start, End: p.End} }

// successor gives the claim that a claim is now: that which it was merged into, or
// itself.
func (t editedText) successor(id string) string {
	for range t.merged {
		to, ok := t.merged[id]
		if !ok {
			break
		}
		id = to
	}
	return id
}

// over gives the claims of the text with what was edited since the last comparison,
// where one is still to come. Of a claim that is still to be read it tells what is
// known of the one that it was.
func (t editedText) over(stored []ArticleClaim, edits []store.ClaimEdit, waiting bool) []ArticleClaim {
	out := slices.Clone(stored)
	if waiting {
		out = t.awaited(stored)
	}
	marks := marksOf(edits)
	for i := range out {
		out[i].Edited = marks[t.by[out[i].Passage]]
	}
	t.judge(out)
	slices.SortFunc(out, func(a, b ArticleClaim) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	return out
}

// awaited gives the claims that the next comparison will find, as far as people have
// said so.
func (t editedText) awaited(stored []ArticleClaim) []ArticleClaim {
	passages, was := make([]claims.Passage, len(stored)), map[string]ArticleClaim{}
	for i, c := range stored {
		passages[i], was[c.ID] = c.Passage, c
	}
	var out []ArticleClaim
	stand, missing := t.due(passages)
	for i, c := range stored {
		if stand[i] {
			out = append(out, c)
		}
	}
	for _, p := range missing {
		out = append(out, pendingClaim(p, t.ids[p], was[t.ids[p]]))
	}
	return out
}

// due tells which of the passages of stored claims the next comparison will find, as
// far as people have said so, and which others.
func (t editedText) due(stored []claims.Passage) (stand []bool, missing []claims.Passage) {
	stand, there := make([]bool, len(stored)), map[claims.Passage]bool{}
	for i, p := range stored {
		stand[i], there[p] = !t.withdrawn[p], true
	}
	for _, p := range inText(maps.Keys(t.awaiting)) {
		if !there[p] {
			missing = append(missing, p)
		}
	}
	return stand, missing
}

// afterEdits gives the stored claims of an article as the next comparison will find
// them.
func (t editedText) afterEdits(stored []store.Claim, text store.Text) []store.Claim {
	passages := make([]claims.Passage, len(stored))
	for i, c := range stored {
		passages[i] = c.Passage
	}
	var out []store.Claim
	stand, missing := t.due(passages)
	for i, c := range stored {
		if stand[i] {
			out = append(out, c)
		}
	}
	for _, p := range missing {
		out = append(out, store.Claim{Claim: claims.Claim{ID: t.ids[p], Passage: p}, ArticleID: text.ArticleID, TextID: text.ID, RevisionID: text.RevisionID})
	}
	return out
}

// pendingClaim is a claim that the engine is still to read, made of the claim that it
// was, which has no id where it is new.
func pendingClaim(p claims.Passage, id string, was ArticleClaim) ArticleClaim {
	if was.ID == "" {
		was.Checkable, was.Attribution, was.Certainty = true, claims.OwnVoice, claims.Happened
	}
	was.ID, was.Passage, was.Text, was.Pending = id, p, p.Exact, true
	return was
}

// judge marks claims as people have judged whether they can be checked.
func (t editedText) judge(all []ArticleClaim) {
	for _, j := range t.Judged {
		for i, c := range all {
			if markOf(c.Passage) == j.Mark {
				all[i].Checkable, all[i].Reason = j.Reason == "", j.Reason
			}
		}
	}
}

// marksOf gives the marks of edits by their ids.
func marksOf(edits []store.ClaimEdit) map[string]*store.ClaimMark {
	out := make(map[string]*store.ClaimMark, len(edits))
	for _, e := range edits {
		out[e.ID] = &store.ClaimMark{Kind: e.Kind, By: e.Author, At: e.At}
	}
	return out
}

// blocking gives the edit that has to be undone before another can be: a later one
// that holds and works on what that one made.
func blocking(edits []store.ClaimEdit, undo store.ClaimEdit) *store.ClaimEdit {
	for i, e := range slices.Backward(edits) {
		if e.ID <= undo.ID || e.UndoneAt != nil {
			continue
		}
		for _, p := range slices.Concat(e.Before, e.After) {
			if slices.ContainsFunc(undo.After, func(q store.EditPassage) bool { return q.ClaimID == p.ClaimID || q.Passage == p.Passage }) {
				return &edits[i]
			}
		}
	}
	return nil
}
