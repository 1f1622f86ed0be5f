package api

import (
	"cmp"

	"github.com/danielgtaylor/huma/v2"
)

// about opens the documentation. It is read in /docs and in the OpenAPI document.
const about = `Corroborate stores news articles, breaks them into claims, and shows where sources agree or diverge.

Send an API key as "Authorization: Bearer KEY". A key has scopes: read, write, review, admin. Where the service is public, stories, findings, cleared pairs and reports can be read without a key, without the publishers' whole texts.

Bodies are JSON in UTF-8. Times are RFC 3339. Ids are UUIDs. Offsets count Unicode code points from 0. Errors are RFC 9457 problem documents that name every field that is wrong and say how to mend the call.

Every answer has X-Request-Id, which names the call in the server's log, and RateLimit-Limit, RateLimit-Remaining and RateLimit-Reset (in seconds): how many calls a minute allows and how many are left.

Lists give "items" and "next_cursor". Send next_cursor back as cursor for the next part; it is empty at the end.

A POST that stores something takes an Idempotency-Key: the same key with the same body gives the same answer for a day, without storing anything twice.

A single story or article has an ETag. PATCH and DELETE need it in If-Match; the part before the dot counts edits by people and alone is compared. GET takes it in If-None-Match and then answers 304 where nothing has changed.`

// config sets the library up: our own JSON, no routes of its own, unknown query
// parameters refused, and its errors turned into our problems.
func (a *API) config(publicURL string) huma.Config {
	format := jsonFormat()
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info:    &huma.Info{Title: "Corroborate", Version: Version, Description: about},
			Servers: []*huma.Server{{URL: cmp.Or(publicURL, "/"), Description: "This service"}},
			Tags: []*huma.Tag{
				{Name: "Stories", Description: "A story holds the articles on one event."},
				{Name: "Articles", Description: "An article is one text of one source. It is analysed after it was stored."},
				{Name: "Imports", Description: "An import is many articles that are sent at once."},
				{Name: "Findings", Description: "A finding holds the claims of a story that are about one fact, with a verdict."},
				{Name: "Reviews", Description: "A review is a person's decision on a finding. What somebody did in one go can be undone in one go."},
				{Name: "Work", Description: "What waits for the caller, and who is to look at what."},
				{Name: "Blind reviews", Description: "In a blind review two or more people judge the passages of a finding without seeing what the machine or another says."},
				{Name: "Accuracy", Description: "How often the machine is right, measured on statements of its that were drawn at random and judged by people."},
				{Name: "Claims", Description: "A claim is one checkable statement, tied to one passage of an article. What people change in claims is kept as edits."},
				{Name: "Reports", Description: "All of a story at once."},
				{Name: "Shares", Description: "A share shows a finding as a card to whoever has its address."},
				{Name: "Search", Description: "Full text over articles, claims, findings and names, with filters."},
				{Name: "Saved searches", Description: "Searches that a person keeps. They are private to their owner."},
				{Name: "Checks", Description: "An unpublished text against the stories, and statements against one another. Nothing of these is kept."},
				{Name: "Sources", Description: "A source is a publisher."},
				{Name: "Feeds", Description: "Feeds of publishers (RSS, Atom, JSON Feed), which the service polls for articles."},
				{Name: "Webhooks", Description: "Addresses of yours that are called when something changes. docs/api.md says how to verify a call."},
				{Name: "Bin", Description: "What was removed, for 30 days."},
				{Name: "History", Description: "Who did what."},
				{Name: "Keys", Description: "API keys: the caller's own, and those of others."},
				{Name: "Users", Description: "The accounts of the newsroom, and invitations to it."},
			},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					"key": {Type: "http", Scheme: "bearer", Description: "An API key. The scopes that it needs are named at each call."},
				},
			},
		},
		Formats:                      map[string]huma.Format{"application/json": format, "json": format},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
		Transformers:                 []huma.Transformer{a.transform},
	}
}
