package app

import (
	"context"
	"slices"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// ReaderView is what the reader of an article shows of its claims.
type ReaderView struct {
	// Claims are those of the text, with what was edited since the last comparison.
	Claims []ArticleClaim
	// Findings are those that the claims stand in.
	Findings []Finding
	// Edits are what people did to them, the newest first; none for those who are not
	// signed in, as they name people.
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
	out, err := a.readerView(ctx, who, art)
	if !who.Can(ReadTexts) {
		out.Edits = nil
		for i, c := range out.Claims {
			out.Claims[i].Edited = markFor(who, c.Edited)
		}
	}
	return out, err
}

// readerView reads the claims of an article on one state of the database: a comparison
// that ends in between would show its claims beside older ones.
func (a *App) readerView(ctx context.Context, who Actor, art Article) (ReaderView, error) {
	var out ReaderView
	err := a.db.Snapshot(ctx, func(q store.Queries) (err error) {
		out, err = readerView(ctx, q.For(who.UserID), art)
		return err
	})
	return out, err
}

// ClaimEdits gives what people did to the claims of an article, the newest first, to
// those who may know their names.
func (a *App) ClaimEdits(ctx context.Context, who Actor, articleID string) ([]EditState, error) {
	if err := who.require(ReadTexts); err != nil {
		return nil, err
	}
	v, err := a.Reader(ctx, who, articleID)
	return v.Edits, err
}

// markFor gives the mark of a person's edit as somebody may see it: strangers are not
// told names.
func markFor(who Actor, m *ClaimMark) *ClaimMark {
	if m == nil || who.Can(ReadTexts) {
		return m
	}
	return &ClaimMark{Kind: m.Kind, At: m.At}
}

// readerView reads the claims of an article as people and the engine have left them.
func readerView(ctx context.Context, q store.Queries, art Article) (ReaderView, error) {
	var out ReaderView
	var err error
	if out.Claims, err = q.ArticleClaims(ctx, art.ID); err != nil {
		return out, err
	}
	for i := range out.Claims {
		out.Claims[i].Kinds = inOrder(out.Claims[i].Kinds)
	}
	if out.Findings, err = q.FindingsOfArticle(ctx, art.ID); err != nil {
		return out, err
	}
	text, err := q.CurrentText(ctx, art.ID)
	if err != nil {
		return out, ifFound(err) // it was not read yet
	}
	edits, err := q.ClaimEdits(ctx, []string{art.ID})
	if err != nil {
		return out, err
	}
	folded, err := editedIn(ctx, q, edits, text)
	if err != nil {
		return out, err
	}
	if out.Waiting, err = isWaiting(ctx, q, art); err != nil {
		return out, err
	}
	out.Claims = folded.over(out.Claims, edits, out.Waiting)
	out.Edits = editStates(edits, folded, out)
	return out, nil
}

// isWaiting tells whether an article's claims are still to be compared.
func isWaiting(ctx context.Context, q store.Queries, art Article) (bool, error) {
	if art.StoryID == "" {
		return art.Status == Pending, nil
	}
	s, err := q.Story(ctx, art.StoryID)
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

// ClaimView is a claim in its sentence, with what there is to edit.
type ClaimView struct {
	ArticleClaim
	// Version goes up with each edit of the claim by a person.
	Version  int
	Article  Article
	Sentence claims.Sentence
	// Beside are the other claims of the sentence.
	Beside []ArticleClaim
	// Edits are what people did to it, the newest first.
	Edits []EditState
	// Waiting is true while the claims are still to be compared.
	Waiting bool
}

// Claim gives a claim to those who may edit it. The error for one that people merged,
// split or dropped says who did.
func (a *App) Claim(ctx context.Context, who Actor, id string) (ClaimView, error) {
	if err := who.require(EditClaims); err != nil {
		return ClaimView{}, err
	}
	return a.claimView(ctx, who, id)
}

// ReadClaim is [App.Claim] for those who may read whole articles.
func (a *App) ReadClaim(ctx context.Context, who Actor, id string) (ClaimView, error) {
	if err := who.require(ReadTexts); err != nil {
		return ClaimView{}, err
	}
	return a.claimView(ctx, who, id)
}

func (a *App) claimView(ctx context.Context, who Actor, id string) (ClaimView, error) {
	id, err := knownID(id)
	if err != nil {
		return ClaimView{}, err
	}
	article, err := a.db.ArticleOfClaim(ctx, id)
	if err != nil {
		return ClaimView{}, err
	}
	art, err := a.visibleArticle(ctx, Actor{public: true}, article)
	if err != nil {
		return ClaimView{}, err
	}
	v, err := a.readerView(ctx, who, art)
	if err != nil {
		return ClaimView{}, err
	}
	edits := plainEdits(v.Edits)
	out := ClaimView{Article: art, Waiting: v.Waiting, Version: claimVersion(edits, id)}
	if out.ArticleClaim, err = (desk{claims: v.Claims, edits: edits}).claim(ClaimRef{ID: id}); err != nil {
		return ClaimView{}, err
	}
	text, err := a.db.CurrentText(ctx, art.ID)
	if err != nil {
		return ClaimView{}, err
	}
	out.placeIn(claims.Sentences(text.Claims()), v)
	return out, nil
}

// placeIn finds the sentence of a claim, the other claims there, and its edits.
func (v *ClaimView) placeIn(all []claims.Sentence, r ReaderView) {
	for _, s := range all {
		if s.Start <= v.Start && v.Start < s.End {
			v.Sentence = s
		}
	}
	for _, c := range r.Claims {
		if c.ID != v.ID && c.Start >= v.Sentence.Start && c.End <= v.Sentence.End {
			v.Beside = append(v.Beside, c)
		}
	}
	for _, e := range r.Edits {
		if touches(e.ClaimEdit, v.ID) {
			v.Edits = append(v.Edits, e)
		}
	}
}

// plainEdits gives the edits, the oldest first.
func plainEdits(all []EditState) []ClaimEdit {
	out := make([]ClaimEdit, 0, len(all))
	for _, e := range slices.Backward(all) {
		out = append(out, e.ClaimEdit)
	}
	return out
}

// Sentences gives the sentences of an article from which claims may be taken.
func (a *App) Sentences(ctx context.Context, who Actor, articleID string) ([]claims.Sentence, error) {
	if err := who.require(EditClaims); err != nil {
		return nil, err
	}
	art, err := a.visibleArticle(ctx, who, articleID)
	if err != nil {
		return nil, err
	}
	text, err := a.db.CurrentText(ctx, art.ID)
	if err != nil || text.NotAnalysed != "" {
		return nil, ifFound(err)
	}
	return claims.Sentences(text.Claims()), nil
}
