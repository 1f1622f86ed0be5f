package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/server/problem"
)

type createArticleInput struct {
	IdempotencyKey
	Body newArticleBody
}

// Resolve adds what the service itself finds wrong to what the library found, so
// that a caller learns everything at once.
func (in *createArticleInput) Resolve(huma.Context) []error {
	var errs []error
	for name, message := range in.Body.validate() {
		errs = append(errs, &huma.ErrorDetail{Location: "body." + name, Message: message})
	}
	return errs
}

type listArticlesInput struct {
	StoryID        string    `query:"story_id" maxLength:"100" doc:"Only articles of this story." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	SourceID       string    `query:"source_id" maxLength:"100" doc:"Only articles of this source." example:"01977d5e-6f10-7b55-9d20-3c4d5e6f7081"`
	Status         string    `query:"status" enum:"pending,ready,failed,not_analysed" doc:"Only articles with this status." example:"ready"`
	Unplaced       bool      `query:"unplaced" doc:"True for articles that no story has yet." example:"false"`
	Title          string    `query:"title" maxLength:"500" doc:"Only articles with this part of a headline, in any case. For words of the text use the search." example:"bridge"`
	Language       string    `query:"language" pattern:"^[a-z]{2}$" doc:"Only articles in this language, by its two-letter code." example:"en"`
	ExternalID     string    `query:"external_id" maxLength:"200" doc:"The article with this id in your system." example:"cms-48213"`
	URL            string    `query:"url" maxLength:"2000" doc:"The article at this address; what does not tell pages apart, such as utm_source and a slash at the end, does not count." example:"https://harbourpost.example/bridge"`
	PublishedSince time.Time `query:"published_since" doc:"Only articles that were published at or after this time. Those of an unknown time are left out." example:"2025-03-27T00:00:00Z"`
	PublishedUntil time.Time `query:"published_until" doc:"Only articles that were published before this time. Those of an unknown time are left out." example:"2025-03-28T00:00:00Z"`
	CreatedSpan
	UpdatedSpan
	Order string `query:"order" enum:"newest,published,updated" default:"newest" doc:"newest: what was stored last comes first. published: what was published last comes first; an article of an unknown time stands where it was stored. updated: what has not changed for the longest comes first, and what changes meanwhile comes again at the end, so that a walk misses nothing. A cursor is good in one order." example:"updated"`
	PageQuery
}

func (in *listArticlesInput) filter() app.ArticleFilter {
	return app.ArticleFilter{
		Order: app.ArticleOrder(in.Order), StoryID: in.StoryID, SourceID: in.SourceID, Status: app.Status(in.Status), Unplaced: in.Unplaced,
		Title: in.Title, Language: in.Language, ExternalID: in.ExternalID, URL: in.URL,
		Published: app.Span{Since: in.PublishedSince, Until: in.PublishedUntil}, Created: in.CreatedSpan.span(), Updated: in.UpdatedSpan.span(),
		Page: in.page(),
	}
}

type editArticleInput struct {
	IDPath
	IfMatch
	Body articleEdit
}

type analyzeInput struct {
	IDPath
	IdempotencyKey
}

func (a *API) registerArticles() {
	notFound := []problem.Kind{problem.NotFound}
	register(a, operation{
		id: "create-article", method: http.MethodPost, path: "/articles", tag: "Articles", needs: app.WriteArticles,
		summary: "Store an article",
		about: "Stores an article and has it analysed. It is given as text, as the html of its page, or by its url alone, which is then fetched: " +
			"the article has its id and the status pending at once, and failed with the reason where it cannot be had. " +
			"Without story_id the service finds the story that it belongs to, or makes one; until then story_id is null. " +
			"An article that is known already, by external_id, by url, or by source and text, is not stored again; where its text has changed, " +
			"that becomes a new revision. The text may have 1 MiB, the html 8 MiB.",
		status: http.StatusAccepted, also: map[int]string{http.StatusOK: "The article is known already and has not changed; this is what is stored."},
		maxBody: pageBody, stores: true,
	}, a.createArticle)
	register(a, operation{
		id: "list-articles", method: http.MethodGet, path: "/articles", tag: "Articles", needs: app.ReadFindings,
		summary: "List articles", about: "Lists the articles that are not in the bin, without their texts. An address that is still being fetched is not listed. updated_at also goes up when the analysis ends.",
		status: http.StatusOK,
	}, a.listArticles)
	register(a, operation{
		id: "get-article", method: http.MethodGet, path: "/articles/{id}", tag: "Articles", needs: app.ReadFindings,
		summary: "Get an article", about: "Gives one article with the text that the engine read.", status: http.StatusOK, tagged: true, problems: notFound,
	}, a.getArticle)
	register(a, operation{
		id: "edit-article", method: http.MethodPatch, path: "/articles/{id}", tag: "Articles", needs: app.WriteArticles,
		summary: "Change an article",
		about:   "Changes the fields that are sent. A text that differs becomes a new revision and is analysed; story_id moves the article.",
		status:  http.StatusOK, maxBody: articleBody, edits: true, problems: append(notFound, problem.Conflict),
	}, a.editArticle)
	register(a, operation{
		id: "delete-article", method: http.MethodDelete, path: "/articles/{id}", tag: "Articles", needs: app.WriteArticles,
		summary: "Remove an article", about: "Puts the article into the bin, where it stays for 30 days, and compares its story again.",
		status: http.StatusNoContent, edits: true, problems: notFound,
	}, a.deleteArticle)
	register(a, operation{
		id: "list-article-claims", method: http.MethodGet, path: "/articles/{id}/claims", tag: "Articles", needs: app.ReadFindings,
		summary: "Get the claims of an article", about: "Gives every claim of the article in the order of its text, with the finding that it stands in.",
		status: http.StatusOK, problems: notFound,
	}, a.articleClaims)
	register(a, operation{
		id: "analyze-article", method: http.MethodPost, path: "/articles/{id}/analysis", tag: "Articles", needs: app.WriteArticles,
		summary: "Analyse an article again", about: "Has the article analysed by the engine as it is now.",
		status: http.StatusAccepted, stores: true, problems: notFound,
	}, a.analyzeArticle)
	register(a, operation{
		id: "refetch-article", method: http.MethodPost, path: "/articles/{id}/fetch", tag: "Articles", needs: app.WriteArticles,
		summary: "Read an article's page again",
		about: "Has the page at the article's address fetched again. A changed text becomes the next revision; " +
			"a page that answers 410 withdraws the article. How it went is seen in the article's revisions.",
		status: http.StatusAccepted, stores: true, problems: notFound,
	}, a.refetchArticle)
}

func (a *API) createArticle(ctx context.Context, in *createArticleInput) (*created[article], error) {
	take := a.app.TakeArticle
	if in.Body.isAddress() {
		take = a.app.AddAddress
	}
	art, outcome, err := take(ctx, actorOf(ctx), in.Body.input())
	if err != nil {
		return nil, err
	}
	status := http.StatusAccepted
	if outcome == app.Known {
		status = http.StatusOK
	}
	return createdArticle(status, art)
}

func createdArticle(status int, art app.Article) (*created[article], error) {
	body := newArticle(art)
	etag, err := etagOf(art.Version, body)
	if err != nil {
		return nil, err
	}
	return &created[article]{Status: status, Location: Prefix + "/articles/" + art.ID, ETag: etag, Body: body}, nil
}

func (a *API) listArticles(ctx context.Context, in *listArticlesInput) (*plain[list[article]], error) {
	l, err := a.app.Articles(ctx, actorOf(ctx), in.filter())
	return listOf(l, err, newArticle)
}

func (a *API) getArticle(ctx context.Context, in *getInput) (*tagged[articleWithText], error) {
	art, err := a.app.Article(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return taggedWith(art.Version, newArticleWithText(art))
}

func (a *API) editArticle(ctx context.Context, in *editArticleInput) (*tagged[article], error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	b := in.Body
	art, err := a.app.EditArticle(ctx, actorOf(ctx), in.ID, app.ArticleEdit{
		Text: b.Text, Title: b.Title, Byline: b.Byline, URL: b.URL, PublishedAt: b.PublishedAt, StoryID: b.StoryID, Version: version,
	})
	if err != nil {
		return nil, err
	}
	return taggedWith(art.Version, newArticle(art))
}

func (a *API) deleteArticle(ctx context.Context, in *deleteInput) (*empty, error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	return nil, a.app.DeleteArticle(ctx, actorOf(ctx), in.ID, version)
}

func (a *API) articleClaims(ctx context.Context, in *IDPath) (*plain[list[claim]], error) {
	all, err := a.app.ArticleClaims(ctx, actorOf(ctx), in.ID)
	return listOf(app.List[app.ArticleClaim]{Items: all}, err, newClaim)
}

func (a *API) analyzeArticle(ctx context.Context, in *analyzeInput) (*created[article], error) {
	art, err := a.app.AnalyzeArticle(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return createdArticle(http.StatusAccepted, art)
}

func (a *API) refetchArticle(ctx context.Context, in *analyzeInput) (*created[article], error) {
	art, err := a.app.RefetchArticle(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return createdArticle(http.StatusAccepted, art)
}

// published gives a time as reports have it: with the offset that was given, or a
// bare date.
func published(p claims.Published) string { return strings.TrimSpace(p.String()) }
