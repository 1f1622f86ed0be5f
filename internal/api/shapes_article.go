package api

import (
	"math"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

type newArticleBody struct {
	Text        string `json:"text,omitempty" maxLength:"1048576" doc:"The article as plain text, at most 1 MiB in UTF-8." example:"The harbour bridge was closed on Thursday after a crack was found."`
	HTML        string `json:"html,omitempty" maxLength:"8388608" doc:"In place of text: the page that the article stands in, at most 8 MiB. Title, byline, source, url and published_at are read from it where they are left out." example:""`
	Source      string `json:"source,omitempty" doc:"Name of the publisher; needed with text. Two articles of one source count as one source." example:"Harbour Post"`
	URL         string `json:"url,omitempty" doc:"Web address of the article. Without text and html the service fetches it. Empty is as if it was left out." example:"https://harbourpost.example/bridge"`
	Title       string `json:"title,omitempty" doc:"The headline, where it does not open the text." example:"Bridge shut after crack is found"`
	Byline      string `json:"byline,omitempty" doc:"Who wrote it, as printed." example:"Ana Reyes"`
	PublishedAt string `json:"published_at,omitempty" doc:"When it was published: a date, or an RFC 3339 time with the publisher's offset. Days like Thursday are read by it." example:"2025-03-27T09:30:00-05:00"`
	StoryID     string `json:"story_id,omitempty" doc:"The story that it belongs to. Left out, the service finds or makes one." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	ExternalID  string `json:"external_id,omitempty" doc:"The article's id in your system. An article with a known one is not stored again." example:"cms-48213"`
}

// TransformSchema adds an example, as no field is needed in every case.
func (newArticleBody) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	s.Examples = []any{map[string]string{"url": "https://harbourpost.example/bridge"}}
	oneOfNeeded(s, []string{"text", "source"}, []string{"html"}, []string{"url"})
	return s
}

func (b newArticleBody) input() app.ArticleInput {
	in := app.ArticleInput{
		Text: b.Text, Source: b.Source, URL: b.URL, Title: b.Title, Byline: b.Byline,
		PublishedAt: b.PublishedAt, StoryID: b.StoryID, ExternalID: b.ExternalID,
	}
	if b.HTML != "" {
		in.Page = &app.PageInput{Raw: []byte(b.HTML), Media: "text/html; charset=utf-8"}
	}
	return in
}

// isAddress tells whether the article is to be fetched.
func (b newArticleBody) isAddress() bool { return b.Text == "" && b.HTML == "" && b.URL != "" }

// validate gives what is wrong by field.
func (b newArticleBody) validate() map[string]string {
	switch {
	case b.isAddress():
		return b.input().ValidateAddress()
	case b.Text != "" && b.HTML != "":
		return map[string]string{"html": "is given beside text: give one of them"}
	}
	return b.input().Validate()
}

type articleEdit struct {
	Text        *string `json:"text,omitempty" maxLength:"1048576" doc:"A new text; it becomes a new revision." example:"The harbour bridge was closed on Thursday."`
	URL         *string `json:"url,omitempty" format:"uri" doc:"Address of the article." example:"https://harbourpost.example/bridge"`
	Title       *string `json:"title,omitempty" doc:"The headline." example:"Bridge shut after crack is found"`
	Byline      *string `json:"byline,omitempty" doc:"Who wrote it, as printed." example:"Ana Reyes"`
	PublishedAt *string `json:"published_at,omitempty" doc:"When it was published: a date or an RFC 3339 time." example:"2025-03-27"`
	StoryID     *string `json:"story_id,omitempty" doc:"The story to move it to." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
}

type article struct {
	ID          string    `json:"id" doc:"The article's id." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55"`
	StoryID     *string   `json:"story_id" doc:"The story that it belongs to; null until it is placed." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	SourceID    string    `json:"source_id" doc:"Id of the publisher; empty while the address is being fetched." example:"01977d5e-6f10-7b55-9d20-3c4d5e6f7081"`
	Source      string    `json:"source" doc:"Name of the publisher." example:"Harbour Post"`
	Title       string    `json:"title" doc:"The headline; empty where none was given." example:"Bridge shut after crack is found"`
	Byline      string    `json:"byline" doc:"Who wrote it; empty where it was not given." example:"Ana Reyes"`
	URL         string    `json:"url" doc:"Address of the article; empty where none was given." example:"https://harbourpost.example/bridge"`
	ExternalID  string    `json:"external_id" doc:"Its id in the sender's system; empty where none was given." example:"cms-48213"`
	PublishedAt string    `json:"published_at" doc:"When it was published, as it was given: a date or an RFC 3339 time; empty when unknown." example:"2025-03-27T09:30:00-05:00"`
	Status      string    `json:"status" enum:"pending,ready,failed,not_analysed" doc:"How far its analysis is." example:"ready"`
	Reason      string    `json:"reason" doc:"Why the status is failed or not_analysed, or why an address waits for another try; else empty." example:""`
	Origin      string    `json:"origin" doc:"Who the report comes from; empty before the first comparison." example:"Coast Agency"`
	OriginKnown bool      `json:"origin_known" doc:"False when nothing in the text says where it comes from." example:"true"`
	Language    string    `json:"language" doc:"Two-letter code of its language; empty where it cannot be told." example:"en"`
	Revision    int       `json:"revision" minimum:"0" doc:"The number of the revision that is read, counted from 1; 0 while the address is being fetched." example:"1"`
	Claims      int       `json:"claims" minimum:"0" doc:"How many claims it makes." example:"14"`
	CreatedAt   time.Time `json:"created_at" doc:"When it was stored." example:"2025-03-28T08:15:00Z"`
	UpdatedAt   time.Time `json:"updated_at" doc:"When it last changed." example:"2025-03-28T08:15:09Z"`
}

func newArticle(a app.Article) article {
	return article{
		ID: a.ID, StoryID: orNull(a.StoryID), SourceID: a.SourceID, Source: a.Source, Title: a.Title, Byline: a.Byline,
		URL: a.URL, ExternalID: a.ExternalID, PublishedAt: published(a.Published), Status: string(a.Status), Reason: a.Reason,
		Origin: a.Origin, OriginKnown: a.OriginKnown, Language: a.Language, Revision: a.Revision, Claims: a.Claims,
		CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt,
	}
}

// orNull gives nil for the empty string.
func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

type articleWithText struct {
	ArticleFields
	Text         string   `json:"text" doc:"The text that the engine read; before the first analysis, what was received. Empty where text_withheld is true." example:"The harbour bridge was closed on Thursday after a crack was found."`
	TextWithheld bool     `json:"text_withheld" doc:"True when the text is left out because the call carried no key: anybody may read passages, not publishers' whole texts." example:"false"`
	Spans        []span   `json:"spans" doc:"Stretches of the text that are page furniture or structure, in order."`
	Credits      []credit `json:"credits" doc:"Lines in which the article says where it comes from."`
	Copies       []copied `json:"copies" doc:"Other stored articles, of any story, that share passages with it, word for word or lightly edited; those that share the most first."`
}

type copied struct {
	ArticleID   string  `json:"article_id" doc:"The other article." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c56"`
	StoryID     *string `json:"story_id" doc:"The story that it belongs to; null until it is placed." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Source      string  `json:"source" doc:"Name of its publisher." example:"Coast Daily"`
	Title       string  `json:"title" doc:"Its headline; empty where none was given." example:"Bridge closed"`
	URL         string  `json:"url" doc:"Its address; empty where none was given." example:"https://coastdaily.example/bridge"`
	PublishedAt string  `json:"published_at" doc:"When it was published; empty when unknown." example:"2025-03-27"`
	Share       float64 `json:"share" minimum:"0" maximum:"1" doc:"How much of this article's own words, those outside quotations, stand in the other." example:"0.82"`
	OtherShare  float64 `json:"other_share" minimum:"0" maximum:"1" doc:"How much of the other's own words stand in this article." example:"0.64"`
	Words       int     `json:"words" minimum:"0" doc:"How many words that are." example:"311"`
	Whole       bool    `json:"whole" doc:"True when one is a copy of the other as a whole." example:"true"`
}

func newCopied(c app.Copy) copied {
	return copied{ArticleID: c.ArticleID, StoryID: orNull(c.StoryID), Source: c.Source, Title: c.Title, URL: c.URL,
		PublishedAt: published(c.Published), Share: hundredths(c.Share), OtherShare: hundredths(c.OtherShare), Words: c.Words, Whole: c.Whole}
}

// hundredths rounds a share to what it is exact to.
func hundredths(share float64) float64 { return math.Round(share*100) / 100 }

// ArticleFields are the fields that an article has in lists too.
type ArticleFields = article

type credit struct {
	Name  string `json:"name" doc:"The outlet or agency that is credited." example:"Coast Agency"`
	Role  string `json:"role" enum:"source,wire,copyright,partner,contribution,embargo,release" doc:"source: the text was published there first. wire: an agency's text. copyright: it has the rights. partner: an agency's material was used and no author is named. contribution: it helped. embargo: until when it was held back. release: a press release." example:"wire"`
	Exact string `json:"exact" doc:"The words of the line." example:"Original Source: Coast Agency"`
	Start int    `json:"start" minimum:"0" doc:"First code point in the text, counted from 0." example:"802"`
	End   int    `json:"end" minimum:"0" doc:"Code point after the last." example:"831"`
}

func newCredit(c claims.Credit) credit {
	return credit{Name: c.Name, Role: c.Role, Exact: c.Exact, Start: c.Start, End: c.End}
}

func newArticleWithText(a app.ArticleText) articleWithText {
	return articleWithText{
		ArticleFields: newArticle(a.Article), Text: a.Text, TextWithheld: a.Withheld,
		Spans: mapped(a.Spans, newSpan), Credits: mapped(a.Credits, newCredit),
		Copies: mapped(a.Copies, newCopied),
	}
}
