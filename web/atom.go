package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/search"
)

// The elements of an Atom feed (RFC 4287), as far as they are used here.
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  string      `xml:"author>name"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomEntry struct {
		ID         string         `xml:"id"`
		Title      string         `xml:"title"`
		Published  string         `xml:"published"`
		Updated    string         `xml:"updated"`
		Links      []atomLink     `xml:"link"`
		Categories []atomCategory `xml:"category"`
		Summary    string         `xml:"summary"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
		Href string `xml:"href,attr"`
	}
	atomCategory struct {
		Term  string `xml:"term,attr"`
		Label string `xml:"label,attr"`
	}
)

// feedPath is the path of the feed with a secret.
func feedPath(secret string) string { return "/filters/feeds/" + secret + ".atom" }

// searchFeed gives a saved search as an Atom feed to whoever knows its address.
func (w *Web) searchFeed(rw http.ResponseWriter, r *http.Request) error {
	secret := chi.URLParam(r, "token")
	rw.Header().Set("Cache-Control", "private, no-cache")
	rw.Header().Set("X-Robots-Tag", "noindex")
	rw.Header().Set("Referrer-Policy", "no-referrer")
	f, err := w.app.SearchFeed(r.Context(), secret)
	if claims.KindOf(err) == claims.NotFound {
		http.Error(rw, "There is no feed at this address. It may have ended, or its filter was deleted.", http.StatusNotFound)
		return nil
	}
	if err != nil {
		return err
	}
	if f.Closed {
		http.Error(rw, "This feed has ended: the account that it belonged to is closed.", http.StatusGone)
		return nil
	}
	body, err := xml.MarshalIndent(w.atom(r, f, secret), "", "  ")
	if err != nil {
		return fmt.Errorf("write a feed: %w", err)
	}
	return sendFeed(rw, r, append([]byte(xml.Header), body...), f.Updated)
}

// sendFeed sends a feed, or says that it is the one that the reader has.
func sendFeed(rw http.ResponseWriter, r *http.Request, body []byte, updated time.Time) error {
	sum := sha256.Sum256(body)
	tag := `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	rw.Header().Set("ETag", tag)
	rw.Header().Set("Last-Modified", updated.UTC().Format(http.TimeFormat))
	if sameFeed(r, tag, updated) {
		rw.WriteHeader(http.StatusNotModified)
		return nil
	}
	rw.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	_, _ = rw.Write(body) // the reader is gone when this fails
	return nil
}

// sameFeed tells whether a reader has this feed already. A tag says more than a time:
// entries also go.
func sameFeed(r *http.Request, tag string, updated time.Time) bool {
	if tags := r.Header.Get("If-None-Match"); tags != "" {
		for one := range strings.SplitSeq(tags, ",") {
			one = strings.TrimSpace(one)
			if one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !updated.Truncate(time.Second).After(since)
}

// atom writes a saved search as a feed.
func (w *Web) atom(r *http.Request, f app.SearchFeed, secret string) atomFeed {
	out := atomFeed{ID: "urn:uuid:" + f.ID, Title: f.Name + " · Corroborate", Updated: atomTime(f.Updated), Author: "Corroborate",
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: w.address(r, feedPath(secret))},
			{Rel: "alternate", Type: "text/html", Href: w.address(r, "/search?saved="+f.ID)},
		}}
	for _, h := range f.Hits {
		out.Entries = append(out.Entries, w.entry(r, h))
	}
	return out
}

// entry writes something that was found as an entry.
func (w *Web) entry(r *http.Request, h app.SearchHit) atomEntry {
	e := atomEntry{ID: "urn:uuid:" + h.ID, Title: entryTitle(h), Published: atomTime(h.At), Updated: atomTime(h.Changed),
		Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: w.address(r, hitAddress(h))}}, Summary: entrySummary(h)}
	if h.Verdict != "" {
		e.Categories = append(e.Categories, atomCategory{Term: "verdict:" + string(h.Verdict), Label: string(h.Verdict)})
	}
	for _, k := range h.Kinds {
		e.Categories = append(e.Categories, atomCategory{Term: "kind:" + string(k), Label: string(k)})
	}
	return e
}

func atomTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// entryTitle is what an entry is about; no title is empty.
func entryTitle(h app.SearchHit) string {
	title := search.Plain(h.Title)
	if h.Type == search.Claim || title == "" {
		title = search.Plain(h.Text)
	}
	if title == "" {
		return "Untitled"
	}
	return title
}

// entrySummary says in a line what is to be known of a hit.
func entrySummary(h app.SearchHit) string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	switch {
	case h.Type == search.Correction:
		add(h.Source + " changed this to: " + search.Plain(h.Text))
	case h.Veiled:
		add("under blind review")
	case h.Verdict != "" && h.OneOrigin:
		add(string(h.Verdict) + ", one origin")
	default:
		add(string(h.Verdict))
	}
	var kinds []string
	for _, k := range h.Kinds {
		kinds = append(kinds, string(k))
	}
	if len(kinds) > 0 {
		add("differs in " + strings.Join(kinds, ", "))
	}
	if len(h.Sources) > 0 {
		add("told by " + strings.Join(h.Sources, ", "))
	} else if h.Type != search.Correction {
		add(h.Source)
	}
	if h.Story != "" {
		add("in the story “" + h.Story + "”")
	}
	return strings.Join(parts, " · ")
}
