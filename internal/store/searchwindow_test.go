package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"corroborate/internal/search"
	"corroborate/internal/store/storetest"
)

// searchFilling makes 1,200 articles of two sources with a claim, a finding and a story
// each. One word is in every second of them, one in every tenth, one in every thirtieth,
// and one in the oldest alone.
const searchFilling = `
	INSERT INTO sources (id, name, name_key, created_at) SELECT made(0, i), 'Paper ' || i, 'paper ' || i, now() FROM generate_series(1, 2) i;
	CREATE TEMP TABLE made_texts AS SELECT i, now() - (1300 - i) * interval '1 minute' AS at, 'alwaysword'
		|| CASE WHEN i % 2 = 0 THEN ' halfword' ELSE '' END || CASE WHEN i % 10 = 0 THEN ' tenthword' ELSE '' END
		|| CASE WHEN i % 30 = 0 THEN ' scarceword' ELSE '' END || CASE WHEN i < 5 THEN ' oldword' ELSE '' END AS said FROM generate_series(1, 1200) i;
	INSERT INTO stories (id, title, created_at, updated_at) SELECT made(1, i), said, at, at FROM made_texts;
	INSERT INTO articles (id, story_id, source_id, title, status, revision_id, content_hash, created_at, updated_at, deleted_at)
		SELECT made(2, i), made(1, i), made(0, CASE WHEN i % 50 = 0 THEN 2 ELSE 1 END), said, 'ready', made(3, i), sha256(i::text::bytea), at, at,
			CASE WHEN i % 7 = 0 THEN now() END FROM made_texts;
	INSERT INTO revisions (id, article_id, number, raw, sha256, created_at) SELECT made(3, i), made(2, i), 1, '', sha256(''), at FROM made_texts;
	INSERT INTO texts (id, revision_id, extractor, body, spans, credits, language, created_at)
		SELECT made(4, i), made(3, i), 'x', said, '[]', '[]', 'en', at FROM made_texts;
	INSERT INTO claims (id, article_id, text_id, start_at, end_at, exact, hash, text, checkable, worth, worth_reasons, attribution, certainty,
			engine_version, engine_hash, created_at)
		SELECT made(5, i), made(2, i), made(4, i), 0, length(said), said, sha256(said::bytea), said, true, 0, '{}', 'own', 'happened', 'x', 'x', at FROM made_texts;
	INSERT INTO findings (id, story_id, summary, verdict, corroborated, sources, origins, kinds, created_at, updated_at, touched_at)
		SELECT made(6, i), made(1, i), said, CASE WHEN i % 20 = 0 THEN 'diverge' ELSE 'single' END, true, 1, 1,
			CASE WHEN i % 20 = 0 THEN ARRAY ['number'] ELSE '{}' END, at, at, at FROM made_texts;
	INSERT INTO finding_claims (claim_id, finding_id, ordinal) SELECT made(5, i), made(6, i), 0 FROM made_texts;
	DROP FUNCTION made(integer, integer)`

// filledSearch gives a database to look in, of which the database itself knows how much
// there is.
func filledSearch(t *testing.T) *DB {
	t.Helper()
	pool := storetest.New(t)
	err := pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error {
		for _, sql := range []string{`CREATE FUNCTION made(kind integer, i integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
			SELECT (lpad(to_hex(i), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(kind), 12, '0'))::uuid $$`, searchFilling} {
			if _, err := tx.Exec(t.Context(), sql); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(t.Context(), "ANALYZE"); err != nil {
		t.Fatal(err)
	}
	return New(pool)
}

// searchedAll are all tables that are searched.
var searchedAll = []*searched{&searchedClaims, &searchedStories, &searchedWords, &searchedArticles, &searchedFindings}

// walking sets how searches look, until the test ends.
func walking(t *testing.T, rows int, few float64) {
	t.Helper()
	for _, s := range searchedAll {
		was := *s
		s.walk, s.few = rows, few
		t.Cleanup(func() { *s = was })
	}
}

// lookAll runs a query for every type and gives the ids that come, each with what there is
// to them in all.
func lookAll(t *testing.T, db *DB, typed string, newest bool) map[search.Type][]string {
	t.Helper()
	out := map[search.Type][]string{}
	err := db.Searching(t.Context(), "", func(s Searcher) error {
		q := search.Parse(typed)
		text, err := s.SearchText(t.Context(), q, false)
		if err != nil {
			return err
		}
		c := SearchChoice{Text: text, Filter: q.Filter, Newest: newest, Now: time.Now(), Limit: 700}
		if len(q.Sources) > 0 {
			if c.SourceIDs, err = s.SourcesNamed(t.Context(), q.Sources); err != nil {
				return err
			}
		}
		for kind, look := range map[search.Type]func(context.Context, SearchChoice) (SearchHits, error){search.Story: s.SearchStories,
			search.Finding: s.SearchFindings, search.Claim: s.SearchClaims, search.Article: s.SearchArticles} {
			hits, err := look(t.Context(), c)
			if err != nil {
				return err
			}
			out[kind] = []string{fmt.Sprintf("%d %t", hits.Total, hits.More)}
			for _, h := range hits.Hits {
				out[kind] = append(out[kind], h.ID)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", typed, err)
	}
	return out
}

// TestWindowsGiveWhatAllGives holds that a search finds the same, in the same order,
// however few rows it looks among at first.
func TestWindowsGiveWhatAllGives(t *testing.T) {
	db := filledSearch(t)
	for i, typed := range []string{"alwaysword", "halfword tenthword", "alwaysword oldword", `"alwaysword halfword"`, "alwaysword -halfword",
		"alwaysword verdict:diverge", "kind:number", `source:"paper 2" halfword`, "scarceword OR oldword"} {
		newest := i%2 == 0
		var want map[search.Type][]string
		t.Run("all", func(t *testing.T) {
			walking(t, 1_000_000, 0)
			want = lookAll(t, db, typed, newest)
		})
		for _, rows := range []int{10, 100} {
			for _, few := range []float64{0, 200} {
				t.Run("windows", func(t *testing.T) {
					walking(t, rows, few)
					if diff := cmp.Diff(want, lookAll(t, db, typed, newest)); diff != "" {
						t.Errorf("%s, from %d rows on: %s", typed, rows, diff)
					}
				})
			}
		}
		if n := len(want[search.Claim]); n < 2 {
			t.Errorf("%s finds %d claims", typed, n)
		}
	}
}
