package store

import "context"

// JobCounts counts the background jobs that the database holds, by state.
func (q Queries) JobCounts(ctx context.Context) (map[string]int, error) {
	type count struct {
		State string
		Jobs  int
	}
	counts, err := list[count](ctx, q.q, "count jobs", "SELECT state::text, count(*)::int AS jobs FROM river_job GROUP BY state")
	if err != nil {
		return nil, err
	}
	byState := make(map[string]int, len(counts))
	for _, c := range counts {
		byState[c.State] = c.Jobs
	}
	return byState, nil
}
