package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"corroborate/internal/claims"
	"corroborate/internal/search"
)

const (
	// SearchReach is the most matches that are ranked, the newest: of a word that is
	// in every article there is no end.
	SearchReach = 500
	// searchTime is how long a statement of a search may take.
	searchTime = 5 * time.Second

	queryCanceled = "57014"
)

// Searcher runs searches for a person.
type Searcher struct {
	Queries
	// veiled are the findings that are veiled from the person.
	veiled []string
}

// Searching runs do on one state of the database. Its statements are planned for the
// words that they look for, as a rare word and one that is everywhere want different
// ways, and end in time: [claims.Unavailable].
func (d *DB) Searching(ctx context.Context, viewer string, do func(Searcher) error) error {
	err := d.Snapshot(ctx, func(q Queries) error {
		s := Searcher{Queries: q.For(viewer)}
		if _, err := q.q.Exec(ctx, `SELECT set_config('plan_cache_mode', 'force_custom_plan', true),
			set_config('jit', 'off', true), set_config('statement_timeout', $1, true),
			set_config('pg_trgm.similarity_threshold', '0.22', true)`, fmt.Sprint(searchTime.Milliseconds())); err != nil {
			return wrap("search", err)
		}
		var err error
		s.veiled, err = column[string](ctx, q.q, "veiled findings",
			"SELECT finding_id::text FROM veiled_from($1) WHERE finding_id IS NOT NULL", viewer)
		if err != nil {
			return err
		}
		return do(s)
	})
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == queryCanceled && ctx.Err() == nil {
		return &claims.Error{Kind: claims.Unavailable, Message: "this search takes too long: add a word that is rarer, or a filter", Err: err}
	}
	return err
}

// SearchText is what is looked for in texts, in the database's own form; the zero
// value looks for no words.
type SearchText struct {
	// Match has to be fulfilled.
	Match string
	// Any is fulfilled by each of the words, those that are too common to ask for
	// included: who has more of them comes first.
	Any string
	// Words are the words as they were typed, for names.
	Words string
	// frequency tells by table which share of the rows can have all that has to be there.
	frequency map[string]frequency
}

// SearchText gives what a query looks for in texts. Words that are everywhere ("the",
// "who") only count where they are in a phrase, stand in for nothing else, or are
// written like a name. Where open is true, the last word may be the beginning of one.
func (s Searcher) SearchText(ctx context.Context, query search.Query, open bool) (SearchText, error) {
	if !query.HasText() {
		return SearchText{}, nil
	}
	common, err := s.commonWords(ctx, query.Words())
	if err != nil {
		return SearchText{}, err
	}
	b := textQuery{args: named{}, common: common, last: openTerm(query, open)}
	type row struct{ Match, Any string }
	match, any := b.match(query), b.any(query)
	r, err := one[row](ctx, s.q, "read words", "SELECT ("+match+")::text AS match, ("+any+")::text AS any", b.args)
	if err != nil {
		return SearchText{}, err
	}
	often, err := s.frequencies(ctx, b.whole(query))
	return SearchText{Match: r.Match, Any: r.Any, Words: strings.Join(query.Words(), " "), frequency: often}, err
}

// commonWords gives those of the words that English is made of.
func (s Searcher) commonWords(ctx context.Context, words []string) (map[string]bool, error) {
	common, err := column[string](ctx, s.q, "common words",
		"SELECT w FROM unnest($1::text[]) w WHERE lower(w) = w AND numnode(plainto_tsquery('english', w)) = 0", words)
	out := make(map[string]bool, len(common))
	for _, w := range common {
		out[w] = true
	}
	return out, err
}

// openTerm gives the word that may be the beginning of one, empty for none.
func openTerm(query search.Query, open bool) string {
	if last, ok := query.Last(); open && ok && !last.Phrase {
		return last.Text
	}
	return ""
}

// textQuery writes a query as an expression of SQL. Words are arguments of it.
type textQuery struct {
	args   named
	common map[string]bool
	last   string
}

func (b textQuery) term(t search.Term) string {
	name := fmt.Sprint("w", len(b.args))
	b.args[name] = t.Text
	if t.Text == b.last {
		// Quoted, nothing in the word is an operator.
		b.args[name] = "'" + strings.NewReplacer("'", "''", `\`, `\\`).Replace(t.Text) + "':*"
		return "to_tsquery('news', @" + name + ")"
	}
	return "phraseto_tsquery('news', @" + name + ")"
}

// match writes what has to be fulfilled.
func (b textQuery) match(query search.Query) string {
	var parts []string
	for _, g := range query.All {
		if !b.leftOut(g) {
			parts = append(parts, "("+b.join(g, " || ")+")")
		}
	}
	if len(parts) == 0 {
		for _, g := range query.All {
			parts = append(parts, "("+b.join(g, " || ")+")")
		}
	}
	for _, t := range query.Not {
		parts = append(parts, "!!"+b.term(t))
	}
	return strings.Join(parts, " && ")
}

// whole gives the groups of whole words, of which it is known how frequent they are.
func (b textQuery) whole(query search.Query) []search.Group {
	return slices.DeleteFunc(slices.Clone(query.All), func(g search.Group) bool {
		return slices.ContainsFunc(g, func(t search.Term) bool { return t.Text == b.last })
	})
}

// any writes what is fulfilled by each word.
func (b textQuery) any(query search.Query) string {
	parts := []string{"''::tsquery"}
	for _, g := range query.All {
		parts = append(parts, b.join(g, " || "))
	}
	return strings.Join(parts, " || ")
}

func (b textQuery) join(g search.Group, operator string) string {
	parts := make([]string, len(g))
	for i, t := range g {
		parts[i] = b.term(t)
	}
	return strings.Join(parts, operator)
}

// leftOut tells whether a group asks for a word that is everywhere.
func (b textQuery) leftOut(g search.Group) bool {
	for _, t := range g {
		if !t.Phrase && t.Text != b.last && b.common[t.Text] {
			return true
		}
	}
	return false
}

// SearchChoice chooses hits of one type.
type SearchChoice struct {
	Text SearchText
	search.Filter
	// SourceIDs and StoryIDs are what the filter's names stand for; nil is any.
	SourceIDs []string
	StoryIDs  []string
	// Public hides the texts of articles that are not the sample's, but not their
	// titles.
	Public bool
	// Since chooses what came or changed after a time, the zero time all.
	Since time.Time
	// Newest puts what came or changed last first, else what fits best.
	Newest bool
	Now    time.Time
	Limit  int
	Offset int
}

// args gives the arguments that all types have in common.
func (s Searcher) args(c SearchChoice, w window) named {
	before := c.Before
	if before.IsZero() {
		before = lastTime
	}
	after := c.After
	if after.IsZero() {
		after = firstTime
	}
	return named{"match": c.Text.Match, "any": c.Text.Any, "viewer": s.viewer, "veiled": s.veiled,
		"verdicts": c.Verdicts, "kinds": c.Kinds, "origins": c.MinOrigins, "reviewed": c.Reviewed,
		"sources": c.SourceIDs, "stories": c.StoryIDs, "after": after, "before": before,
		"since": c.Since, "now": c.Now, "newest": c.Newest, "most": SearchReach, "limit": c.Limit, "offset": c.Offset, "edge": w.edge,
		"marks": search.MarkStart + search.MarkEnd, "whole": headline + ", HighlightAll=true",
		"parts": headline + `, MaxFragments=2, MinWords=10, MaxWords=28, FragmentDelimiter=" … "`}
}

const headline = `StartSel="` + search.MarkStart + `", StopSel="` + search.MarkEnd + `"`

// SearchHit is something that was found. What does not apply to its type is empty.
type SearchHit struct {
	Type search.Type
	ID   string
	// Title and Text have what was looked for between [search.MarkStart] and [search.MarkEnd]. Title is
	// a story's, an article's, a source's name, or a finding's summary; Text a passage
	// or parts of a text.
	Title string
	Text  string
	// StoryID and Story, FindingID, ArticleID and Source are where it stands.
	StoryID   string
	Story     string
	FindingID string
	ArticleID string
	Source    string
	Published claims.Published
	// At is when it came here, Changed when it changed last.
	At      time.Time
	Changed time.Time
	// Verdict is what stands, empty of a veiled finding; Kinds are those of its
	// differences.
	Verdict  claims.Verdict
	Veiled   bool
	Reviewed bool
	Kinds    []claims.Kind
	// OneOrigin marks an agreement whose sources share one origin.
	OneOrigin bool
	// Sources are the names of those who tell it; SourceCount counts them, Origins
	// who they have it from, Articles the articles of a story or a source.
	Sources     []string
	SourceCount int
	Origins     int
	Articles    int
}

// SearchHits is a part of what was found.
type SearchHits struct {
	Hits []SearchHit
	// Total counts all of them, up to [SearchReach]; More is true where there are
	// still more.
	Total int
	More  bool
	// looked is how many rows were found, at most one more than are ranked, and enough is
	// true where they were as many.
	looked int
	enough bool
}

// counted are the columns of a statement that tell how many hits there are, and of how
// many rows they are made.
type counted struct{ Total, Looked int }

func (c counted) counts() counted { return c }

// hits runs the search of a type. The statement's rows have the total of all
// candidates, which were cut at one more than the reach.
func hits[T interface {
	hit() SearchHit
	counts() counted
}](ctx context.Context, s Searcher, op, sql string, args named) (SearchHits, error) {
	rows, err := list[T](ctx, s.q, op, sql, pgx.NamedArgs(args))
	out := SearchHits{Hits: make([]SearchHit, len(rows))}
	for i, r := range rows {
		out.Hits[i], out.Total, out.looked = r.hit(), r.counts().Total, r.counts().Looked
	}
	out.enough = out.looked > SearchReach
	out.More, out.Total = out.enough, min(out.Total, SearchReach)
	return out, err
}
