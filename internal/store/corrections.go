package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// Correction is a divergence that ended when a source changed its article.
type Correction struct {
	ID        string
	StoryID   string
	FindingID string // empty where the finding is gone
	ArticleID string
	SourceID  string
	Source    string
	// Revision is the number of the revision that brought it, At when that came, and
	// EditedBy the person who wrote it, empty where the publisher did.
	Revision int
	At       time.Time
	EditedBy string
	Kind     claims.Kind
	// Was is what the article told and WasExact its words; NowExact are its words now,
	// empty where it tells nothing of it any more.
	Was      string
	WasExact string
	NowExact string
	// Against names who told it otherwise, AgainstWas what.
	Against    string
	AgainstWas string
	// Summary and Verdict are those of the finding, empty where it is gone.
	Summary string
	Verdict claims.Verdict
	// TakenBack is true where the article no longer stands as a whole.
	TakenBack bool
}

// Contested is a material difference between sources that a claim takes part in.
type Contested struct {
	FindingID string
	Kind      claims.Kind
	ClaimID   string
	// Exact and Value are what the claim tells, Against and AgainstValue who tells it
	// otherwise, and what.
	Exact        string
	Value        string
	Against      string
	AgainstValue string
}

// ContestedBy gives the differences between sources that make findings diverge and
// that one of the claims takes part in.
func (q Queries) ContestedBy(ctx context.Context, claimIDs []string) ([]Contested, error) {
	return list[Contested](ctx, q.q, "contested claims", `
		SELECT d.finding_id, d.kind, c.id AS claim_id, c.exact, d.value, s.name AS against, d.against_value
		FROM (SELECT finding_id, kind, ordinal, claim_a AS claim, value_a AS value, claim_b AS other, value_b AS against_value
		      FROM differences WHERE claim_a = ANY($1) AND material AND NOT internal AND between_who = 'sources'
		      UNION ALL
		      SELECT finding_id, kind, ordinal, claim_b, value_b, claim_a, value_a
		      FROM differences WHERE claim_b = ANY($1) AND material AND NOT internal AND between_who = 'sources') d
		JOIN claims c ON c.id = d.claim JOIN claims o ON o.id = d.other
		JOIN articles a ON a.id = o.article_id JOIN sources s ON s.id = a.source_id
		ORDER BY d.finding_id, d.ordinal, s.name`, claimIDs)
}

// NewCorrection is a contested claim whose article was changed.
type NewCorrection struct {
	ID         string
	StoryID    string
	ArticleID  string
	RevisionID string
	Contested
	At time.Time
}

// OpenCorrections notes contested claims that a revision took away. Whether that
// ended a divergence, the next comparison tells.
func (t *Tx) OpenCorrections(ctx context.Context, all []NewCorrection) error {
	rows := make([][]any, len(all))
	for i, c := range all {
		rows[i] = []any{c.ID, c.StoryID, c.FindingID, c.ArticleID, c.RevisionID, string(c.Kind), c.Value, c.Exact, c.Against, c.AgainstValue, c.At}
	}
	return t.insert(ctx, "corrections", []string{"id", "story_id", "finding_id", "article_id", "revision_id", "kind", "was", "was_exact",
		"against", "against_was", "created_at"}, rows)
}

const correctionSelect = `
	SELECT c.id, c.story_id, coalesce(c.finding_id::text, '') AS finding_id, c.article_id, a.source_id, s.name AS source,
	       r.number AS revision, r.created_at AS at, CASE WHEN r.edited THEN coalesce(u.name, '') ELSE '' END AS edited_by,
	       c.kind, c.was, c.was_exact, c.now_exact, c.against, c.against_was, coalesce(f.summary, '') AS summary,
	       coalesce(f.reviewed_verdict, f.verdict, '') AS verdict,
	       coalesce(v.notice IN ('retraction', 'withdrawal'), false) AS taken_back
	FROM corrections_for($3) c JOIN articles a ON a.id = c.article_id JOIN sources s ON s.id = a.source_id
	JOIN revisions r ON r.id = c.revision_id LEFT JOIN users u ON u.id = r.created_by
	LEFT JOIN revision_changes v ON v.revision_id = r.id LEFT JOIN LATERAL (SELECT * FROM findings_for($3) v WHERE v.id = c.finding_id OFFSET 0) f ON true
	WHERE a.deleted_at IS NULL `

// Corrections lists the divergences of a story that ended when a source changed its
// article, at most limit, the newest first.
func (q Queries) Corrections(ctx context.Context, storyID string, limit int) ([]Correction, error) {
	return list[Correction](ctx, q.q, "corrections",
		correctionSelect+"AND c.story_id = $1 AND c.healed_at IS NOT NULL ORDER BY c.id DESC LIMIT $2", storyID, limit, q.viewer)
}

// CorrectionsOf is [Queries.Corrections] for one finding.
func (q Queries) CorrectionsOf(ctx context.Context, findingID string, limit int) ([]Correction, error) {
	return list[Correction](ctx, q.q, "corrections of a finding",
		correctionSelect+"AND c.finding_id = $1 AND c.healed_at IS NOT NULL ORDER BY c.id DESC LIMIT $2", findingID, limit, q.viewer)
}

// OpenedCorrection is a correction whose outcome is open.
type OpenedCorrection struct {
	ID         string
	FindingID  string
	ArticleID  string
	RevisionID string
	Kind       claims.Kind
	WasExact   string
}

// OpenedCorrections gives the corrections of a story whose outcome is open.
func (q Queries) OpenedCorrections(ctx context.Context, storyID string) ([]OpenedCorrection, error) {
	return list[OpenedCorrection](ctx, q.q, "open corrections", `
		SELECT id, coalesce(finding_id::text, '') AS finding_id, article_id, revision_id, kind, was_exact
		FROM corrections WHERE story_id = $1 AND healed_at IS NULL ORDER BY id`, storyID)
}

// HealCorrection notes that a correction ended a divergence, and what the article
// tells now.
func (t *Tx) HealCorrection(ctx context.Context, id, nowExact string, at time.Time) error {
	_, err := t.exec(ctx, "heal correction", "UPDATE corrections SET now_exact = $2, healed_at = $3 WHERE id = $1", id, nowExact, at)
	return err
}

// DropCorrections forgets corrections that ended no divergence.
func (t *Tx) DropCorrections(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := t.exec(ctx, "drop corrections", "DELETE FROM corrections WHERE id = ANY($1)", ids)
	return err
}
