package views

import "corroborate/internal/claims"

// ClearedPage lists the cleared pairs of a story.
type ClearedPage struct {
	StoryID    string
	StoryTitle string
	// Total is the number of all pairs.
	Total int
	Pairs []Cleared
	// Next is the cursor of the next part, First is true on the first.
	Next  string
	First bool
}

// Cleared is a pair of claims that look in conflict and are not.
type Cleared struct {
	ID     string
	Kind   claims.Kind
	Reason string
	Sides  [2]Side
}

// Side is one claim of a pair, as its source tells it.
type Side struct {
	ClaimID   string
	ArticleID string
	Source    string
	Exact     string
}
