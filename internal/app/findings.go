package app

import (
	"context"

	"corroborate/internal/claims"
)

// FindingFilter chooses findings of a story; empty fields choose all.
type FindingFilter struct {
	StoryID string
	// Verdict is what stands: the reviewed verdict where there is one.
	Verdict claims.Verdict
	// Kind chooses findings with a difference of this kind.
	Kind claims.Kind
	// Source is a source's id or its name.
	Source     string
	MinOrigins int
	// Reviewed chooses by whether a review that is not stale stands.
	Reviewed *bool
	Page
}

// FindingDetail is a finding with everything that its page shows.
type FindingDetail struct {
	Finding
	StoryTitle string
	// Members are the claims of Finding.Claims, in their order.
	Members []Member
	// Cleared are the cleared pairs that touch a member.
	Cleared []ClearedPair
	// Reviews are the reviews, the newest first.
	Reviews []Review
}

// Findings lists the findings of a story, divergences first, then those of most
// sources.
func (a *App) Findings(ctx context.Context, who Actor, f FindingFilter) (List[Finding], error) {
	panic("surface")
}

// Finding gives one finding. For one that was merged into another the error has
// the Successor.
func (a *App) Finding(ctx context.Context, who Actor, id string) (FindingDetail, error) {
	panic("surface")
}

// Cleared lists the cleared pairs of a story.
func (a *App) Cleared(ctx context.Context, who Actor, storyID string, p Page) (List[ClearedPair], error) {
	panic("surface")
}

// Report gives the whole story report with the ids of the database. Whole texts
// are left empty for those who may not read them.
func (a *App) Report(ctx context.Context, who Actor, storyID string) (claims.Report, error) {
	panic("surface")
}

// CompareStatements says how two bare statements stand to one another. Nothing is
// stored.
func (a *App) CompareStatements(ctx context.Context, who Actor, one, two string) (claims.Comparison, error) {
	panic("surface")
}
