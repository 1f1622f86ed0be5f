package ingest

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// The benchmark's pages lie beside the project and are none of it.
const benchmark = "../../../shared/data/html"

// The least F1 that extraction may have: on the pages that its rules were made
// with, and on the others.
const (
	wantSeen   = 0.970
	wantUnseen = 0.970
)

// shingled counts runs of four words as the benchmark does.
func shingled(text string) map[string]int {
	words := regexp.MustCompile(`[\pL\pN_]+`).FindAllString(text, -1)
	out := map[string]int{}
	if len(words) == 0 {
		return out
	}
	for i := range max(1, len(words)-3) {
		out[strings.Join(words[i:min(i+4, len(words))], " ")]++
	}
	return out
}

// tally sums true positives, false positives and false negatives, each page
// weighing the same.
type tally struct{ tp, fp, fn float64 }

func (t *tally) add(gold, got map[string]int) {
	both, a, b := 0, 0, 0
	for k, n := range gold {
		both += min(n, got[k])
		a += n
	}
	for _, n := range got {
		b += n
	}
	if sum := float64(a + b - both); sum > 0 {
		t.tp += float64(both) / sum
		t.fp += float64(b-both) / sum
		t.fn += float64(a-both) / sum
	}
}

func (t tally) f1() (precision, recall, f float64) {
	precision, recall = t.tp/(t.tp+t.fp), t.tp/(t.tp+t.fn)
	return precision, recall, 2 * precision * recall / (precision + recall)
}

// TestQuality measures extraction on the benchmark. The rules were made with the
// pages whose id ends in an even digit; the others are held back.
func TestQuality(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes a minute")
	}
	raw, err := os.ReadFile(filepath.Join(benchmark, "ground-truth.json"))
	if err != nil {
		t.Skipf("no benchmark in %s", benchmark)
	}
	gold := map[string]struct{ ArticleBody string }{}
	if err := json.Unmarshal(raw, &gold); err != nil {
		t.Fatal(err)
	}
	got := extractAll(t, gold)
	var seen, unseen tally
	for id, g := range gold {
		to := &unseen
		if strings.ContainsRune("02468ace", rune(id[len(id)-1])) {
			to = &seen
		}
		to.add(shingled(g.ArticleBody), shingled(got[id].Text))
	}
	for _, half := range []struct {
		name string
		tally
		want float64
	}{{"seen", seen, wantSeen}, {"held back", unseen, wantUnseen}} {
		p, r, f := half.f1()
		t.Logf("%s: precision %.4f, recall %.4f, F1 %.4f", half.name, p, r, f)
		if f < half.want {
			t.Errorf("%s: F1 %.4f, want at least %.3f", half.name, f, half.want)
		}
	}
	if to := os.Getenv("EXTRACTED"); to != "" {
		writeExtracted(t, to, got)
	}
}

// extractAll extracts the benchmark's pages, two at a time.
func extractAll[T any](t *testing.T, gold map[string]T) map[string]Page {
	t.Helper()
	out := map[string]Page{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	turn := make(chan struct{}, 2)
	for id := range gold {
		wg.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			page, err := Extract(readPage(t, id), "")
			if err != nil {
				t.Logf("%s: %v", id, err)
			}
			mu.Lock()
			out[id] = page
			mu.Unlock()
		})
	}
	wg.Wait()
	return out
}

func readPage(t *testing.T, id string) []byte {
	t.Helper()
	f, err := os.Open(filepath.Join(benchmark, "html", id+".html.gz"))
	if err != nil {
		t.Error(err)
		return nil
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Error(err)
		return nil
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Error(err)
	}
	text, _ := ToUTF8(raw, "text/html")
	return text
}

// writeExtracted writes what was extracted in the form that score/html.py reads.
func writeExtracted(t *testing.T, to string, got map[string]Page) {
	t.Helper()
	out := map[string]map[string]string{}
	for id, p := range got {
		out[id] = map[string]string{"articleBody": p.Text, "title": p.Title, "byline": p.Byline,
			"published": p.Published.String(), "modified": p.Modified.String(), "site": p.Site, "url": p.URL, "language": p.Language}
	}
	b, err := json.MarshalIndent(out, "", " ")
	if err == nil {
		err = os.WriteFile(to, b, 0o644)
	}
	if err != nil {
		t.Error(err)
	}
}
