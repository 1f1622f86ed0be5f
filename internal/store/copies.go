package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"corroborate/internal/claims"
)

// Sketch is what an article's text is found by among all others.
type Sketch struct {
	ArticleID  string
	RevisionID string
	// Version is that of the rules that made the marks.
	Version string
	Marks   []int32
}

// PutSketch stores the sketch of an article in the place of the one before.
func (t *Tx) PutSketch(ctx context.Context, s Sketch, at time.Time) error {
	_, err := t.exec(ctx, "put sketch", `
		INSERT INTO copy_sketches AS c (article_id, revision_id, version, marks, sketched_at)
		VALUES (@article, @revision, @version, @marks, @at)
		ON CONFLICT (article_id) DO UPDATE SET revision_id = excluded.revision_id, version = excluded.version,
			marks = excluded.marks, sketched_at = excluded.sketched_at
		WHERE (c.revision_id, c.version, c.marks) IS DISTINCT FROM (excluded.revision_id, excluded.version, excluded.marks)`,
		named{"article": s.ArticleID, "revision": s.RevisionID, "version": s.Version, "marks": notNil(s.Marks), "at": at})
	return err
}

// perMark bounds how many texts are looked at for one mark, the newest: a phrase
// that thousands print says nothing.
const perMark = 60

// CopyCandidates gives the articles that share at least least of the marks with an
// article, those that share the most first, then the newest. It looks at no more
// than a fixed number of rows for each mark, however many articles there are.
func (q Queries) CopyCandidates(ctx context.Context, s Sketch, least, limit int) ([]string, error) {
	type row struct{ ArticleID string }
	rows, err := list[row](ctx, q.q, "copy candidates", `
		WITH shared AS (
			SELECT n.number, count(*) AS marks
			FROM unnest(@marks::int[]) m
			CROSS JOIN LATERAL (SELECT c.number FROM copy_marks c WHERE c.mark = m ORDER BY c.number DESC LIMIT @per_mark) n
			GROUP BY n.number HAVING count(*) >= @least)
		SELECT k.article_id FROM shared
		JOIN copy_sketches k ON k.number = shared.number AND k.version = @version AND k.article_id <> @article
		JOIN articles a ON a.id = k.article_id AND a.deleted_at IS NULL
		ORDER BY shared.marks DESC, k.number DESC LIMIT @limit`,
		named{"marks": notNil(s.Marks), "article": s.ArticleID, "version": s.Version, "per_mark": perMark, "least": least, "limit": limit})
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = r.ArticleID
	}
	return out, err
}

// CopyPair is what an article shares with another.
type CopyPair struct {
	OtherID string
	// Share is how much of the article's own words stand in the other, OtherShare how
	// much of the other's in it, from 0 to 1. Words is their number.
	Share, OtherShare float64
	Words             int
	Whole             bool
}

// PutCopies exchanges what is known of an article's copies.
func (t *Tx) PutCopies(ctx context.Context, articleID string, pairs []CopyPair, at time.Time) error {
	// Pairs and the two rows of each come in the order of their keys, whichever article
	// is looked at, so that those that look for one another never wait in a circle.
	pairs = slices.Clone(pairs)
	slices.SortFunc(pairs, func(x, y CopyPair) int {
		return cmp.Or(cmp.Compare(min(articleID, x.OtherID), min(articleID, y.OtherID)),
			cmp.Compare(max(articleID, x.OtherID), max(articleID, y.OtherID)))
	})
	ids := make([]string, len(pairs))
	args := make([]named, len(pairs))
	for i, p := range pairs {
		ids[i] = p.OtherID
		args[i] = named{"a": articleID, "b": p.OtherID, "share": p.Share, "other": p.OtherShare, "words": p.Words, "whole": p.Whole, "at": at}
	}
	_, err := t.exec(ctx, "forget copies", `
		DELETE FROM copies WHERE article_id = $1 AND other_id <> ALL($2) OR other_id = $1 AND article_id <> ALL($2)`, articleID, ids)
	if err != nil {
		return err
	}
	return t.batch(ctx, "put copies", `
		INSERT INTO copies (article_id, other_id, share, words, whole, found_at)
		SELECT * FROM (VALUES (@a::uuid, @b::uuid, @share::real, @words::int, @whole::boolean, @at::timestamptz),
			(@b, @a, @other::real, @words, @whole, @at)) v (article_id, other_id)
		ORDER BY article_id, other_id
		ON CONFLICT (article_id, other_id) DO UPDATE SET share = excluded.share, words = excluded.words, whole = excluded.whole`, args)
}

// Copy is another article that shares passages with one.
type Copy struct {
	ArticleID string
	// StoryID is empty where it is in none.
	StoryID    string
	Source     string
	Title      string
	URL        string
	Published  claims.Published `db:"-"`
	Share      float64
	OtherShare float64
	Words      int
	// Whole is true where one is a copy of the other as a whole.
	Whole bool
}

type copyRow struct {
	Copy
	publishedColumns
}

// Copies lists the articles that share passages with one, at most limit, those that
// share the most first.
func (q Queries) Copies(ctx context.Context, articleID string, limit int) ([]Copy, error) {
	rows, err := list[copyRow](ctx, q.q, "copies", `
		SELECT a.id AS article_id, coalesce(a.story_id::text, '') AS story_id, s.name AS source, a.title, a.url,
		       a.published_at, a.published_offset, a.published_precision,
		       c.share, coalesce(back.share, c.share) AS other_share, c.words, c.whole
		FROM copies c JOIN articles a ON a.id = c.other_id JOIN sources s ON s.id = a.source_id
		LEFT JOIN copies back ON back.article_id = c.other_id AND back.other_id = c.article_id
		WHERE c.article_id = $1 AND a.deleted_at IS NULL
		ORDER BY c.whole DESC, greatest(c.share, back.share) DESC, a.id LIMIT $2`, articleID, limit)
	out := make([]Copy, len(rows))
	for i, r := range rows {
		out[i] = r.Copy
		out[i].Published = r.published()
	}
	return out, err
}

// copyPass names the pass that looks for articles without a sketch.
const copyPass = "sketches"

// CopyPass gives the article up to which all have a sketch of a version, empty for none.
func (q Queries) CopyPass(ctx context.Context, version string) (string, error) {
	place, err := column[string](ctx, q.q, "pass of sketches", "SELECT place::text FROM passes WHERE name = $1 AND version = $2", copyPass, version)
	if len(place) == 0 {
		return "", err
	}
	return place[0], err
}

// PutCopyPass notes that all articles that arrived before a moment have a sketch of a
// version.
func (t *Tx) PutCopyPass(ctx context.Context, version string, before time.Time) error {
	_, err := t.exec(ctx, "put pass of sketches", `
		INSERT INTO passes AS p (name, version, place)
		SELECT $1, $2, id FROM (SELECT id FROM articles WHERE created_at < $3 AND deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 1) a
		ON CONFLICT (name) DO UPDATE SET version = excluded.version, place = excluded.place`, copyPass, version, before)
	return err
}

// OldSketches gives articles whose sketch is of another version, at most limit: a server
// of another release may have made it.
func (q Queries) OldSketches(ctx context.Context, version string, limit int) ([]string, error) {
	return column[string](ctx, q.q, "old sketches", `
		SELECT c.article_id::text FROM (SELECT * FROM copy_sketches WHERE version < $1 UNION ALL SELECT * FROM copy_sketches WHERE version > $1) c
		JOIN articles a ON a.id = c.article_id
		WHERE a.deleted_at IS NULL AND a.status IN ('ready', 'not_analysed') ORDER BY a.id LIMIT $2`, version, limit)
}

// Unsketched gives articles that were read and have no sketch of a version for their
// current revision, at most limit, the oldest behind the id after first.
func (q Queries) Unsketched(ctx context.Context, version, after string, limit int) ([]string, error) {
	type row struct{ ID string }
	rows, err := list[row](ctx, q.q, "articles without a sketch", `
		SELECT a.id FROM articles a
		WHERE a.id > coalesce(nullif($2, '')::uuid, '00000000-0000-0000-0000-000000000000') AND a.deleted_at IS NULL
		  AND a.status IN ('ready', 'not_analysed')
		  AND NOT EXISTS (SELECT FROM copy_sketches c
			WHERE c.article_id = a.id AND c.revision_id = a.revision_id AND c.version = $1)
		ORDER BY a.id LIMIT $3`, version, after, limit)
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = r.ID
	}
	return out, err
}
