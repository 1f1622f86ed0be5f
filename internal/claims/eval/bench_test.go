package eval

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"corroborate/internal/claims"
)

// benchStory gives the seed story where the annotated data is, else the sample.
func benchStory(b *testing.B) claims.Story {
	b.Helper()
	dir := filepath.Join(sharedDir, "stories/colombia-biometrics")
	if _, err := os.Stat(dir); err != nil {
		return sampleStory(b)
	}
	s, _, err := loadStory(os.DirFS(dir))
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func benchEngine(b *testing.B) *claims.Engine {
	b.Helper()
	engine, err := claims.NewEngine()
	if err != nil {
		b.Fatal(err)
	}
	return engine
}

// BenchmarkExtract measures how many words a second become claims on one core.
func BenchmarkExtract(b *testing.B) {
	engine, s := benchEngine(b), benchStory(b)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	words := 0
	for _, a := range s.Articles {
		words += len(strings.Fields(a.Text.Body))
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range s.Articles {
			engine.Extract(a)
		}
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}

// BenchmarkAnalyze measures the whole report of a story, and the most memory that
// the program holds after it.
func BenchmarkAnalyze(b *testing.B) {
	engine, s := benchEngine(b), benchStory(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := engine.Analyze(context.Background(), s, nil); err != nil {
			b.Fatal(err)
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/1e6, "MB-from-system")
}

// BenchmarkCompare measures two statements.
func BenchmarkCompare(b *testing.B) {
	engine := benchEngine(b)
	for b.Loop() {
		engine.Compare("The ferry struck the pier on Tuesday, injuring 14 people.", "Officials said 41 people were injured when the ferry hit the pier.")
	}
}

// BenchmarkLoad measures a start of the engine.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		benchEngine(b)
	}
}
