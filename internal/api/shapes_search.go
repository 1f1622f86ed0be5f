package api

import (
	"strings"
	"time"
	"unicode/utf8"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/search"
)

// marked is a text with what was looked for marked in it.
type marked struct {
	Text  string      `json:"text" doc:"The text. It is plain: escape it before it goes into HTML." example:"Bridge closed on Thursday"`
	Marks []highlight `json:"marks" doc:"Where what was looked for stands in it, in order."`
}

type highlight struct {
	Start int `json:"start" minimum:"0" doc:"First code point of the words, counted from 0." example:"0"`
	End   int `json:"end" minimum:"0" doc:"Code point after the last." example:"6"`
}

func newMarked(text string) marked {
	out := marked{Marks: []highlight{}}
	var b strings.Builder
	at := 0
	for _, part := range search.Parts(text) {
		end := at + utf8.RuneCountInString(part.Text)
		if part.Marked {
			out.Marks = append(out.Marks, highlight{Start: at, End: end})
		}
		b.WriteString(part.Text)
		at = end
	}
	out.Text = b.String()
	return out
}

type searchHit struct {
	Type        string    `json:"type" enum:"story,finding,correction,article,claim,source" doc:"What was found." example:"finding"`
	ID          string    `json:"id" doc:"Its id." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	Title       marked    `json:"title" doc:"A story's or an article's title, a source's name, a finding's summary; empty of a claim."`
	Text        marked    `json:"text" doc:"The passage, or parts of the text with … between them; empty where there is none."`
	StoryID     *string   `json:"story_id" doc:"The story that it is in; null for a source, and where it has none." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Story       string    `json:"story" doc:"That story's title; empty where it has none." example:"Harbour bridge closed"`
	FindingID   *string   `json:"finding_id" doc:"The finding that a claim or a correction is of; else null." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	ArticleID   *string   `json:"article_id" doc:"The article that a claim or a correction is of; else null." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55"`
	Source      string    `json:"source" doc:"Name of the publisher of an article, a claim or a correction; else empty." example:"Harbour Post"`
	PublishedAt string    `json:"published_at" doc:"When the article was published: a date or an RFC 3339 time; empty when unknown." example:"2025-03-27T09:30:00-05:00"`
	CreatedAt   time.Time `json:"created_at" doc:"When it came here." example:"2025-03-28T08:15:09Z"`
	ChangedAt   time.Time `json:"changed_at" doc:"When it last changed." example:"2025-03-28T08:15:09Z"`
	Verdict     *string   `json:"verdict" enum:"agree,diverge,single" doc:"The verdict that stands of a finding, or of the finding of a claim: a person's before the machine's. Null where there is none, or where blind is true." example:"diverge"`
	Blind       bool      `json:"blind" doc:"True where you review the finding blind and see nothing of how its sources part." example:"false"`
	Reviewed    bool      `json:"reviewed" doc:"True where a review of the finding stands." example:"false"`
	OneOrigin   bool      `json:"one_origin" doc:"True for an agreement whose sources share one origin." example:"false"`
	Kinds       []string  `json:"kinds" doc:"The kinds of a finding's differences, the most important first." example:"[\"number\"]"`
	Sources     []string  `json:"sources" doc:"Names of those who tell a finding, at most a few." example:"[\"Harbour Post\"]"`
	SourceCount int       `json:"source_count" minimum:"0" doc:"How many sources tell it." example:"3"`
	Origins     int       `json:"origins" minimum:"0" doc:"How many origins stand behind them." example:"2"`
	Articles    int       `json:"articles" minimum:"0" doc:"How many articles a story or a source has." example:"5"`
}

func newSearchHit(h app.SearchHit) searchHit {
	return searchHit{Type: string(h.Type), ID: h.ID, Title: newMarked(h.Title), Text: newMarked(h.Text), StoryID: orNull(h.StoryID), Story: h.Story,
		FindingID: orNull(h.FindingID), ArticleID: orNull(h.ArticleID), Source: h.Source, PublishedAt: published(h.Published),
		CreatedAt: h.At, ChangedAt: h.Changed, Verdict: orNull(string(h.Verdict)), Blind: h.Veiled, Reviewed: h.Reviewed,
		OneOrigin: h.OneOrigin, Kinds: mapped(h.Kinds, func(k claims.Kind) string { return string(k) }), Sources: filled(h.Sources),
		SourceCount: h.SourceCount, Origins: h.Origins, Articles: h.Articles}
}

// SearchHitFields are the fields that a hit of a saved search has too.
type SearchHitFields = searchHit

type savedHit struct {
	SearchHitFields
	New bool `json:"new" doc:"True where it came or changed after seen_at." example:"true"`
}

type searchGroup[H any] struct {
	Type  string `json:"type" enum:"story,finding,correction,article,claim,source" doc:"What the hits are." example:"finding"`
	Total int    `json:"total" minimum:"0" doc:"How many there are, counted up to 500." example:"12"`
	More  bool   `json:"more" doc:"True where there are more than 500: of these the newest are ranked." example:"false"`
	Items []H    `json:"items" doc:"The hits of this page, what fits best first, or the newest."`
}

type searchProblem struct {
	Part    string `json:"part" doc:"The part of the query; empty for the whole." example:"knd:number"`
	Message string `json:"message" doc:"What is wrong with it, and how to mend it." example:"There is no filter “knd:”. Did you mean “kind:”?"`
}

type searchResult[H any] struct {
	Query     string           `json:"query" doc:"The query as it was read." example:"bridge kind:number"`
	Corrected *string          `json:"corrected" doc:"Where nothing was found for the query, a likely typing error in it mended: the hits are for this. Else null." example:"bridge kind:number"`
	Problems  []searchProblem  `json:"problems" doc:"What of the query was left out, or names nothing. The rest of it counts."`
	Groups    []searchGroup[H] `json:"groups" doc:"What was found by type; types of which nothing was found are left out."`
	Page      int              `json:"page" minimum:"1" doc:"This page." example:"1"`
	Pages     int              `json:"pages" minimum:"0" doc:"How many pages there are; 1 where several types are shown." example:"1"`
}

func newSearchResult[H any](r app.SearchResult, convert func(app.SearchHit) H) searchResult[H] {
	return searchResult[H]{
		Query: r.Query.Raw, Corrected: orNull(r.Corrected), Page: max(r.Page, 1), Pages: r.Pages,
		Problems: mapped(r.Problems, func(p search.Problem) searchProblem { return searchProblem(p) }),
		Groups: mapped(r.Groups, func(g app.SearchGroup) searchGroup[H] {
			return searchGroup[H]{Type: string(g.Type), Total: g.Total, More: g.More, Items: mapped(g.Hits, convert)}
		}),
	}
}

type savedSearch struct {
	ID        string    `json:"id" doc:"The saved search's id." example:"01977da0-1a2b-7c3d-8e4f-5a6b7c8d9e0f"`
	Name      string    `json:"name" doc:"What it is called." example:"Numbers that differ"`
	Query     string    `json:"query" doc:"What it looks for." example:"kind:number min_origins:2"`
	Type      string    `json:"type" enum:"story,finding,correction,article,claim,source" doc:"What is counted and what its feed tells of: the first type that the query names, else findings." example:"finding"`
	New       int       `json:"new" minimum:"0" doc:"How much of that came or changed since seen_at, counted up to 500." example:"3"`
	MoreNew   bool      `json:"more_new" doc:"True where it is more than 500." example:"false"`
	SeenAt    time.Time `json:"seen_at" doc:"When its results were last looked at." example:"2025-03-28T08:15:00Z"`
	HasFeed   bool      `json:"has_feed" doc:"True where it can be read as an Atom feed under a secret address." example:"false"`
	CreatedAt time.Time `json:"created_at" doc:"When it was saved." example:"2025-03-01T12:00:00Z"`
	UpdatedAt time.Time `json:"updated_at" doc:"When it was last changed." example:"2025-03-01T12:00:00Z"`
}

func newSavedSearch(s app.SavedSearchLine) savedSearch {
	return savedSearch{ID: s.ID, Name: s.Name, Query: s.Query, Type: string(s.Type), New: s.New, MoreNew: s.More, SeenAt: s.SeenAt,
		HasFeed: s.HasFeed, CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt}
}

type savedResults struct {
	ID     string                 `json:"id" doc:"The saved search's id." example:"01977da0-1a2b-7c3d-8e4f-5a6b7c8d9e0f"`
	Name   string                 `json:"name" doc:"What it is called." example:"Numbers that differ"`
	SeenAt time.Time              `json:"seen_at" doc:"When its results were last looked at: what changed since is new." example:"2025-03-28T08:15:00Z"`
	AsOf   time.Time              `json:"as_of" doc:"When this was looked for. Send it as until to have it all counted as seen." example:"2025-03-28T09:00:00Z"`
	Result searchResult[savedHit] `json:"result" doc:"What was found, what changed last first."`
}

func newSavedResults(r app.SavedSearchRun) savedResults {
	return savedResults{ID: r.ID, Name: r.Name, SeenAt: r.SeenAt, AsOf: r.AsOf, Result: newSearchResult(r.SearchResult, func(h app.SearchHit) savedHit {
		return savedHit{SearchHitFields: newSearchHit(h), New: h.Changed.After(r.SeenAt)}
	})}
}
