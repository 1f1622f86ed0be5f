package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// Raw gives what was received as a revision of an article.
func (q Queries) Raw(ctx context.Context, articleID, revisionID string) ([]byte, error) {
	return scalar[[]byte](ctx, q.q, "raw text",
		"SELECT raw FROM revisions WHERE article_id = $1 AND id = $2", articleID, revisionID)
}

// Received is what was received as a revision.
type Received struct {
	Raw []byte
	// Media is the media type of Raw with its charset.
	Media string
}

// Received gives what was received as a revision of an article.
func (q Queries) Received(ctx context.Context, articleID, revisionID string) (Received, error) {
	return one[Received](ctx, q.q, "received",
		"SELECT raw, media FROM revisions WHERE article_id = $1 AND id = $2", articleID, revisionID)
}

// Text is what the engine read of a revision, as it is stored.
type Text struct {
	ID          string
	ArticleID   string
	RevisionID  string
	Extractor   string
	Body        string
	Spans       []claims.Span
	Credits     []claims.Credit
	Language    string
	NotAnalysed string
}

// Claims gives the text in the engine's form.
func (t Text) Claims() claims.Text {
	return claims.Text{Extractor: t.Extractor, Body: t.Body, Spans: t.Spans, Credits: t.Credits,
		Language: t.Language, NotAnalysed: t.NotAnalysed}
}

const currentText = `
	SELECT DISTINCT ON (a.id) t.id, a.id AS article_id, t.revision_id, t.extractor, t.body, t.spans, t.credits,
	       t.language, t.not_analysed
	FROM articles a JOIN texts t ON t.revision_id = a.revision_id
	WHERE a.id = ANY($1) ORDER BY a.id, t.id DESC`

// CurrentText gives the newest text of an article's current revision,
// claims.NotFound before its first analysis.
func (q Queries) CurrentText(ctx context.Context, articleID string) (Text, error) {
	return one[Text](ctx, q.q, "current text", currentText, []string{articleID})
}

// CurrentTexts gives the newest texts of the current revisions of articles, by
// the id of the article.
func (q Queries) CurrentTexts(ctx context.Context, articleIDs []string) (map[string]Text, error) {
	rows, err := list[Text](ctx, q.q, "current texts", currentText, articleIDs)
	out := make(map[string]Text, len(rows))
	for _, t := range rows {
		out[t.ArticleID] = t
	}
	return out, err
}

// PutText stores a text and gives its id. Where the revision has a text of this
// extractor already, its body stays, as it can be no other, and only what is marked
// in it changes.
func (t *Tx) PutText(ctx context.Context, x Text, at time.Time) (string, error) {
	return scalar[string](ctx, t.q, "put text", `
		INSERT INTO texts (id, revision_id, extractor, body, spans, credits, language, not_analysed, created_at)
		VALUES (@id, @revision, @extractor, @body, @spans, @credits, @language, @not_analysed, @at)
		ON CONFLICT (revision_id, extractor) DO UPDATE SET spans = excluded.spans, credits = excluded.credits,
			language = excluded.language, not_analysed = excluded.not_analysed
		RETURNING id::text`,
		named{"id": x.ID, "revision": x.RevisionID, "extractor": x.Extractor, "body": x.Body, "spans": notNil(x.Spans),
			"credits": notNil(x.Credits), "language": x.Language, "not_analysed": x.NotAnalysed, "at": at})
}

// Reading is what reading an article told of it.
type Reading struct {
	ArticleID   string
	Status      Status
	Reason      string
	Language    string
	Fingerprint *claims.Fingerprint
}

// SetReading stores what reading an article told of it.
func (t *Tx) SetReading(ctx context.Context, r Reading) error {
	_, err := t.exec(ctx, "set reading", `
		UPDATE articles SET status = @status, reason = @reason, language = @language, fingerprint = @fingerprint
		WHERE id = @id`,
		named{"id": r.ArticleID, "status": string(r.Status), "reason": r.Reason, "language": r.Language,
			"fingerprint": r.Fingerprint})
	return err
}

// SetArticleStory places an article.
func (t *Tx) SetArticleStory(ctx context.Context, articleID, storyID string, at time.Time) error {
	_, err := t.exec(ctx, "set article's story",
		"UPDATE articles SET story_id = $2, updated_at = $3 WHERE id = $1", articleID, storyID, at)
	return err
}
