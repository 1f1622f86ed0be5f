package store

import (
	"context"

	"corroborate/internal/claims"
)

// Neighbours are the findings before and behind one in a list, empty at its ends.
type Neighbours struct{ Previous, Next string }

// Neighbours gives what stands around a finding in a list, none where it is not in it.
// The choice's place and limit do not count.
func (q Queries) Neighbours(ctx context.Context, c FindingChoice, findingID string) (Neighbours, error) {
	on := q.conditions(c)
	args := on.args
	args["finding"] = findingID
	if c.ByKind {
		args["all_kinds"] = claims.Kinds()
	}
	rows, err := list[Neighbours](ctx, q.q, "neighbours of a finding", `
		SELECT coalesce(previous::text, '') AS previous, coalesce(next::text, '') AS next FROM (
			SELECT f.id, lag(f.id) OVER w AS previous, lead(f.id) OVER w AS next FROM findings_for(@viewer) f
			WHERE `+on.all().sql()+`
			WINDOW w AS (ORDER BY `+c.keyList()+`, f.id)) l
		WHERE id = @finding`, args)
	if err != nil || len(rows) == 0 {
		return Neighbours{}, err
	}
	return rows[0], nil
}
