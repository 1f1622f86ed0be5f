package api

import (
	"context"
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

type story struct {
	ID          string      `json:"id" doc:"The story's id." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Title       string      `json:"title" doc:"The story's title." example:"Harbour bridge closed"`
	Status      string      `json:"status" enum:"ready,working,failed" doc:"working while articles wait for analysis or the comparison is due." example:"ready"`
	Reason      string      `json:"reason" doc:"Why the status is failed; else empty." example:""`
	Locked      bool        `json:"locked" doc:"True where the service adds no articles to it." example:"false"`
	Articles    int         `json:"articles" minimum:"0" doc:"How many articles it has, whatever their status." example:"5"`
	Pending     int         `json:"pending" minimum:"0" doc:"How many of them wait for analysis." example:"0"`
	Failed      int         `json:"failed" minimum:"0" doc:"Of how many the analysis failed." example:"0"`
	NotAnalysed int         `json:"not_analysed" minimum:"0" doc:"How many are left alone, as those in languages that the engine does not read." example:"0"`
	Sources     int         `json:"sources" minimum:"0" doc:"How many sources tell it." example:"4"`
	Findings    storyCounts `json:"findings" doc:"How many findings it has, by verdict."`
	CreatedAt   time.Time   `json:"created_at" doc:"When it was stored." example:"2025-03-28T08:15:00Z"`
	UpdatedAt   time.Time   `json:"updated_at" doc:"When it last changed." example:"2025-03-28T08:15:09Z"`
	ComparedAt  *time.Time  `json:"compared_at" doc:"When its articles were last compared; null before the first time." example:"2025-03-28T08:15:09Z"`
}

type storyCounts struct {
	Agree     int `json:"agree" minimum:"0" doc:"Two or more sources tell it and nothing material differs." example:"12"`
	Diverge   int `json:"diverge" minimum:"0" doc:"Something material differs between sources." example:"6"`
	Single    int `json:"single" minimum:"0" doc:"One source tells it." example:"31"`
	OneOrigin int `json:"one_origin" minimum:"0" doc:"Those in agree whose sources share one origin." example:"3"`
	Cleared   int `json:"cleared" minimum:"0" doc:"Pairs of claims that look in conflict and are not." example:"4"`
	Open      int `json:"open" minimum:"0" doc:"Diverging findings without a review, and reviews of passages that have changed." example:"2"`
}

func newStory(s app.Story) story {
	return story{
		ID: s.ID, Title: s.Title, Status: string(s.Status), Reason: s.Reason, Locked: s.Locked,
		Articles: s.Articles, Pending: s.Pending, Failed: s.Failed, NotAnalysed: s.NotAnalysed, Sources: s.Sources,
		Findings:  storyCounts{Agree: s.Agree, Diverge: s.Diverge, Single: s.Single, OneOrigin: s.OneOrigin, Cleared: s.Cleared, Open: s.Open},
		CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt, ComparedAt: s.ComparedAt,
	}
}

type storyTitle struct {
	Title string `json:"title" minLength:"1" maxLength:"500" doc:"What the story is called." example:"Harbour bridge closed"`
}

type createStoryInput struct {
	IdempotencyKey
	Body storyTitle
}

type listStoriesInput struct {
	Title    string `query:"title" maxLength:"500" doc:"Only stories with this part of a title, in any case." example:"bridge"`
	Status   string `query:"status" enum:"ready,working,failed" doc:"Only stories with this status." example:"ready"`
	SourceID string `query:"source_id" maxLength:"100" doc:"Only stories that this source tells." example:"01977d5e-6f10-7b55-9d20-3c4d5e6f7081"`
	Locked   string `query:"locked" enum:"true,false" doc:"Only stories that are locked, or not." example:"false"`
	CreatedSpan
	UpdatedSpan
	Order string `query:"order" enum:"newest,updated,open,sources,title" default:"newest" doc:"newest: what was stored last comes first. updated: what has not changed for the longest comes first, and what changes meanwhile comes again at the end, so that a walk misses nothing. open: with most open findings first. sources: with most sources first. title: from A to Z. A cursor is good in one order." example:"updated"`
	PageQuery
}

func (in *listStoriesInput) filter() app.StoryFilter {
	f := app.StoryFilter{Order: app.StoryOrder(in.Order), Title: in.Title, Status: app.Status(in.Status), SourceID: in.SourceID,
		Created: in.CreatedSpan.span(), Updated: in.UpdatedSpan.span(), Page: in.page()}
	if in.Locked != "" {
		f.Locked = new(in.Locked == "true")
	}
	return f
}

type analyzeStoryInput struct {
	IDPath
	IdempotencyKey
}

type storyEdit struct {
	Title  *string `json:"title,omitempty" minLength:"1" maxLength:"500" doc:"What the story is called." example:"Harbour bridge closed"`
	Locked *bool   `json:"locked,omitempty" doc:"True keeps the service from adding articles to the story; people may." example:"true"`
}

type editStoryInput struct {
	IDPath
	IfMatch
	Body storyEdit
}

type deleteInput struct {
	IDPath
	IfMatch
}

type getInput struct {
	IDPath
	IfNoneMatch
}

func (a *API) registerStories() {
	merged := []problem.Kind{problem.NotFound, problem.Merged}
	register(a, operation{
		id: "create-story", method: http.MethodPost, path: "/stories", tag: "Stories", needs: app.WriteArticles,
		summary: "Make a story", about: "Makes a story without articles. Add them with its id as story_id.",
		status: http.StatusCreated, maxBody: smallBody, stores: true,
	}, a.createStory)
	register(a, operation{
		id: "list-stories", method: http.MethodGet, path: "/stories", tag: "Stories", needs: app.ReadFindings,
		summary: "List stories", about: "Lists the stories that are not in the bin. updated_at also goes up when the analysis ends; what people decide on findings leaves it.",
		status: http.StatusOK,
	}, a.listStories)
	register(a, operation{
		id: "get-story", method: http.MethodGet, path: "/stories/{id}", tag: "Stories", needs: app.ReadFindings,
		summary: "Get a story", about: "Gives one story with its status and counts.", status: http.StatusOK, tagged: true, problems: merged,
	}, a.getStory)
	register(a, operation{
		id: "edit-story", method: http.MethodPatch, path: "/stories/{id}", tag: "Stories", needs: app.WriteArticles,
		summary: "Change a story", about: "Changes the story's title, or locks and unlocks it.",
		status: http.StatusOK, maxBody: smallBody, edits: true, problems: merged,
	}, a.editStory)
	register(a, operation{
		id: "delete-story", method: http.MethodDelete, path: "/stories/{id}", tag: "Stories", needs: app.WriteArticles,
		summary: "Remove a story", about: "Puts the story and its articles into the bin, where they stay for 30 days.",
		status: http.StatusNoContent, edits: true, problems: merged,
	}, a.deleteStory)
	register(a, operation{
		id: "analyze-story", method: http.MethodPost, path: "/stories/{id}/analysis", tag: "Stories", needs: app.WriteArticles,
		summary: "Analyse a story again", about: "Has every article of the story analysed by the engine as it is now, and then compared. Reviews stay.",
		status: http.StatusAccepted, stores: true, problems: merged,
	}, a.analyzeStory)
}

func (a *API) createStory(ctx context.Context, in *createStoryInput) (*created[story], error) {
	s, err := a.app.CreateStory(ctx, actorOf(ctx), app.StoryInput{Title: in.Body.Title})
	if err != nil {
		return nil, err
	}
	return createdStory(http.StatusCreated, s)
}

func createdStory(status int, s app.Story) (*created[story], error) {
	body := newStory(s)
	etag, err := etagOf(s.Version, body)
	if err != nil {
		return nil, err
	}
	return &created[story]{Status: status, Location: Prefix + "/stories/" + s.ID, ETag: etag, Body: body}, nil
}

func (a *API) listStories(ctx context.Context, in *listStoriesInput) (*plain[list[story]], error) {
	l, err := a.app.StoryList(ctx, actorOf(ctx), in.filter())
	return listOf(l, err, newStory)
}

func (a *API) getStory(ctx context.Context, in *getInput) (*tagged[story], error) {
	s, err := a.app.Story(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, moved(ctx, err, "")
	}
	return taggedWith(s.Version, newStory(s))
}

func (a *API) editStory(ctx context.Context, in *editStoryInput) (*tagged[story], error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	s, err := a.app.EditStory(ctx, actorOf(ctx), in.ID, app.StoryEdit{Title: in.Body.Title, Locked: in.Body.Locked, Version: version})
	if err != nil {
		return nil, moved(ctx, err, "")
	}
	return taggedWith(s.Version, newStory(s))
}

func (a *API) deleteStory(ctx context.Context, in *deleteInput) (*empty, error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	return nil, moved(ctx, a.app.DeleteStory(ctx, actorOf(ctx), in.ID, version), "")
}

func (a *API) analyzeStory(ctx context.Context, in *analyzeStoryInput) (*created[story], error) {
	s, err := a.app.AnalyzeStory(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, moved(ctx, err, "/analysis")
	}
	return createdStory(http.StatusAccepted, s)
}
