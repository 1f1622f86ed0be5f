package ingest

import (
	"bytes"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"corroborate/internal/claims"
)

// Extract takes the article out of a page in UTF-8. base is the address that the
// page came from, empty where it is not known; the text does not depend on it.
func Extract(page []byte, base string) (Page, error) {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return Page{}, ErrTooDeep
	}
	h := readHead(doc, base)
	out := Page{Title: h.title(), Byline: h.byline(), Published: h.published(), Modified: h.modified(), Site: h.site(),
		URL: h.canonical(), Language: h.language()}
	if out.Published.IsZero() {
		out.Published = shownMoment(doc)
	}
	blocks := elect(doc, blocksOf(doc), out.Title)
	if len(blocks) == 0 {
		return Page{}, ErrNoArticle
	}
	parts := make([]string, len(blocks))
	for i, b := range blocks {
		parts[i] = b.text
	}
	out.Text = strings.Join(parts, "\n\n")
	return out, nil
}

// Canonical gives the address that a page names as its own, absolute, empty where
// it names none.
func Canonical(page []byte, base string) string {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return ""
	}
	return readHead(doc, base).canonical()
}

var timeTags = cascadia.MustCompile(`time[datetime], [itemprop="datePublished"], abbr.published[title]`)

// shownMoment gives the first time that the markup shows, marked as one of
// publication where there is such a one.
func shownMoment(doc *html.Node) claims.Published {
	var marked, any []string
	for _, n := range cascadia.QueryAll(doc, timeTags) {
		if aside(n) {
			continue
		}
		s := attr(n, "datetime")
		if s == "" {
			s = attr(n, "content")
		}
		if s == "" {
			s = attr(n, "title")
		}
		if s == "" {
			s = flatText(n)
		}
		if attr(n, "itemprop") == "datePublished" || strings.Contains(attr(n, "class"), "published") {
			marked = append(marked, s)
		}
		any = append(any, s)
	}
	return firstMoment(append(marked, any...)...)
}
