package store

import (
	"context"
	"fmt"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/search"
)

// headlineReach is how many characters of a text are looked at for the parts that are
// shown of it.
const headlineReach = 20_000

type articleHitRow struct {
	ID        string
	Title     string
	Text      string
	StoryID   string
	Story     string
	Source    string
	CreatedAt time.Time
	UpdatedAt time.Time
	publishedColumns
	counted
}

func (r articleHitRow) hit() SearchHit {
	return SearchHit{Type: search.Article, ID: r.ID, ArticleID: r.ID, Title: r.Title, Text: r.Text, StoryID: r.StoryID,
		Story: r.Story, Source: r.Source, Published: r.published(), At: r.CreatedAt, Changed: r.UpdatedAt}
}

// SearchArticles looks for articles by their titles and texts.
func (s Searcher) SearchArticles(ctx context.Context, c SearchChoice) (SearchHits, error) {
	in := searchedArticles
	if c.Text.Match != "" {
		in = searchedWords
	}
	return s.in(ctx, in, c, func(w window) (SearchHits, error) { return s.articles(ctx, c, w) })
}

func (s Searcher) articles(ctx context.Context, c SearchChoice, in window) (SearchHits, error) {
	where, rank, tables, order := c.ofTeller(), "1", in.rows()+" a", in.order("a")
	if c.Text.Match != "" {
		where, rank = append(where, "w.words @@ @match::tsquery"), told("w.words")
		tables, order = in.rows()+" w"+in.join("articles", "a", "id", "w.article_id"), in.order("w")
	}
	if c.Public {
		tables += " LEFT JOIN stories s ON s.id = a.story_id"
		where.add(c.Text.Match != "", "(s.sample IS TRUE OR ts_filter(w.words, '{a}') @@ @match::tsquery)")
	}
	where.add(c.StoryIDs != nil, "a.story_id = ANY(@stories::uuid[])")
	where.add(!c.Since.IsZero(), "a.created_at > @since")
	return hits[articleHitRow](ctx, s, "search articles", `
		WITH found AS MATERIALIZED (
			SELECT a.id, `+rank+` AS told, `+published+` AS at FROM `+tables+`
			WHERE `+where.sql()+` ORDER BY `+order+` LIMIT @most + 1),
		part AS MATERIALIZED (
			SELECT row_number() OVER (ORDER BY `+score+`) AS place, id, count(*) OVER () AS total, (SELECT count(*) FROM found) AS looked
			FROM found ORDER BY 1 LIMIT @limit OFFSET @offset)
		SELECT a.id, `+c.shown("a.title", "whole")+` AS title, `+c.articleText()+` AS text,
		       coalesce(a.story_id::text, '') AS story_id, coalesce(s.title, '') AS story, o.name AS source, a.created_at,
		       a.updated_at, a.published_at, a.published_offset, a.published_precision, p.total, p.looked
		FROM part p JOIN articles a ON a.id = p.id JOIN sources o ON o.id = a.source_id
		LEFT JOIN stories s ON s.id = a.story_id LEFT JOIN LATERAL (
			SELECT body FROM texts t WHERE t.revision_id = a.revision_id ORDER BY t.id DESC LIMIT 1) t ON true
		ORDER BY p.place`, s.args(c, in))
}

// articleText gives the parts of an article's text that are shown with it.
func (c SearchChoice) articleText() string {
	if c.Text.Match == "" {
		return "''"
	}
	text := fmt.Sprintf("coalesce(%s, '')", marked(fmt.Sprintf("left(t.body, %d)", headlineReach), "parts"))
	if c.Public {
		return "CASE WHEN s.sample THEN " + text + " ELSE '' END"
	}
	return text
}

type correctionHitRow struct {
	ID        string
	StoryID   string
	Story     string
	FindingID string
	ArticleID string
	Source    string
	Kind      claims.Kind
	Was       string
	Now       string
	CreatedAt time.Time
	HealedAt  time.Time
	counted
}

func (r correctionHitRow) hit() SearchHit {
	return SearchHit{Type: search.Correction, ID: r.ID, Title: r.Was, Text: r.Now, StoryID: r.StoryID, Story: r.Story,
		FindingID: r.FindingID, ArticleID: r.ArticleID, Source: r.Source, Kinds: []claims.Kind{r.Kind}, At: r.CreatedAt,
		Changed: r.HealedAt}
}

// SearchCorrections looks for divergences that ended when a source changed its
// article. Title is what the article said, Text what it says now.
func (s Searcher) SearchCorrections(ctx context.Context, c SearchChoice) (SearchHits, error) {
	where, rank := append(c.ofTeller(), "k.healed_at IS NOT NULL", "s.deleted_at IS NULL"), "1"
	if c.Text.Match != "" {
		where, rank = append(where, "k.words @@ @match::tsquery"), told("k.words")
	}
	where.add(c.StoryIDs != nil, "k.story_id = ANY(@stories::uuid[])")
	where.add(!c.Since.IsZero(), "k.healed_at > @since")
	return hits[correctionHitRow](ctx, s, "search corrections", `
		WITH found AS MATERIALIZED (
			SELECT k.id, `+rank+` AS told, k.healed_at AS at
			FROM corrections_for(@viewer) k JOIN articles a ON a.id = k.article_id JOIN stories s ON s.id = k.story_id
			WHERE `+where.sql()+` ORDER BY k.id DESC LIMIT @most + 1),
		part AS MATERIALIZED (
			SELECT row_number() OVER (ORDER BY `+score+`) AS place, id, count(*) OVER () AS total, (SELECT count(*) FROM found) AS looked
			FROM found ORDER BY 1 LIMIT @limit OFFSET @offset)
		SELECT k.id, k.story_id, s.title AS story, coalesce(k.finding_id::text, '') AS finding_id, k.article_id, o.name AS source,
		       k.kind, `+c.shown("k.was_exact", "whole")+` AS was, `+c.shown("k.now_exact", "whole")+` AS now,
		       k.created_at, k.healed_at, p.total, p.looked
		FROM part p JOIN corrections k ON k.id = p.id JOIN articles a ON a.id = k.article_id
		JOIN sources o ON o.id = a.source_id JOIN stories s ON s.id = k.story_id ORDER BY p.place`, s.args(c, window{}))
}
