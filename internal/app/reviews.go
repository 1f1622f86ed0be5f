package app

import (
	"context"

	"corroborate/internal/claims"
)

// ReviewInput is a decision on a finding. At least one part is needed.
type ReviewInput struct {
	// Alignment says whether the claims are about one fact: Confirmed or Rejected,
	// empty to leave it open.
	Alignment Decision
	// Verdict is the person's own verdict; nil leaves it open.
	Verdict *claims.Verdict
	// Differences and Cleared decide on differences of the finding, and on cleared
	// pairs that touch it.
	Differences []ItemDecision
	Cleared     []ItemDecision
	Note        string
}

// AddReview stores a review. From then on the finding's claims are kept together
// by every analysis, unless the alignment is rejected.
func (a *App) AddReview(ctx context.Context, who Actor, findingID string, in ReviewInput) (Review, error) {
	panic("surface")
}

// Reviews lists the reviews of a finding, the newest first.
func (a *App) Reviews(ctx context.Context, who Actor, findingID string) ([]Review, error) {
	panic("surface")
}
