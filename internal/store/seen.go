package store

import (
	"context"
	"time"
)

// MarkSeen notes the editions of findings that a person has seen now, and gives those
// that were seen before, nil where none was.
func (t *Tx) MarkSeen(ctx context.Context, userID string, findings []string, at time.Time) (map[string]*int, error) {
	type row struct {
		FindingID string
		Edition   *int
	}
	rows, err := list[row](ctx, t.q, "mark as seen", `
		WITH before AS (
			SELECT f.id AS finding_id, f.edition AS now_is, m.edition FROM findings_for($1::text) f
			LEFT JOIN seen_findings m ON m.finding_id = f.id AND m.user_id = $1::uuid
			WHERE f.id = ANY($2) AND f.edition IS NOT NULL),
		marked AS (
			INSERT INTO seen_findings (user_id, finding_id, edition, seen_at) SELECT $1::uuid, finding_id, now_is, $3 FROM before
			ON CONFLICT (user_id, finding_id) DO UPDATE SET edition = excluded.edition, seen_at = excluded.seen_at)
		SELECT finding_id, edition FROM before`, userID, findings, at)
	out := make(map[string]*int, len(rows))
	for _, r := range rows {
		out[r.FindingID] = r.Edition
	}
	return out, err
}

// Saw notes that a person has seen an edition of a finding. Nothing is written where
// that was known.
func (d *DB) Saw(ctx context.Context, userID, findingID string, edition int, at time.Time) error {
	wrote(ctx)
	_, err := d.q.Exec(ctx, `
		INSERT INTO seen_findings AS m (user_id, finding_id, edition, seen_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (user_id, finding_id) DO UPDATE SET edition = excluded.edition, seen_at = excluded.seen_at
		WHERE m.edition < excluded.edition`, userID, findingID, edition, at)
	return wrap("saw finding", err)
}

// PutSeen puts marks back as they were: see [Action].
func (t *Tx) PutSeen(ctx context.Context, userID string, before map[string]*int) error {
	var back, gone []named
	for id, edition := range before {
		if edition == nil {
			gone = append(gone, named{"user": userID, "finding": id})
			continue
		}
		back = append(back, named{"user": userID, "finding": id, "edition": *edition})
	}
	if err := t.batch(ctx, "take marks off",
		"DELETE FROM seen_findings WHERE user_id = @user AND finding_id = @finding", gone); err != nil {
		return err
	}
	return t.batch(ctx, "put marks back",
		"UPDATE seen_findings SET edition = @edition WHERE user_id = @user AND finding_id = @finding", back)
}

// SeenAllUntil gives up to when a person has seen all, the day before the account was
// made where nothing was said.
func (q Queries) SeenAllUntil(ctx context.Context, userID string) (time.Time, error) {
	return scalar[time.Time](ctx, q.q, "seen all until", `
		SELECT coalesce((SELECT at FROM seen_all WHERE user_id = u.id), u.created_at - interval '1 day') FROM users u WHERE u.id = $1`, userID)
}

// SetSeenAll notes up to when a person has seen all. It never goes back.
func (t *Tx) SetSeenAll(ctx context.Context, userID string, at time.Time) error {
	_, err := t.exec(ctx, "set seen all", `
		INSERT INTO seen_all AS s (user_id, at) VALUES ($1, $2)
		ON CONFLICT (user_id) DO UPDATE SET at = greatest(s.at, excluded.at)`, userID, at)
	return err
}
