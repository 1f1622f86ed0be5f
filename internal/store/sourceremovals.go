package store

import (
	"context"
	"time"
)

// RemovalState is how far the removal of a source is.
type RemovalState string

// The states of removals; empty is that of a source that is kept.
const (
	Removing  RemovalState = "removing"
	Removed   RemovalState = "removed"
	Restoring RemovalState = "restoring"
	Erasing   RemovalState = "erasing"
)

// SourceRemoval is a source with what goes with it.
type SourceRemoval struct {
	SourceID string
	Name     string
	State    RemovalState
	// RemovedAt is when its articles went to the bin, nil for a source that is kept.
	RemovedAt *time.Time
	// Total is how many articles the present step is about, Done how many are done.
	Total, Done int
	// Articles counts those of the source outside the bin, Binned those that went with it.
	Articles, Binned int
	// Stories and Feeds count where these articles are, and the feeds that give the source.
	Stories, Feeds int
}

// SourceRemoval gives how the removal of a source stands and what would go with it. What is
// in the bin is counted anew: no sum is kept of it.
func (q Queries) SourceRemoval(ctx context.Context, id string) (SourceRemoval, error) {
	return one[SourceRemoval](ctx, q.q, "source removal", `
		SELECT s.id AS source_id, s.name, coalesce(r.state, '') AS state, r.removed_at, coalesce(r.articles, 0) AS total, coalesce(r.done, 0) AS done,
			coalesce(n.articles, 0)::int AS articles,
			CASE WHEN r.removed_at IS NULL THEN 0 ELSE
				(SELECT count(*) FROM articles a WHERE a.source_id = s.id AND a.deleted_at = r.removed_at) END::int AS binned,
			CASE WHEN r.removed_at IS NULL THEN coalesce(n.stories, 0) ELSE
				(SELECT count(DISTINCT a.story_id) FROM articles a WHERE a.source_id = s.id AND (a.deleted_at IS NULL OR a.deleted_at = r.removed_at)) END::int AS stories,
			(SELECT count(*) FROM feeds f WHERE lower(f.source) = lower(s.name) AND f.state <> 'gone')::int AS feeds
		FROM sources s LEFT JOIN source_removals r ON r.source_id = s.id
		CROSS JOIN LATERAL (SELECT sum(c.n) FILTER (WHERE c.key = 'articles') AS articles, sum(c.n) FILTER (WHERE c.key = 'stories') AS stories
			FROM sums_now c WHERE c.part = 'source' AND c.about = s.id) n
		WHERE s.id = $1`, id)
}

// LockRemoval locks a source and its removal, and gives how that stands.
func (t *Tx) LockRemoval(ctx context.Context, id string) (SourceRemoval, error) {
	if _, err := scalar[string](ctx, t.q, "lock source", "SELECT id::text FROM sources WHERE id = $1 FOR NO KEY UPDATE", id); err != nil {
		return SourceRemoval{}, err
	}
	return t.SourceRemoval(ctx, id)
}

// BeginRemoval notes that the articles of a source are to go to the bin.
func (t *Tx) BeginRemoval(ctx context.Context, id, by string, articles int, at time.Time) error {
	_, err := t.exec(ctx, "begin removal", `
		INSERT INTO source_removals (source_id, state, removed_at, requested_by, articles)
		VALUES (@id, 'removing', @at, nullif(@by, '')::uuid, @n)`, named{"id": id, "at": at, "by": by, "n": articles})
	return err
}

// SetRemoval begins another step of a removal.
func (t *Tx) SetRemoval(ctx context.Context, id string, state RemovalState, articles int) error {
	_, err := t.exec(ctx, "set removal", "UPDATE source_removals SET state = $2, articles = $3, done = 0 WHERE source_id = $1", id, string(state), articles)
	return err
}

// NoteRemoved notes that all articles of a source are in the bin.
func (t *Tx) NoteRemoved(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "note removed", "UPDATE source_removals SET state = 'removed', articles = done WHERE source_id = $1 AND state = 'removing'", id)
	return err
}

// RemovalStep counts articles that a step is done with.
func (t *Tx) RemovalStep(ctx context.Context, id string, done int) error {
	_, err := t.exec(ctx, "removal step", "UPDATE source_removals SET done = done + $2 WHERE source_id = $1", id, done)
	return err
}

// EndRemoval forgets a removal.
func (t *Tx) EndRemoval(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "end removal", "DELETE FROM source_removals WHERE source_id = $1", id)
	return err
}

// RemovalsWithout gives the removed sources of which nothing is left in the bin.
func (q Queries) RemovalsWithout(ctx context.Context) ([]string, error) {
	return column[string](ctx, q.q, "removals of nothing", `
		SELECT r.source_id::text FROM source_removals r WHERE r.state = 'removed'
		  AND NOT EXISTS (SELECT FROM articles a WHERE a.source_id = r.source_id AND a.deleted_at = r.removed_at) ORDER BY 1`)
}

// RunningRemovals gives the sources of which a removal is under way.
func (q Queries) RunningRemovals(ctx context.Context) ([]string, error) {
	return column[string](ctx, q.q, "running removals", "SELECT source_id::text FROM source_removals WHERE state <> 'removed' ORDER BY 1")
}

// DropSource removes a source of which no article is left, and tells whether it was.
func (t *Tx) DropSource(ctx context.Context, id string) (bool, error) {
	n, err := t.exec(ctx, "drop source", "DELETE FROM sources s WHERE id = $1 AND NOT EXISTS (SELECT FROM articles a WHERE a.source_id = s.id)", id)
	return n > 0, err
}

// Placed is an article with its story, empty for none.
type Placed struct {
	ID, StoryID string
}

// SourceArticles gives articles of a source that are outside the bin and came up to a
// moment, or that went to the bin at that moment, behind an id.
func (q Queries) SourceArticles(ctx context.Context, id string, at time.Time, binned bool, after string, limit int) ([]Placed, error) {
	return list[Placed](ctx, q.q, "articles of source", `
		SELECT id, coalesce(story_id::text, '') AS story_id FROM articles
		WHERE source_id = @id AND (@after = '' OR id > nullif(@after, '')::uuid)
		  AND CASE WHEN @binned THEN deleted_at = @at ELSE deleted_at IS NULL AND created_at <= @at END
		ORDER BY id LIMIT @limit`, named{"id": id, "at": at, "binned": binned, "after": after, "limit": limit})
}

// DeleteArticles puts articles into the bin whose stories are locked, and gives how many
// went. One that was moved to another story meanwhile stays for the next time.
func (t *Tx) DeleteArticles(ctx context.Context, ids, stories []string, at time.Time) (int, error) {
	n, err := t.exec(ctx, "delete articles", `
		UPDATE articles SET deleted_at = $3, version = version + 1 WHERE id IN (
			SELECT id FROM articles WHERE id = ANY($1) AND deleted_at IS NULL AND (story_id IS NULL OR story_id = ANY($2)) ORDER BY id FOR UPDATE)`,
		ids, notNil(stories), at)
	return int(n), err
}

// LeaveInBin has an article stay in the bin by itself, when the source that it went with
// is taken back.
func (t *Tx) LeaveInBin(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "leave in bin", "UPDATE articles SET deleted_at = deleted_at - interval '1 microsecond' WHERE id = $1 AND deleted_at IS NOT NULL", id)
	return err
}

// FeedsOfSource gives the feeds that give a source and are polled.
func (q Queries) FeedsOfSource(ctx context.Context, name string) ([]string, error) {
	return column[string](ctx, q.q, "feeds of source", "SELECT id::text FROM feeds WHERE lower(source) = lower($1) AND state = 'active' ORDER BY id", name)
}
