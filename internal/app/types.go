package app

import (
	"corroborate/internal/store"
)

// What the use cases give back is what the store keeps; see there for the
// fields.
type (
	Story        = store.Story
	Article      = store.Article
	ArticleText  = store.ArticleText
	ArticleClaim = store.ArticleClaim
	Copy         = store.Copy
	Revision     = store.Revision
	Finding      = store.Finding
	FindingOrder = store.FindingOrder
	Facets       = store.Facets
	Member       = store.Member
	ClearedPair  = store.ClearedPair
	Review       = store.Review
	Decision     = store.Decision
	ReviewState  = store.Outcome
	Bounds       = store.Bounds
	// SecondOutcome is how a finding stands with the second judge.
	SecondOutcome = store.SecondOutcome
	ItemDecision  = store.ItemDecision
	User          = store.User
	APIKey        = store.APIKey
	KeyState      = store.KeyState
	AuditEntry    = store.AuditEntry
	Status        = store.Status
)

// The statuses of articles and stories, the orders of findings, the decisions of
// a review, and the states of keys.
const (
	Pending     = store.Pending
	Working     = store.Working
	Ready       = store.Ready
	Failed      = store.Failed
	NotAnalysed = store.NotAnalysed

	ByVerdict    = store.ByVerdict
	MostDivided  = store.MostDivided
	MostTold     = store.MostTold
	ToldAlone    = store.ToldAlone
	Newest       = store.Newest
	LeastCertain = store.LeastCertain
	MostDisputed = store.MostDisputed

	SecondDisagrees = store.SecondDisagrees
	SecondAgrees    = store.SecondAgrees
	SecondSilent    = store.SecondSilent

	Confirmed = store.Confirmed
	Rejected  = store.Rejected

	KeyValid   = store.KeyValid
	KeyEnding  = store.KeyEnding
	KeyExpired = store.KeyExpired
	KeyRevoked = store.KeyRevoked
)

// Page asks for a part of a list.
type Page struct {
	// Cursor is the NextCursor of the part before, empty for the first.
	Cursor string
	// Limit is the most items to give: 0 means [DefaultLimit], more than [MaxLimit]
	// is an error.
	Limit int
}

// The numbers of items in a part of a list.
const (
	DefaultLimit = 50
	MaxLimit     = 200
)

// List is a part of a list. Items is never nil; NextCursor is empty at the end.
type List[T any] struct {
	Items      []T
	NextCursor string
}
