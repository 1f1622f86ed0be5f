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
		SELECT key::timestamp AT TIME ZONE 'UTC' AS monday, n AS stories, agree, diverge, single
		FROM (SELECT key, `+figure("part", "week.stories")+` AS n, `+figure("part", "week.agree")+` AS agree,
		             `+figure("part", "week.diverge")+` AS diverge, `+figure("part", "week.single")+` AS single
		      FROM sums_for(@viewer) WHERE part IN ('week.stories', 'week.agree', 'week.diverge', 'week.single') GROUP BY key) w
		WHERE n > 0 ORDER BY key DESC LIMIT @limit`, named{"viewer": q.viewer, "limit": limit})
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
		SELECT `+figure("key", "stories")+` AS stories,
		       (SELECT count(*) FROM sums_for(@viewer) WHERE part = 'source' AND key = 'articles' AND n > 0) AS sources,
		       `+figure("key", "agree")+` AS agree, `+figure("key", "diverge")+` AS diverge,
		       `+figure("key", "single")+` AS single, `+figure("key", "open")+` AS open, `+figure("key", "undated")+` AS undated
		FROM sums_for(@viewer) WHERE part = 'all'`, named{"viewer": q.viewer})
}

// figure gives one of several rows with a figure each, 0 where it is missing.
func figure(column, is string) string {
	return "coalesce(sum(n) FILTER (WHERE " + column + " = '" + is + "'), 0)::bigint"
}

// FoldSums adds what changed of the figures up, at most so many changes, and gives how
// many there were.
func (t *Tx) FoldSums(ctx context.Context, most int) (int, error) {
	return scalar[int](ctx, t.q, "fold sums", "SELECT fold_sums($1)", most)
}

// KindTotal counts the differences of a kind.
type KindTotal struct {
	Kind  claims.Kind
	Count int
}

// KindTotals counts the differences between articles outside the bin by kind.
func (q Queries) KindTotals(ctx context.Context) ([]KindTotal, error) {
	return list[KindTotal](ctx, q.q, "kinds",
		"SELECT key AS kind, n AS count FROM sums_for(@viewer) WHERE part = 'kind' ORDER BY n DESC, key", named{"viewer": q.viewer})
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
