package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// refreshTallies counts a story's findings anew, for all that shows counts.
func (t *Tx) refreshTallies(ctx context.Context, storyID string) error {
	_, err := t.exec(ctx, "refresh tallies", "SELECT refresh_tallies(ARRAY [$1::uuid])", storyID)
	return err
}

// WeekCount counts the findings of stories that began in one week.
type WeekCount struct {
	// Monday is the day on which the week begins, in UTC.
	Monday  time.Time
	Stories int
	Agree   int
	Diverge int
	Single  int
}

// Weeks counts findings by the week in which the first article of their story was
// published, the newest weeks first, at most limit.
func (q Queries) Weeks(ctx context.Context, limit int) ([]WeekCount, error) {
	return list[WeekCount](ctx, q.q, "weeks", `
		SELECT date_trunc('week', t.began AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS monday, count(*) AS stories,
		       sum(t.agree) AS agree, sum(t.diverge) AS diverge, sum(t.single) AS single
		FROM story_tallies_for(@viewer) t JOIN stories s ON s.id = t.story_id
		WHERE s.deleted_at IS NULL AND t.began IS NOT NULL AND t.agree + t.diverge + t.single > 0
		GROUP BY 1 ORDER BY 1 DESC LIMIT @limit`, named{"viewer": q.viewer, "limit": limit})
}

// Totals are the counts of everything outside the bin.
type Totals struct {
	Stories int
	Sources int
	Agree   int
	Diverge int
	Single  int
	Open    int
	// Undated counts the findings of stories of which no article's time is known.
	Undated int
}

// Totals counts everything outside the bin.
func (q Queries) Totals(ctx context.Context) (Totals, error) {
	return one[Totals](ctx, q.q, "totals", `
		SELECT count(*) AS stories, (SELECT count(DISTINCT source_id) FROM articles WHERE deleted_at IS NULL) AS sources,
		       coalesce(sum(t.agree), 0)::bigint AS agree, coalesce(sum(t.diverge), 0)::bigint AS diverge,
		       coalesce(sum(t.single), 0)::bigint AS single, coalesce(sum(t.open), 0)::bigint AS open,
		       coalesce(sum(t.agree + t.diverge + t.single) FILTER (WHERE t.began IS NULL), 0)::bigint AS undated
		FROM stories s LEFT JOIN story_tallies_for(@viewer) t ON t.story_id = s.id WHERE s.deleted_at IS NULL`,
		named{"viewer": q.viewer})
}

// KindTotal counts the differences of a kind.
type KindTotal struct {
	Kind  claims.Kind
	Count int
}

// KindTotals counts the differences between articles outside the bin by kind.
func (q Queries) KindTotals(ctx context.Context) ([]KindTotal, error) {
	return list[KindTotal](ctx, q.q, "kinds", `
		SELECT k.kind, sum(k.differences) AS count FROM story_kinds_for(@viewer) k JOIN stories s ON s.id = k.story_id
		WHERE s.deleted_at IS NULL GROUP BY k.kind ORDER BY 2 DESC, 1`, named{"viewer": q.viewer})
}

// UnseenCount counts the findings of a story that a person has not seen as they are.
type UnseenCount struct {
	StoryID string
	Unseen  int
}

// UnseenIn counts for stories the findings that came or changed since a time and that
// the viewer has not seen since.
func (q Queries) UnseenIn(ctx context.Context, storyIDs []string, since time.Time) ([]UnseenCount, error) {
	return list[UnseenCount](ctx, q.q, "unseen in stories", `
		SELECT f.story_id, count(*) AS unseen FROM findings_for(@viewer) f
		LEFT JOIN seen_findings m ON m.finding_id = f.id AND m.user_id::text = @viewer
		WHERE f.story_id = ANY(@stories) AND f.changed_at >= @since AND coalesce(m.edition, 0) < f.edition
		GROUP BY f.story_id`, named{"viewer": q.viewer, "stories": storyIDs, "since": since})
}
