package ingest

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// Pages that are built to exhaust who reads them end soon, with an article or
// without.
func TestHostilePages(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	paragraph := "<p>The mayor said on Monday that the bridge would be closed for three weeks, as a crack had been found in it.</p>"
	for name, page := range map[string]string{
		"deep":                    strings.Repeat("<div>", 100_000) + paragraph,
		"deep inline":             strings.Repeat("<b>", 100_000) + paragraph,
		"many elements":           strings.Repeat("<i>a</i>", 500_000),
		"many paragraphs":         strings.Repeat(paragraph, 20_000),
		"many links":              strings.Repeat("<a href=/x>one of many links</a> ", 100_000),
		"many tables":             strings.Repeat("<table><tr><td>", 300) + paragraph,
		"one long line":           "<p>" + strings.Repeat("word ", 1_000_000),
		"one long word":           "<p>" + strings.Repeat("x", 5_000_000),
		"long attribute":          "<p class='" + strings.Repeat("x ", 1_000_000) + "'>" + paragraph,
		"many attributes":         "<p " + strings.Repeat("a=1 ", 200_000) + ">" + paragraph,
		"open tags":               strings.Repeat("<p><a><b><table>", 50_000),
		"metas":                   strings.Repeat("<meta name=author content='A B'>", 50_000) + paragraph,
		"json":                    `<script type="application/ld+json">` + strings.Repeat("[", 500_000) + "</script>" + paragraph,
		"time tags":               strings.Repeat("<time datetime='x'>", 400) + paragraph,
		"elements enough":         strings.Repeat("<i>a</i>", 18_000),
		"paragraphs at the limit": strings.Repeat(paragraph, 4_900),
		"paragraphs enough":       strings.Repeat(paragraph, 15_000),
		"links enough":            strings.Repeat("<a href=/x>one of many links</a> ", 10_000),
		"nested lists":            strings.Repeat(strings.Repeat("<ul><li>", 100)+"x"+strings.Repeat("</ul>", 100), 24),
		"divs enough":             strings.Repeat("<div class='article content body text'>a b c d e f g h</div>", 18_000),
		"brs":                     strings.Repeat("x<br>", 200_000),
		"entities":                strings.Repeat("&amp;&lt;&#x10ffff;", 200_000),
		"nothing":                 "",
		"zero bytes":              strings.Repeat("\x00", 100_000),
	} {
		start := time.Now()
		_, err := Extract([]byte(page), "https://example.org/")
		if err != nil && !errors.Is(err, ErrNoArticle) && !errors.Is(err, ErrTooDeep) {
			t.Errorf("%s: %v", name, err)
		}
		took := time.Since(start)
		t.Logf("%s: %v, %v", name, took.Round(time.Millisecond), err)
		if took > 20*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func FuzzExtract(f *testing.F) {
	f.Add([]byte(`<html lang=en><title>A | B</title><link rel=canonical href=/x><article><h1>A</h1><p>It rained, he said.<br><br>And more.</p></article>`), "https://example.org/a")
	f.Add([]byte(`<script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"author":[{"name":["x"]}],"datePublished":"2025-03-27T09:30:00-0500"}]}</script><p>x`), "")
	f.Add([]byte(`<table><tr><td>a<td>b</table><time datetime=2025-1-1>`), "://")
	f.Fuzz(func(t *testing.T, page []byte, base string) {
		text, _ := ToUTF8(page, "text/html")
		got, err := Extract(text, base)
		if err != nil {
			return
		}
		if strings.TrimSpace(got.Text) == "" || !utf8.ValidString(got.Text) {
			t.Errorf("text %q", got.Text)
		}
		for _, s := range []string{got.Title, got.Byline, got.Site, got.URL} {
			if !utf8.ValidString(s) || strings.ContainsRune(s, '\n') {
				t.Errorf("field %q", s)
			}
		}
		if again, err := Extract(text, "https://other.example/"); err != nil || again.Text != got.Text {
			t.Errorf("with another address the text is %q, not %q (%v)", again.Text, got.Text, err)
		}
	})
}

func FuzzParseMoment(f *testing.F) {
	f.Add("2025-03-27T09:30:00-0500")
	f.Add("March 27, 2025")
	f.Fuzz(func(t *testing.T, s string) {
		p := parseMoment(s)
		if again := parseMoment(p.String()); again.String() != p.String() {
			t.Errorf("%q is %s and then %s", s, p, again)
		}
	})
}
