package app

import (
	"bytes"
	"context"
	"errors"
	"strconv"

	"corroborate/internal/claims"
	"corroborate/internal/ingest"
	"corroborate/internal/store"
)

// MaxFeedList is the most bytes of a list of feeds.
const MaxFeedList = ingest.MaxOPML

// FeedImport is what became of a list of feeds.
type FeedImport struct {
	Added int
	Known int
	Wrong int
	// Lines has each feed of the list, in its order.
	Lines []FeedImportLine
}

// FeedImportLine is what became of one feed of a list.
type FeedImportLine struct {
	// Line is where it stands in the file.
	Line  int
	Title string
	URL   string
	// Result is "added", "known" or "wrong", and Reason says what is wrong.
	Result string
	Reason string
	// FeedID is the feed's, empty where it is wrong.
	FeedID string
}

// ImportFeeds adds the feeds of a list in OPML. A feed that is there already stays
// as it is; an outline that cannot be taken is named and the others are added. A
// file that is broken as a whole changes nothing and gives claims.Invalid.
func (a *App) ImportFeeds(ctx context.Context, who Actor, opml []byte) (FeedImport, error) {
	if err := who.require(WriteArticles); err != nil {
		return FeedImport{}, err
	}
	outlines, err := ingest.ReadOPML(opml)
	if err != nil {
		return FeedImport{}, wrongList(len(opml), err)
	}
	if len(outlines) == 0 {
		return FeedImport{}, invalid("opml", "names no feed: no outline has an xmlUrl")
	}
	var out FeedImport
	err = a.change(ctx, who, func(c change) error {
		out = FeedImport{}
		for _, o := range outlines {
			line, err := c.importFeed(ctx, o)
			if err != nil {
				return err
			}
			out.add(line)
		}
		return c.record(ctx, deed{action: "feed.import", object: "feeds", detail: map[string]string{
			"added": strconv.Itoa(out.Added), "known": strconv.Itoa(out.Known), "wrong": strconv.Itoa(out.Wrong)}})
	})
	return out, err
}

func wrongList(size int, err error) error {
	reason := "cannot be read"
	if fault, ok := errors.AsType[*ingest.FeedFault](err); ok {
		reason = "cannot be taken: " + fault.Reason
	}
	kind := claims.Invalid
	if size > MaxFeedList {
		kind = claims.TooLarge
	}
	return &claims.Error{Kind: kind, Message: "the list of feeds " + reason, Fields: map[string]string{"opml": reason}, Err: err}
}

func (f *FeedImport) add(l FeedImportLine) {
	switch l.Result {
	case "added":
		f.Added++
	case "known":
		f.Known++
	default:
		f.Wrong++
	}
	f.Lines = append(f.Lines, l)
}

// importFeed adds one feed of a list. It is polled when its turn comes: a long
// list does not ask all its servers at once.
func (c change) importFeed(ctx context.Context, o ingest.Outline) (FeedImportLine, error) {
	line := FeedImportLine{Line: o.Line, Title: o.Title, URL: o.URL, Result: "wrong", Reason: o.Fault}
	if why := wrongFeedURL(o.URL); line.Reason == "" && why != "" {
		line.Reason = "its address " + why
	}
	if line.Reason != "" {
		return line, nil
	}
	in := FeedInput{URL: o.URL, Title: cut(o.Title, maxTitle), Source: cut(o.Source, maxName), Folder: cut(o.Folder, maxName)}
	f := in.newFeed(newID(), foundFeed{url: o.URL, site: o.Site})
	f.CreatedBy, f.At, f.Interval = c.who.UserID, c.now(), c.feeds.Interval
	stored, err := c.tx.InsertFeed(ctx, f)
	if err != nil {
		return line, err
	}
	line.Result, line.FeedID = "added", f.ID
	if !stored {
		line.Result = "known"
		line.FeedID, err = c.tx.FeedByKey(ctx, f.URLKey)
	}
	return line, err
}

// ExportFeeds gives all feeds as a list in OPML.
func (a *App) ExportFeeds(ctx context.Context, who Actor) ([]byte, error) {
	if err := who.require(WriteArticles); err != nil {
		return nil, err
	}
	feeds, err := a.db.FeedLines(ctx)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = ingest.WriteOPML(&b, "Feeds of Corroborate", a.now(), outlinesOf(feeds))
	return b.Bytes(), err
}

func outlinesOf(feeds []store.FeedLine) []ingest.Outline {
	out := make([]ingest.Outline, len(feeds))
	for i, f := range feeds {
		out[i] = ingest.Outline{Title: firstOf(f.Title, f.Source), URL: f.URL, Site: f.Site, Folder: f.Folder, Source: f.Source}
	}
	return out
}
