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
	// Decides is false for a review that is a note alone, and for one that does not
	// stand: a blind answer that another contradicts.
	Decides bool
	Anchors []Anchor
}

// decides tells whether a review says something that stands.
const decides = `(r.outcome <> 'note' AND r.counts AND r.withdrawn_at IS NULL)`

// AnchoredReviews gives the reviews of a story that were not withdrawn, the oldest
// first.
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
		WHERE r.story_id = $1 AND r.withdrawn_at IS NULL ORDER BY r.id, c.ordinal`, storyID)
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
	Outcome     Outcome
	AuthorID    string
	KeyID       string // empty for one written in a browser
	At          time.Time
	// ActionID is the action that it is a part of, empty for an answer in a blind review.
	ActionID string
	// Adjudicates is the blind review that it settles, empty for none.
	Adjudicates string
}

// InsertReview stores a review with the anchors of the finding's claims as they
// are now.
func (t *Tx) InsertReview(ctx context.Context, r NewReview) error {
	if _, err := t.exec(ctx, "insert review", `
		INSERT INTO reviews (id, story_id, finding_id, alignment, verdict, differences, cleared, note, outcome, author_id, key_id,
			created_at, action_id, adjudicates)
		VALUES (@id, @story, @finding, @alignment, @verdict, @differences, @cleared, @note, @outcome, @author,
			nullif(@key, '')::uuid, @at, nullif(@action, '')::uuid, nullif(@adjudicates, '')::uuid)`,
		named{"id": r.ID, "story": r.StoryID, "finding": r.FindingID, "alignment": string(r.Alignment), "verdict": r.Verdict,
			"differences": notNil(r.Differences), "cleared": notNil(r.Cleared), "note": r.Note, "author": r.AuthorID,
			"key": r.KeyID, "at": r.At, "outcome": string(r.Outcome), "action": r.ActionID, "adjudicates": r.Adjudicates}); err != nil {
		return err
	}
	return t.anchorReview(ctx, r.ID, r.FindingID)
}

// anchorReview notes the claims that a finding has now as those of a review.
func (t *Tx) anchorReview(ctx context.Context, reviewID, findingID string) error {
	_, err := t.exec(ctx, "insert review's anchors", `
		INSERT INTO review_claims (review_id, ordinal, article_id, revision_id, start_at, end_at, hash, exact, claim_id)
		SELECT $1, fc.ordinal, c.article_id, t.revision_id, c.start_at, c.end_at, c.hash, c.exact, c.id
		FROM finding_claims fc JOIN claims c ON c.id = fc.claim_id JOIN texts t ON t.id = c.text_id
		WHERE fc.finding_id = $2`, reviewID, findingID)
	return err
}

// RefreshReviewed works out for a story's findings what their reviews say, and counts
// them anew.
func (t *Tx) RefreshReviewed(ctx context.Context, storyID string) error {
	_, err := t.exec(ctx, "refresh reviewed", `
		UPDATE findings f SET reviewed = now_is.outcome IS NOT NULL, stale_review = now_is.stale, reviewed_verdict = now_is.verdict,
			outcome = now_is.outcome, decided_by = now_is.author_id, decided_at = now_is.created_at
		FROM (
			SELECT f.id, d.outcome, d.author_id, d.created_at,
			       coalesce((SELECT r.stale FROM reviews r WHERE r.finding_id = f.id AND r.withdrawn_at IS NULL
			        ORDER BY r.id DESC LIMIT 1), false) AS stale,
			       (SELECT r.verdict FROM reviews r WHERE r.finding_id = f.id AND NOT r.stale AND r.verdict IS NOT NULL AND `+decides+`
			        ORDER BY r.id DESC LIMIT 1) AS verdict
			FROM findings f LEFT JOIN LATERAL (
				SELECT r.outcome, r.author_id, r.created_at FROM reviews r
				WHERE r.finding_id = f.id AND NOT r.stale AND `+decides+` ORDER BY r.id DESC LIMIT 1) d ON true
			WHERE f.story_id = $1) now_is
		WHERE f.id = now_is.id AND (f.outcome, f.decided_by, f.decided_at, f.stale_review, f.reviewed_verdict) IS DISTINCT FROM
			(now_is.outcome, now_is.author_id, now_is.created_at, now_is.stale, now_is.verdict)`, storyID)
	if err != nil {
		return err
	}
	return t.refreshTallies(ctx, storyID)
}

const reviewSelect = `
	SELECT r.id, r.story_id, coalesce(r.finding_id::text, '') AS finding_id, r.alignment, r.verdict, r.differences, r.cleared, r.note,
	       r.author_id, u.name AS author, r.created_at, r.stale, r.outcome, r.kinds, r.counts, r.withdrawn_at,
	       coalesce(r.blind_id::text, '') AS blind_id, coalesce(r.adjudicates::text, '') AS adjudicates,
	       coalesce(r.action_id::text, '') AS action_id
	FROM reviews_for(@viewer) r JOIN users u ON u.id = r.author_id `

// Reviews lists at most limit reviews of a finding, the newest first.
func (q Queries) Reviews(ctx context.Context, findingID string, limit int) ([]Review, error) {
	return list[Review](ctx, q.q, "reviews", reviewSelect+"WHERE r.finding_id = @finding ORDER BY r.id DESC LIMIT @limit",
		named{"finding": findingID, "limit": limit, "viewer": q.viewer})
}

// ReviewChoice chooses reviews of a finding or of a story, whatever became of what was
// reviewed.
type ReviewChoice struct {
	FindingID, StoryID string
	// Before is an id: what was stored earlier is chosen.
	Before string
	Limit  int
}

// ReviewList lists reviews, the newest first.
func (q Queries) ReviewList(ctx context.Context, c ReviewChoice) ([]Review, error) {
	where, args := conditions{}, named{"limit": c.Limit, "viewer": q.viewer}
	on := func(id, condition, name string) {
		if where.add(id != "", condition); id != "" {
			args[name] = id
		}
	}
	on(c.FindingID, "r.finding_id = @finding", "finding")
	on(c.StoryID, "r.story_id = @story", "story")
	on(c.Before, "r.id < @before::uuid", "before")
	return list[Review](ctx, q.q, "list reviews", reviewSelect+"WHERE "+where.sql()+" ORDER BY r.id DESC LIMIT @limit", args)
}

// ReviewsOfStory gives the reviews of a story that are shown with a finding, at most
// limit, the newest first.
func (q Queries) ReviewsOfStory(ctx context.Context, storyID string, limit int) ([]Review, error) {
	return list[Review](ctx, q.q, "reviews of a story",
		reviewSelect+"WHERE r.story_id = @story AND r.finding_id IS NOT NULL ORDER BY r.id DESC LIMIT @limit",
		named{"story": storyID, "limit": limit, "viewer": q.viewer})
}

// Review gives one review.
func (q Queries) Review(ctx context.Context, id string) (Review, error) {
	return one[Review](ctx, q.q, "review", reviewSelect+"WHERE r.id = @id", named{"id": id, "viewer": q.viewer})
}

// StoryOfReview gives the story that a review belongs to.
func (q Queries) StoryOfReview(ctx context.Context, id string) (string, error) {
	return scalar[string](ctx, q.q, "story of review", "SELECT story_id::text FROM reviews WHERE id = $1", id)
}

// FindingsThere gives those of some ids that are findings of stories outside the bin.
func (q Queries) FindingsThere(ctx context.Context, ids []string) ([]string, error) {
	return column[string](ctx, q.q, "findings that are there", `
		SELECT f.id::text FROM findings f JOIN stories s ON s.id = f.story_id WHERE f.id = ANY($1) AND s.deleted_at IS NULL`, ids)
}

// StoriesOf gives the stories of findings.
func (q Queries) StoriesOf(ctx context.Context, findings []string) ([]string, error) {
	return column[string](ctx, q.q, "stories of findings", "SELECT DISTINCT story_id::text FROM findings WHERE id = ANY($1)", findings)
}
