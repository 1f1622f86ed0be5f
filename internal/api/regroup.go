package api

import (
	"context"
	"net/http"

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

type moveInput struct {
	IDPath
	IfMatch
	IdempotencyKey
	Body struct {
		ArticleIDs []string `json:"article_ids" minItems:"1" maxItems:"2000" doc:"The articles that leave the story of the address." example:"[\"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55\"]"`
		StoryID    string   `json:"story_id" maxLength:"100" doc:"The story that they go to." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e12"`
	}
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
		id: "move-articles", method: http.MethodPost, path: "/stories/{id}/move", tag: "Stories", needs: app.WriteArticles,
		summary: "Move articles to another story",
		about: "Moves some or all articles of the story to another, with the findings that are mostly theirs, and gives that one. Both are compared again. " +
			"A story that the service made and that is left without articles ends: its address leads on. If-Match is that of the story that they leave.",
		status: http.StatusOK, maxBody: 2 * smallBody, edits: true, stores: true, problems: append(notFound, problem.Merged),
	}, a.moveArticles)
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
		id: "explain-placement", method: http.MethodGet, path: "/articles/{id}/placement/explanation", tag: "Articles", needs: app.ReadFindings,
		summary: "Explain why an article is in its story",
		about: "Gives the decision with what it rests on, as the texts are now: the terms that the article shares with others of the story that it is nearest to, " +
			"and its copies. It is there for every article, also where a person chose the story.",
		status: http.StatusOK, problems: notFound,
	}, a.explainPlacement)
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
	return createdStory(http.StatusCreated, s)
}

func (a *API) moveArticles(ctx context.Context, in *moveInput) (*tagged[story], error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	s, err := a.app.MoveArticles(ctx, actorOf(ctx), in.ID, app.Move{ArticleIDs: in.Body.ArticleIDs, To: in.Body.StoryID, Version: version})
	if err != nil {
		return nil, moved(ctx, err, "/move")
	}
	return taggedWith(s.Version, newStory(s))
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

func (a *API) explainPlacement(ctx context.Context, in *IDPath) (*plain[explanation], error) {
	why, err := a.app.WhyHere(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &plain[explanation]{Body: newExplanation(why)}, nil
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
