package store

import (
	"context"
	"time"
)

// Fetch is an address that is to become an article.
type Fetch struct {
	ID  string
	URL string
	// StoryID, Source, Title, Byline, PublishedAt and ExternalID are what whoever asked
	// says of the article, empty where the page is to say it.
	StoryID     string
	Source      string
	Title       string
	Byline      string
	PublishedAt string
	ExternalID  string
	// Status is Pending, Failed, or "done".
	Status Status
	// Reason says why it failed, or why it waits for another attempt.
	Reason   string
	Attempts int
	// ArticleID is the article that it became, which has the fetch's id unless it was
	// stored before; empty until then, but for a stored article whose page is read again.
	ArticleID string
	CreatedBy string
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Fetched is the status of a fetch that has become an article.
const Fetched Status = "done"

const fetchColumns = ` id, url, coalesce(story_id::text, '') AS story_id, source, title, byline, published_at, external_id,
	status, reason, attempts, coalesce(article_id::text, '') AS article_id, coalesce(created_by::text, '') AS created_by,
	created_at, updated_at `

// Fetch gives a fetch.
func (q Queries) Fetch(ctx context.Context, id string) (Fetch, error) {
	return one[Fetch](ctx, q.q, "fetch", "SELECT"+fetchColumns+"FROM fetches WHERE id = $1", id)
}

// WaitingFetch gives the fetch of an address that has not ended yet,
// claims.NotFound where there is none.
func (q Queries) WaitingFetch(ctx context.Context, urlKey string) (Fetch, error) {
	return one[Fetch](ctx, q.q, "waiting fetch",
		"SELECT"+fetchColumns+"FROM fetches WHERE url_key = $1 AND status = 'pending'", urlKey)
}

// OpenFetches lists the newest fetches that wait or have failed.
func (q Queries) OpenFetches(ctx context.Context, limit int) ([]Fetch, error) {
	return list[Fetch](ctx, q.q, "open fetches",
		"SELECT"+fetchColumns+"FROM fetches WHERE status <> 'done' ORDER BY id DESC LIMIT $1", limit)
}

// InsertFetch stores a fetch that waits. It gives claims.Conflict where the
// address waits already.
func (t *Tx) InsertFetch(ctx context.Context, f Fetch, urlKey string) error {
	_, err := t.exec(ctx, "insert fetch", `
		INSERT INTO fetches (id, url, url_key, story_id, source, title, byline, published_at, external_id, status,
			article_id, created_by, created_at, updated_at)
		VALUES (@id, @url, @key, nullif(@story, '')::uuid, @source, @title, @byline, @published, @external, 'pending',
			nullif(@article, '')::uuid, nullif(@by, '')::uuid, @at, @at)`,
		named{"id": f.ID, "url": f.URL, "key": urlKey, "story": f.StoryID, "source": f.Source, "title": f.Title,
			"byline": f.Byline, "published": f.PublishedAt, "external": f.ExternalID,
			"article": f.ArticleID, "by": f.CreatedBy, "at": f.CreatedAt})
	return err
}

// LockFetch gives a fetch and keeps others from changing it until the transaction
// ends.
func (t *Tx) LockFetch(ctx context.Context, id string) (Fetch, error) {
	return one[Fetch](ctx, t.q, "lock fetch", "SELECT"+fetchColumns+"FROM fetches WHERE id = $1 FOR UPDATE", id)
}

// SetFetch stores how far a fetch is: its status, reason, attempts and article.
func (t *Tx) SetFetch(ctx context.Context, f Fetch) error {
	_, err := t.exec(ctx, "set fetch", `
		UPDATE fetches SET status = @status, reason = @reason, attempts = @attempts,
			article_id = nullif(@article, '')::uuid, updated_at = @at
		WHERE id = @id`,
		named{"id": f.ID, "status": string(f.Status), "reason": f.Reason, "attempts": f.Attempts,
			"article": f.ArticleID, "at": f.UpdatedAt})
	return err
}

// Preview is a page that somebody looks at before it is stored.
type Preview struct {
	ID  string
	URL string
	Received
	CreatedBy string
}

// Preview gives a preview.
func (q Queries) Preview(ctx context.Context, id string) (Preview, error) {
	return one[Preview](ctx, q.q, "preview", `
		SELECT id, url, page AS raw, media, coalesce(created_by::text, '') AS created_by FROM previews WHERE id = $1`, id)
}

// InsertPreview stores a preview.
func (t *Tx) InsertPreview(ctx context.Context, p Preview, at time.Time) error {
	_, err := t.exec(ctx, "insert preview", `
		INSERT INTO previews (id, url, page, media, created_by, created_at)
		VALUES (@id, @url, @page, @media, nullif(@by, '')::uuid, @at)`,
		named{"id": p.ID, "url": p.URL, "page": p.Raw, "media": p.Media, "by": p.CreatedBy, "at": at})
	return err
}

// DeletePreview removes a preview.
func (t *Tx) DeletePreview(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "delete preview", "DELETE FROM previews WHERE id = $1", id)
	return err
}

// ForgetFetches removes previews begun before one moment, and fetches that failed
// before another.
func (t *Tx) ForgetFetches(ctx context.Context, previews, failed time.Time) error {
	if _, err := t.exec(ctx, "forget previews", "DELETE FROM previews WHERE created_at < $1", previews); err != nil {
		return err
	}
	_, err := t.exec(ctx, "forget failed fetches",
		"DELETE FROM fetches WHERE status = 'failed' AND updated_at < $1", failed)
	return err
}
