package store

import "context"

// Backlog counts the articles that wait to be read: jobs of this kind in this queue, and
// lines of imports that are still to be stored. It counts no more than limit jobs in a
// state, so that what is asked again and again costs the same however much has piled up.
func (q Queries) Backlog(ctx context.Context, queue, kind string, limit int) (int, error) {
	return scalar[int](ctx, q.q, "backlog", `
		SELECT ((SELECT count(*) FROM unnest(ARRAY ['available', 'retryable', 'scheduled']::river_job_state[]) s (state),
				LATERAL (SELECT kind FROM river_job r WHERE r.state = s.state AND r.queue = $1
					ORDER BY queue, priority, scheduled_at, id LIMIT $3) j WHERE j.kind = $2)
			+ (SELECT coalesce(sum(lines - created - known - revised - failed), 0) FROM imports WHERE state = 'running'))::int`,
		queue, kind, limit)
}
