package ingest

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"corroborate/internal/claims"
)

// pageHead is what a page says of its article outside of the article's text.
type pageHead struct {
	doc    *html.Node
	meta   map[string][]string // by name, property or itemprop, in lower case
	linked linkedArticle
	base   *url.URL
}

var (
	metaTags   = cascadia.MustCompile("meta[content]")
	linkedTags = cascadia.MustCompile(`script[type*="ld+json"]`)
	canonTag   = cascadia.MustCompile(`link[rel~="canonical"][href]`)
	titleTag   = cascadia.MustCompile("head title")
	h1Tags     = cascadia.MustCompile("h1")
	htmlTag    = cascadia.MustCompile("html[lang]")
	baseTag    = cascadia.MustCompile("base[href]")
)

func readHead(doc *html.Node, address string) pageHead {
	h := pageHead{doc: doc, meta: map[string][]string{}}
	h.base, _ = url.Parse(address)
	if h.base == nil {
		h.base = &url.URL{}
	}
	if tag := cascadia.Query(doc, baseTag); tag != nil {
		if b, err := h.base.Parse(attr(tag, "href")); err == nil {
			h.base = b
		}
	}
	for _, tag := range cascadia.QueryAll(doc, metaTags) {
		for _, by := range []string{"name", "property", "itemprop", "http-equiv"} {
			if name := strings.ToLower(strings.TrimSpace(attr(tag, by))); name != "" {
				h.meta[name] = append(h.meta[name], strings.TrimSpace(attr(tag, "content")))
			}
		}
	}
	var scripts []string
	for _, tag := range cascadia.QueryAll(doc, linkedTags) {
		if tag.FirstChild != nil {
			scripts = append(scripts, tag.FirstChild.Data)
		}
	}
	h.linked = linkedData(scripts)
	return h
}

// first gives the first value of the first name that has one.
func (h pageHead) first(names ...string) string {
	for _, name := range names {
		for _, v := range h.meta[name] {
			if v != "" {
				return v
			}
		}
	}
	return ""
}

// canonical gives the address that the page names as its own.
func (h pageHead) canonical() string {
	named := ""
	if tag := cascadia.Query(h.doc, canonTag); tag != nil {
		named = attr(tag, "href")
	}
	for _, candidate := range []string{named, h.first("og:url"), h.linked.url} {
		u, err := h.base.Parse(strings.TrimSpace(candidate))
		if candidate == "" || err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
			continue
		}
		u.Fragment = ""
		return u.String()
	}
	return ""
}

// language gives the two-letter code that the page declares.
func (h pageHead) language() string {
	declared := ""
	if tag := cascadia.Query(h.doc, htmlTag); tag != nil {
		declared = attr(tag, "lang")
	}
	for _, s := range []string{declared, h.first("content-language", "og:locale", "inlanguage"), h.linked.language} {
		code, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(s, "_", "-")), "-")
		if len(code) == 2 {
			return code
		}
	}
	return ""
}

// site gives the publisher's name.
func (h pageHead) site() string {
	for _, s := range []string{h.first("og:site_name"), h.linked.publisher, h.first("application-name", "apple-mobile-web-app-title",
		"publisher", "dc.publisher", "dcterms.publisher", "copyright")} {
		s = claims.CleanName(html.UnescapeString(s))
		if s != "" && len(s) <= 80 && !strings.Contains(s, "://") && !strings.HasPrefix(s, "@") {
			return s
		}
	}
	return ""
}

// title gives the headline: the page's one big heading where what is declared
// says the same, else what is declared.
func (h pageHead) title() string {
	tag := ""
	if t := cascadia.Query(h.doc, titleTag); t != nil {
		tag = flatText(t)
	}
	declared := []string{h.linked.headline, h.first("og:title"), h.first("twitter:title", "dc.title", "parsely-title", "sailthru.title", "headline")}
	var best string
	heads := cascadia.QueryAll(h.doc, h1Tags)
	for _, n := range heads {
		text := flatText(n)
		if words := len(strings.Fields(text)); words < 2 || words > 50 {
			continue
		}
		for _, other := range append(declared, tag) {
			if other != "" && alike(text, other) >= 0.5 {
				best = text
				break
			}
		}
		if best != "" {
			break
		}
	}
	for _, s := range append(append([]string{best}, declared...), tag) {
		if s = h.withoutSite(claims.CleanName(html.UnescapeString(html.UnescapeString(s)))); s != "" {
			return s
		}
	}
	return ""
}

// titleEnds are what stands between a headline and the name of the site.
var titleEnds = regexp.MustCompile(`\s+[|–—·•»:-]+\s+`)

// withoutSite takes the name of the site from the end or the beginning of a
// title. A part is taken for it where the page calls itself so, or its domain is
// made of these letters.
func (h pageHead) withoutSite(title string) string {
	for {
		cuts := titleEnds.FindAllStringIndex(title, -1)
		if len(cuts) == 0 {
			return title
		}
		last, first := cuts[len(cuts)-1], cuts[0]
		switch {
		case h.isSite(title[last[1]:]):
			title = title[:last[0]]
		case h.isSite(title[:first[0]]):
			title = title[first[1]:]
		default:
			return title
		}
	}
}

func (h pageHead) isSite(s string) bool {
	s = letters(s)
	if s == "" {
		return false
	}
	host := strings.TrimPrefix(h.base.Hostname(), "www.")
	if u, err := url.Parse(h.canonical()); err == nil && host == "" {
		host = strings.TrimPrefix(u.Hostname(), "www.")
	}
	name, _, _ := strings.Cut(host, ".")
	return s == letters(h.site()) || s == letters(name) || s == letters(host)
}

// letters gives the letters and digits of a name in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127 {
			return r
		}
		return -1
	}, strings.ToLower(s))
}

// alike gives how much two texts share: the part of the words of the shorter one
// that the other has too.
func alike(a, b string) float64 {
	x, y := strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 {
		return 0
	}
	have := map[string]bool{}
	for _, w := range y {
		have[letters(w)] = true
	}
	n := 0
	for _, w := range x {
		if have[letters(w)] {
			n++
		}
	}
	return float64(n) / float64(len(x))
}

// published and modified give the times that the page declares.
func (h pageHead) published() claims.Published {
	return firstMoment(append([]string{h.linked.published}, h.all("article:published_time", "article:published", "og:published_time",
		"og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created",
		"dcterms.date", "dc.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publicationdate",
		"article_date_original", "article.published", "cxenseparse:recs:publishtime", "originalpublicationdate", "displaydate",
		"date", "ptime", "pdate", "dcsext.articlefirstpublished", "citation_publication_date", "bt:pubdate", "rnews:datepublished")...)...)
}

func (h pageHead) modified() claims.Published {
	return firstMoment(append([]string{h.linked.modified}, h.all("article:modified_time", "og:updated_time", "datemodified", "lastmod",
		"last-modified", "dcterms.modified", "dc.date.modified", "article.updated", "utime")...)...)
}

// all gives the values of several names in order.
func (h pageHead) all(names ...string) []string {
	var out []string
	for _, name := range names {
		out = append(out, h.meta[name]...)
	}
	return out
}
