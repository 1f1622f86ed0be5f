package store

import (
	"context"
	"crypto/sha256"
	"time"

	"corroborate/internal/claims"
)

// Claim is a claim with where it stands.
type Claim struct {
	claims.Claim
	ArticleID  string
	TextID     string
	RevisionID string
	// Received is the hexadecimal SHA-256 of what was received as the revision.
	Received string
}

// claimColumns are those of claimRow.
const claimColumns = `
	c.id, c.exact, c.start_at, c.end_at, c.text, c.checkable, c.reason, c.worth, c.worth_reasons, c.speaker,
	c.attribution, c.certainty`

// claimRow holds the columns of a claim; the fields of a passage have other names
// there, as "end" is a word of SQL.
type claimRow struct {
	ID           string
	Exact        string
	StartAt      int
	EndAt        int
	Text         string
	Checkable    bool
	Reason       string
	Worth        float64
	WorthReasons []string
	Speaker      *string
	Attribution  claims.Attribution
	Certainty    claims.Certainty
}

func (r claimRow) claim() claims.Claim {
	return claims.Claim{ID: r.ID, Passage: claims.Passage{Exact: r.Exact, Start: r.StartAt, End: r.EndAt}, Text: r.Text,
		Checkable: r.Checkable, Reason: r.Reason, Worth: r.Worth, WorthReasons: r.WorthReasons, Speaker: r.Speaker,
		Attribution: r.Attribution, Certainty: r.Certainty}
}

// ClaimsOf gives the claims of articles, each article's in the order of its text.
func (q Queries) ClaimsOf(ctx context.Context, articleIDs []string) ([]Claim, error) {
	type row struct {
		claimRow
		ArticleID  string
		TextID     string
		RevisionID string
		Received   string
	}
	rows, err := list[row](ctx, q.q, "claims of articles", "SELECT"+claimColumns+`, c.article_id, c.text_id, t.revision_id,
		encode(r.sha256, 'hex') AS received
		FROM claims c JOIN texts t ON t.id = c.text_id JOIN revisions r ON r.id = t.revision_id
		WHERE c.article_id = ANY($1) ORDER BY c.article_id, c.start_at, c.end_at`, articleIDs)
	out := make([]Claim, len(rows))
	for i, r := range rows {
		out[i] = Claim{Claim: r.claim(), ArticleID: r.ArticleID, TextID: r.TextID, RevisionID: r.RevisionID,
			Received: r.Received}
	}
	return out, err
}

// ClaimChange is what an analysis makes of the claims of one text: Kept have ids
// of claims that are stored, Added new ones; Gone are the ids of those that were
// not found again.
type ClaimChange struct {
	ArticleID string
	TextID    string
	Engine    claims.EngineInfo
	At        time.Time
	Kept      []claims.Claim
	Added     []claims.Claim
	Gone      []string
	// Edits gives the newest edit by a person that made a claim what it is, empty for
	// those of the engine alone.
	Edits map[string]string
}

// ChangeClaims stores a change of claims.
func (t *Tx) ChangeClaims(ctx context.Context, ch ClaimChange) error {
	if len(ch.Gone) > 0 {
		if _, err := t.exec(ctx, "delete claims", "DELETE FROM claims WHERE id = ANY($1)", ch.Gone); err != nil {
			return err
		}
	}
	if err := t.batch(ctx, "update claims", `
		UPDATE claims SET text_id = @text_id, start_at = @start, end_at = @end, exact = @exact, hash = @hash, text = @text,
			checkable = @checkable, reason = @reason, worth = @worth, worth_reasons = @worth_reasons, speaker = @speaker,
			attribution = @attribution, certainty = @certainty, engine_version = @version, engine_hash = @engine,
			edit_id = nullif(@edit, '')::uuid
		WHERE id = @id`, keptArgs(ch)); err != nil {
		return err
	}
	rows := make([][]any, len(ch.Added))
	for i, c := range ch.Added {
		hash := sha256.Sum256([]byte(c.Exact))
		rows[i] = []any{c.ID, ch.ArticleID, ch.TextID, c.Start, c.End, c.Exact, hash[:], c.Text, c.Checkable, c.Reason,
			c.Worth, notNil(c.WorthReasons), c.Speaker, string(c.Attribution), string(c.Certainty),
			ch.Engine.Version, ch.Engine.Hash, ch.At, orNull(ch.Edits[c.ID])}
	}
	return t.insert(ctx, "claims", []string{"id", "article_id", "text_id", "start_at", "end_at", "exact", "hash", "text",
		"checkable", "reason", "worth", "worth_reasons", "speaker", "attribution", "certainty", "engine_version",
		"engine_hash", "created_at", "edit_id"}, rows)
}

func keptArgs(ch ClaimChange) []named {
	out := make([]named, len(ch.Kept))
	for i, c := range ch.Kept {
		hash := sha256.Sum256([]byte(c.Exact))
		out[i] = named{"id": c.ID, "text_id": ch.TextID, "start": c.Start, "end": c.End, "exact": c.Exact, "hash": hash[:], "text": c.Text,
			"edit":      ch.Edits[c.ID],
			"checkable": c.Checkable, "reason": c.Reason, "worth": c.Worth, "worth_reasons": notNil(c.WorthReasons),
			"speaker": c.Speaker, "attribution": string(c.Attribution), "certainty": string(c.Certainty),
			"version": ch.Engine.Version, "engine": ch.Engine.Hash}
	}
	return out
}

// orNull makes an id that is empty null.
func orNull(id string) any {
	if id == "" {
		return nil
	}
	return id
}

// notNil makes an array of nothing an empty one, as columns want it.
func notNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

type articleClaimRow struct {
	claimRow
	FindingID       string
	Verdict         claims.Verdict
	ReviewedVerdict *claims.Verdict
	Corroborated    bool
	Sources         int
	Origins         int
	Kinds           []claims.Kind
}

// ArticleClaims gives the claims of an article in the order of its text, each
// with the finding that it is in. Kinds come in no order.
func (q Queries) ArticleClaims(ctx context.Context, articleID string) ([]ArticleClaim, error) {
	rows, err := list[articleClaimRow](ctx, q.q, "article's claims", "SELECT"+claimColumns+`,
		coalesce(f.id::text, '') AS finding_id, coalesce(f.verdict, '') AS verdict, f.reviewed_verdict,
		coalesce(f.corroborated, false) AS corroborated, coalesce(f.sources, 0) AS sources, coalesce(f.origins, 0) AS origins,
		ARRAY (SELECT DISTINCT d.kind FROM differences_for($2) d
		       WHERE d.finding_id = f.id AND c.id IN (d.claim_a, d.claim_b)) AS kinds
		FROM claims c LEFT JOIN LATERAL (SELECT * FROM finding_claims_for($2) v WHERE v.claim_id = c.id OFFSET 0) fc ON true LEFT JOIN LATERAL (SELECT * FROM findings_for($2) v WHERE v.id = fc.finding_id OFFSET 0) f ON true
		WHERE c.article_id = $1 ORDER BY c.start_at, c.end_at`, articleID, q.viewer)
	out := make([]ArticleClaim, len(rows))
	for i, r := range rows {
		out[i] = ArticleClaim{Claim: r.claim(), FindingID: r.FindingID, Verdict: r.Verdict,
			ReviewedVerdict: r.ReviewedVerdict, Corroborated: r.Corroborated, Sources: r.Sources, Origins: r.Origins,
			Kinds: r.Kinds}
	}
	return out, err
}
