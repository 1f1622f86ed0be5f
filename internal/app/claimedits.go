package app

import (
	"context"
	"slices"
	"strings"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// What people do to the claims of articles.
type (
	ClaimEdit = store.ClaimEdit
	EditKind  = store.EditKind
	ClaimMark = store.ClaimMark
)

// The kinds of edit.
const (
	EditAdd    = store.EditAdd
	EditAdjust = store.EditAdjust
	EditSplit  = store.EditSplit
	EditMerge  = store.EditMerge
	EditDrop   = store.EditDrop
	EditJudge  = store.EditJudge
)

// ClaimRef names a claim as somebody saw it.
type ClaimRef struct {
	ID string
	// Seen is where the claim stood; where it stands elsewhere by now, nothing is done.
	// The empty mark takes it as it is.
	Seen claims.Mark
	// Version is the claim's version that was seen, 0 for any; on another the error is
	// claims.Stale.
	Version int
	// Revision is the number of the article's revision in which places were counted, 0
	// for any.
	Revision int
}

// PassageInput names words of an article's text: by their place in code points, or by
// the words themselves, which have to stand once in the stretch Within.
type PassageInput struct {
	claims.Mark
	Exact  string
	Within claims.Mark
}

// maxTyped is the most bytes of words that are looked for in a text.
const maxTyped = 5000

// in gives the passage of a text that fits as a claim.
func (in PassageInput) in(t claims.Text) (claims.Passage, error) {
	if in.End > in.Start {
		return claims.FitClaim(t, in.Mark)
	}
	if len(in.Exact) > maxTyped {
		return claims.Passage{}, invalid("passage", "is too long for a claim: it has at most 60 words")
	}
	p, err := claims.FindPassage(t, in.Within, in.Exact)
	if err != nil {
		return p, err
	}
	return claims.FitClaim(t, markOf(p))
}

// AddClaim makes a claim of words of an article. revision is the number of the
// revision that was seen, 0 for any.
func (a *App) AddClaim(ctx context.Context, who Actor, articleID string, revision int, in PassageInput) (ClaimEdit, error) {
	if err := who.require(EditClaims); err != nil {
		return ClaimEdit{}, err
	}
	return a.editClaims(ctx, who, articleID, func(d desk) (ClaimEdit, error) {
		if err := d.of(revision); err != nil {
			return ClaimEdit{}, err
		}
		p, err := in.in(d.text.Claims())
		if err != nil {
			return ClaimEdit{}, err
		}
		return ClaimEdit{Kind: EditAdd, After: []store.EditPassage{{ClaimID: newID(), Passage: p}}}, d.free(p)
	})
}

// AdjustClaim moves the borders of a claim, which stays the claim that it is.
func (a *App) AdjustClaim(ctx context.Context, who Actor, ref ClaimRef, in PassageInput) (ClaimEdit, error) {
	return a.editClaim(ctx, who, ref, func(d desk, c ArticleClaim) (ClaimEdit, error) {
		if in.Within == (claims.Mark{}) {
			in.Within = d.sentenceOf(c)
		}
		p, err := in.in(d.text.Claims())
		switch {
		case err != nil:
			return ClaimEdit{}, err
		case p == c.Passage:
			return ClaimEdit{}, invalid("passage", "is what the claim has already: choose other borders")
		case p.End <= c.Start || p.Start >= c.End:
			return ClaimEdit{}, invalid("passage", "has no word of the claim: to claim other words, add a claim")
		}
		after := atEdit(c)
		after.Passage = p
		return ClaimEdit{Kind: EditAdjust, Before: []store.EditPassage{atEdit(c)}, After: []store.EditPassage{after}}, d.free(p)
	})
}

// AdjustedClaim is [App.AdjustClaim]; it gives the claim as it stands then.
func (a *App) AdjustedClaim(ctx context.Context, who Actor, ref ClaimRef, in PassageInput) (ClaimView, error) {
	if _, err := a.AdjustClaim(ctx, who, ref, in); err != nil {
		return ClaimView{}, err
	}
	return a.claimView(ctx, who, ref.ID)
}

// SplitClaim cuts a claim in two behind the word that ends at code point at. The part
// with more words stays the claim that it is, the first of two that are as long.
func (a *App) SplitClaim(ctx context.Context, who Actor, ref ClaimRef, at int) (ClaimEdit, error) {
	return a.editClaim(ctx, who, ref, func(d desk, c ArticleClaim) (ClaimEdit, error) {
		first, second, err := claims.SplitPassage(d.text.Claims(), markOf(c.Passage), at)
		if err != nil {
			return ClaimEdit{}, err
		}
		for _, p := range []claims.Passage{first, second} {
			if d.free(p, c.ID) != nil {
				return ClaimEdit{}, invalid("after", "gives a part that is a claim already: “"+p.Exact+"”")
			}
		}
		kept, made := atEdit(c), store.EditPassage{ClaimID: newID()}
		kept.Passage, made.Passage = first, second
		after := []store.EditPassage{kept, made}
		if wordCount(second) > wordCount(first) {
			kept.Passage, made.Passage = second, first
			after = []store.EditPassage{made, kept}
		}
		return ClaimEdit{Kind: EditSplit, Before: []store.EditPassage{atEdit(c)}, After: after}, nil
	})
}

func wordCount(p claims.Passage) int { return len(strings.Fields(p.Exact)) }

// MergeClaims makes one claim of two of one sentence: the older one, with all words
// from the first of either to the last.
func (a *App) MergeClaims(ctx context.Context, who Actor, ref, other ClaimRef) (ClaimEdit, error) {
	return a.editClaim(ctx, who, ref, func(d desk, c ArticleClaim) (ClaimEdit, error) {
		if other.ID == c.ID || !d.known(other.ID) {
			return ClaimEdit{}, invalid("with", "names no other claim of this article: choose one")
		}
		o, err := d.claim(other)
		if err != nil {
			return ClaimEdit{}, err
		}
		p, err := claims.FitClaim(d.text.Claims(), claims.Mark{Start: min(c.Start, o.Start), End: max(c.End, o.End)})
		if err != nil {
			return ClaimEdit{}, asField(err, "with")
		}
		kept := c
		switch {
		case p == o.Passage, p != c.Passage && o.ID < c.ID: // ids of version 7 sort by time
			kept = o
		}
		after := atEdit(kept)
		after.Passage = p
		if d.free(p, c.ID, o.ID) != nil {
			return ClaimEdit{}, invalid("with", "gives a claim that is there already: “"+p.Exact+"”")
		}
		return ClaimEdit{Kind: EditMerge, Before: []store.EditPassage{atEdit(c), atEdit(o)}, After: []store.EditPassage{after}}, nil
	})
}

// asField says what is wrong with a passage under the name of another field.
func asField(err error, field string) error {
	return invalid(field, "makes a passage that "+strings.TrimPrefix(err.Error(), "the passage "))
}

// DropClaim says that a passage is no claim.
func (a *App) DropClaim(ctx context.Context, who Actor, ref ClaimRef) (ClaimEdit, error) {
	return a.editClaim(ctx, who, ref, func(_ desk, c ArticleClaim) (ClaimEdit, error) {
		return ClaimEdit{Kind: EditDrop, Before: []store.EditPassage{atEdit(c)}}, nil
	})
}

// JudgeClaim says that a claim can be checked, or, with one of [claims.Reasons], that
// it cannot.
func (a *App) JudgeClaim(ctx context.Context, who Actor, ref ClaimRef, reason string) (ClaimEdit, error) {
	if err := who.require(EditClaims); err != nil {
		return ClaimEdit{}, err
	}
	if reason != "" && !slices.Contains(claims.Reasons(), reason) {
		return ClaimEdit{}, invalid("reason", "is one of "+strings.Join(claims.Reasons(), ", ")+", or empty for a claim that can be checked")
	}
	return a.editClaim(ctx, who, ref, func(_ desk, c ArticleClaim) (ClaimEdit, error) {
		if c.Reason == reason {
			return ClaimEdit{}, invalid("reason", "is what stands already")
		}
		return ClaimEdit{Kind: EditJudge, Reason: reason, Before: []store.EditPassage{atEdit(c)}}, nil
	})
}

// editClaim runs an edit of one claim.
func (a *App) editClaim(ctx context.Context, who Actor, ref ClaimRef, do func(desk, ArticleClaim) (ClaimEdit, error)) (ClaimEdit, error) {
	if err := who.require(EditClaims); err != nil {
		return ClaimEdit{}, err
	}
	id, err := knownID(ref.ID)
	if err != nil {
		return ClaimEdit{}, err
	}
	article, err := a.db.ArticleOfClaim(ctx, id)
	if err != nil {
		return ClaimEdit{}, err
	}
	ref.ID = id
	return a.editClaims(ctx, who, article, func(d desk) (ClaimEdit, error) {
		c, err := d.claim(ref)
		if err != nil {
			return ClaimEdit{}, err
		}
		if err := d.of(ref.Revision); err != nil {
			return ClaimEdit{}, err
		}
		return do(d, c)
	})
}

// UndoClaimEdit undoes an edit of claims: what it took away stands again as it was.
// An edit that a later one builds on is undone after that.
func (a *App) UndoClaimEdit(ctx context.Context, who Actor, editID string) (ClaimEdit, error) {
	if err := who.require(EditClaims); err != nil {
		return ClaimEdit{}, err
	}
	editID, err := knownID(editID)
	if err != nil {
		return ClaimEdit{}, err
	}
	article, err := a.db.ArticleOfEdit(ctx, editID)
	if err != nil {
		return ClaimEdit{}, err
	}
	var out ClaimEdit
	err = a.atDesk(ctx, who, article, func(d desk) error {
		i := slices.IndexFunc(d.edits, func(e ClaimEdit) bool { return e.ID == editID })
		if i < 0 {
			return errGone
		}
		out = d.edits[i]
		if err := d.undo(ctx, out); err != nil {
			return err
		}
		at := d.now()
		out.UndoneBy, out.UndoneAt = who.Name, &at
		return nil
	})
	return out, err
}

func (d desk) undo(ctx context.Context, e ClaimEdit) error {
	if e.UndoneAt != nil {
		return &claims.Error{Kind: claims.Conflict, Message: e.UndoneBy + " has undone this already"}
	}
	if later := blocking(d.edits, e); later != nil {
		return &claims.Error{Kind: claims.Conflict, Message: later.Author + " " + editVerb(later.Kind) +
			" what this made, later on: undo that first"}
	}
	if err := d.tx.UndoClaimEdit(ctx, e.ID, d.who.UserID, d.now()); err != nil {
		return err
	}
	return d.edited(ctx, "claim.undo", e)
}

// RestoreClaim takes back the edit that dropped a claim, and gives that edit.
func (a *App) RestoreClaim(ctx context.Context, who Actor, claimID string) (ClaimEdit, error) {
	if err := who.require(EditClaims); err != nil {
		return ClaimEdit{}, err
	}
	claimID, err := knownID(claimID)
	if err != nil {
		return ClaimEdit{}, err
	}
	article, err := a.db.ArticleOfClaim(ctx, claimID)
	if err != nil {
		return ClaimEdit{}, err
	}
	edits, err := a.db.ClaimEdits(ctx, []string{article})
	if err != nil {
		return ClaimEdit{}, err
	}
	for _, e := range slices.Backward(edits) {
		if e.Kind == EditDrop && e.UndoneAt == nil && e.Before[0].ClaimID == claimID {
			return a.UndoClaimEdit(ctx, who, e.ID)
		}
	}
	return ClaimEdit{}, &claims.Error{Kind: claims.Conflict, Message: "nobody has dropped this claim, or it was restored already"}
}
