package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// WhyHere says why an article is in its story.
type WhyHere struct {
	Article Article
	// Story is the title of the story that it is in, empty for none.
	Story string
	// Placement is the machine's decision, nil where a person chose the story when the
	// article came.
	Placement *Placement
	// AddedBy names who or what brought the article, empty where that is not known or
	// not to be told.
	AddedBy string
	AddedAt time.Time
	// Shared are the terms that it shares with articles of the story that it is
	// nearest to, as the texts are now, the rarest first.
	Shared []SharedTerm
	// Others are the articles that [SharedTerm.With] counts from.
	Others []SharedArticle
	// Archive is how many articles the terms were counted in.
	Archive int
	// Copies are the articles whose text stands in it, or the other way round.
	Copies []Copy
}

// SharedTerm is a term that an article has in common with others.
type SharedTerm struct {
	// Word is the term as the article writes it where it is a name, else its base form.
	Word string
	Name bool
	// Articles counts those that hold it, in the whole archive.
	Articles int
	// Tells is what its presence tells, in nats: the rarer the more.
	Tells float64
	// With are the places in [WhyHere.Others] of the articles that hold it too.
	With []int
}

// SharedArticle is an article that shares terms with another.
type SharedArticle struct {
	ID     string
	Title  string
	Source string
	// Terms counts those that are shared.
	Terms int
}

const (
	// shownTerms and shownOthers bound what is told.
	shownTerms  = 16
	shownOthers = 8
)

// WhyHere tells why an article is in its story.
func (a *App) WhyHere(ctx context.Context, who Actor, articleID string) (WhyHere, error) {
	art, err := a.visibleArticle(ctx, who, articleID)
	if err != nil {
		return WhyHere{}, err
	}
	out := WhyHere{Article: art}
	if art.StoryID != "" {
		s, err := a.seen(who).Story(ctx, art.StoryID)
		if err != nil {
			return WhyHere{}, err
		}
		out.Story = s.Title
	}
	p, err := a.Placement(ctx, who, art.ID)
	if err == nil {
		out.Placement = &p
	} else if ifFound(err) != nil {
		return WhyHere{}, err
	}
	if out, err = a.withCopies(ctx, who, out); err != nil {
		return WhyHere{}, err
	}
	near := art.StoryID
	if out.Placement != nil && out.Placement.NearestID != "" && !out.Placement.Joined() && out.Placement.SettledAt == nil {
		near = out.Placement.NearestID
	}
	if near == "" {
		return out, nil
	}
	return a.withShared(ctx, out, near)
}

// withCopies adds who brought the article, to those who may know, and its copies.
func (a *App) withCopies(ctx context.Context, who Actor, w WhyHere) (WhyHere, error) {
	if who.Can(ReadTexts) {
		e, err := a.db.FirstDeed(ctx, w.Article.ID, "article.add")
		if ifFound(err) != nil {
			return WhyHere{}, err
		}
		w.AddedBy, w.AddedAt = e.Actor, e.At
	}
	copies, err := a.db.Copies(ctx, w.Article.ID, maxCopies)
	w.Copies = slices.DeleteFunc(copies, func(c Copy) bool { return !c.Whole })
	return w, err
}

// withShared adds the terms that the article shares with articles of a story.
func (a *App) withShared(ctx context.Context, w WhyHere, storyID string) (WhyHere, error) {
	f, err := a.db.Fingerprint(ctx, w.Article.ID)
	if err != nil || f == nil {
		return w, err
	}
	rows, err := a.db.SharedTerms(ctx, w.Article.ID, storyID)
	if err != nil || len(rows) == 0 {
		return w, err
	}
	terms := make([]string, 0, len(f.Terms))
	for t := range f.Terms {
		terms = append(terms, t)
	}
	archive, err := a.db.TermCounts(ctx, terms)
	if err != nil {
		return w, err
	}
	w.Archive = archive.Articles
	w.Others = sharedArticles(rows)
	keys, tells := a.engine.Keys(*f, archive)
	w.Shared = sharedTerms(rows, w.Others, *f)
	for i := range w.Shared {
		t := &w.Shared[i]
		t.Articles = archive.With[t.Word]
		if at := slices.Index(keys, t.Word); at >= 0 {
			t.Tells = tells[at]
		}
		if name := f.Names[t.Word]; name != "" {
			t.Word, t.Name = name, true
		}
	}
	slices.SortStableFunc(w.Shared, rarestFirst)
	w.Shared = w.Shared[:min(len(w.Shared), shownTerms)]
	return w, nil
}

// rarestFirst orders terms, of those that are as rare as one another names first and
// then those that more articles hold.
func rarestFirst(x, y SharedTerm) int {
	if c := cmp.Compare(y.Tells, x.Tells); c != 0 {
		return c
	}
	if x.Name != y.Name {
		return map[bool]int{true: -1, false: 1}[x.Name]
	}
	return cmp.Compare(len(y.With), len(x.With))
}

// sharedArticles gives the articles that share the most terms.
func sharedArticles(rows []store.SharedTerm) []SharedArticle {
	var out []SharedArticle
	for _, r := range rows {
		if len(out) == 0 || out[len(out)-1].ID != r.ArticleID {
			out = append(out, SharedArticle{ID: r.ArticleID, Title: r.Title, Source: r.Source})
		}
		out[len(out)-1].Terms++
	}
	slices.SortStableFunc(out, func(x, y SharedArticle) int { return cmp.Compare(y.Terms, x.Terms) })
	return out[:min(len(out), shownOthers)]
}

// sharedTerms gives the terms that are shared with some of the articles, by their
// base forms.
func sharedTerms(rows []store.SharedTerm, others []SharedArticle, f claims.Fingerprint) []SharedTerm {
	at := map[string]int{}
	var out []SharedTerm
	for _, r := range rows {
		other := slices.IndexFunc(others, func(o SharedArticle) bool { return o.ID == r.ArticleID })
		if _, known := f.Terms[r.Term]; !known || other < 0 {
			continue
		}
		i, seen := at[r.Term]
		if !seen {
			i = len(out)
			at[r.Term], out = i, append(out, SharedTerm{Word: r.Term})
		}
		out[i].With = append(out[i].With, other)
	}
	for i := range out {
		slices.Sort(out[i].With)
	}
	slices.SortFunc(out, func(x, y SharedTerm) int { return cmp.Compare(x.Word, y.Word) })
	return out
}
