package eval

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"corroborate/internal/claims"
)

// TestCopiesFound rewrites texts that were written for this by degrees. The figures
// are committed here: what is found may not fall, and what is no copy is not said to
// be one.
func TestCopiesFound(t *testing.T) {
	t.Parallel()
	var texts []string
	for _, pattern := range []string{"testdata/copies/*.txt", sampleDir + "/[lmnt]*.txt"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no texts (%v)", pattern, err)
		}
		for _, f := range files {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, string(raw))
		}
	}
	want := map[string][2]float64{ // of the articles, of the copied words
		"new_lead": {1, 0.912}, "cut": {1, 0.886}, "cut_and_reordered": {1, 0.808},
		"word_in_16": {1, 0.854}, "word_in_12": {1, 0.831}, "word_in_10": {1, 0.827}, "word_in_8": {1, 0.808},
		"word_in_6": {1, 0.715}, "word_in_5": {0.5, 0.413}, "reordered_word_in_12": {0.875, 0.677},
	}
	for _, r := range rewritings {
		got := measureCopies(texts, r)
		t.Logf("%-22s articles %.3f  passages %.3f  precision %.3f  marked %.3f", r.name, got.articles, got.passages, got.precision, got.marked)
		w, ok := want[r.name]
		if !ok || got.articles < w[0]-slack || got.passages < w[1]-slack || got.precision < 0.99 {
			t.Errorf("%s: %+v, want at least %v of the articles and of the copied words, and nothing else", r.name, got, w)
		}
	}
}

// TestCopiesInEvents counts the pairs of articles of other outlets that share passages
// in the events, where each was looked at: all others tell of one event in words of
// their own.
func TestCopiesInEvents(t *testing.T) {
	t.Parallel()
	path := filepath.Join(sharedDir, "data/events/articles.jsonl")
	if _, err := os.Stat(path); err != nil || testing.Short() {
		t.Skipf("SKIPPED: the events at %s are not there, or -short", path)
	}
	var arts []claims.Article
	for _, s := range eventStories(t, path) {
		arts = append(arts, s.Articles...)
	}
	texts := make([]*claims.CopyText, len(arts))
	for i, a := range arts {
		texts[i] = claims.NewCopyText(a.Text)
	}
	sharing, copies := []string{}, 0
	for i := range arts {
		for j := range i {
			o := texts[j].Overlap(texts[i])
			if len(o.Passages) > 0 {
				sharing = append(sharing, fmt.Sprintf("%s | %s: %d words", arts[j].Title, arts[i].Title, o.Words))
			}
			if o.Copy {
				copies++
			}
		}
	}
	// Both pairs print an agency's text: on a resolution of the NAACP, and on a poll.
	if len(sharing) != 2 || copies != 0 {
		t.Errorf("%d pairs of %d articles share passages, %d are copies:\n%q", len(sharing), len(arts), copies, sharing)
	}
}
