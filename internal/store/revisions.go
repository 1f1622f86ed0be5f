package store

import (
	"context"

	"corroborate/internal/claims"
)

const revisionSelect = `
	SELECT r.id, r.article_id, r.number, r.media, length(r.raw) AS bytes, encode(r.sha256, 'hex') AS sha256,
	       coalesce(u.name, '') AS created_by, r.created_at, r.title, r.edited, c.revision_id IS NOT NULL AS compared,
	       coalesce(c.facts, 0) AS facts, coalesce(c.wordings, 0) AS wordings, coalesce(c.typos, 0) AS typos,
	       coalesce(c.notice, '') AS notice
	FROM revisions r LEFT JOIN users u ON u.id = r.created_by LEFT JOIN revision_changes c ON c.revision_id = r.id `

// Revisions lists the revisions of an article, at most limit, the newest first.
func (q Queries) Revisions(ctx context.Context, articleID string, limit int) ([]Revision, error) {
	return list[Revision](ctx, q.q, "revisions", revisionSelect+"WHERE r.article_id = $1 ORDER BY r.number DESC LIMIT $2", articleID, limit)
}

// Revision gives one revision of an article by its number.
func (q Queries) Revision(ctx context.Context, articleID string, number int) (Revision, error) {
	return one[Revision](ctx, q.q, "revision", revisionSelect+"WHERE r.article_id = $1 AND r.number = $2", articleID, number)
}

// LastReceived gives the newest revision of an article that its publisher sent.
func (q Queries) LastReceived(ctx context.Context, articleID string) (Revision, error) {
	return one[Revision](ctx, q.q, "last received revision",
		revisionSelect+"WHERE r.article_id = $1 AND NOT r.edited ORDER BY r.number DESC LIMIT 1", articleID)
}

// WasReceived tells whether an article ever had these very bytes as its text.
func (q Queries) WasReceived(ctx context.Context, articleID string, hash []byte) (bool, error) {
	return scalar[bool](ctx, q.q, "was received",
		"SELECT EXISTS (SELECT FROM revisions WHERE article_id = $1 AND sha256 = $2)", articleID, hash)
}

// AddRevision stores a further revision and makes it the current one.
func (t *Tx) AddRevision(ctx context.Context, r NewRevision) error {
	if err := t.insertRevision(ctx, r); err != nil {
		return err
	}
	// Two articles of a source may come to have the same text, such as a notice in
	// their place. The second one is then known by its own id alone.
	_, err := t.exec(ctx, "set revision", `
		UPDATE articles a SET revision_id = $2, content_hash = CASE
			WHEN EXISTS (SELECT FROM articles o WHERE o.source_id = a.source_id AND o.content_hash = $3 AND o.id <> a.id AND o.deleted_at IS NULL)
			THEN sha256($3 || decode(replace(a.id::text, '-', ''), 'hex')) ELSE $3 END
		WHERE a.id = $1`, r.ArticleID, r.ID, r.SHA256)
	return err
}

// SetReceived stores what came with a revision besides its text: a title that
// changed, and what was not known before.
func (t *Tx) SetReceived(ctx context.Context, a ArticleEdit) error {
	_, err := t.exec(ctx, "set received", `
		UPDATE articles SET title = CASE @title WHEN '' THEN title ELSE @title END,
			byline = CASE @byline WHEN '' THEN byline ELSE @byline END,
			published_offset = CASE WHEN published_at IS NULL THEN @published_offset ELSE published_offset END,
			published_precision = CASE WHEN published_at IS NULL THEN @published_precision ELSE published_precision END,
			published_at = coalesce(published_at, @published_at), version = version + 1, updated_at = @at
		WHERE id = @id`,
		setPublished(named{"id": a.ID, "title": a.Title, "byline": a.Byline, "at": a.At}, a.Published))
	return err
}

// RevisionChange is how a revision differs from the one before it.
type RevisionChange struct {
	RevisionID string
	PreviousID string
	Engine     claims.EngineInfo
	Change     claims.RevisionChange
}

// PutRevisionChange stores how a revision differs, in place of what an older engine
// said.
func (t *Tx) PutRevisionChange(ctx context.Context, c RevisionChange) error {
	notice := ""
	if c.Change.Notice != nil {
		notice = string(c.Change.Notice.Kind)
	}
	_, err := t.exec(ctx, "put revision change", `
		INSERT INTO revision_changes (revision_id, previous_id, engine_version, engine_hash, facts, wordings, typos, notice, change)
		VALUES (@id, @previous, @version, @hash, @facts, @wordings, @typos, @notice, @change)
		ON CONFLICT (revision_id) DO UPDATE SET previous_id = excluded.previous_id, engine_version = excluded.engine_version,
			engine_hash = excluded.engine_hash, facts = excluded.facts, wordings = excluded.wordings, typos = excluded.typos,
			notice = excluded.notice, change = excluded.change`,
		named{"id": c.RevisionID, "previous": c.PreviousID, "version": c.Engine.Version, "hash": c.Engine.Hash,
			"facts": c.Change.Facts, "wordings": c.Change.Wordings, "typos": c.Change.Typos, "notice": notice, "change": c.Change})
	return err
}

// RevisionChange gives how a revision differs from the one before it,
// claims.NotFound where that was not looked at.
func (q Queries) RevisionChange(ctx context.Context, revisionID string) (claims.RevisionChange, error) {
	return scalar[claims.RevisionChange](ctx, q.q, "revision change", "SELECT change FROM revision_changes WHERE revision_id = $1", revisionID)
}

// TextBodies gives the bodies of texts by id.
func (q Queries) TextBodies(ctx context.Context, ids []string) (map[string]string, error) {
	type row struct{ ID, Body string }
	rows, err := list[row](ctx, q.q, "bodies of texts", "SELECT id, body FROM texts WHERE id = ANY($1)", ids)
	out := make(map[string]string, len(rows))
	for _, r := range rows {
		out[r.ID] = r.Body
	}
	return out, err
}
