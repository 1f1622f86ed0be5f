package store

import (
	"context"
	"time"
)

// Share is a finding that is shown as a card to whoever has its address.
type Share struct {
	ID string
	// FindingID is the finding under the id that it has now.
	FindingID string
	Summary   string
	// Name says what it is for; it may be empty.
	Name      string
	CreatedBy string
	CreatedAt time.Time
	// ExpiresAt is when it ends, nil for never; RevokedAt when it was ended, nil where it
	// was not.
	ExpiresAt *time.Time
	RevokedAt *time.Time
	// Uses counts how often the card was asked for, LastUsedAt is when that was last.
	Uses       int
	LastUsedAt *time.Time
}

// Open tells whether the card is shown at a moment.
func (s Share) Open(at time.Time) bool {
	return s.RevokedAt == nil && (s.ExpiresAt == nil || s.ExpiresAt.After(at))
}

// shareSelect leaves out shares whose findings are gone, or veiled from the viewer.
const shareSelect = `
	SELECT s.id, f.id AS finding_id, f.summary, s.name, u.name AS created_by, s.created_at, s.expires_at, s.revoked_at, s.uses, s.last_used_at
	FROM finding_shares s JOIN users u ON u.id = s.created_by
	LEFT JOIN findings_moved m ON m.id = s.finding_id
	JOIN findings f ON f.id = coalesce(m.successor, s.finding_id)
	WHERE NOT EXISTS (SELECT FROM veiled_from(@viewer) v WHERE v.finding_id = f.id)`

// Shares lists at most limit shares from before an id, the newest first; those of one
// finding where findingID is not empty.
func (q Queries) Shares(ctx context.Context, findingID, before string, limit int) ([]Share, error) {
	return list[Share](ctx, q.q, "shares", shareSelect+`
		AND (@finding = '' OR f.id::text = @finding) AND (@before = '' OR s.id < nullif(@before, '')::uuid)
		ORDER BY s.id DESC LIMIT @limit`, named{"viewer": q.viewer, "finding": findingID, "before": before, "limit": limit})
}

// Share gives one share.
func (q Queries) Share(ctx context.Context, id string) (Share, error) {
	return one[Share](ctx, q.q, "share", shareSelect+" AND s.id = @id", named{"viewer": q.viewer, "id": id})
}

// ShareByToken gives the share whose secret has a hash, whether it is open or not and
// whoever may see its finding.
func (q Queries) ShareByToken(ctx context.Context, hash []byte) (Share, error) {
	return one[Share](ctx, q.q, "share by token", shareSelect+" AND s.token_hash = @hash", named{"viewer": nil, "hash": hash})
}

// UseShare counts that a card was asked for. Of several at the same moment one is
// counted: nobody waits to be.
func (d *DB) UseShare(ctx context.Context, id string, at time.Time) error {
	wrote(ctx)
	_, err := d.q.Exec(ctx, `
		UPDATE finding_shares SET uses = uses + 1, last_used_at = $2
		WHERE id = (SELECT id FROM finding_shares WHERE id = $1 FOR UPDATE SKIP LOCKED)`, id, at)
	return wrap("use share", err)
}

// NewShare is a share to be stored.
type NewShare struct {
	ID        string
	FindingID string
	TokenHash []byte
	Name      string
	CreatedBy string
	CreatedAt time.Time
	ExpiresAt *time.Time
}

// InsertShare stores a share.
func (t *Tx) InsertShare(ctx context.Context, s NewShare) error {
	_, err := t.exec(ctx, "insert share", `
		INSERT INTO finding_shares (id, finding_id, token_hash, name, created_by, created_at, expires_at)
		VALUES (@id, @finding, @hash, @name, @by, @at, @expires)`,
		named{"id": s.ID, "finding": s.FindingID, "hash": s.TokenHash, "name": s.Name, "by": s.CreatedBy, "at": s.CreatedAt, "expires": s.ExpiresAt})
	return err
}

// CountOpenShares counts the shares of a finding that are open at a moment.
func (t *Tx) CountOpenShares(ctx context.Context, findingID string, at time.Time) (int, error) {
	return scalar[int](ctx, t.q, "count open shares", `
		SELECT count(*) FROM finding_shares s LEFT JOIN findings_moved m ON m.id = s.finding_id
		WHERE coalesce(m.successor, s.finding_id) = $1 AND s.revoked_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > $2)`, findingID, at)
}

// RevokeShare ends a share and tells whether it had not ended before.
func (t *Tx) RevokeShare(ctx context.Context, id string, at time.Time) (ended bool, err error) {
	n, err := t.exec(ctx, "revoke share", "UPDATE finding_shares SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", id, at)
	return n > 0, err
}
