package app

import (
	"errors"
	"fmt"
	"mime"
	"strings"

	"corroborate/internal/claims"
	"corroborate/internal/ingest"
	"corroborate/internal/store"
)

// plainMedia is the media type of texts that people and programs send.
const plainMedia = "text/plain; charset=utf-8"

// PageInput is a page as it was received.
type PageInput struct {
	Raw []byte
	// Media is the page's media type, with its charset where that is known.
	Media string

	text   string // the text that was read of it
	edited bool   // whether a person changed that
}

// receivedText is the text as its publisher sent it.
func (in ArticleInput) receivedText() string {
	if in.Page != nil {
		return in.Page.text
	}
	return in.Text
}

// edited tells whether a person changed the text of the page.
func (in ArticleInput) edited() bool { return in.Page != nil && in.Page.edited }

// plainInput is an input of a text alone.
func plainInput(text string) ArticleInput { return ArticleInput{Text: text} }

// withPage fills what is empty from the page.
func (in ArticleInput) withPage() (ArticleInput, error) {
	if in.Page.text != "" {
		return in, nil // it was read before
	}
	p := *in.Page
	in.Page = &p
	if len(p.Raw) > ingest.MaxPage {
		why := fmt.Sprintf("has %d bytes; at most %d are taken", len(p.Raw), ingest.MaxPage)
		return in, &claims.Error{Kind: claims.TooLarge, Message: "the page " + why, Fields: map[string]string{"html": why}}
	}
	body, media := ingest.ToUTF8(p.Raw, p.Media)
	p.Media = media
	got, err := ingest.Extract(body, in.URL)
	if err != nil && in.Text == "" {
		return in, invalid("html", noArticle(err))
	}
	p.text, p.edited = got.Text, in.Text != "" && in.Text != got.Text
	in.Page = &p
	return in.filled(got), nil
}

// noArticle words why no article was found in a page.
func noArticle(err error) string {
	if errors.Is(err, ingest.ErrTooDeep) {
		return "cannot be read: " + err.Error()
	}
	return "holds no text of an article; give its text instead"
}

// filled gives the input with what is empty taken from a page.
func (in ArticleInput) filled(p ingest.Page) ArticleInput {
	set := func(to *string, from string) {
		if strings.TrimSpace(*to) == "" {
			*to = from
		}
	}
	set(&in.Text, p.Text)
	set(&in.Title, cut(p.Title, maxTitle))
	set(&in.Byline, cut(p.Byline, maxByline))
	set(&in.PublishedAt, p.Published.String())
	if wrongURL(p.URL) == "" {
		set(&in.URL, p.URL)
	}
	set(&in.Source, cut(p.Site, maxName))
	set(&in.Source, domainOf(in.URL))
	return in
}

// cut shortens what a page says to what is stored.
func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

// isPage tells whether a media type is that of a page.
func isPage(media string) bool {
	kind, _, err := mime.ParseMediaType(media)
	return err == nil && (kind == "text/html" || kind == "application/xhtml+xml")
}

// plainText gives the text of what was received, empty where a page holds none.
func plainText(got store.Received) string {
	if !isPage(got.Media) {
		return string(got.Raw)
	}
	body, _ := ingest.ToUTF8(got.Raw, got.Media)
	page, _ := ingest.Extract(body, "") // the text does not depend on the address; without an article there is no text
	return page.Text
}

// readText has the engine read what was received.
func readText(got store.Received, art Article) claims.Text {
	t := claims.ReadText(plainText(got), art.Title)
	if isPage(got.Media) {
		t.Extractor = ingest.ExtractorVersion + " " + t.Extractor
	}
	return t
}
