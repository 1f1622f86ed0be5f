package store

import (
	"cmp"
	"context"
	"time"

	"corroborate/internal/claims"
)

// articleColumns are those of articleRow.
const articleColumns = `
	a.id, coalesce(a.story_id::text, '') AS story_id, a.source_id, s.name AS source, a.title, a.byline, a.url,
	a.external_id, a.published_at, a.published_offset, a.published_precision, a.status, a.reason, a.origin,
	a.origin_known, a.language, a.revision_id, r.number AS revision, a.version, a.created_at, a.updated_at, a.deleted_at,
	(SELECT count(*) FROM claims c WHERE c.article_id = a.id) AS claims`

const articleTables = ` articles a JOIN sources s ON s.id = a.source_id JOIN revisions r ON r.id = a.revision_id`

type articleRow struct {
	Article
	publishedColumns
}

// publishedColumns are the three columns of a publication time.
type publishedColumns struct {
	PublishedAt        *time.Time
	PublishedOffset    *int
	PublishedPrecision *claims.Precision
}

func (c publishedColumns) published() claims.Published {
	if c.PublishedAt == nil {
		return claims.Published{}
	}
	zone := time.UTC
	if *c.PublishedOffset != 0 {
		zone = time.FixedZone("", *c.PublishedOffset*60)
	}
	return claims.Published{At: c.PublishedAt.In(zone), Precision: *c.PublishedPrecision}
}

// setPublished adds the three columns to a statement's arguments.
func setPublished(args named, p claims.Published) named {
	args["published_at"], args["published_offset"], args["published_precision"] = nil, nil, nil
	if !p.IsZero() {
		_, seconds := p.At.Zone()
		args["published_at"], args["published_offset"], args["published_precision"] = p.At, seconds/60, p.Precision
	}
	return args
}

func articlesOf(rows []articleRow, err error) ([]Article, error) {
	out := make([]Article, len(rows))
	for i, r := range rows {
		out[i] = r.article()
	}
	return out, err
}

func (r articleRow) article() Article {
	r.Article.Published = r.published()
	return r.Article
}

// Article gives an article outside the bin.
func (q Queries) Article(ctx context.Context, id string) (Article, error) {
	row, err := one[articleRow](ctx, q.q, "article",
		"SELECT"+articleColumns+" FROM"+articleTables+" WHERE a.id = $1 AND a.deleted_at IS NULL", id)
	return row.article(), err
}

// DeletedArticle gives an article in the bin.
func (q Queries) DeletedArticle(ctx context.Context, id string) (Article, error) {
	row, err := one[articleRow](ctx, q.q, "deleted article",
		"SELECT"+articleColumns+" FROM"+articleTables+" WHERE a.id = $1 AND a.deleted_at IS NOT NULL", id)
	return row.article(), err
}

// ArticleChoice chooses articles for a list; empty fields choose all.
type ArticleChoice struct {
	StoryID  string
	SourceID string
	Status   Status
	// Deleted chooses those in the bin instead of those outside.
	Deleted bool
	// Before is the id that all given ones are below.
	Before string
	Limit  int
}

// Articles lists articles, the newest first.
func (q Queries) Articles(ctx context.Context, c ArticleChoice) ([]Article, error) {
	return articlesOf(list[articleRow](ctx, q.q, "articles", "SELECT"+articleColumns+" FROM"+articleTables+`
		WHERE (a.deleted_at IS NOT NULL) = @deleted
		  AND (@story = '' OR a.story_id = nullif(@story, '')::uuid)
		  AND (@source = '' OR a.source_id = nullif(@source, '')::uuid)
		  AND (@status = '' OR a.status = @status)
		  AND (@before = '' OR a.id < nullif(@before, '')::uuid)
		ORDER BY a.id DESC LIMIT @limit`,
		named{"deleted": c.Deleted, "story": c.StoryID, "source": c.SourceID, "status": string(c.Status),
			"before": c.Before, "limit": c.Limit}))
}

// NewArticle is an article to be stored with its first revision.
type NewArticle struct {
	ID         string
	StoryID    string // empty until it is placed
	SourceID   string
	Title      string
	Byline     string
	URL        string
	URLKey     string
	ExternalID string
	Published  claims.Published
	Revision   NewRevision
}

// NewRevision is a revision to be stored.
type NewRevision struct {
	ID        string
	ArticleID string
	Number    int
	Raw       []byte
	SHA256    []byte
	// Media is the media type of Raw with its charset, empty for plain text in UTF-8.
	Media     string
	CreatedBy string // a user's id, empty for the service
	At        time.Time
	// Title is the title that was received with the text. Edited marks what a person
	// wrote here.
	Title  string
	Edited bool
}

// plainMedia is the media type of plain text.
const plainMedia = "text/plain; charset=utf-8"

// InsertArticle stores an article with its first revision. It gives
// claims.Conflict where the article is known.
func (t *Tx) InsertArticle(ctx context.Context, a NewArticle) error {
	_, err := t.exec(ctx, "insert article", `
		INSERT INTO articles (id, story_id, source_id, title, byline, url, url_key, external_id, published_at,
			published_offset, published_precision, status, revision_id, content_hash, created_by, created_at, updated_at)
		VALUES (@id, nullif(@story, '')::uuid, @source, @title, @byline, @url, @url_key, @external, @published_at,
			@published_offset, @published_precision, 'pending', @revision, @hash, nullif(@by, '')::uuid, @at, @at)`,
		setPublished(named{"id": a.ID, "story": a.StoryID, "source": a.SourceID, "title": a.Title, "byline": a.Byline,
			"url": a.URL, "url_key": a.URLKey, "external": a.ExternalID, "revision": a.Revision.ID,
			"hash": a.Revision.SHA256, "by": a.Revision.CreatedBy, "at": a.Revision.At}, a.Published))
	if err != nil {
		return err
	}
	return t.insertRevision(ctx, a.Revision)
}

func (t *Tx) insertRevision(ctx context.Context, r NewRevision) error {
	_, err := t.exec(ctx, "insert revision", `
		INSERT INTO revisions (id, article_id, number, raw, sha256, media, created_by, created_at, title, edited)
		VALUES (@id, @article, @number, @raw, @hash, @media, nullif(@by, '')::uuid, @at, @title, @edited)`,
		named{"id": r.ID, "article": r.ArticleID, "number": r.Number, "raw": notNil(r.Raw), "hash": r.SHA256,
			"media": cmp.Or(r.Media, plainMedia), "by": r.CreatedBy, "at": r.At, "title": r.Title, "edited": r.Edited})
	return err
}

// ArticleEdit is the state of an article after an edit.
type ArticleEdit struct {
	ID        string
	StoryID   string
	Title     string
	Byline    string
	URL       string
	URLKey    string
	Published claims.Published
	At        time.Time
}

// UpdateArticle stores an edit; the version goes up.
func (t *Tx) UpdateArticle(ctx context.Context, e ArticleEdit) error {
	_, err := t.exec(ctx, "update article", `
		UPDATE articles SET story_id = nullif(@story, '')::uuid, title = @title, byline = @byline, url = @url,
			url_key = @url_key, published_at = @published_at, published_offset = @published_offset,
			published_precision = @published_precision, version = version + 1, updated_at = @at
		WHERE id = @id`,
		setPublished(named{"id": e.ID, "story": e.StoryID, "title": e.Title, "byline": e.Byline, "url": e.URL,
			"url_key": e.URLKey, "at": e.At}, e.Published))
	return err
}

// SetArticleStatus sets how far the analysis of an article is, and why.
func (t *Tx) SetArticleStatus(ctx context.Context, id string, status Status, reason string) error {
	_, err := t.exec(ctx, "set article status", `
		UPDATE articles SET status = $2, reason = $3 WHERE id = $1`, id, string(status), reason)
	return err
}

// DeleteArticle puts an article into the bin.
func (t *Tx) DeleteArticle(ctx context.Context, id string, at time.Time) error {
	_, err := t.exec(ctx, "delete article",
		"UPDATE articles SET deleted_at = $2, version = version + 1 WHERE id = $1", id, at)
	return err
}

// RestoreArticle takes an article out of the bin. It gives claims.Conflict where
// the same article was stored again since.
func (t *Tx) RestoreArticle(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "restore article",
		"UPDATE articles SET deleted_at = NULL, version = version + 1 WHERE id = $1", id)
	return err
}

// LockArticle gives an article, in the bin or not, and keeps others from changing
// it until the transaction ends.
func (t *Tx) LockArticle(ctx context.Context, id string) (Article, error) {
	row, err := one[articleRow](ctx, t.q, "lock article",
		"SELECT"+articleColumns+" FROM"+articleTables+" WHERE a.id = $1 FOR UPDATE OF a", id)
	return row.article(), err
}
