package app

import (
	"context"
	"strings"

	"corroborate/internal/search"
)

// likeWords is how many words that are like another are weighed.
const likeWords = 20

// corrected gives a query with each word that is in no article exchanged for one that
// is and that it is likely to be a typing error of; empty where nothing is likely.
func (r searchRun) corrected(ctx context.Context, q search.Query) (string, error) {
	words := q.Words()
	there, err := r.WordIsThere(ctx, words)
	if err != nil {
		return "", err
	}
	better := map[string]string{}
	for _, w := range words {
		if there[w] {
			continue
		}
		near, err := r.nearWord(ctx, w)
		if err != nil {
			return "", err
		}
		if near != "" {
			better[w] = near
		}
	}
	if len(better) == 0 {
		return "", nil
	}
	return q.Corrected(better), nil
}

// nearWord gives the word that is the fewest typing errors away and, of several, is
// in most articles; empty where all are too far away.
func (r searchRun) nearWord(ctx context.Context, word string) (string, error) {
	word = strings.ToLower(word)
	near, err := r.WordsNear(ctx, word, likeWords)
	best, far, in := "", 1+len([]rune(word))/3, 0
	for _, c := range near {
		d := search.Distance(word, c.Term)
		if c.Term != word && (d < far || d == far && best != "" && c.Articles > in) {
			best, far, in = c.Term, d, c.Articles
		}
	}
	return best, err
}
