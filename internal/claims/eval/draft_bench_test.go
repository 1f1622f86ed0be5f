package eval

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"corroborate/internal/claims"
)

// benchDraftWords is the length of the draft that is measured.
const benchDraftWords = 800

// benchDraft gives a draft of so many words, made of an article of a story and of others.
func benchDraft(s claims.Story) claims.Article {
	var words []string
	for _, a := range s.Articles {
		for p := range strings.SplitSeq(a.Text.Body, "\n") {
			if words = append(words, strings.Fields(p)...); len(words) >= benchDraftWords {
				break
			}
		}
	}
	return claims.Article{Text: claims.ReadText(strings.Join(words[:min(len(words), benchDraftWords)], " "), "")}
}

// checkOnce reads a draft and holds it against a story whose findings are known.
func checkOnce(b *testing.B, e *claims.Engine, draft claims.Article, k claims.KnownStory) {
	b.Helper()
	d, err := e.ReadDraft(context.Background(), draft)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := d.Against(context.Background(), k); err != nil {
		b.Fatal(err)
	}
}

func benchCheck(b *testing.B, s claims.Story) {
	e := benchEngine(b)
	r, err := e.Analyze(context.Background(), s, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	k, draft := claims.KnownStory{Articles: s.Articles, Findings: r.Findings}, benchDraft(s)
	b.ReportAllocs()
	begun, n := processorTime(b), 0
	for b.Loop() {
		checkOnce(b, e, draft, k)
		n++
	}
	b.ReportMetric(float64((processorTime(b)-begun).Milliseconds())/float64(n), "processor-ms/op")
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/1e6, "MB-from-system")
	b.ReportMetric(float64(len(s.Articles)), "articles")
}

// processorTime is what this process has had of the processors, which a busy machine does
// not change.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkCheckDraft measures the check of a draft of 800 words against one story, on one
// core.
func BenchmarkCheckDraft(b *testing.B) { benchCheck(b, benchStory(b)) }

// BenchmarkCheckDraft50 is the same against fifty articles of some 600 words each.
func BenchmarkCheckDraft50(b *testing.B) {
	f, err := os.Open(filepath.Join(sharedDir, "data/events/articles.jsonl"))
	if err != nil {
		b.Skip("SKIPPED: ", err)
	}
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<22)
	s := claims.Story{}
	for lines.Scan() && len(s.Articles) < 50 {
		var a struct{ ID, Source, Title, Text string }
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			b.Fatal(err)
		}
		s.Articles = append(s.Articles, claims.Article{ID: a.ID, Source: a.Source + " " + a.ID, Title: a.Title, Text: claims.ReadText(a.Text, a.Title)})
	}
	benchCheck(b, s)
}
