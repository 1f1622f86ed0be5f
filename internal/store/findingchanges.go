package store

import (
	"context"
	"time"
)

// ChangeChoice chooses findings of all stories by when they changed; the order of the
// choice within does not matter.
type ChangeChoice struct {
	FindingChoice
	// Latest puts first what changed last, else what changed first comes first.
	Latest bool
	// Until is a time up to which all changes are known, see [Queries.SettledUntil]:
	// only what changed before it is chosen.
	Until time.Time
	After *ChangePlace
}

// ChangePlace is a finding's place among the changes.
type ChangePlace struct {
	At time.Time
	ID string
}

// FindingChanges lists findings in the order in which they changed.
func (q Queries) FindingChanges(ctx context.Context, c ChangeChoice) ([]Finding, error) {
	on := q.conditions(c.FindingChoice)
	where, args := on.all(), on.args
	where.add(true, "f.touched_at < @until")
	args["limit"], args["until"] = c.Limit, c.Until
	order, behind := "f.touched_at, f.id", ">"
	if c.Latest {
		order, behind = "f.touched_at DESC, f.id DESC", "<"
	}
	if c.After != nil {
		where.add(true, "(f.touched_at, f.id) "+behind+" (@at::timestamptz, @id::uuid)")
		args["at"], args["id"] = c.After.At, c.After.ID
	}
	// What is not veiled is read in the order of an index, which the planner does not see
	// through findings_for; what is veiled is little.
	part := func(from, which string) string {
		return "(SELECT f.id, f.touched_at FROM " + from + ` f JOIN stories s ON s.id = f.story_id AND s.deleted_at IS NULL
			WHERE ` + which + " AND " + where.sql() + " ORDER BY " + order + " LIMIT @limit)"
	}
	const veiled = "f.id = ANY (ARRAY (SELECT v.finding_id FROM veiled_from(@viewer) v WHERE v.finding_id IS NOT NULL))"
	rows, err := list[findingRow](ctx, q.q, "changes of findings", "SELECT"+findingColumns+`
		FROM (`+part("findings", "NOT "+veiled)+" UNION ALL "+part("findings_for(@viewer)", veiled)+`) p
		JOIN LATERAL (SELECT * FROM findings_for(@viewer) v WHERE v.id = p.id OFFSET 0) f ON true
		ORDER BY `+order+" LIMIT @limit", args)
	if err != nil {
		return nil, err
	}
	return q.fill(ctx, rows)
}

// SettledUntil gives a time before which every change is stored: what is still being
// written bears a later one. It has to be asked for before the changes are read. When a
// transaction of another role began is hidden from ours; it is taken to be a day old.
func (q Queries) SettledUntil(ctx context.Context) (time.Time, error) {
	return scalar[time.Time](ctx, q.q, "settled until", `
		SELECT least(clock_timestamp(), (
			SELECT min(coalesce(a.xact_start, clock_timestamp() - interval '1 day')) FROM pg_stat_activity a
			WHERE a.datname = current_database() AND a.backend_xid IS NOT NULL AND a.usesysid IS NOT NULL))`)
}
