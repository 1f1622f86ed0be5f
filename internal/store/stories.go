package store

import (
	"context"
	"time"
)

// storyColumns are those of [Story]. Counts take the verdict that stands, the
// reviewed one where there is one.
const storyColumns = `
	s.id, s.title, s.sample, s.locked, s.version, s.created_at, s.updated_at, s.compared_at, s.deleted_at,
	CASE WHEN s.failure <> '' THEN 'failed'
	     WHEN s.changes <> s.compared OR a.pending > 0 THEN 'working'
	     ELSE 'ready' END AS status,
	s.failure AS reason,
	a.articles, a.pending, a.failed, a.not_analysed, a.sources,
	f.agree, f.diverge, f.single, f.one_origin, x.cleared, f.open + r.stale AS open`

const storyTables = `
	stories s
	CROSS JOIN LATERAL (
		SELECT count(*) AS articles,
		       count(*) FILTER (WHERE status = 'pending') AS pending,
		       count(*) FILTER (WHERE status = 'failed') AS failed,
		       count(*) FILTER (WHERE status = 'not_analysed') AS not_analysed,
		       count(DISTINCT source_id) AS sources
		FROM articles WHERE story_id = s.id AND deleted_at IS NOT DISTINCT FROM s.deleted_at) a
	CROSS JOIN LATERAL (
		SELECT count(*) FILTER (WHERE stands = 'agree') AS agree,
		       count(*) FILTER (WHERE stands = 'diverge') AS diverge,
		       count(*) FILTER (WHERE stands = 'single') AS single,
		       count(*) FILTER (WHERE stands = 'agree' AND NOT corroborated) AS one_origin,
		       count(*) FILTER (WHERE stands = 'diverge' AND NOT reviewed AND NOT stale_review) AS open
		FROM findings_for(@viewer) WHERE story_id = s.id) f
	CROSS JOIN LATERAL (SELECT count(*) AS cleared FROM cleared_for(@viewer) WHERE story_id = s.id) x
	CROSS JOIN LATERAL (SELECT count(*) AS stale FROM findings_for(@viewer) WHERE story_id = s.id AND stale_review) r`

// Story gives a story outside the bin.
func (q Queries) Story(ctx context.Context, id string) (Story, error) {
	return one[Story](ctx, q.q, "story",
		"SELECT"+storyColumns+" FROM"+storyTables+" WHERE s.id = @id AND s.deleted_at IS NULL", named{"id": id, "viewer": q.viewer})
}

// Stories lists at most limit stories outside the bin with ids below before, the
// newest first. An empty before begins at the newest.
func (q Queries) Stories(ctx context.Context, before string, limit int) ([]Story, error) {
	return list[Story](ctx, q.q, "stories", "SELECT"+storyColumns+" FROM"+storyTables+`
		WHERE s.deleted_at IS NULL AND (@before::text = '' OR s.id < @before::text::uuid)
		ORDER BY s.id DESC LIMIT @limit`, named{"before": before, "limit": limit, "viewer": q.viewer})
}

// DeletedStories is [Queries.Stories] for the bin.
func (q Queries) DeletedStories(ctx context.Context, before string, limit int) ([]Story, error) {
	return list[Story](ctx, q.q, "deleted stories", "SELECT"+storyColumns+" FROM"+storyTables+`
		WHERE s.deleted_at IS NOT NULL AND (@before::text = '' OR s.id < @before::text::uuid)
		ORDER BY s.id DESC LIMIT @limit`, named{"before": before, "limit": limit, "viewer": q.viewer})
}

// HasStories tells whether there is any story, the bin included.
func (q Queries) HasStories(ctx context.Context) (bool, error) {
	return scalar[bool](ctx, q.q, "any story", "SELECT EXISTS (SELECT FROM stories)")
}

// NewStory is a story to be stored.
type NewStory struct {
	ID        string
	Title     string
	Sample    bool
	CreatedBy string // a user's id, empty for the service
	At        time.Time
}

// InsertStory stores a story.
func (t *Tx) InsertStory(ctx context.Context, s NewStory) error {
	_, err := t.exec(ctx, "insert story", `
		INSERT INTO stories (id, title, sample, created_by, created_at, updated_at)
		VALUES (@id, @title, @sample, nullif(@by, '')::uuid, @at, @at)`,
		named{"id": s.ID, "title": s.Title, "sample": s.Sample, "by": s.CreatedBy, "at": s.At})
	return err
}

// SetStoryTitle changes a story's title.
func (t *Tx) SetStoryTitle(ctx context.Context, id, title string, at time.Time) error {
	_, err := t.exec(ctx, "set story title", `
		UPDATE stories SET title = $2, version = version + 1, updated_at = $3 WHERE id = $1`, id, title, at)
	return err
}

// StoryState is what changes to a story are decided on.
type StoryState struct {
	ID       string
	Title    string
	Version  int
	Changes  int64
	Compared int64
	// Articles counts those outside the bin, Pending those that are still to be read.
	Articles int
	Pending  int
	// NewestReview is the id of the newest review, empty for none.
	NewestReview string
	Sample       bool
	Locked       bool
	Deleted      bool
}

// LockStory takes the story's lock until the transaction ends, and gives its
// state. Whoever changes a story, its articles or findings takes it first.
func (t *Tx) LockStory(ctx context.Context, id string) (StoryState, error) {
	if _, err := t.exec(ctx, "lock story", "SELECT pg_advisory_xact_lock($1, hashtext($2))", lockStory, id); err != nil {
		return StoryState{}, err
	}
	return one[StoryState](ctx, t.q, "story state", `
		SELECT s.id, s.title, s.version, s.changes, s.compared, s.sample, s.locked, s.deleted_at IS NOT NULL AS deleted, a.articles, a.pending,
		       coalesce((SELECT r.id::text FROM reviews r WHERE r.story_id = s.id ORDER BY r.id DESC LIMIT 1), '') AS newest_review
		FROM stories s CROSS JOIN LATERAL (
			SELECT count(*) AS articles, count(*) FILTER (WHERE status = 'pending') AS pending
			FROM articles WHERE story_id = s.id AND deleted_at IS NULL) a
		WHERE s.id = $1`, id)
}

// The first numbers of advisory locks: what they lock.
const (
	lockStory     = 1
	lockPlacement = 2
	lockSample    = 3
)

// LockPlacement takes the lock under which articles without a story are placed.
func (t *Tx) LockPlacement(ctx context.Context) error {
	_, err := t.exec(ctx, "lock placement", "SELECT pg_advisory_xact_lock($1, 0)", lockPlacement)
	return err
}

// LockSetup takes the lock under which a first start fills the database.
func (t *Tx) LockSetup(ctx context.Context) error {
	_, err := t.exec(ctx, "lock setup", "SELECT pg_advisory_xact_lock($1, 0)", lockSample)
	return err
}

// TouchStory notes a change that calls for a comparison.
func (t *Tx) TouchStory(ctx context.Context, id string, at time.Time) error {
	_, err := t.exec(ctx, "touch story", `
		UPDATE stories SET changes = changes + 1, failure = '', updated_at = $2 WHERE id = $1`, id, at)
	return err
}

// FailStory notes why a story's comparison failed for good.
func (t *Tx) FailStory(ctx context.Context, id, reason string) error {
	_, err := t.exec(ctx, "fail story", "UPDATE stories SET failure = $2 WHERE id = $1", id, reason)
	return err
}

// DeleteStory puts a story and its articles into the bin.
func (t *Tx) DeleteStory(ctx context.Context, id string, at time.Time) error {
	if _, err := t.exec(ctx, "delete story", `
		UPDATE stories SET deleted_at = $2, version = version + 1 WHERE id = $1`, id, at); err != nil {
		return err
	}
	_, err := t.exec(ctx, "delete story's articles", `
		UPDATE articles SET deleted_at = $2, version = version + 1 WHERE story_id = $1 AND deleted_at IS NULL`, id, at)
	return err
}

// RestoreStory takes a story out of the bin with the articles that went there
// with it.
func (t *Tx) RestoreStory(ctx context.Context, id string) error {
	// The moment of deletion tells the articles that went along from those that were
	// there before.
	if _, err := t.exec(ctx, "restore story's articles", `
		UPDATE articles a SET deleted_at = NULL, version = a.version + 1
		FROM stories s WHERE s.id = $1 AND a.story_id = s.id AND a.deleted_at = s.deleted_at`, id); err != nil {
		return err
	}
	_, err := t.exec(ctx, "restore story",
		"UPDATE stories SET deleted_at = NULL, version = version + 1 WHERE id = $1", id)
	return err
}
