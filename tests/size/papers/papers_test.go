package papers

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestArticlesAreTheSameForASeed(t *testing.T) {
	t.Parallel()
	made := func(seed uint64) string {
		var b bytes.Buffer
		o := Options{Articles: 200, Seed: seed, From: time.Date(2025, 1, 6, 6, 0, 0, 0, time.UTC), Days: 90}
		if err := Write(&b, o); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	first, again, other := made(1), made(1), made(2)
	if first != again || first == other {
		t.Error("the seed does not decide the articles")
	}
	ids := map[string]bool{}
	for line := range strings.Lines(first) {
		var a Article
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		if ids[a.ExternalID] || strings.Contains(a.Text+a.Title, "%p") || len(strings.Fields(a.Text)) < 40 {
			t.Errorf("article %+v", a)
		}
		ids[a.ExternalID] = true
	}
	if len(ids) != 200 {
		t.Errorf("%d articles", len(ids))
	}
}

func TestBriefArticlesBearTheirSyllable(t *testing.T) {
	t.Parallel()
	words, all := 0, All(Options{Articles: 400, From: time.Unix(0, 0), Days: 2, Brief: true, Rare: "qel", Often: "qil"})
	for _, a := range all {
		words += len(strings.Fields(a.Text))
		if !strings.Contains(a.Text, "qel") || !strings.Contains(a.URL, "qel") || !strings.Contains(a.Byline, "qil") {
			t.Errorf("article %+v", a)
		}
	}
	if mean := words / len(all); mean < 15 || mean > 60 {
		t.Errorf("%d words in an article", mean)
	}
}
