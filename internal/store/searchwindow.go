package store

import (
	"context"
	"fmt"

	"corroborate/internal/search"
)

// A search gives the newest that fit. Where much fits, the newest rows are read one after
// the other until enough is found; where little does, all that fits is got by an index and
// put in order. What is right is seen on the way: a search looks among the newest rows
// first, then among many times as many, and so on, until it has found enough or has looked
// at all there is. So it costs about as much as what it gives, however large the archive,
// and gives the same as though it had looked at everything.
const (
	// walkRows is how many of the newest rows are read one after the other, walkTexts the
	// same for words of whole articles, which are long.
	walkRows  = 20_000
	walkTexts = 5_000
	// widen is how many times as many rows are looked among next at most.
	widen = 16
	// fewMatches is how many rows with all words there may be at most for them to be got
	// and put in order at once.
	fewMatches = 5_000
)

// searched is a table that is searched for the newest rows.
type searched struct {
	table string
	// newest is a column that is indexed and goes up with time, of a type; unindexed
	// gives the same order and leads along no index.
	newest, kind, unindexed string
	// walk is how many of the newest rows are read one after the other. Where few rows or
	// less can have all words, they are got at once.
	walk int
	few  float64
	// id comes after newest where that is no key.
	id string
}

// The tables that are searched.
var (
	searchedClaims   = searched{table: "claims", newest: "id", kind: "uuid", unindexed: `%s.id::text COLLATE "C" DESC`, walk: walkRows, few: fewMatches}
	searchedStories  = searched{table: "stories", newest: "id", kind: "uuid", unindexed: `%s.id::text COLLATE "C" DESC`, walk: walkRows, few: fewMatches}
	searchedWords    = searched{table: "article_words", newest: "article_id", kind: "uuid", unindexed: `%s.article_id::text COLLATE "C" DESC`, walk: walkTexts, few: fewMatches}
	searchedArticles = searched{table: "articles", newest: "id", kind: "uuid", unindexed: `%s.id::text COLLATE "C" DESC`, walk: walkRows, few: fewMatches}
	searchedFindings = searched{table: "findings", newest: "updated_at", kind: "timestamptz", unindexed: "%[1]s.updated_at + interval '0' DESC, %[1]s.id DESC",
		walk: walkRows, few: fewMatches, id: "id"}
)

// window is a part of a table: the newest rows, as many as walk, those that are newer than
// edge, or all.
type window struct {
	searched
	walking bool
	edge    string
}

// rows gives the rows of the window, for a FROM.
func (w window) rows() string {
	switch {
	case w.walking:
		return fmt.Sprintf("(SELECT * FROM %s ORDER BY %s LIMIT %d)", w.table, w.order(w.table), w.walk)
	case w.edge != "":
		return fmt.Sprintf("(SELECT * FROM %s WHERE %s > @edge::%s)", w.table, w.newest, w.kind)
	}
	return w.table
}

// order puts the newest rows of the window first, under the name that they have.
func (w window) order(name string) string {
	if !w.walking {
		return fmt.Sprintf(w.unindexed, name)
	}
	out := name + "." + w.newest + " DESC"
	if w.id != "" {
		out += ", " + name + "." + w.id + " DESC"
	}
	return out
}

// join looks rows up by a key that rows of the window have. Where the newest rows are read
// one after the other, so are they, until enough is found (OFFSET keeps that apart).
func (w window) join(table, name, key, is string) string {
	if w.walking {
		return fmt.Sprintf(" JOIN LATERAL (SELECT * FROM %s x WHERE x.%s = %s OFFSET 0) %s ON true", table, key, is, name)
	}
	return fmt.Sprintf(" JOIN %[1]s %[2]s ON %[2]s.%[3]s = %[4]s", table, name, key, is)
}

// in has a search look in one window after the other, each wider than the one before,
// until it has found enough.
func (s Searcher) in(ctx context.Context, t searched, c SearchChoice, look func(window) (SearchHits, error)) (SearchHits, error) {
	f, known := c.Text.frequency[t.table]
	if c.StoryIDs != nil || known && f.Share*f.Rows <= t.few {
		return look(window{searched: t})
	}
	w, rows := window{searched: t, walking: true}, t.walk
	if known && f.Share*float64(rows) <= SearchReach { // so many cannot have enough
		w, rows = window{searched: t}, int(2*SearchReach/f.Share)
	}
	for {
		var err error
		if !w.walking {
			if w.edge, err = s.edge(ctx, t, rows); err != nil {
				return SearchHits{}, err
			}
		}
		out, err := look(w)
		if err != nil || out.enough || !w.walking && w.edge == "" {
			return out, err
		}
		if w.walking {
			if more, err := s.more(ctx, t); err != nil || !more {
				return out, err
			}
		}
		// As many more as are missing, if what fits lies evenly, and half as many for chance.
		w = window{searched: t}
		rows = int(float64(rows) * min(max(1.5*SearchReach/float64(max(out.looked, 1)), 2), widen))
	}
}

// more tells whether a table has more rows than are read one after the other.
func (s Searcher) more(ctx context.Context, t searched) (bool, error) {
	return scalar[bool](ctx, s.q, "more than is searched",
		fmt.Sprintf("SELECT EXISTS (SELECT FROM %s ORDER BY %s DESC OFFSET %d)", t.table, t.newest, t.walk))
}

// edge gives a value of a table's column that about so many rows are newer than, as the
// database reckons; empty where there are not as many, or nothing is known.
func (s Searcher) edge(ctx context.Context, t searched, rows int) (string, error) {
	found, err := column[string](ctx, s.q, "edge of a search", `
		SELECT b[ceil(n * (1 - @rows / r.reltuples))::integer]::text
		FROM pg_stats, LATERAL (SELECT histogram_bounds::text::text[] AS b) h, LATERAL (SELECT cardinality(b) AS n) l,
			pg_class r
		WHERE schemaname = current_schema() AND tablename = @table AND attname = @column
		  AND r.oid = to_regclass(@table) AND r.reltuples > @rows AND n > 1`,
		named{"rows": float64(rows), "table": t.table, "column": t.newest})
	if len(found) == 0 {
		return "", err
	}
	return found[0], err
}

// frequency is which share of a table's rows has a word at most, and how many rows there
// are, as the database reckons.
type frequency struct {
	Name  string
	Share float64
	Rows  float64
}

// frequencies tells of each table with words which share of its rows can have all that a
// query asks for: at most that of the rarest of the words that it asks for. A table is
// missing where the database does not know.
func (s Searcher) frequencies(ctx context.Context, groups []search.Group) (map[string]frequency, error) {
	var texts []string
	var of []int
	for i, g := range groups {
		for _, t := range g {
			texts, of = append(texts, t.Text), append(of, i)
		}
	}
	rows, err := list[frequency](ctx, s.q, "frequency of words", `
		WITH term AS MATERIALIZED (
			SELECT of, place, lexeme FROM unnest(@texts::text[], @of::integer[]) WITH ORDINALITY t (text, of, place)
			CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('news', t.text))) lexeme)
		SELECT s.tablename AS name, least(u.most, 1)::float8 AS share, r.reltuples::float8 AS rows
		FROM pg_stats s JOIN pg_class r ON r.oid = to_regclass(s.tablename::text)
		CROSS JOIN LATERAL (
			WITH known AS (SELECT elem, freq FROM unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) k (elem, freq) WHERE elem IS NOT NULL)
			SELECT min(g.most) AS most FROM (
				SELECT sum(t.most) AS most FROM (
					SELECT of, min(coalesce(k.freq, (SELECT min(freq) FROM known))) AS most
					FROM term LEFT JOIN known k ON k.elem = term.lexeme GROUP BY of, place) t
				GROUP BY of) g) u
		WHERE s.schemaname = current_schema() AND (s.tablename, s.attname) IN (('claims', 'words'), ('stories', 'words'), ('article_words', 'words'))
		  AND u.most IS NOT NULL AND r.reltuples >= 0`,
		named{"texts": notNil(texts), "of": notNil(of)})
	out := map[string]frequency{}
	for _, r := range rows {
		out[r.Name] = r
	}
	return out, err
}
