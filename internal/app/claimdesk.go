package app

import (
	"context"
	"fmt"
	"slices"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// desk is an article whose claims somebody edits: its story and the article are
// locked, and what is known of its claims is what stands now.
type desk struct {
	change
	art   Article
	text  store.Text
	edits []store.ClaimEdit
	// claims are those of the text with all edits, in its order.
	claims []ArticleClaim
}

// editClaims runs an edit of an article's claims, stores it, and has the story
// compared again. It gives the edit's id.
func (a *App) editClaims(ctx context.Context, who Actor, articleID string, do func(desk) (store.ClaimEdit, error)) (store.ClaimEdit, error) {
	var out store.ClaimEdit
	err := a.atDesk(ctx, who, articleID, func(d desk) error {
		e, err := do(d)
		if err != nil {
			return err
		}
		e.ID, e.ArticleID, e.TextID, e.At = newID(), d.art.ID, d.text.ID, d.now()
		e.AuthorID, e.Author, e.KeyID = d.who.UserID, d.who.Name, d.who.KeyID
		if err := d.tx.InsertClaimEdit(ctx, e); err != nil {
			return err
		}
		out = e
		return d.edited(ctx, "claim."+string(e.Kind), e)
	})
	return out, err
}

// atDesk locks an article for an edit of its claims and reads how they stand.
func (a *App) atDesk(ctx context.Context, who Actor, articleID string, do func(desk) error) error {
	// Who may edit need not be one who may read.
	seen, err := a.visibleArticle(ctx, Actor{public: true}, articleID)
	if err != nil {
		return err
	}
	return a.change(ctx, who, func(c change) error {
		art, err := c.lockArticle(ctx, seen, articleChange{})
		if err != nil {
			return err
		}
		switch art.Status {
		case Ready:
		case Pending:
			return &claims.Error{Kind: claims.Conflict, Message: "the article is being read just now; try again in a moment"}
		default:
			return &claims.Error{Kind: claims.Conflict, Message: "the article has no claims to edit: it is not analysed, " + art.Reason}
		}
		d := desk{change: c, art: art}
		if err := d.load(ctx); err != nil {
			return err
		}
		return do(d)
	})
}

func (d *desk) load(ctx context.Context) error {
	var err error
	if d.text, err = d.tx.CurrentText(ctx, d.art.ID); err != nil {
		return err
	}
	if d.edits, err = d.tx.ClaimEdits(ctx, []string{d.art.ID}); err != nil {
		return err
	}
	folded, err := editedIn(ctx, d.tx.Queries, d.edits, d.text)
	if err != nil {
		return err
	}
	stored, err := d.tx.ArticleClaims(ctx, d.art.ID)
	if err != nil {
		return err
	}
	waiting := d.art.StoryID == ""
	if !waiting {
		story, err := d.tx.LockStory(ctx, d.art.StoryID)
		if err != nil {
			return err
		}
		waiting = story.Changes != story.Compared
	}
	d.claims = folded.over(stored, d.edits, waiting)
	return nil
}

// edited has what hangs on the claims worked out anew, and notes what was done.
func (d desk) edited(ctx context.Context, action string, e store.ClaimEdit) error {
	if d.art.StoryID == "" {
		if err := d.reread(ctx, d.art.ID); err != nil {
			return err
		}
	} else if err := d.recompare(ctx, d.art.StoryID); err != nil {
		return err
	}
	detail := map[string]string{"edit": e.ID, "article": d.art.ID}
	object := d.art.ID
	for i, p := range e.Before {
		detail[fmt.Sprintf("was %d", i+1)] = p.Exact
		object = p.ClaimID
	}
	for i, p := range e.After {
		detail[fmt.Sprintf("is %d", i+1)] = p.Exact
		object = e.After[0].ClaimID
	}
	if e.Kind == store.EditJudge {
		detail["reason"] = e.Reason
	}
	return d.record(ctx, deed{action: action, object: object, detail: detail})
}

// claim gives a claim as it stands, or says what became of it since it was seen.
func (d desk) claim(ref ClaimRef) (ArticleClaim, error) {
	i := slices.IndexFunc(d.claims, func(c ArticleClaim) bool { return c.ID == ref.ID })
	if i >= 0 && ref.Version != 0 && ref.Version != claimVersion(d.edits, ref.ID) {
		err := d.changedMeanwhile(ref.ID, true)
		return ArticleClaim{}, &claims.Error{Kind: claims.Stale, Message: err.Error()}
	}
	if i >= 0 && (ref.Seen == (claims.Mark{}) || ref.Seen == markOf(d.claims[i].Passage)) {
		return d.claims[i], nil
	}
	return ArticleClaim{}, d.changedMeanwhile(ref.ID, i >= 0)
}

// known tells whether an id is that of a claim of the article, or of one that was edited
// away.
func (d desk) known(id string) bool {
	return slices.ContainsFunc(d.claims, func(c ArticleClaim) bool { return c.ID == id }) ||
		slices.ContainsFunc(d.edits, func(e store.ClaimEdit) bool { return touches(e, id) })
}

// claimVersion counts what people did to a claim, from 1 on.
func claimVersion(edits []store.ClaimEdit, id string) int {
	version := 1
	for _, e := range edits {
		if touches(e, id) {
			version++
			if e.UndoneAt != nil {
				version++
			}
		}
	}
	return version
}

// of is the error for places that were counted in another revision of the article.
func (d desk) of(revision int) error {
	if revision == 0 || revision == d.art.Revision {
		return nil
	}
	return &claims.Error{Kind: claims.Conflict,
		Message: "the article's publisher has changed its text meanwhile: look at the text as it stands now and choose again"}
}

// sentenceOf gives the place of the sentence that a claim begins in.
func (d desk) sentenceOf(c ArticleClaim) claims.Mark {
	for _, s := range claims.Sentences(d.text.Claims()) {
		if s.Start <= c.Start && c.Start < s.End {
			return markOf(s.Passage)
		}
	}
	return claims.Mark{}
}

// changedMeanwhile is the error for a claim that is not as it was seen.
func (d desk) changedMeanwhile(id string, stands bool) error {
	how := "was changed meanwhile"
	if !stands {
		how = "is no claim any more"
	}
	for _, e := range slices.Backward(d.edits) {
		if e.UndoneAt != nil || !touches(e, id) {
			continue
		}
		return &claims.Error{Kind: claims.Conflict, Message: fmt.Sprintf("this claim %s: %s %s it on %s; look at it as it stands now and decide again",
			how, e.Author, editVerb(e.Kind), e.At.UTC().Format("2 January 15:04 MST"))}
	}
	return &claims.Error{Kind: claims.Conflict, Message: "this claim " + how + "; look at the article as it stands now and decide again"}
}

// editVerb tells what somebody did to a claim.
func editVerb(k store.EditKind) string {
	return map[store.EditKind]string{store.EditAdd: "added", store.EditAdjust: "moved the borders of", store.EditSplit: "split",
		store.EditMerge: "merged", store.EditDrop: "dropped", store.EditJudge: "judged"}[k]
}

// touches tells whether an edit took a claim away, made it, or changed it.
func touches(e store.ClaimEdit, claimID string) bool {
	return slices.ContainsFunc(slices.Concat(e.Before, e.After), func(p store.EditPassage) bool { return p.ClaimID == claimID })
}

// free says that a passage is a claim already, nil where it is none. Claims that the
// edit takes away are no hindrance.
func (d desk) free(p claims.Passage, but ...string) error {
	for _, c := range d.claims {
		if c.Passage == p && !slices.Contains(but, c.ID) {
			return invalid("passage", "is a claim already, word for word")
		}
	}
	return nil
}

// atEdit gives a claim as a passage of an edit.
func atEdit(c ArticleClaim) store.EditPassage {
	return store.EditPassage{ClaimID: c.ID, FindingID: c.FindingID, Passage: c.Passage}
}
