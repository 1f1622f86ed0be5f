package eval

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"corroborate/internal/claims"
)

// sharedEngine is loaded once for all tests but those that compare engines: it remembers
// what its language model said, and many tests read the same stories.
var sharedEngine = sync.OnceValues(claims.NewEngine)

// TestReportsKeepTheirPromises checks the report of every event of the events
// data, and of the sample.
func TestReportsKeepTheirPromises(t *testing.T) {
	t.Parallel()
	stories := []claims.Story{sampleStory(t)}
	path := filepath.Join(sharedDir, "data/events/articles.jsonl")
	if _, err := os.Stat(path); err == nil {
		stories = append(stories, eventStories(t, path)...)
	} else {
		t.Logf("SKIPPED all but the sample: %v", err)
	}
	engine, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stories {
		r, err := engine.Analyze(context.Background(), s, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Check(); err != nil {
			t.Errorf("%s: %v", s.ID, err)
		}
	}
}

// TestSameBytes asserts that a story's report is the same in every run, with one
// processor and with many, in one goroutine and beside others. It sets the number
// of processors and so runs alone.
func TestSameBytes(t *testing.T) {
	stories := []claims.Story{sampleStory(t)}
	dirs, _ := filepath.Glob(filepath.Join(sharedDir, "stories", "*", "gold.json"))
	if len(dirs) == 0 {
		t.Logf("SKIPPED the annotated stories: not at %s", sharedDir)
	}
	for _, d := range dirs {
		s, _, err := loadStory(os.DirFS(filepath.Dir(d)))
		if err != nil {
			t.Fatal(err)
		}
		stories = append(stories, s)
	}
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	first := reportsOf(t, stories, 1)
	runtime.GOMAXPROCS(max(before, 4))
	for i, r := range reportsOf(t, stories, 2) {
		if r != first[i%len(stories)] {
			t.Errorf("story %d: the report differs between one processor and many", i%len(stories))
		}
	}
}

// reportsOf gives the reports of the stories, as so many goroutines make them with
// one new engine: those of the first goroutine, then those of the second, ...
func reportsOf(t *testing.T, stories []claims.Story, goroutines int) []string {
	t.Helper()
	engine, err := claims.NewEngine()
	if err != nil {
		t.Fatal(err)
	}
	out := make([]string, goroutines*len(stories))
	var done sync.WaitGroup
	for g := range goroutines {
		done.Go(func() {
			for i, s := range stories {
				r, err := engine.Analyze(context.Background(), s, nil)
				raw, jsonErr := json.Marshal(r)
				if err := errors.Join(err, jsonErr, r.Check()); err != nil {
					t.Errorf("story %d: %v", i, err)
				}
				out[g*len(stories)+i] = string(raw)
			}
		})
	}
	done.Wait()
	return out
}

func sampleStory(t testing.TB) claims.Story {
	t.Helper()
	s, _, err := loadStory(os.DirFS(sampleDir))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// eventStories reads articles by their event, in the order in which events begin.
func eventStories(t *testing.T, path string) []claims.Story {
	t.Helper()
	at := map[string]int{}
	var out []claims.Story
	eachLine(t, path, func(line []byte) {
		event, a := eventArticle(t, line)
		if _, ok := at[event]; !ok {
			at[event] = len(out)
			out = append(out, claims.Story{ID: event})
		}
		out[at[event]].Articles = append(out[at[event]].Articles, a)
	})
	return out
}

// TestSampleShowsEveryKind keeps the story that newcomers see from losing a kind of
// difference when its wording or the rules change.
func TestSampleShowsEveryKind(t *testing.T) {
	t.Parallel()
	e, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	r, err := e.Analyze(t.Context(), sampleStory(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	shown := map[claims.Kind]bool{}
	for _, f := range r.Findings {
		for _, d := range f.Differences {
			shown[d.Kind] = true
		}
	}
	for _, k := range claims.Kinds() {
		if !shown[k] {
			t.Errorf("no difference of the kind %s", k)
		}
	}
}
