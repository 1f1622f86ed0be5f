package api

import (
	"context"
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

type mergeInput struct {
	IDPath
	IfMatch
	Body struct {
		StoryIDs []string `json:"story_ids" minItems:"1" maxItems:"50" doc:"The stories that end in this one." example:"[\"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e12\"]"`
	}
}

type splitInput struct {
	IDPath
	IfMatch
	IdempotencyKey
	Body struct {
		ArticleIDs []string `json:"article_ids" minItems:"1" maxItems:"2000" doc:"The articles that leave; at least one has to stay." example:"[\"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55\"]"`
		Title      string   `json:"title,omitempty" maxLength:"500" doc:"The new story's title; left out, the headline of its first article." example:"Ferry strikes harbour wall"`
	}
}

type placement struct {
	ArticleID string    `json:"article_id" doc:"The article." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55"`
	Title     string    `json:"title" doc:"Its headline; empty where none was given." example:"Bridge shut after crack is found"`
	Source    string    `json:"source" doc:"Its publisher." example:"Harbour Post"`
	StoryID   *string   `json:"story_id" doc:"The story that it is in." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Reason    string    `json:"reason" enum:"copy,terms,new" doc:"copy: its text stands in an article of the story. terms: it shares enough names and terms with it. new: nothing was near enough, so it started a story." example:"terms"`
	NearestID *string   `json:"nearest_id" doc:"The story that it is nearest to, joined or not; null for none." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Nearest   string    `json:"nearest" doc:"That story's title." example:"Harbour bridge closed"`
	Score     float64   `json:"score" minimum:"0" maximum:"1" doc:"How near it is to that story." example:"0.31"`
	JoinAt    float64   `json:"join_at" doc:"The score from which an article joins a story." example:"0.27"`
	Likeness  likeness  `json:"likeness" doc:"What it shares with the nearest article of that story."`
	Uncertain bool      `json:"uncertain" doc:"True where a person should look." example:"true"`
	PlacedAt  time.Time `json:"placed_at" doc:"When the service placed it." example:"2025-03-28T08:15:09Z"`
	// SettledAt is null until a person has settled it.
	SettledAt *time.Time `json:"settled_at" doc:"When a person confirmed it or moved the article; null until then." example:"2025-03-28T09:00:00Z"`
	SettledBy string     `json:"settled_by" doc:"Who did; empty until then." example:"Ana Reyes"`
}

type likeness struct {
	ArticleID     *string  `json:"article_id" doc:"The nearest article; null where it is gone." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c56"`
	Names         []string `json:"names" doc:"Names that both have, those that weigh most first." example:"[\"Marrow\",\"Tarn\"]"`
	Terms         []string `json:"terms" doc:"Other words that both have, in their base form." example:"[\"flood\",\"evacuate\"]"`
	DaysApart     *float64 `json:"days_apart" doc:"The time between the two in days; null where one is unknown." example:"1"`
	OtherWeekdays bool     `json:"other_weekdays" doc:"True where both name days of the week, and not one in common." example:"false"`
}

func newPlacement(p app.Placement) placement {
	l := p.Likeness
	return placement{
		ArticleID: p.ArticleID, Title: p.Title, Source: p.Source, StoryID: orNull(p.StoryID), Reason: string(p.Reason),
		NearestID: orNull(p.NearestID), Nearest: p.NearestTitle, Score: p.Score, JoinAt: app.JoinAt,
		Likeness: likeness{ArticleID: orNull(p.OtherID), Names: notNil(l.Names), Terms: notNil(l.Terms), DaysApart: l.DaysApart,
			OtherWeekdays: l.OtherWeekdays},
		Uncertain: p.Uncertain, PlacedAt: p.PlacedAt, SettledAt: p.SettledAt, SettledBy: p.SettledBy,
	}
}

// notNil makes an array of nothing an empty one, as answers have it.
func notNil(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

type waitingInput struct {
	PageQuery
}

type settleInput struct {
	IDPath
	IfMatch
	Body struct {
		Decision string `json:"decision" enum:"belongs,own_story" doc:"belongs: it is of the story that it is nearest to. own_story: it is on an event of its own." example:"belongs"`
	}
}

func (a *API) registerRegrouping() {
	notFound := []problem.Kind{problem.NotFound}
	register(a, operation{
		id: "merge-stories", method: http.MethodPost, path: "/stories/{id}/merge", tag: "Stories", needs: app.WriteArticles,
		summary: "Merge stories into one",
		about:   "Gives the story the articles, findings and reviews of others, which end: their addresses lead to it with 308.",
		status:  http.StatusOK, maxBody: smallBody, edits: true, problems: append(notFound, problem.Merged),
	}, a.mergeStories)
	register(a, operation{
		id: "split-story", method: http.MethodPost, path: "/stories/{id}/split", tag: "Stories", needs: app.WriteArticles,
		summary: "Split a story",
		about:   "Makes a new story of some of the articles. Findings go along where most of their claims do, and keep their ids.",
		status:  http.StatusCreated, maxBody: 2 * smallBody, edits: true, stores: true, problems: append(notFound, problem.Merged),
	}, a.splitStory)
	register(a, operation{
		id: "list-placements", method: http.MethodGet, path: "/placements", tag: "Stories", needs: app.WriteArticles,
		summary: "List uncertain placements",
		about:   "Lists the articles that the service joined narrowly to a story or narrowly did not, and that nobody has settled, the newest first.",
		status:  http.StatusOK,
	}, a.listPlacements)
	register(a, operation{
		id: "get-placement", method: http.MethodGet, path: "/articles/{id}/placement", tag: "Articles", needs: app.ReadFindings,
		summary: "Get why an article is in its story", about: "Gives the service's decision on the article. There is none where a person chose its story from the start.",
		status: http.StatusOK, problems: notFound,
	}, a.getPlacement)
	register(a, operation{
		id: "settle-placement", method: http.MethodPost, path: "/articles/{id}/placement", tag: "Articles", needs: app.WriteArticles,
		summary: "Settle where an article belongs",
		about:   "Confirms the placement or undoes it. To name another story, change the article's story_id.",
		status:  http.StatusOK, maxBody: smallBody, edits: true, problems: append(notFound, problem.Conflict),
	}, a.settlePlacement)
}

func (a *API) mergeStories(ctx context.Context, in *mergeInput) (*tagged[story], error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	s, err := a.app.MergeStories(ctx, actorOf(ctx), in.ID, app.Merge{IDs: in.Body.StoryIDs, Version: version})
	if err != nil {
		return nil, moved(ctx, err, "/merge")
	}
	return taggedWith(s.Version, newStory(s))
}

func (a *API) splitStory(ctx context.Context, in *splitInput) (*created[story], error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	s, err := a.app.SplitStory(ctx, actorOf(ctx), in.ID, app.Split{ArticleIDs: in.Body.ArticleIDs, Title: in.Body.Title, Version: version})
	if err != nil {
		return nil, moved(ctx, err, "/split")
	}
	return createdStory(s)
}

func (a *API) listPlacements(ctx context.Context, in *waitingInput) (*plain[list[placement]], error) {
	l, err := a.app.Waiting(ctx, actorOf(ctx), in.page())
	return listOf(l, err, newPlacement)
}

func (a *API) getPlacement(ctx context.Context, in *IDPath) (*plain[placement], error) {
	p, err := a.app.Placement(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &plain[placement]{Body: newPlacement(p)}, nil
}

func (a *API) settlePlacement(ctx context.Context, in *settleInput) (*tagged[article], error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	art, err := a.app.Settle(ctx, actorOf(ctx), in.ID, app.Settlement(in.Body.Decision), version)
	if err != nil {
		return nil, err
	}
	return taggedWith(art.Version, newArticle(art))
}
