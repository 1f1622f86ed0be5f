package ingest

import (
	"bytes"
	"mime"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxFeedLinks is the most feeds that are taken from one page.
const maxFeedLinks = 20

// FeedLink is a feed that a page names.
type FeedLink struct {
	URL   string
	Title string
}

// feedTypes are the media types by which pages name feeds.
var feedTypes = []string{"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
	"application/xml", "text/xml", "application/x.atom+xml", "application/x-atom+xml"}

// FeedLinks gives the feeds that a page names in its <link rel="alternate">
// elements, in their order, each once. base is the page's address.
func FeedLinks(page []byte, base string) []FeedLink {
	var out []FeedLink
	z := html.NewTokenizer(bytes.NewReader(page))
	for len(out) < maxFeedLinks {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		t := z.Token()
		attrs := attributes(t)
		switch t.DataAtom {
		case atom.Base:
			if at := resolve(attrs["href"], base); at != "" {
				base = at
			}
		case atom.Link:
			link := FeedLink{URL: resolve(attrs["href"], base), Title: plainLine(attrs["title"])}
			if link.URL != "" && namesFeed(attrs) && !slices.ContainsFunc(out, func(f FeedLink) bool { return f.URL == link.URL }) {
				out = append(out, link)
			}
		}
	}
	return out
}

func attributes(t html.Token) map[string]string {
	out := make(map[string]string, len(t.Attr))
	for _, a := range t.Attr {
		out[a.Key] = a.Val
	}
	return out
}

// namesFeed tells whether a link element leads to a feed.
func namesFeed(attrs map[string]string) bool {
	rel := strings.Fields(strings.ToLower(attrs["rel"]))
	if slices.Contains(rel, "feed") {
		return true
	}
	if !slices.Contains(rel, "alternate") || slices.Contains(rel, "stylesheet") || attrs["hreflang"] != "" && attrs["type"] == "" {
		return false
	}
	media, _, err := mime.ParseMediaType(attrs["type"])
	return err == nil && slices.Contains(feedTypes, media)
}
