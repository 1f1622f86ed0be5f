package store

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/search"
)

type storyHitRow struct {
	ID        string
	Title     string
	Articles  int
	CreatedAt time.Time
	UpdatedAt time.Time
	counted
}

func (r storyHitRow) hit() SearchHit {
	return SearchHit{Type: search.Story, ID: r.ID, StoryID: r.ID, Title: r.Title, Articles: r.Articles, At: r.CreatedAt,
		Changed: r.UpdatedAt}
}

// SearchStories looks for stories by their titles.
func (s Searcher) SearchStories(ctx context.Context, c SearchChoice) (SearchHits, error) {
	return s.in(ctx, searchedStories, c, func(w window) (SearchHits, error) { return s.stories(ctx, c, w) })
}

func (s Searcher) stories(ctx context.Context, c SearchChoice, w window) (SearchHits, error) {
	where, rank := conditions{"s.deleted_at IS NULL"}, "1"
	if c.Text.Match != "" {
		where, rank = append(where, "s.words @@ @match::tsquery"), told("s.words")
	}
	where.add(c.StoryIDs != nil, "s.id = ANY(@stories::uuid[])")
	where.add(c.hasTeller(), "EXISTS (SELECT FROM articles a WHERE a.story_id = s.id AND "+c.ofTeller().sql()+")")
	where.add(!c.Since.IsZero(), "s.created_at > @since")
	return hits[storyHitRow](ctx, s, "search stories", `
		WITH found AS MATERIALIZED (
			SELECT s.id, `+rank+` AS told, s.updated_at AS at FROM `+w.rows()+` s
			WHERE `+where.sql()+` ORDER BY `+w.order("s")+` LIMIT @most + 1),
		part AS MATERIALIZED (
			SELECT row_number() OVER (ORDER BY `+score+`) AS place, id, count(*) OVER () AS total, (SELECT count(*) FROM found) AS looked
			FROM found ORDER BY 1 LIMIT @limit OFFSET @offset)
		SELECT s.id, `+c.shown("s.title", "whole")+` AS title, s.created_at, s.updated_at, p.total, p.looked,
		       (SELECT count(*) FROM articles a WHERE a.story_id = s.id AND a.deleted_at IS NULL) AS articles
		FROM part p JOIN stories s ON s.id = p.id ORDER BY p.place`, s.args(c, w))
}

type sourceHitRow struct {
	ID        string
	Name      string
	Domain    string
	Articles  int
	CreatedAt time.Time
	counted
}

func (r sourceHitRow) hit() SearchHit {
	return SearchHit{Type: search.Source, ID: r.ID, Title: r.Name, Text: r.Domain, Source: r.Name, Articles: r.Articles,
		At: r.CreatedAt, Changed: r.CreatedAt}
}

// SearchSources looks for sources by their names and domains. A name may be written
// almost as it is.
func (s Searcher) SearchSources(ctx context.Context, c SearchChoice) (SearchHits, error) {
	where, rank := conditions{"EXISTS (SELECT FROM articles a WHERE a.source_id = o.id AND a.deleted_at IS NULL)"}, "1"
	if c.Text.Match != "" {
		where = append(where, "(o.words @@ plainto_tsquery('names', @words) OR o.name %> @words)")
		rank = "word_similarity(@words, o.name)"
	}
	where.add(c.SourceIDs != nil, "o.id = ANY(@sources::uuid[])")
	where.add(!c.Since.IsZero(), "o.created_at > @since")
	args := s.args(c, window{})
	args["words"] = c.Text.Words
	return hits[sourceHitRow](ctx, s, "search sources", `
		WITH found AS MATERIALIZED (
			SELECT o.id, `+rank+` AS told, o.created_at AS at FROM sources o
			WHERE `+where.sql()+` ORDER BY told DESC, o.id DESC LIMIT @most + 1),
		part AS MATERIALIZED (
			SELECT row_number() OVER (ORDER BY `+score+`) AS place, id, count(*) OVER () AS total, (SELECT count(*) FROM found) AS looked
			FROM found ORDER BY 1 LIMIT @limit OFFSET @offset)
		SELECT o.id, `+c.shown("o.name", "whole")+` AS name, o.domain, o.created_at, p.total, p.looked,
		       coalesce((SELECT n FROM sums_now c WHERE c.part = 'source' AND c.about = o.id AND c.key = 'articles'), 0) AS articles
		FROM part p JOIN sources o ON o.id = p.id ORDER BY p.place`, args)
}

// SourcesNamed gives the ids of the sources with one of these ids or folded names.
func (s Searcher) SourcesNamed(ctx context.Context, names []string) ([]string, error) {
	return column[string](ctx, s.q, "sources named",
		"SELECT id::text FROM sources WHERE name_key = ANY($1) OR id::text = ANY($1)", names)
}

// SourceNear gives the name of the source that is most like a name, empty where none
// is like it.
func (s Searcher) SourceNear(ctx context.Context, name string) (string, error) {
	near, err := column[string](ctx, s.q, "source near", `
		SELECT name FROM sources WHERE name % $1 OR name %> $1
		ORDER BY similarity(name, $1) DESC, id LIMIT 1`, name)
	if len(near) == 0 {
		return "", err
	}
	return near[0], err
}

// StoriesNamed gives the newest stories whose title has all words of a name.
func (s Searcher) StoriesNamed(ctx context.Context, name string, limit int) ([]string, error) {
	return column[string](ctx, s.q, "stories named", `
		SELECT id::text FROM stories WHERE deleted_at IS NULL AND words @@ plainto_tsquery('news', $1)
		ORDER BY id DESC LIMIT $2`, name, limit)
}

// WordCandidate is a word that is in articles.
type WordCandidate struct {
	Term     string
	Articles int
}

// WordsNear gives words that are like a word, the likest first.
func (s Searcher) WordsNear(ctx context.Context, word string, limit int) ([]WordCandidate, error) {
	return list[WordCandidate](ctx, s.q, "words near", `
		SELECT term, articles FROM terms WHERE term % $1 AND articles > 0
		ORDER BY similarity(term, $1) DESC, articles DESC, term LIMIT $2`, word, limit)
}

// lastHeard is how many of the newest articles are looked at for a word before all are.
const lastHeard = 100

// WordIsThere tells of each word whether it is in an article, in any form. One that is in
// many is in one of the newest. Others are looked up in the index: left to choose, the
// database expects each word somewhere and reads the whole table for one that is nowhere.
func (s Searcher) WordIsThere(ctx context.Context, words []string) (map[string]bool, error) {
	type row struct {
		Word  string
		There bool
	}
	if err := s.scans(ctx, false); err != nil {
		return nil, err
	}
	rows, err := list[row](ctx, s.q, "words there", `
		SELECT w AS word,
			EXISTS (SELECT FROM (SELECT words FROM article_words ORDER BY article_id DESC LIMIT @newest) a WHERE a.words @@ phraseto_tsquery('news', w))
			OR EXISTS (SELECT FROM article_words a WHERE a.words @@ phraseto_tsquery('news', w)) AS there
		FROM unnest(@words::text[]) w`, pgx.NamedArgs{"words": words, "newest": lastHeard})
	if err != nil {
		return nil, err
	}
	out := make(map[string]bool, len(rows))
	for _, r := range rows {
		out[r.Word] = r.There
	}
	return out, s.scans(ctx, true)
}

// scans lets the statements of a search read tables from end to end, or not where there is
// another way.
func (s Searcher) scans(ctx context.Context, may bool) error {
	_, err := s.q.Exec(ctx, "SELECT set_config('enable_seqscan', $1, true)", strconv.FormatBool(may))
	return wrap("scans", err)
}
