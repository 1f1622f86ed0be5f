package app

import (
	"context"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// ReaderView is what the reader of an article shows of its claims.
type ReaderView struct {
	// Claims are those of the text, with what was edited since the last comparison.
	Claims []ArticleClaim
	// Edits are what people did to them, the newest first; none for those who may not
	// read the whole text.
	Edits []EditState
	// Waiting is true while the claims are still to be compared.
	Waiting bool
}

// EditState is an edit with what became of it.
type EditState struct {
	ClaimEdit
	// Applies is false where it was undone, and where its passages do not certainly
	// stand in the text as it is now.
	Applies bool
	// Blocked says by whom and how a later edit builds on it, which has to be undone
	// first; empty for none.
	Blocked string
}

// Reader gives the claims of an article as people and the engine have left them, and
// what people did to them.
func (a *App) Reader(ctx context.Context, who Actor, id string) (ReaderView, error) {
	art, err := a.visibleArticle(ctx, who, id)
	if err != nil {
		return ReaderView{}, err
	}
	var out ReaderView
	if out.Claims, err = a.ArticleClaims(ctx, who, art.ID); err != nil {
		return ReaderView{}, err
	}
	text, err := a.db.CurrentText(ctx, art.ID)
	if claims.KindOf(err) == claims.NotFound { // it was not read yet
		return out, nil
	}
	if err != nil {
		return ReaderView{}, err
	}
	edits, err := a.db.ClaimEdits(ctx, []string{art.ID})
	if err != nil {
		return ReaderView{}, err
	}
	folded, err := editedIn(ctx, a.db.Queries, edits, text)
	if err != nil {
		return ReaderView{}, err
	}
	if out.Waiting, err = a.isWaiting(ctx, who, art); err != nil {
		return ReaderView{}, err
	}
	out.Claims = folded.over(out.Claims, edits, out.Waiting)
	if ok, err := a.mayReadTexts(ctx, who, art.StoryID); err != nil || !ok {
		return out, err
	}
	out.Edits = editStates(edits, folded, out)
	return out, nil
}

// isWaiting tells whether an article's claims are still to be compared.
func (a *App) isWaiting(ctx context.Context, who Actor, art Article) (bool, error) {
	if art.StoryID == "" {
		return art.Status == Pending, nil
	}
	s, err := a.seen(who).Story(ctx, art.StoryID)
	return s.Status != Ready, err
}

// editStates says what became of edits, the newest first.
func editStates(edits []store.ClaimEdit, t editedText, v ReaderView) []EditState {
	stands := map[claims.Passage]bool{}
	for _, c := range v.Claims {
		stands[c.Passage] = true
	}
	out := make([]EditState, 0, len(edits))
	for i := len(edits) - 1; i >= 0; i-- {
		s := EditState{ClaimEdit: edits[i], Applies: edits[i].UndoneAt == nil && !t.lost[edits[i].ID]}
		for p, by := range t.by { // what the engine could not take is no claim
			if by == edits[i].ID && !stands[p] && !v.Waiting {
				s.Applies = false
			}
		}
		if later := blocking(edits, edits[i]); later != nil && edits[i].UndoneAt == nil {
			s.Blocked = later.Author + " " + editVerb(later.Kind) + " it later"
		}
		out = append(out, s)
	}
	return out
}
