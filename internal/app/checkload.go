package app

import (
	"cmp"
	"context"
	"math"
	"slices"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// knownStory is a story as a draft is held against it, and as a reader may see it.
type knownStory struct {
	CheckedStory
	claims.KnownStory
	findings []store.Finding
	// words are those of each article's claims, by the article's id.
	words map[string]map[string]bool
}

// loadKnownStory reads a story on one state of the database.
func (a *App) loadKnownStory(ctx context.Context, who Actor, s CheckedStory) (knownStory, error) {
	k := knownStory{CheckedStory: s, words: map[string]map[string]bool{}}
	err := a.db.Snapshot(ctx, func(q store.Queries) error {
		arts, err := q.Articles(ctx, store.ArticleChoice{StoryID: s.ID, Status: Ready, Limit: readArticles})
		if err != nil {
			return err
		}
		ids := articleIDs(arts)
		texts, err := q.CurrentTexts(ctx, ids)
		if err != nil {
			return err
		}
		edited, err := editedTexts(ctx, q, texts)
		if err != nil {
			return err
		}
		slices.Reverse(arts) // the newest came first
		for _, art := range arts {
			k.KnownStory.Articles = append(k.KnownStory.Articles, engineArticle(art, texts[art.ID], edited[art.ID]))
		}
		found, err := q.ClaimsOf(ctx, ids)
		if err != nil {
			return err
		}
		k.takeClaims(found, texts)
		k.findings, err = q.For(who.UserID).Findings(ctx, store.FindingChoice{StoryID: s.ID, Limit: maxReport})
		return err
	})
	for _, f := range k.findings {
		k.Findings = append(k.Findings, f.Finding)
	}
	k.CheckedStory.Articles, k.Read = len(k.KnownStory.Articles), len(k.KnownStory.Articles)
	return k, err
}

// takeClaims notes the ids and the words of a story's claims in its current texts.
func (k *knownStory) takeClaims(found []store.Claim, texts map[string]store.Text) {
	k.ClaimIDs = map[claims.Anchor]string{}
	for _, c := range found {
		if texts[c.ArticleID].ID != c.TextID {
			continue
		}
		k.ClaimIDs[claims.Anchor{ArticleID: c.ArticleID, Start: c.Start, End: c.End}] = c.ID
		if k.words[c.ArticleID] == nil {
			k.words[c.ArticleID] = map[string]bool{}
		}
		for w := range wordsOf(c.Text) {
			k.words[c.ArticleID][w] = true
		}
	}
}

// cutTo leaves of a story's articles those that share most with a draft, as far as their
// texts have no more than most bytes together, and gives how many they have. Words count
// for more the fewer articles have them.
func (k *knownStory) cutTo(most int, draft []DraftClaim) int {
	size := 0
	for _, art := range k.KnownStory.Articles {
		size += len(art.Text.Body)
	}
	if size <= most {
		return size
	}
	near := k.nearness(draft)
	order := slices.Clone(k.KnownStory.Articles)
	slices.SortStableFunc(order, func(a, b claims.Article) int { return cmp.Compare(near[b.ID], near[a.ID]) })
	size = 0
	kept := map[string]bool{}
	for _, art := range order {
		if n := len(art.Text.Body); size+n <= most {
			size += n
			kept[art.ID] = true
		}
	}
	k.KnownStory.Articles = slices.DeleteFunc(k.KnownStory.Articles, func(art claims.Article) bool { return !kept[art.ID] })
	k.Read = len(k.KnownStory.Articles)
	return size
}

// nearness says how much of a draft's words each article has.
func (k *knownStory) nearness(draft []DraftClaim) map[string]float64 {
	common, own := map[string]int{}, map[string]bool{}
	for _, words := range k.words {
		for w := range words {
			common[w]++
		}
	}
	for _, c := range draft {
		for w := range wordsOf(c.Text) {
			own[w] = true
		}
	}
	out := map[string]float64{}
	for id, words := range k.words {
		sum := 0
		for w := range own {
			if words[w] { // whole numbers add up alike in any order
				sum += int(1000 * math.Log(1+float64(len(k.words))/float64(common[w])))
			}
		}
		out[id] = float64(sum) / math.Sqrt(float64(len(words)+1))
	}
	return out
}
