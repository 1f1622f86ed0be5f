package app

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"corroborate/internal/claims"
)

// The most code points of the fields of a story or an article.
const (
	maxName     = 200
	maxTitle    = 500
	maxByline   = 300
	maxURL      = 2000
	maxExternal = 200
	maxNote     = 5000
)

// maxAhead is how far in the future an article may be published: clocks and
// zones differ, and some papers are dated to the next morning.
const maxAhead = 48 * time.Hour

// problems gathers what is wrong by field.
type problems map[string]string

func (p problems) add(field, why string) {
	if _, told := p[field]; !told && why != "" {
		p[field] = why
	}
}

// addAll adds what an error says of fields.
func (p problems) addAll(err error) {
	if wrong, ok := errors.AsType[*claims.Error](err); ok {
		for field, why := range wrong.Fields {
			p.add(field, why)
		}
	}
}

// Validate gives what is wrong by field name of the API ("text", "source", "url",
// "title", "byline", "published_at", "external_id", "story_id"), each with how to
// mend it; nil when all is right. Times are checked against [App.AddArticle]'s
// clock there, as is what a page says.
func (in ArticleInput) Validate() map[string]string {
	p := in.wrongFields()
	if in.Page == nil {
		p.add("text", wrongText(in.Text))
		p.add("source", missingSource(in.Source))
	}
	return p.orNil()
}

// ValidateAddress is Validate for an address that is to be fetched: see
// [App.AddAddress].
func (in ArticleInput) ValidateAddress() map[string]string {
	p := in.wrongFields()
	if strings.TrimSpace(in.URL) == "" {
		p.add("url", "is missing: give the address of the article")
	}
	return p.orNil()
}

func missingSource(s string) string {
	if claims.CleanName(s) == "" {
		return "is missing: give the publisher's name"
	}
	return ""
}

func (p problems) orNil() map[string]string {
	if len(p) == 0 {
		return nil
	}
	return p
}

// wrongFields gives what is wrong with the fields that may be left out.
func (in ArticleInput) wrongFields() problems {
	p := problems{}
	p.add("source", wrongName(in.Source, maxName))
	p.add("title", wrongName(in.Title, maxTitle))
	p.add("byline", wrongName(in.Byline, maxByline))
	p.add("external_id", wrongName(in.ExternalID, maxExternal))
	p.add("url", wrongURL(in.URL))
	_, why := publishedOf(in.PublishedAt, time.Time{})
	p.add("published_at", why)
	return p
}

// check is Validate with the clock and with what the page said, as an error.
func (in ArticleInput) check(now time.Time) error {
	if len(in.Text) > claims.MaxText {
		return tooLarge(len(in.Text))
	}
	p := in.wrongFields()
	p.add("text", wrongText(in.Text))
	p.add("source", missingSource(in.Source))
	_, why := publishedOf(in.PublishedAt, now)
	p.add("published_at", why)
	return invalidFields(p)
}

func tooLarge(size int) error {
	why := fmt.Sprintf("has %d bytes; at most %d are taken", size, claims.MaxText)
	return &claims.Error{Kind: claims.TooLarge, Message: "the text " + why, Fields: map[string]string{"text": why}}
}

// wrongText says what is wrong with an article's text, nothing when it is right.
func wrongText(s string) string {
	switch {
	case len(s) > claims.MaxText:
		return fmt.Sprintf("has %d bytes; at most %d are taken", len(s), claims.MaxText)
	case !utf8.ValidString(s):
		return "is not valid UTF-8: save it as UTF-8"
	case strings.ContainsRune(s, 0):
		return "is binary data, not text"
	case claims.CleanName(s) == "":
		return "is missing: give the article's text"
	}
	return ""
}

// wrongName says what is wrong with a name that may be left out.
func wrongName(s string, most int) string {
	switch {
	case !utf8.ValidString(s):
		return "is not valid UTF-8"
	case utf8.RuneCountInString(claims.CleanName(s)) > most:
		return fmt.Sprintf("has more than %d characters", most)
	}
	return ""
}

func wrongURL(s string) string {
	if s == "" {
		return ""
	}
	if len(s) > maxURL || len(addressKey(s)) > maxURL { // letters outside ASCII are written as several
		return fmt.Sprintf("has more than %d characters", maxURL)
	}
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return "is not a web address such as https://example.org/news/1"
	}
	return ""
}

// publishedOf reads a publication time and says what is wrong with it. A zero now
// leaves out the check against the clock.
func publishedOf(s string, now time.Time) (claims.Published, string) {
	p, err := claims.ParsePublished(strings.TrimSpace(s))
	if err != nil {
		return p, "has to be right: " + err.Error()
	}
	if !now.IsZero() && p.At.After(now.Add(maxAhead)) {
		return p, "lies in the future: " + p.String()
	}
	return p, ""
}

// cleaned gives the input with its names made fit to be stored and shown.
func (in ArticleInput) cleaned() ArticleInput {
	in.Source, in.Title, in.Byline = claims.CleanName(in.Source), claims.CleanName(in.Title), claims.CleanName(in.Byline)
	in.ExternalID, in.URL = claims.CleanName(in.ExternalID), strings.TrimSpace(in.URL)
	return in
}
