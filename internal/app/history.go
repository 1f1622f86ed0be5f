package app

import (
	"context"
	"fmt"
	"math"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// maxRevisions is the most revisions that are listed.
const maxRevisions = 200

// Revisions lists what was received of an article, the newest first.
func (a *App) Revisions(ctx context.Context, who Actor, id string) ([]Revision, error) {
	if err := who.require(ReadTexts); err != nil {
		return nil, err
	}
	art, err := a.visibleArticle(ctx, who, id)
	if err != nil {
		return nil, err
	}
	return a.db.Revisions(ctx, art.ID, maxRevisions)
}

// RevisionText gives what was received as one revision, byte for byte.
func (a *App) RevisionText(ctx context.Context, who Actor, articleID, revisionID string) (string, error) {
	if err := who.require(ReadTexts); err != nil {
		return "", err
	}
	art, err := a.visibleArticle(ctx, who, articleID)
	if err != nil {
		return "", err
	}
	if revisionID, err = knownID(revisionID); err != nil {
		return "", err
	}
	raw, err := a.db.Raw(ctx, art.ID, revisionID)
	return string(raw), err
}

// RevisionWithText is a revision with its text: of a page the article in it.
type RevisionWithText struct {
	Revision
	Text string
}

// Revision gives one revision of an article, by its number, with its text.
func (a *App) Revision(ctx context.Context, who Actor, articleID string, number int) (RevisionWithText, error) {
	if err := who.require(ReadTexts); err != nil {
		return RevisionWithText{}, err
	}
	art, err := a.visibleArticle(ctx, who, articleID)
	if err != nil {
		return RevisionWithText{}, err
	}
	r, err := a.numbered(ctx, art.ID, number)
	if err != nil {
		return RevisionWithText{}, err
	}
	got, err := a.db.Received(ctx, art.ID, r.ID)
	return RevisionWithText{Revision: r, Text: plainText(got)}, err
}

// numbered gives a revision by its number, which may be any.
func (a *App) numbered(ctx context.Context, articleID string, number int) (Revision, error) {
	if number < 1 || number > math.MaxInt32 { // the database holds no such number
		return Revision{}, errGone
	}
	return a.db.Revision(ctx, articleID, number)
}

// RevisionDifference is how two revisions of an article differ.
type RevisionDifference struct {
	Article  Article
	From, To Revision
	claims.RevisionChange
}

// RevisionPair names two revisions of an article by their numbers. 0 stands for the
// newest, or for the one before the later.
type RevisionPair struct {
	ArticleID string
	From, To  int
}

// CompareRevisions says how two revisions of an article differ. An article with one
// revision has no difference to show.
func (a *App) CompareRevisions(ctx context.Context, who Actor, pair RevisionPair) (RevisionDifference, error) {
	if err := who.require(ReadTexts); err != nil {
		return RevisionDifference{}, err
	}
	art, err := a.visibleArticle(ctx, who, pair.ArticleID)
	if err != nil {
		return RevisionDifference{}, err
	}
	from, to := pair.From, pair.To
	if to == 0 {
		to = art.Revision
	}
	if from == 0 {
		from = to - 1
	}
	out := RevisionDifference{Article: art}
	for _, r := range []struct {
		field  string
		number int
		into   *Revision
	}{{"from", from, &out.From}, {"to", to, &out.To}} {
		if *r.into, err = a.numbered(ctx, art.ID, r.number); err != nil {
			if claims.KindOf(err) == claims.NotFound {
				err = invalid(r.field, fmt.Sprintf("is no revision of this article: it has 1 to %d", art.Revision))
			}
			return RevisionDifference{}, err
		}
	}
	if out.From.Number >= out.To.Number {
		return RevisionDifference{}, invalid("from", "is not before to")
	}
	out.RevisionChange, err = a.changeBetween(ctx, out.From, out.To)
	return out, err
}

// changeBetween gives the difference between two revisions: what is stored, where
// they follow one another.
func (a *App) changeBetween(ctx context.Context, from, to Revision) (claims.RevisionChange, error) {
	if from.Number+1 == to.Number && to.Compared {
		return a.db.RevisionChange(ctx, to.ID)
	}
	was, err := a.db.Received(ctx, from.ArticleID, from.ID)
	if err != nil {
		return claims.RevisionChange{}, err
	}
	is, err := a.db.Received(ctx, to.ArticleID, to.ID)
	if err != nil {
		return claims.RevisionChange{}, err
	}
	return a.engine.CompareRevisions(revisionText(from, plainText(was)), revisionText(to, plainText(is))), nil
}

func revisionText(r Revision, text string) claims.RevisionText {
	return claims.RevisionText{Title: r.Title, Text: claims.ReadText(text, r.Title)}
}

// changeSince compares a revision that is read with the one before it, nil for the
// first.
func (a *App) changeSince(ctx context.Context, art Article, text string) (*store.RevisionChange, error) {
	if art.Revision < 2 {
		return nil, nil
	}
	from, err := a.db.Revision(ctx, art.ID, art.Revision-1)
	if err != nil {
		return nil, err
	}
	to, err := a.db.Revision(ctx, art.ID, art.Revision)
	if err != nil {
		return nil, err
	}
	was, err := a.db.Received(ctx, art.ID, from.ID)
	if err != nil {
		return nil, err
	}
	return &store.RevisionChange{RevisionID: to.ID, PreviousID: from.ID, Engine: a.engine.Info(),
		Change: a.engine.CompareRevisions(revisionText(from, plainText(was)), revisionText(to, text))}, nil
}
