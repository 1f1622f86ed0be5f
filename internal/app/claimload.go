package app

import (
	"context"
	"maps"
	"slices"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// editedTexts gives what people's edits come to in the texts of articles, by article.
// Articles that nobody has edited are left out.
func editedTexts(ctx context.Context, q store.Queries, texts map[string]store.Text) (map[string]editedText, error) {
	all, err := q.ClaimEdits(ctx, slices.Sorted(maps.Keys(texts)))
	if err != nil {
		return nil, err
	}
	of := map[string][]store.ClaimEdit{}
	for _, e := range all {
		of[e.ArticleID] = append(of[e.ArticleID], e)
	}
	out := make(map[string]editedText, len(of))
	for id, edits := range of {
		if out[id], err = editedIn(ctx, q, edits, texts[id]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// editedIn gives what the edits of an article come to in one of its texts, whose id is
// empty where it is still to be stored.
func editedIn(ctx context.Context, q store.Queries, edits []store.ClaimEdit, text store.Text) (editedText, error) {
	var others []string
	for _, e := range edits {
		if e.TextID != text.ID && !slices.Contains(others, e.TextID) {
			others = append(others, e.TextID)
		}
	}
	carry := map[string]*claims.CarryOver{}
	if text.ID != "" {
		carry[text.ID] = claims.NewCarryOver(text.Body, text.Body)
	}
	if len(others) > 0 {
		bodies, err := q.TextBodies(ctx, others)
		if err != nil {
			return editedText{}, err
		}
		for id, body := range bodies {
			carry[id] = claims.NewCarryOver(body, text.Body)
		}
	}
	return foldEdits(edits, carry), nil
}
