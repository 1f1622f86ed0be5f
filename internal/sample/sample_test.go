package sample

import (
	"encoding/json"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

func loaded(t *testing.T) Story {
	t.Helper()
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestArticles(t *testing.T) {
	t.Parallel()
	s := loaded(t)
	if s.Title == "" || len(s.Articles) != 5 {
		t.Fatalf("title %q and %d articles", s.Title, len(s.Articles))
	}
	seen := map[string]bool{}
	for _, a := range s.Articles {
		for _, unique := range []string{a.ID, a.File, a.Source, a.URL} {
			if unique == "" || seen[unique] {
				t.Errorf("%s: %q is empty or there twice", a.ID, unique)
			}
			seen[unique] = true
		}
		if n := len(strings.Fields(a.Text)); n < 120 || n > 260 {
			t.Errorf("%s has %d words, want 120 to 260", a.ID, n)
		}
		if !strings.Contains(a.Text, a.Title) {
			t.Errorf("%s does not hold its title %q", a.ID, a.Title)
		}
		if u, err := url.Parse(a.URL); err != nil || !strings.HasSuffix(u.Hostname(), ".example") {
			t.Errorf("%s: the address %q is not of an invented outlet", a.ID, a.URL)
		}
		if !isTime(a.PublishedAt) {
			t.Errorf("%s: published_at %q is no date and no time", a.ID, a.PublishedAt)
		}
	}
}

func isTime(s string) bool {
	_, day := time.Parse(time.DateOnly, s)
	_, minute := time.Parse(time.RFC3339, s)
	return day == nil || minute == nil
}

func TestEveryTextIsAnArticle(t *testing.T) {
	t.Parallel()
	texts, err := fs.Glob(files, "*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, a := range loaded(t).Articles {
		named = append(named, a.File)
	}
	slices.Sort(named)
	if !slices.Equal(texts, named) {
		t.Errorf("texts %v, articles.json names %v", texts, named)
	}
}

// gold is gold.json.
type gold struct {
	Story    string
	Articles []struct {
		ID, File, Source string
		PublishedAt      string `json:"published_at"`
	}
	Findings []struct {
		ID, About, Note string
		Verdict, Kinds  []string
		Members         []passage
	}
	NotClaims []passage `json:"not_claims"`
	Apart     []struct {
		A, B passage
		Why  string
	}
}

type passage struct{ Article, Quote string }

func readGold(t *testing.T) gold {
	t.Helper()
	data, err := os.ReadFile("gold.json")
	if err != nil {
		t.Fatal(err)
	}
	var g gold
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGoldQuotesTheArticles(t *testing.T) {
	t.Parallel()
	texts := map[string]string{}
	for _, a := range loaded(t).Articles {
		texts[a.ID] = a.Text
	}
	g := readGold(t)
	quoted := slices.Clone(g.NotClaims)
	for _, f := range g.Findings {
		quoted = append(quoted, f.Members...)
	}
	for _, pair := range g.Apart {
		quoted = append(quoted, pair.A, pair.B)
	}
	for _, p := range quoted {
		if p.Quote == "" || !strings.Contains(texts[p.Article], p.Quote) {
			t.Errorf("%s does not hold %q", p.Article, p.Quote)
		}
	}
}

func TestGoldNamesTheArticles(t *testing.T) {
	t.Parallel()
	s, g := loaded(t), readGold(t)
	if g.Story != s.Title || len(g.Articles) != len(s.Articles) {
		t.Fatalf("gold is about %q with %d articles", g.Story, len(g.Articles))
	}
	for i, a := range s.Articles {
		b := g.Articles[i]
		if b.ID != a.ID || b.File != a.File || b.Source != a.Source || b.PublishedAt != a.PublishedAt {
			t.Errorf("gold calls article %d %+v, articles.json %s of %s", i, b, a.ID, a.Source)
		}
	}
}

// A verdict must fit what the members show: one teller is single, a divergence
// names a material kind, every kind of the product is there.
func TestGoldVerdicts(t *testing.T) {
	t.Parallel()
	immaterial := []string{"term", "attribution"}
	kinds := map[string]bool{}
	ids := map[string]bool{}
	for _, f := range readGold(t).Findings {
		if ids[f.ID] {
			t.Errorf("finding %s is there twice", f.ID)
		}
		ids[f.ID] = true
		tellers := map[string]bool{}
		for _, m := range f.Members {
			tellers[m.Article] = true
		}
		material := slices.ContainsFunc(f.Kinds, func(k string) bool { return !slices.Contains(immaterial, k) })
		want := "agree"
		switch {
		case len(tellers) == 1:
			want = "single"
		case material:
			want = "diverge"
		}
		if !slices.Equal(f.Verdict, []string{want}) {
			t.Errorf("%s: verdict %v, its members and kinds say %s", f.ID, f.Verdict, want)
		}
		for _, k := range f.Kinds {
			kinds[k] = true
		}
	}
	for _, k := range strings.Fields("number time place name action negation certainty cause scope quote term attribution") {
		if !kinds[k] {
			t.Errorf("no finding shows a difference of kind %s", k)
		}
	}
}
