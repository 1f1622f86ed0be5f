package app

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/claims"
	"corroborate/internal/store"
	"corroborate/internal/store/storetest"
)

// BenchmarkPlace measures how long it takes to find the story of an article in
// archives of different sizes: about the same time in each is what the index is
// for. Texts are made up: words drawn by Zipf's law and some names of the event.
func BenchmarkPlace(b *testing.B) {
	engine, err := claims.NewEngine()
	if err != nil {
		b.Fatal(err)
	}
	for _, size := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			m := newMadeArchive(b, engine, size)
			a := &App{db: store.New(m.pool), engine: engine, log: slog.New(slog.DiscardHandler), now: time.Now}
			b.Run("find", m.benchmarkFind(a))
			b.Run("index", m.benchmarkIndex(a))
		})
	}
}

func (m *madeArchive) benchmarkFind(a *App) func(*testing.B) {
	return func(b *testing.B) {
		found := 0
		for i := 0; b.Loop(); i++ {
			event := m.events - 1 - i%(m.events/2)
			art := Article{CreatedAt: m.start, Published: m.published(event)}
			f := m.fingerprint(event)
			err := a.change(b.Context(), Actor{}, func(c change) error {
				p, err := c.placeByTerms(b.Context(), art, f)
				if p.Story == m.stories[event] {
					found++
				}
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(100*float64(found)/float64(b.N), "%found")
	}
}

func (m *madeArchive) benchmarkIndex(a *App) func(*testing.B) {
	return func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			event := i % m.events
			f := m.fingerprint(event)
			art := Article{ID: m.articles[event*perEvent], Published: m.published(event)}
			err := a.change(b.Context(), Actor{}, func(c change) error { return c.index(b.Context(), art, &f) })
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

// madeArchive is an archive of made-up articles, three of each event.
type madeArchive struct {
	pool   *pgxpool.Pool
	random *rand.Rand
	words  *rand.Zipf
	start  time.Time
	events int
	// stories are those of the events, articles three of each.
	stories, articles []string
}

const (
	madeVocabulary = 200_000
	madeNames      = 8 // of each event
	perEvent       = 3
	eventsPerDay   = 300
)

func newMadeArchive(b *testing.B, engine *claims.Engine, size int) *madeArchive {
	b.Helper()
	random := rand.New(rand.NewPCG(1, uint64(size)))
	m := &madeArchive{pool: storetest.New(b), random: random, words: rand.NewZipf(random, 1.07, 8, madeVocabulary-1),
		start: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), events: size / perEvent}
	m.fill(b, engine)
	return m
}

// published is the time of an event: so many each day.
func (m *madeArchive) published(event int) claims.Published {
	return claims.Published{At: m.start.Add(time.Duration(event) * 24 * time.Hour / eventsPerDay), Precision: claims.Minute}
}

// fingerprint makes an article on an event.
func (m *madeArchive) fingerprint(event int) claims.Fingerprint {
	f := claims.Fingerprint{Terms: map[string]float64{}}
	for i := range madeNames {
		if m.random.IntN(4) > 0 {
			f.Terms[fmt.Sprintf("name%d", (event*7919+i*104_729)%madeVocabulary)] = 2
		}
	}
	for len(f.Terms) < 64 {
		f.Terms[fmt.Sprintf("word%d", m.words.Uint64())] = 1
	}
	return f
}

// fill stores the archive, by copying, as nothing else would end.
func (m *madeArchive) fill(b *testing.B, engine *claims.Engine) {
	b.Helper()
	source := newID()
	m.exec(b, "INSERT INTO sources (id, name, name_key, created_at) VALUES ($1, 'A Paper', 'a paper', $2)", source, m.start)
	var stories, articles, revisions, keys [][]any
	var archive claims.Archive
	for event := range m.events {
		story := newID()
		m.stories = append(m.stories, story)
		stories = append(stories, []any{story, fmt.Sprint("Event ", event), m.start, m.start})
		for range perEvent {
			f, at, art, revision := m.fingerprint(event), m.published(event).At, newID(), newID()
			m.articles = append(m.articles, art)
			archive.Count(f)
			raw, _ := json.Marshal(f)
			articles = append(articles, []any{art, story, source, at, 0, "minute", "ready", raw, revision, make([]byte, 32), at, at})
			revisions = append(revisions, []any{revision, art, 1, []byte{}, make([]byte, 32), at})
			own, _ := engine.Keys(f, archive)
			for _, k := range own[:claims.IndexKeys] {
				keys = append(keys, []any{k, at, art})
			}
		}
	}
	terms := [][]any{{"", archive.Articles}}
	for t, n := range archive.With {
		terms = append(terms, []any{t, n})
	}
	m.exec(b, "DROP INDEX articles_content") // made-up texts have no content of their own
	m.copy(b, "stories", stories, "id", "title", "created_at", "updated_at")
	m.exec(b, "ALTER TABLE articles DISABLE TRIGGER ALL")
	m.copy(b, "articles", articles, "id", "story_id", "source_id", "published_at", "published_offset", "published_precision",
		"status", "fingerprint", "revision_id", "content_hash", "created_at", "updated_at")
	m.copy(b, "revisions", revisions, "id", "article_id", "number", "raw", "sha256", "created_at")
	m.exec(b, "ALTER TABLE articles ENABLE TRIGGER ALL")
	m.exec(b, "TRUNCATE terms") // it counts no articles yet
	m.copy(b, "terms", terms, "term", "articles")
	m.copy(b, "article_keys", keys, "key", "published_at", "article_id")
	m.exec(b, "ANALYZE")
}

func (m *madeArchive) exec(b *testing.B, sql string, args ...any) {
	b.Helper()
	if _, err := m.pool.Exec(b.Context(), sql, args...); err != nil {
		b.Fatal(err)
	}
}

func (m *madeArchive) copy(b *testing.B, table string, rows [][]any, columns ...string) {
	b.Helper()
	if _, err := m.pool.CopyFrom(context.Background(), pgx.Identifier{table}, columns, pgx.CopyFromRows(rows)); err != nil {
		b.Fatal(err)
	}
}
