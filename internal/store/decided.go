package store

import (
	"context"
	"time"
)

// decidedColumns are those of [Decided], null where a finding is veiled.
type decidedColumns struct {
	Outcome   *string
	DecidedBy *string
	DecidedAt *time.Time
	Edition   *int
}

// decidedSelect selects decidedColumns of a finding f.
const decidedSelect = `
	f.outcome, (SELECT u.name FROM users u WHERE u.id = f.decided_by) AS decided_by, f.decided_at, f.edition`

func (d decidedColumns) decided() Decided {
	out := Decided{At: d.DecidedAt}
	if d.Outcome != nil {
		out.Outcome = Outcome(*d.Outcome)
	}
	if d.DecidedBy != nil {
		out.By = *d.DecidedBy
	}
	if d.Edition != nil {
		out.Edition = *d.Edition
	}
	return out
}

// FindingEvent is something that happened to a finding.
type FindingEvent struct {
	FindingID string
	Edition   int
	At        time.Time
	// What is "verdict", "sources", "stale", "review" or "withdrawal". Was and NowIs are
	// the verdict or the number of sources; of a review NowIs is its outcome.
	What  string
	Was   string
	NowIs string
	// Actor is who did it, empty for the machine.
	Actor string
}

// NoteDecision raises a finding's edition for a review that came or was withdrawn.
// The event's FindingID, What and NowIs are used.
func (t *Tx) NoteDecision(ctx context.Context, e FindingEvent, actorID string) error {
	_, err := t.exec(ctx, "note decision", `
		WITH raised AS (
			UPDATE findings SET edition = edition + 1, changed_at = clock_timestamp() WHERE id = @finding RETURNING id, edition)
		INSERT INTO finding_events (finding_id, edition, what, now_is, actor_id)
		SELECT id, edition, @what, @now, @actor FROM raised`,
		named{"finding": e.FindingID, "what": e.What, "now": e.NowIs, "actor": actorID})
	return err
}

// EventsSince gives what happened to a finding after an edition, the oldest first;
// nothing of a finding that is veiled.
func (q Queries) EventsSince(ctx context.Context, findingID string, edition int) ([]FindingEvent, error) {
	return list[FindingEvent](ctx, q.q, "events of finding", eventSelect+`
		WHERE e.finding_id = @finding AND e.edition > @edition ORDER BY e.id LIMIT 50`,
		named{"finding": findingID, "edition": edition, "viewer": q.viewer})
}

const eventSelect = `
	SELECT e.finding_id, e.edition, e.at, e.what, e.was, e.now_is, coalesce(u.name, '') AS actor
	FROM finding_events e JOIN LATERAL (SELECT * FROM findings_for(@viewer) v WHERE v.id = e.finding_id OFFSET 0) f ON true AND f.edition IS NOT NULL
	LEFT JOIN users u ON u.id = e.actor_id`
