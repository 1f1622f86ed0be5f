package eval

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"corroborate/internal/claims"
)

// eventArticles gives the first n articles of the annotated events as one story.
func eventArticles(b *testing.B, n int) claims.Story {
	b.Helper()
	f, err := os.Open(filepath.Join(sharedDir, "data/events/articles.jsonl"))
	if err != nil {
		b.Skip("SKIPPED: ", err)
	}
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<22)
	s := claims.Story{}
	for len(s.Articles) < n && lines.Scan() {
		var a struct{ ID, Source, Title, Text string }
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			b.Fatal(err)
		}
		s.Articles = append(s.Articles, claims.Article{ID: a.ID, Source: a.Source + " " + a.ID, Title: a.Title, Text: claims.ReadText(a.Text, a.Title)})
	}
	if len(s.Articles) < n {
		b.Skipf("SKIPPED: there are only %d articles", len(s.Articles))
	}
	return s
}

// peakHeap looks at the heap until the function that it gives is called, which gives
// the most that it held.
func peakHeap() (stop func() uint64) {
	var most atomic.Uint64
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		var m runtime.MemStats
		for tick := time.NewTicker(50 * time.Millisecond); ; {
			select {
			case <-tick.C:
			case <-end:
				tick.Stop()
				return
			}
			runtime.ReadMemStats(&m)
			most.Store(max(most.Load(), m.HeapAlloc))
		}
	}()
	return func() uint64 { close(end); <-ended; return most.Load() }
}

// BenchmarkAnalyzeLarge measures how time and memory grow with the articles of a story.
func BenchmarkAnalyzeLarge(b *testing.B) {
	for _, n := range []int{25, 50, 100, 190} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			engine, s := benchEngine(b), eventArticles(b, n)
			begun := processorTime(b)
			stop := peakHeap()
			found := 0
			for b.Loop() {
				r, err := engine.Analyze(context.Background(), s, nil)
				if err != nil {
					b.Fatal(err)
				}
				found = len(r.Findings)
			}
			b.ReportMetric(float64(stop())/1e6, "MB-peak")
			b.ReportMetric((processorTime(b)-begun).Seconds()/float64(b.N), "processor-s/op")
			b.ReportMetric(float64(found), "findings")
		})
	}
}
