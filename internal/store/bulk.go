package store

import (
	"cmp"
	"context"

	"github.com/jackc/pgx/v5"
)

// InsertArticles stores many articles with their first revisions. It gives
// claims.Conflict where one of them is known.
func (t *Tx) InsertArticles(ctx context.Context, all []NewArticle) error {
	articles, revisions := make([][]any, len(all)), make([][]any, len(all))
	for i, a := range all {
		p, r := setPublished(named{}, a.Published), a.Revision
		articles[i] = []any{a.ID, orNil(a.StoryID), a.SourceID, a.Title, a.Byline, a.URL, a.URLKey, a.ExternalID, p["published_at"],
			p["published_offset"], p["published_precision"], string(Pending), r.ID, r.SHA256, orNil(r.CreatedBy), r.At, r.At}
		revisions[i] = []any{r.ID, a.ID, r.Number, r.Raw, r.SHA256, cmp.Or(r.Media, plainMedia), orNil(r.CreatedBy), r.At, r.Title, r.Edited}
	}
	if err := t.insert(ctx, "articles", []string{"id", "story_id", "source_id", "title", "byline", "url", "url_key", "external_id",
		"published_at", "published_offset", "published_precision", "status", "revision_id", "content_hash", "created_by", "created_at",
		"updated_at"}, articles); err != nil {
		return err
	}
	return t.insert(ctx, "revisions",
		[]string{"id", "article_id", "number", "raw", "sha256", "media", "created_by", "created_at", "title", "edited"}, revisions)
}

// orNil gives nothing for the empty id.
func orNil(id string) any {
	if id == "" {
		return nil
	}
	return id
}

// PutSources gives the ids of sources by their keys, storing those that are new. No
// key may come twice.
func (t *Tx) PutSources(ctx context.Context, all []NewSource) (map[string]string, error) {
	type row struct{ Key, ID string }
	ids, names, keys, domains := make([]string, len(all)), make([]string, len(all)), make([]string, len(all)), make([]string, len(all))
	if len(all) == 0 {
		return map[string]string{}, nil
	}
	for i, s := range all {
		ids[i], names[i], keys[i], domains[i] = s.ID, s.Name, s.Key, s.Domain
	}
	rows, err := list[row](ctx, t.q, "put sources", `
		INSERT INTO sources AS s (id, name, name_key, domain, created_at)
		SELECT *, $5::timestamptz FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
		ON CONFLICT (name_key) DO UPDATE SET domain = CASE s.domain WHEN '' THEN excluded.domain ELSE s.domain END
		RETURNING name_key AS key, id::text`, ids, names, keys, domains, all[0].At)
	out := make(map[string]string, len(rows))
	for _, r := range rows {
		out[r.Key] = r.ID
	}
	return out, err
}

// LastReceivedOf gives [Queries.LastReceived] for several articles, by their ids.
func (q Queries) LastReceivedOf(ctx context.Context, articleIDs []string) (map[string]Revision, error) {
	rows, err := list[Revision](ctx, q.q, "last received revisions", revisionSelect+`
		WHERE r.id IN (SELECT DISTINCT ON (article_id) id FROM revisions
		               WHERE article_id = ANY($1) AND NOT edited ORDER BY article_id, number DESC)`, articleIDs)
	out := make(map[string]Revision, len(rows))
	for _, r := range rows {
		out[r.ArticleID] = r
	}
	return out, err
}

// Attempt runs do so that what it has changed is undone where it gives an error, and
// the transaction can go on.
func (t *Tx) Attempt(ctx context.Context, do func(*Tx) error) error {
	return wrap("attempt", pgx.BeginFunc(ctx, t.tx, func(tx pgx.Tx) error {
		return do(&Tx{Queries: Queries{q: tx}, tx: tx})
	}))
}

// HastenJob gives a job that waits a priority, where its own is lower.
func (t *Tx) HastenJob(ctx context.Context, id int64, priority int) error {
	_, err := t.exec(ctx, "hasten job", `
		UPDATE river_job SET priority = $2 WHERE id = $1 AND priority > $2 AND state IN ('available', 'scheduled', 'retryable')`, id, priority)
	return err
}
