package app

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

const (
	// madeClaims are those of each made-up article, draftClaims those of a made-up draft.
	madeClaims  = 8
	draftClaims = 60
)

// BenchmarkStoriesForDraft measures how long it takes to find the stories that a draft is
// held against: about the same time in archives of all sizes.
func BenchmarkStoriesForDraft(b *testing.B) {
	engine, err := claims.NewEngine()
	if err != nil {
		b.Fatal(err)
	}
	for _, size := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			m := newMadeArchive(b, engine, size)
			m.fillClaims(b)
			a := &App{db: store.New(m.pool), engine: engine, log: slog.New(slog.DiscardHandler), now: time.Now}
			b.Run("find", m.benchmarkDraft(a))
		})
	}
}

func (m *madeArchive) benchmarkDraft(a *App) func(*testing.B) {
	return func(b *testing.B) {
		found, longest := 0, time.Duration(0)
		for i := 0; b.Loop(); i++ {
			b.StopTimer()
			event := (i*7919 + m.events/2) % m.events
			var text []string
			for range draftClaims {
				text = append(text, m.sentence(event))
			}
			draft, err := a.engine.ReadDraft(b.Context(), claims.Article{Text: claims.Text{Body: strings.Join(text, " "), Language: "en"}})
			if err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			begun := time.Now()
			stories, err := a.storiesFor(b.Context(), Actor{}, "", draft)
			if err != nil {
				b.Fatal(err)
			}
			longest = max(longest, time.Since(begun))
			for _, s := range stories {
				if s.ID == m.stories[event] {
					found++
				}
			}
		}
		b.ReportMetric(100*float64(found)/float64(b.N), "%found")
		b.ReportMetric(float64(longest.Milliseconds()), "ms-longest")
	}
}

// sentence makes one on an event: with two of its names, and words by Zipf's law.
func (m *madeArchive) sentence(event int) string {
	name := func() string {
		return fmt.Sprintf("Name%d", (event*7919+m.random.IntN(madeNames)*104_729)%madeVocabulary)
	}
	return fmt.Sprintf("The word%d of %s visited %s and word%d on Tuesday.", m.words.Uint64(), name(), name(), m.words.Uint64())
}

// fillClaims gives each article its claims.
func (m *madeArchive) fillClaims(b *testing.B) {
	b.Helper()
	ctx := context.Background()
	conn, err := m.pool.Acquire(ctx)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "SET session_replication_role = replica"); err != nil { // no text stands behind them
		b.Fatal(err)
	}
	var rows [][]any
	for i, art := range m.articles {
		for n := range madeClaims {
			s := m.sentence(i / perEvent)
			rows = append(rows, []any{newID(), art, art, 1000 * n, 1000*n + len(s), s, make([]byte, 32), s, true, 0.5, []string{}, "own", "happened", "0", "0", m.start})
		}
	}
	columns := []string{"id", "article_id", "text_id", "start_at", "end_at", "exact", "hash", "text", "checkable", "worth", "worth_reasons",
		"attribution", "certainty", "engine_version", "engine_hash", "created_at"}
	if _, err := conn.CopyFrom(ctx, pgx.Identifier{"claims"}, columns, pgx.CopyFromRows(rows)); err != nil {
		b.Fatal(err)
	}
	if _, err := conn.Exec(ctx, "SET session_replication_role = origin; ANALYZE claims"); err != nil {
		b.Fatal(err)
	}
}
