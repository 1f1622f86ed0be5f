package app

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode"

	"corroborate/internal/store"
)

// maxNearest is the most passages of other sources that are shown beside one that is
// told alone.
const maxNearest = 5

// nearest gives those passages of a story's other sources that share most with what is
// told alone, one of each source, the nearest first.
func (a *App) nearest(ctx context.Context, who Actor, storyID string, alone []Member) ([]Member, error) {
	arts, err := a.db.Articles(ctx, store.ArticleChoice{StoryID: storyID, Status: Ready, Limit: readArticles})
	if err != nil || len(alone) == 0 {
		return nil, err
	}
	source, ids := map[string]string{}, []string{}
	for _, art := range arts {
		source[art.ID] = art.SourceID
		ids = append(ids, art.ID)
	}
	all, err := a.db.ClaimsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	best := nearestClaims(alone[0].Text, alone[0].SourceID, all, source)
	members, err := a.members(ctx, who, best)
	out := make([]Member, 0, len(best))
	for _, id := range best {
		out = append(out, members[id])
	}
	return out, err
}

// nearestClaims gives the ids of the claims that share most with a text, the best of
// each source but one, the nearest first. Words count for more the fewer claims have
// them.
func nearestClaims(text, but string, all []store.Claim, source map[string]string) []string {
	words, common := make([]map[string]bool, len(all)), map[string]int{}
	for i, c := range all {
		words[i] = wordsOf(c.Text)
		for w := range words[i] {
			common[w]++
		}
	}
	type near struct {
		id    string
		score float64
	}
	best, own := map[string]near{}, wordsOf(text)
	for i, c := range all {
		from := source[c.ArticleID]
		if from == but {
			continue
		}
		score := 0.0
		for w := range own {
			if words[i][w] {
				score += math.Log(1 + float64(len(all))/float64(common[w]))
			}
		}
		if score > best[from].score {
			best[from] = near{c.ID, score}
		}
	}
	var out []near
	for _, n := range best {
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b near) int { return cmp.Or(-cmp.Compare(a.score, b.score), cmp.Compare(a.id, b.id)) })
	var ids []string
	for _, n := range out[:min(len(out), maxNearest)] {
		ids = append(ids, n.id)
	}
	return ids
}

// wordsOf gives the words and numbers of a text, in lower case.
func wordsOf(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		out[w] = true
	}
	return out
}
