package app

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// placeReach is how far stories may lie from an article that joins them, in time;
// the engine draws its own line within.
const placeReach = claims.QuietAfter * 24 * time.Hour

// place gives the story that an article belongs to, storing a new one where none
// fits, and notes why. It runs under one lock for all, so that two articles on one
// event do not begin two stories.
func (c change) place(ctx context.Context, art Article, r reading) (string, error) {
	if err := c.tx.LockPlacement(ctx); err != nil {
		return "", err
	}
	p, err := c.choosePlace(ctx, art, r)
	if err != nil {
		return "", err
	}
	story := p.NearestID
	if p.Reason == store.PlacedAsNew {
		if story, err = c.startStory(ctx, art); err != nil {
			return "", err
		}
	}
	p.ArticleID, p.At = art.ID, c.now()
	return story, c.tx.PutPlacement(ctx, p)
}

// choosePlace decides where an article belongs: with the article that it is a copy
// of, else by its terms.
func (c change) choosePlace(ctx context.Context, art Article, r reading) (store.NewPlacement, error) {
	likeness := claims.Likeness{Names: []string{}, Terms: []string{}}
	story, other, err := c.storyOfCopy(ctx, r.copies)
	if err != nil {
		return store.NewPlacement{}, err
	}
	if story != "" {
		likeness.Article = other
		return store.NewPlacement{Reason: store.PlacedAsCopy, NearestID: story, Score: 1, Likeness: likeness}, nil
	}
	placed, err := c.placeByTerms(ctx, art, *r.fingerprint)
	out := store.NewPlacement{Reason: store.PlacedAsNew, NearestID: placed.Nearest, Score: placed.Score,
		Likeness: placed.Likeness, Uncertain: placed.Uncertain}
	if placed.Nearest == "" {
		out.Likeness = likeness
	}
	if placed.Story != "" {
		out.Reason = store.PlacedByTerms
	}
	return out, err
}

// placeByTerms has the engine choose among the stories that share telling terms
// with an article. Two looks at the counts of terms are needed: one to know which
// terms tell, one for those of the candidates.
func (c change) placeByTerms(ctx context.Context, art Article, f claims.Fingerprint) (claims.Placement, error) {
	archive, err := c.archiveWith(ctx, f, nil)
	if err != nil {
		return claims.Placement{}, err
	}
	search := store.Search{Published: art.Published, Arrived: art.CreatedAt, Reach: placeReach}
	search.Keys, search.Weights = c.engine.Keys(f, archive)
	stories, err := c.tx.CandidateStories(ctx, search, MaxArticles)
	if err != nil || len(stories) == 0 {
		return claims.Placement{}, err
	}
	p := claims.Placing{Fingerprint: f, Published: art.Published}
	if p.Candidates, err = c.tx.StoryMembers(ctx, stories, search); err != nil {
		return claims.Placement{}, err
	}
	if p.Archive, err = c.archiveWith(ctx, f, p.Candidates); err != nil {
		return claims.Placement{}, err
	}
	return c.engine.Place(p), nil
}

// archiveWith gives the counts of an article's terms and of those of candidates,
// with the article counted in.
func (c change) archiveWith(ctx context.Context, f claims.Fingerprint, candidates []claims.Candidate) (claims.Archive, error) {
	return archiveOf(ctx, c.tx.Queries, f, candidates)
}

// archiveOf is [change.archiveWith] on any state of the database.
func archiveOf(ctx context.Context, q store.Queries, f claims.Fingerprint, candidates []claims.Candidate) (claims.Archive, error) {
	wanted := maps.Clone(f.Terms)
	for _, story := range candidates {
		for _, m := range story.Members {
			maps.Copy(wanted, m.Fingerprint.Terms)
		}
	}
	archive, err := q.TermCounts(ctx, slices.Sorted(maps.Keys(wanted)))
	archive.Count(f)
	return archive, err
}

// index makes an article findable for those that come after it, by what reading it
// told. A text that is not analysed is not found.
func (c change) index(ctx context.Context, art Article, f *claims.Fingerprint) error {
	old, err := c.tx.Fingerprint(ctx, art.ID)
	if err != nil {
		return err
	}
	if changes := termChanges(old, f); len(changes) > 0 {
		if err := c.tx.CountTerms(ctx, changes); err != nil {
			return err
		}
	}
	if f == nil {
		return c.tx.PutKeys(ctx, art.ID, nil, art.Published)
	}
	archive, err := c.tx.TermCounts(ctx, slices.Sorted(maps.Keys(f.Terms)))
	if err != nil {
		return err
	}
	keys, _ := c.engine.Keys(*f, archive)
	return c.tx.PutKeys(ctx, art.ID, keys[:min(len(keys), claims.IndexKeys)], art.Published)
}

// termChanges tells how the counts of terms change where an article's fingerprint
// does. The empty term counts articles.
func termChanges(old, now *claims.Fingerprint) map[string]int {
	out := map[string]int{}
	add := func(f *claims.Fingerprint, by int) {
		if f == nil {
			return
		}
		out[""] += by
		for t := range f.Terms {
			out[t] += by
		}
	}
	add(old, -1)
	add(now, 1)
	maps.DeleteFunc(out, func(_ string, n int) bool { return n == 0 })
	return out
}

// startStory stores a story for an article that fits in none.
func (c change) startStory(ctx context.Context, art Article) (string, error) {
	title, err := c.storyTitle(ctx, art)
	if err != nil {
		return "", err
	}
	id := newID()
	return id, c.tx.InsertStory(ctx, store.NewStory{ID: id, Title: title, At: c.now()})
}

// storyTitle names a story after its first article: by its title, else by the
// first words of its text.
func (c change) storyTitle(ctx context.Context, art Article) (string, error) {
	if art.Title != "" {
		return art.Title, nil
	}
	got, err := c.tx.Received(ctx, art.ID, art.RevisionID)
	if err != nil {
		return "", err
	}
	return firstWords(claims.CleanName(plainText(got))), nil
}

// titleLength is the most code points of a title made of first words.
const titleLength = 80

func firstWords(s string) string {
	if utf8.RuneCountInString(s) <= titleLength {
		return s
	}
	cut := string([]rune(s)[:titleLength])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + "…"
}
