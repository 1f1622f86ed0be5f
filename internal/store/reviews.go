package store

import (
	"context"
	"encoding/hex"
	"time"

	"corroborate/internal/claims"
)

// Anchor is where a claim stood when it was reviewed.
type Anchor struct {
	ArticleID string
	// Received is the hexadecimal SHA-256 of what was received as the revision that it
	// stood in, ClaimID the claim that it was.
	Received string
	ClaimID  string
	Start    int
	End      int
	// Hash is the hexadecimal SHA-256 of the passage.
	Hash string
}

// AnchoredReview is a review with the anchors of what was looked at.
type AnchoredReview struct {
	ID        string
	FindingID string // empty where it is shown with none
	Alignment Decision
	// Decides is false for a review that is a note alone.
	Decides bool
	Anchors []Anchor
}

const decides = `(r.alignment <> '' OR r.verdict IS NOT NULL OR r.differences <> '[]' OR r.cleared <> '[]')`

// AnchoredReviews gives the reviews of a story, the oldest first.
func (q Queries) AnchoredReviews(ctx context.Context, storyID string) ([]AnchoredReview, error) {
	type row struct {
		ID        string
		FindingID string
		Alignment Decision
		Decides   bool
		ArticleID string
		Received  string
		ClaimID   string
		StartAt   int
		EndAt     int
		Hash      []byte
	}
	rows, err := list[row](ctx, q.q, "anchored reviews", `
		SELECT r.id, coalesce(r.finding_id::text, '') AS finding_id, r.alignment, `+decides+` AS decides,
		       c.article_id, coalesce(encode(v.sha256, 'hex'), '') AS received, coalesce(c.claim_id::text, '') AS claim_id,
		       c.start_at, c.end_at, c.hash
		FROM reviews r JOIN review_claims c ON c.review_id = r.id LEFT JOIN revisions v ON v.id = c.revision_id
		WHERE r.story_id = $1 ORDER BY r.id, c.ordinal`, storyID)
	var out []AnchoredReview
	for _, r := range rows {
		if len(out) == 0 || out[len(out)-1].ID != r.ID {
			out = append(out, AnchoredReview{ID: r.ID, FindingID: r.FindingID, Alignment: r.Alignment, Decides: r.Decides})
		}
		last := &out[len(out)-1]
		last.Anchors = append(last.Anchors, Anchor{ArticleID: r.ArticleID, Received: r.Received, ClaimID: r.ClaimID,
			Start: r.StartAt, End: r.EndAt, Hash: hex.EncodeToString(r.Hash)})
	}
	return out, err
}

// NewReview is a review to be stored.
type NewReview struct {
	ID          string
	StoryID     string
	FindingID   string
	Alignment   Decision
	Verdict     *claims.Verdict
	Differences []ItemDecision
	Cleared     []ItemDecision
	Note        string
	AuthorID    string
	KeyID       string // empty for one written in a browser
	At          time.Time
}

// InsertReview stores a review with the anchors of the finding's claims as they
// are now.
func (t *Tx) InsertReview(ctx context.Context, r NewReview) error {
	if _, err := t.exec(ctx, "insert review", `
		INSERT INTO reviews (id, story_id, finding_id, alignment, verdict, differences, cleared, note, author_id, key_id, created_at)
		VALUES (@id, @story, @finding, @alignment, @verdict, @differences, @cleared, @note, @author, nullif(@key, '')::uuid, @at)`,
		named{"id": r.ID, "story": r.StoryID, "finding": r.FindingID, "alignment": string(r.Alignment), "verdict": r.Verdict,
			"differences": notNil(r.Differences), "cleared": notNil(r.Cleared), "note": r.Note, "author": r.AuthorID,
			"key": r.KeyID, "at": r.At}); err != nil {
		return err
	}
	_, err := t.exec(ctx, "insert review's anchors", `
		INSERT INTO review_claims (review_id, ordinal, article_id, revision_id, start_at, end_at, hash, exact, claim_id)
		SELECT $1, fc.ordinal, c.article_id, t.revision_id, c.start_at, c.end_at, c.hash, c.exact, c.id
		FROM finding_claims fc JOIN claims c ON c.id = fc.claim_id JOIN texts t ON t.id = c.text_id
		WHERE fc.finding_id = $2`, r.ID, r.FindingID)
	return err
}

// RefreshReviewed works out for a story's findings what their reviews say, and counts
// them anew.
func (t *Tx) RefreshReviewed(ctx context.Context, storyID string) error {
	_, err := t.exec(ctx, "refresh reviewed", `
		UPDATE findings f SET reviewed = now_is.reviewed, stale_review = now_is.stale, reviewed_verdict = now_is.verdict
		FROM (
			SELECT f.id,
			       EXISTS (SELECT FROM reviews r WHERE r.finding_id = f.id AND NOT r.stale AND `+decides+`) AS reviewed,
			       coalesce((SELECT r.stale FROM reviews r WHERE r.finding_id = f.id ORDER BY r.id DESC LIMIT 1), false) AS stale,
			       (SELECT r.verdict FROM reviews r WHERE r.finding_id = f.id AND NOT r.stale AND r.verdict IS NOT NULL
			        ORDER BY r.id DESC LIMIT 1) AS verdict
			FROM findings f WHERE f.story_id = $1) now_is
		WHERE f.id = now_is.id AND (f.reviewed, f.stale_review, f.reviewed_verdict) IS DISTINCT FROM
			(now_is.reviewed, now_is.stale, now_is.verdict)`, storyID)
	if err != nil {
		return err
	}
	return t.refreshTallies(ctx, storyID)
}

const reviewSelect = `
	SELECT r.id, coalesce(r.finding_id::text, '') AS finding_id, r.alignment, r.verdict, r.differences, r.cleared, r.note,
	       r.author_id, u.name AS author, r.created_at, r.stale
	FROM reviews_for(@viewer) r JOIN users u ON u.id = r.author_id `

// Reviews lists at most limit reviews of a finding, the newest first.
func (q Queries) Reviews(ctx context.Context, findingID string, limit int) ([]Review, error) {
	return list[Review](ctx, q.q, "reviews", reviewSelect+"WHERE r.finding_id = @finding ORDER BY r.id DESC LIMIT @limit",
		named{"finding": findingID, "limit": limit, "viewer": q.viewer})
}

// Review gives one review.
func (q Queries) Review(ctx context.Context, id string) (Review, error) {
	return one[Review](ctx, q.q, "review", reviewSelect+"WHERE r.id = @id", named{"id": id, "viewer": q.viewer})
}
