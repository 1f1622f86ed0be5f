package app

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/ingest"
	"corroborate/internal/store"
)

// previewKept is how long a page is kept for who looks at it.
const previewKept = 24 * time.Hour

// PreviewInput is what is to be looked at before it is stored: an address, or a
// file.
type PreviewInput struct {
	URL string
	// File is a page or a plain text.
	File []byte
}

// Preview is an article as it would be stored.
type Preview struct {
	ID string
	// Input is what was read. Its Page is left out: the preview keeps it.
	Input ArticleInput
	// Text is what the engine reads of it, with what it would set apart.
	Text claims.Text
	// Known is the id of the article that it is already, empty for none.
	Known string
	// IsPage is false for a plain text.
	IsPage bool
}

// MakePreview fetches an address or takes a file, and keeps it for a day. It
// gives claims.Invalid with the field "url" or "file" and the reason where there
// is no article to be had.
func (a *App) MakePreview(ctx context.Context, who Actor, in PreviewInput) (id string, err error) {
	if err := who.require(WriteArticles); err != nil {
		return "", err
	}
	field, p := "file", store.Preview{Received: store.Received{Raw: in.File}}
	if len(in.File) == 0 {
		field = "url"
		if p, err = a.previewAddress(ctx, in.URL); err != nil {
			return "", err
		}
	} else if p.Media, err = fileMedia(in.File); err != nil {
		return "", err
	}
	if _, err := readPreview(p); err != nil {
		return "", invalid(field, noArticle(err))
	}
	p.ID, p.CreatedBy = newID(), who.UserID
	return p.ID, a.change(ctx, who, func(c change) error { return c.tx.InsertPreview(ctx, p, c.now()) })
}

// previewAddress fetches an address while somebody waits.
func (a *App) previewAddress(ctx context.Context, address string) (store.Preview, error) {
	address = strings.TrimSpace(address)
	if why := wrongURL(address); why != "" || address == "" {
		return store.Preview{}, invalid("url", "is not a web address such as https://example.org/news/1")
	}
	waiting, cancel := context.WithTimeout(ctx, pageWait)
	defer cancel()
	got, err := a.fetchPage(waiting, address)
	if failed, ok := errors.AsType[*ingest.FetchError](err); ok && ctx.Err() == nil {
		return store.Preview{}, invalid("url", "cannot be read: "+failed.Reason())
	}
	if err != nil {
		return store.Preview{}, err
	}
	if got.Page == nil {
		return store.Preview{URL: got.URL, Received: store.Received{Raw: []byte(got.Text), Media: plainMedia}}, nil
	}
	return store.Preview{URL: got.URL, Received: store.Received{Raw: got.Page.Raw, Media: got.Page.Media}}, nil
}

// fileMedia tells a page from a plain text by its content.
func fileMedia(file []byte) (string, error) {
	if len(file) > ingest.MaxPage {
		return "", invalid("file", "is larger than 8 MiB")
	}
	looks := http.DetectContentType(file)
	if !strings.HasPrefix(looks, "text/") {
		return "", invalid("file", "is neither a text nor a page: save it as text or HTML")
	}
	body, _ := ingest.ToUTF8(file, "")
	if looksLikePage(body) {
		_, media := ingest.ToUTF8(file, "text/html")
		return media, nil
	}
	_, media := ingest.ToUTF8(file, "text/plain")
	return media, nil
}

// looksLikePage tells whether a text is HTML.
func looksLikePage(body []byte) bool {
	if strings.HasPrefix(http.DetectContentType(body), "text/html") {
		return true
	}
	head := bytes.ToLower(body[:min(len(body), 4096)])
	return bytes.Contains(head, []byte("<html")) || bytes.Contains(head, []byte("<!doctype html"))
}

// readPreview gives what is read of a preview.
func readPreview(p store.Preview) (ArticleInput, error) {
	body, _ := ingest.ToUTF8(p.Raw, p.Media)
	if !isPage(p.Media) {
		return ArticleInput{Text: string(body), URL: p.URL, Source: domainOf(p.URL)}, nil
	}
	got, err := ingest.Extract(body, p.URL)
	return ArticleInput{URL: p.URL}.filled(got), err
}

// Preview gives a preview to who made it.
func (a *App) Preview(ctx context.Context, who Actor, id string) (Preview, error) {
	p, err := a.ownPreview(ctx, who, id)
	if err != nil {
		return Preview{}, err
	}
	in, err := readPreview(p)
	if err != nil {
		return Preview{}, err
	}
	out := Preview{ID: p.ID, Input: in, IsPage: isPage(p.Media), Text: claims.ReadText(in.Text, in.Title)}
	known, err := a.db.FindKnown(ctx, []store.KnownBy{keyOfInput(in)})
	out.Known = known[0].ID
	return out, err
}

// ownPreview gives a preview that somebody made.
func (a *App) ownPreview(ctx context.Context, who Actor, id string) (store.Preview, error) {
	if err := who.require(WriteArticles); err != nil {
		return store.Preview{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return store.Preview{}, err
	}
	p, err := a.db.Preview(ctx, id)
	if err == nil && p.CreatedBy != who.UserID {
		_, err = knownID("") // it is nobody else's business that it is there
	}
	return p, err
}

// AddPreview stores a preview as an article, with the fields as they are now. A
// text that was changed becomes a revision of its own beside what was received.
func (a *App) AddPreview(ctx context.Context, who Actor, id string, in ArticleInput) (art Article, outcome Outcome, err error) {
	p, err := a.ownPreview(ctx, who, id)
	if err != nil {
		return Article{}, "", err
	}
	if isPage(p.Media) {
		in.Page = &PageInput{Raw: p.Raw, Media: p.Media}
	}
	if err := in.check(a.now()); err != nil { // what was emptied is not read from the page again
		return Article{}, "", err
	}
	if art, outcome, err = a.TakeArticle(ctx, who, in); err != nil {
		return art, outcome, err
	}
	if outcome == Known {
		if art, outcome, err = a.mendKnown(ctx, who, p, art, in); err != nil {
			return art, outcome, err
		}
	}
	return art, outcome, a.change(ctx, who, func(c change) error { return c.tx.DeletePreview(ctx, p.ID) })
}

// mendKnown gives an article that was stored already what somebody changed in the
// preview of its page.
func (a *App) mendKnown(ctx context.Context, who Actor, p store.Preview, art Article, in ArticleInput) (Article, Outcome, error) {
	read, err := a.Preview(ctx, who, p.ID)
	if err != nil {
		return art, Known, err
	}
	var e ArticleEdit
	changed := false
	for _, f := range []struct {
		was, is string
		to      **string
	}{{read.Input.Text, in.Text, &e.Text}, {read.Input.Title, in.Title, &e.Title}, {read.Input.Byline, in.Byline, &e.Byline},
		{read.Input.PublishedAt, in.PublishedAt, &e.PublishedAt}} {
		if strings.Join(strings.Fields(f.is), " ") != strings.Join(strings.Fields(f.was), " ") {
			*f.to, changed = &f.is, true
		}
	}
	if !changed {
		return art, Known, nil
	}
	art, err = a.EditArticle(ctx, who, art.ID, e)
	return art, Revised, err
}
