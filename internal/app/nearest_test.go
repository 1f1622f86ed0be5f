package app

import (
	"slices"
	"testing"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

func TestNearestPassagesAreTheBestOfEachOtherSource(t *testing.T) {
	claim := func(id, article, text string) store.Claim {
		return store.Claim{Claim: claims.Claim{ID: id, Text: text}, ArticleID: article}
	}
	all := []store.Claim{
		claim("a", "gazette", "The bridge over the Elm closed on Monday."),
		claim("b", "courier", "The mayor spoke on Monday."),
		claim("c", "courier", "The old bridge has been shut."),
		claim("d", "herald", "The Elm bridge closed."),
		claim("e", "post", "Nobody came."),
	}
	source := map[string]string{"gazette": "g", "courier": "c", "herald": "h", "post": "p"}
	got := nearestClaims("The bridge over the Elm closed on Monday.", "g", all, source)
	if want := []string{"d", "b"}; !slices.Equal(got, want) {
		t.Errorf("nearest are %v, want %v", got, want)
	}
}
