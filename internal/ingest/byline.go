package ingest

import (
	"regexp"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"corroborate/internal/claims"
)

// maxNameLength is the most characters of a byline that is taken from the markup.
const maxNameLength = 120

var (
	// authorMarks are the elements that pages name their authors in, surest first.
	authorMarks = []cascadia.Selector{
		cascadia.MustCompile(`[itemprop~="author"] [itemprop~="name"], [itemprop~="author"][itemprop~="name"]`),
		cascadia.MustCompile(`a[rel~="author"], [itemprop~="author"]`),
		cascadia.MustCompile(`.author-name, .byline-name, .byline__name, .author__name, .article-author, .article__author, .entry-author, .post-author, .story-author, .c-byline__author, .author.vcard`),
		cascadia.MustCompile(`.byline, .by-line, .c-byline, .article-byline, .article__byline, .story-byline, .entry-byline, [class*="byline" i]`),
		cascadia.MustCompile(`a[href*="/author/"], a[href*="/authors/"], a[href*="/by/"], a[href*="/reporter/"]`),
	}
	// by is the word that opens a byline, behind whatever label stands before it.
	by = regexp.MustCompile(`(?i)^\s*(?:(?:posted|written|reported|published|story|text|words)\s+)?by\s*[:|]?\s+|^\s*(?:author|reporter|writer|autor|von|par|por)\s*[:|]\s*`)
	// behindName is what follows a name in a byline: a date, a role, an agency's town.
	behindName = regexp.MustCompile(`(?i)\s*(?:[|•·–—]|\s-\s|\(|\b(?:posted|published|updated|last updated|staff writer|senior (?:writer|editor|reporter)|correspondent|contributor|twitter|follow|email|@\S|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues|wednes|thurs|fri|satur|sun)day,|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\d{1,2}[:./]\d|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d{4}\b)).*$`)
)

// byline gives who wrote the article as the page declares it, else as its markup
// shows.
func (h pageHead) byline() string {
	declared := [][]string{h.linked.authors, h.all("author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
		"article:author", "article:author_name", "og:author", "authors", "citation_author", "rbauthors", "cxenseparse:author")}
	for _, names := range declared {
		if s := h.joinNames(names); s != "" {
			return s
		}
	}
	for _, mark := range authorMarks {
		var names []string
		for _, n := range cascadia.QueryAll(h.doc, mark) {
			if aside(n) {
				continue
			}
			if text := flatText(n); text != "" && len(text) <= 2*maxNameLength {
				names = append(names, text)
			}
			if len(names) == 4 {
				break
			}
		}
		if s := h.joinNames(names); s != "" {
			return s
		}
	}
	return ""
}

// aside tells whether an element stands outside of the article: in a list of
// others, in comments or at the foot.
func aside(n *html.Node) bool {
	for p := n; p != nil; p = p.Parent {
		if p.Type != html.ElementNode {
			continue
		}
		switch p.Data {
		case "aside", "footer", "nav":
			return true
		}
		mark := strings.ToLower(attr(p, "class") + " " + attr(p, "id"))
		for _, word := range []string{"comment", "related", "recommend", "sidebar", "footer", "most-read", "popular", "trending"} {
			if strings.Contains(mark, word) && p.Data != "body" && p.Data != "html" {
				return true
			}
		}
	}
	return false
}

// joinNames cleans names and joins them, each once.
func (h pageHead) joinNames(names []string) string {
	var out []string
	seen := map[string]bool{}
	for _, name := range names {
		name = h.cleanName(name)
		if key := letters(name); key != "" && !seen[key] {
			seen[key] = true
			out = append(out, name)
		}
	}
	switch len(out) {
	case 0:
		return ""
	case 1:
		return out[0]
	}
	return strings.Join(out[:len(out)-1], ", ") + " and " + out[len(out)-1]
}

// cleanName gives a name without what stands around it, empty where it is none:
// an address, a number, the site itself.
func (h pageHead) cleanName(s string) string {
	s = claims.CleanName(html.UnescapeString(s))
	s = by.ReplaceAllString(s, "")
	s = strings.Trim(behindName.ReplaceAllString(s, ""), " ,.;:|/-–—")
	switch {
	case s == "" || len(s) > maxNameLength || len(strings.Fields(s)) > 12:
		return ""
	case strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || strings.Contains(s, "@") || strings.HasPrefix(s, "/"):
		return ""
	case !strings.ContainsFunc(s, func(r rune) bool { return r > '9' }):
		return ""
	case h.isSite(s):
		return ""
	}
	switch strings.ToLower(s) {
	case "admin", "administrator", "editor", "staff", "author", "by", "unknown", "guest", "anonymous", "null", "undefined", "none":
		return ""
	}
	return s
}
