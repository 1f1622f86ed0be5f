package app

import (
	"fmt"
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// FindingFilter chooses findings of a story; empty fields choose all. Where a field has
// several values, a finding fits with one of them.
type FindingFilter struct {
	StoryID string
	// Verdicts are what stands: the reviewed verdict where there is one.
	Verdicts []claims.Verdict
	// Kinds chooses findings with a difference of one of these kinds.
	Kinds []claims.Kind
	// Sources are ids of sources, or their names.
	Sources      []string
	MinOrigins   int
	Corroborated *bool
	// Reviewed chooses by whether a review that is not stale stands.
	Reviewed *bool
	// States are what the newest review that stands says, [Suggested] where there is
	// none.
	States []ReviewState
	// Open chooses what waits for a person: divergences without a review, and findings of
	// which the review is stale.
	Open bool
	// Second chooses by how a finding stands with the second judge, all where it is empty.
	Second SecondOutcome
	// Score and Alignment bound how sure the engine is of the verdict, and how near the
	// claims are to one another.
	Score, Alignment Bounds
	// UpdatedSince chooses what changed at that time or later.
	UpdatedSince time.Time
	// Text chooses findings of which the summary or a passage has these words.
	Text string
	// Order is the order of the list, ByKind puts those together whose most important
	// difference is of one kind.
	Order  FindingOrder
	ByKind bool
	Page
}

// maxSearched is the most characters of words that findings are chosen by.
const maxSearched = 200

// check says what is wrong with a filter.
func (f FindingFilter) check() error {
	p := problems{}
	for _, v := range f.Verdicts {
		if !validVerdict(v) {
			p.add("verdict", "is one of agree, diverge, single")
		}
	}
	for _, k := range f.Kinds {
		if !slices.Contains(claims.Kinds(), k) {
			p.add("kind", fmt.Sprint("is one of ", claims.Kinds()))
		}
	}
	for _, s := range f.Sources {
		p.add("source", wrongName(s, maxName))
		p.add("source", missingSource(s))
	}
	if f.MinOrigins < 0 {
		p.add("min_origins", "is a number from 0")
	}
	if f.Second != "" && !slices.Contains(store.SecondOutcomes(), f.Second) {
		p.add("second_judge", fmt.Sprint("is one of ", store.SecondOutcomes()))
	}
	p.add("text", wrongName(f.Text, maxSearched))
	if !slices.Contains(store.FindingOrders(), f.Order) {
		p.add("order", fmt.Sprint("is one of ", store.FindingOrders()[1:]))
	}
	return invalidFields(p)
}

// choice checks a filter and gives what the store takes, for one item more than the
// limit.
func (f FindingFilter) choice() (store.FindingChoice, error) {
	if err := f.check(); err != nil {
		return store.FindingChoice{}, err
	}
	limit, err := f.limit()
	if err != nil {
		return store.FindingChoice{}, err
	}
	after, err := f.after()
	out := store.FindingChoice{StoryID: f.StoryID, Verdicts: f.Verdicts, Kinds: f.Kinds, MinOrigins: f.MinOrigins,
		Corroborated: f.Corroborated, Reviewed: f.Reviewed, Outcomes: f.States, Open: f.Open, Second: f.Second, Score: f.Score, Alignment: f.Alignment,
		UpdatedSince: f.UpdatedSince, Text: claims.CleanName(f.Text), Order: f.Order, ByKind: f.ByKind, After: after, Limit: limit + 1}
	for _, s := range f.Sources {
		out.Sources = append(out.Sources, sourceKey(s))
	}
	return out, err
}

// after gives the place that the cursor names, nil for none. A cursor of a list in
// another order is refused.
func (f FindingFilter) after() (*store.FindingPlace, error) {
	var after *store.FindingPlace
	if err := decodeCursor(f.Cursor, &after); err != nil || after == nil {
		return nil, err
	}
	if _, err := knownID(after.ID); err != nil || !after.Fits(f.Order, f.ByKind) {
		return nil, errBadCursor
	}
	return after, nil
}

func validVerdict(v claims.Verdict) bool {
	return v == claims.Agree || v == claims.Diverge || v == claims.Single
}
