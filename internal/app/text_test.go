package app

import (
	"strings"
	"testing"
	"time"

	"corroborate/internal/claims"
)

func TestAddressKey(t *testing.T) {
	t.Parallel()
	const want = "example.org/news/1?id=7&page=2"
	for _, same := range []string{
		"https://example.org/news/1?id=7&page=2",
		"http://www.Example.org/news/1/?page=2&id=7#comments",
		"https://example.org:443/news/1?id=7&page=2&utm_source=x&UTM_Medium=y&fbclid=z",
	} {
		if got := addressKey(same); got != want {
			t.Errorf("addressKey(%q) = %q, want %q", same, got, want)
		}
	}
	for _, other := range []string{"https://example.org/news/2?id=7&page=2", "https://example.org/News/1?id=7&page=2",
		"https://example.org:8443/news/1?id=7&page=2", "https://a.example.org/news/1?id=7&page=2"} {
		if addressKey(other) == want {
			t.Errorf("addressKey(%q) is that of another page", other)
		}
	}
	if got := addressKey(""); got != "" {
		t.Errorf("an empty address has the key %q", got)
	}
}

func TestParagraph(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", contextLength)
	for _, c := range []struct{ in, before, after string }{
		{"", "", ""},
		{"One. Two. ", "One. Two. ", "One. Two. "},
		{"One.\nTwo. ", "Two. ", "One."},
		{"One.\n\n", "", "One."},
		{"rd " + long[:contextLength-3], "… " + long[:contextLength-3], "rd " + long[:contextLength-8] + " …"},
	} {
		if got := paragraphBefore(c.in); got != c.before {
			t.Errorf("before %q: %q, want %q", c.in, got, c.before)
		}
		if got := paragraphAfter(c.in); !strings.HasPrefix(got, strings.TrimSuffix(c.after, " …")) {
			t.Errorf("after %q: %q, want %q", c.in, got, c.after)
		}
	}
}

func TestArticleValidation(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	right := ArticleInput{Text: "It rained.", Source: "A Paper", URL: "https://example.org/1", PublishedAt: "2026-05-01"}
	for _, c := range []struct {
		name   string
		change func(*ArticleInput)
		field  string // the one that is wrong, empty for none
	}{
		{"all right", func(*ArticleInput) {}, ""},
		{"no text", func(in *ArticleInput) { in.Text = "" }, "text"},
		{"white space", func(in *ArticleInput) { in.Text = " \n\t " }, "text"},
		{"only invisible", func(in *ArticleInput) { in.Text = "\u200b\u200e\ufeff" }, "text"},
		{"not UTF-8", func(in *ArticleInput) { in.Text = "caf\xe9" }, "text"},
		{"binary", func(in *ArticleInput) { in.Text = "PK\x03\x04\x00\x00" }, "text"},
		{"no source", func(in *ArticleInput) { in.Source = "" }, "source"},
		{"an invisible source", func(in *ArticleInput) { in.Source = "\u200b" }, "source"},
		{"a long source", func(in *ArticleInput) { in.Source = strings.Repeat("x", maxName+1) }, "source"},
		{"a long title", func(in *ArticleInput) { in.Title = strings.Repeat("x", maxTitle+1) }, "title"},
		{"a long byline", func(in *ArticleInput) { in.Byline = strings.Repeat("x", maxByline+1) }, "byline"},
		{"a long external id", func(in *ArticleInput) { in.ExternalID = strings.Repeat("x", maxExternal+1) }, "external_id"},
		{"no web address", func(in *ArticleInput) { in.URL = "javascript:alert(1)" }, "url"},
		{"an address with a password", func(in *ArticleInput) { in.URL = "https://me:secret@example.org/" }, "url"},
		{"a relative address", func(in *ArticleInput) { in.URL = "/news/1" }, "url"},
		{"no date", func(in *ArticleInput) { in.PublishedAt = "yesterday" }, "published_at"},
		{"the year 9999", func(in *ArticleInput) { in.PublishedAt = "9999-01-01" }, "published_at"},
		{"next week", func(in *ArticleInput) { in.PublishedAt = "2026-05-08" }, "published_at"},
		{"tomorrow's paper", func(in *ArticleInput) { in.PublishedAt = "2026-05-02" }, ""},
		{"unknown time", func(in *ArticleInput) { in.PublishedAt = "" }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := right
			c.change(&in)
			err := in.check(now)
			if c.field == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			wrong, ok := err.(*claims.Error)
			if !ok || wrong.Kind != claims.Invalid || len(wrong.Fields) != 1 || wrong.Fields[c.field] == "" {
				t.Errorf("error %#v, want one in %s", err, c.field)
			}
		})
	}
}

func TestNamesAreCleaned(t *testing.T) {
	t.Parallel()
	got := ArticleInput{Source: " The\u200b \u202eWire\u202c ", Title: "A\u0000 title", Byline: "By \u2066Ann"}.cleaned()
	if got.Source != "The Wire" || got.Title != "A title" || got.Byline != "By Ann" {
		t.Errorf("cleaned: %+v", got)
	}
}

func TestFirstWords(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("многое ", 20)
	for in, want := range map[string]string{"Short.": "Short.", long: strings.TrimSuffix(strings.Repeat("многое ", 11), " ") + "…"} {
		if got := firstWords(in); got != want {
			t.Errorf("firstWords(%q) = %q, want %q", in, got, want)
		}
	}
}
