package app

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

const (
	// placeReach is how far stories may lie from an article that joins them, in time;
	// the engine draws its own line within.
	placeReach = 14 * 24 * time.Hour
	// placeMembers is the most articles that are looked at for it, the newest.
	placeMembers = 5000
)

// place gives the story that an article belongs to, storing a new one where none
// fits. It runs under one lock for all, so that two articles on one event do not
// begin two stories.
func (c change) place(ctx context.Context, art Article, r reading) (string, error) {
	if err := c.tx.LockPlacement(ctx); err != nil {
		return "", err
	}
	if id, err := c.storyOfCopy(ctx, r.copies); err != nil || id != "" {
		return id, err
	}
	around := art.CreatedAt
	if !art.Published.IsZero() {
		around = art.Published.At
	}
	candidates, err := c.tx.Candidates(ctx, around, placeReach, placeMembers)
	if err != nil {
		return "", err
	}
	if placed := claims.Place(*r.fingerprint, art.Published, open(candidates)); placed.Story != "" {
		return placed.Story, nil
	}
	id := newID()
	title, err := c.storyTitle(ctx, art)
	if err != nil {
		return "", err
	}
	return id, c.tx.InsertStory(ctx, store.NewStory{ID: id, Title: title, At: c.now()})
}

// open leaves out the stories that are full.
func open(candidates []claims.Candidate) []claims.Candidate {
	var out []claims.Candidate
	for _, c := range candidates {
		if len(c.Members) < MaxArticles {
			out = append(out, c)
		}
	}
	return out
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
