package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/ingest"
)

const (
	// feedTypes is what is asked for where a feed is expected.
	feedTypes = "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9," +
		"application/json;q=0.8,text/html;q=0.5,*/*;q=0.1"
	// maxFeed is the most bytes of a feed's document.
	maxFeed = 8 << 20
	// findTime is how long somebody who adds a feed waits for it.
	findTime = 25 * time.Second
)

// foundFeed is a feed that answers.
type foundFeed struct {
	url   string
	title string
	site  string
}

// ManyFeeds says that a page names several feeds, of which one has to be chosen.
type ManyFeeds struct{ Links []ingest.FeedLink }

// Error names them.
func (m *ManyFeeds) Error() string {
	names := make([]string, len(m.Links))
	for i, l := range m.Links {
		names[i] = l.URL
	}
	return strings.Join(names, ", ")
}

// findFeed fetches an address that somebody gave: a feed, or a page that names
// one.
func (a *App) findFeed(ctx context.Context, address string) (foundFeed, error) {
	ctx, cancel := context.WithTimeout(ctx, findTime)
	defer cancel()
	d, err := a.fetchFeed(ctx, ingest.Request{URL: address})
	if err != nil {
		return foundFeed{}, notFound(err)
	}
	return foundFeed{url: d.address, title: d.feed.Title, site: d.feed.Site}, nil
}

// notFound words why an address brings no feed for whoever gave it.
func notFound(err error) error {
	out := &claims.Error{Kind: claims.Invalid, Err: err}
	why := "cannot be read"
	if many, ok := errors.AsType[*ManyFeeds](err); ok {
		why = fmt.Sprintf("names a page with %d feeds; give the address of one of them: %s", len(many.Links), many)
	} else if reason, ok := faultOf(err); ok {
		why = "brings no feed: " + reason
	}
	out.Message, out.Fields = "url "+why, map[string]string{"url": why}
	return out
}

// faultOf gives what may be shown of an error in fetching or reading.
func faultOf(err error) (reason string, ok bool) {
	if fetch, ok := errors.AsType[*ingest.FetchError](err); ok {
		return fetch.Reason(), true
	}
	if many, ok := errors.AsType[*ManyFeeds](err); ok {
		return fmt.Sprintf("the address gives a web page, which names %d feeds: %s", len(many.Links), many), true
	}
	if fault, ok := errors.AsType[*ingest.FeedFault](err); ok {
		return fault.Reason, true
	}
	return "", false
}

// feedDocument is a feed as it was fetched.
type feedDocument struct {
	answer *ingest.Response
	// feed is empty where the answer is that nothing has changed.
	feed ingest.Feed
	// address is where the feed is to be asked from now on.
	address string
}

// fetchFeed fetches a feed. Where the address gives a page instead that names one
// feed, that is fetched; where it names several, the error is [*ManyFeeds].
func (a *App) fetchFeed(ctx context.Context, r ingest.Request) (feedDocument, error) {
	d, err := a.fetchDocument(ctx, r)
	fault, ok := errors.AsType[*ingest.FeedFault](err)
	if !ok || !fault.Page {
		return d, err
	}
	links := ingest.FeedLinks(d.answer.Body, d.answer.URL)
	switch len(links) {
	case 0:
		return d, &ingest.FeedFault{Reason: "the address gives a web page that names no feed", Page: true, Err: err}
	case 1:
		return a.fetchDocument(ctx, ingest.Request{URL: links[0].URL})
	}
	return d, &ManyFeeds{Links: links}
}

// fetchDocument fetches an address and reads it as a feed.
func (a *App) fetchDocument(ctx context.Context, r ingest.Request) (feedDocument, error) {
	r.Accept, r.MaxBytes = feedTypes, maxFeed
	d := feedDocument{address: r.URL}
	var err error
	if d.answer, err = a.fetcher.Get(ctx, r); err != nil {
		return d, err
	}
	if d.answer.Permanent != "" {
		d.address = d.answer.Permanent
	}
	if d.answer.NotModified {
		return d, nil
	}
	d.feed, err = ingest.ParseFeed(d.answer.Body, d.answer.URL)
	return d, err
}
