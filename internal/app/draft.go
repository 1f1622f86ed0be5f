package app

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"corroborate/internal/claims"
	"corroborate/internal/ingest"
)

const (
	// MaxDraft is the most bytes of a draft's text: some 17,000 words. MaxDraftPage is
	// that of the HTML that it comes in.
	MaxDraft     = 100 << 10
	MaxDraftPage = 1 << 20
)

// DraftInput is an unpublished text. It is read, and kept nowhere.
type DraftInput struct {
	// Text or HTML is the draft.
	Text string
	HTML string
	// Title is its headline where that does not open the text; Source is who will publish
	// it: what the same source has published is no other source's.
	Title  string
	Source string
	// PublishedAt is when it will be published, now where it is empty: days like
	// "Thursday" are read by it.
	PublishedAt string
	// StoryID is the story that it is held against; empty for those that fit.
	StoryID string
}

// Validate gives what is wrong by field name of the API, each with how to mend it; nil
// when all is right.
func (in DraftInput) Validate() map[string]string {
	p := problems{}
	switch {
	case in.Text != "" && in.HTML != "":
		p.add("html", "is given beside text: give one of them")
	case in.HTML == "":
		p.add("text", wrongDraft(in.Text))
	case len(in.HTML) > MaxDraftPage:
		p.add("html", fmt.Sprintf("has %d bytes; at most %d are taken", len(in.HTML), MaxDraftPage))
	case !utf8.ValidString(in.HTML):
		p.add("html", "is not valid UTF-8")
	}
	p.add("title", wrongName(in.Title, maxTitle))
	p.add("source", wrongName(in.Source, maxName))
	_, why := publishedOf(in.PublishedAt, time.Time{})
	p.add("published_at", why)
	if in.StoryID != "" {
		if _, err := knownID(in.StoryID); err != nil {
			p.add("story_id", "names no story")
		}
	}
	return p.orNil()
}

func wrongDraft(text string) string {
	if len(text) > MaxDraft {
		return fmt.Sprintf("has %d bytes; at most %d are taken", len(text), MaxDraft)
	}
	return wrongText(text)
}

// read gives the draft as the engine takes it. The text of a page is taken out of it as
// that of an article is.
func (in DraftInput) read(now time.Time) (claims.Article, error) {
	if err := invalidFields(in.Validate()); err != nil {
		return claims.Article{}, err
	}
	art := claims.Article{Source: claims.CleanName(in.Source), Title: claims.CleanName(in.Title)}
	text := in.Text
	if in.HTML != "" {
		page, err := ingest.Extract([]byte(in.HTML), "")
		if err != nil {
			return art, invalid("html", noArticle(err))
		}
		if why := wrongDraft(page.Text); why != "" {
			return art, invalid("html", "holds a text that "+why)
		}
		if text = page.Text; art.Title == "" {
			art.Title = cut(page.Title, maxTitle)
		}
	}
	art.Published, _ = publishedOf(in.PublishedAt, now) // it was checked
	if art.Published.IsZero() {
		art.Published = claims.Published{At: now.UTC().Truncate(time.Minute), Precision: claims.Minute}
	}
	art.Text = claims.ReadText(text, art.Title)
	if strings.TrimSpace(art.Text.Body) == "" {
		return art, invalid("text", "is missing: give the draft's text")
	}
	return art, nil
}
