package api

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

type differenceInput struct {
	IDPath
	From int `query:"from" minimum:"1" maximum:"1000000" doc:"Number of the earlier revision; left out, the one before the later." example:"1"`
	To   int `query:"to" minimum:"1" maximum:"1000000" doc:"Number of the later revision; left out, the newest." example:"2"`
}

type revisionInput struct {
	IDPath
	Number int `path:"number" minimum:"1" doc:"The revision's number, counted from 1." example:"1"`
}

func (a *API) registerRevisions() {
	notFound := []problem.Kind{problem.NotFound}
	register(a, operation{
		id: "list-article-revisions", method: http.MethodGet, path: "/articles/{id}/revisions", tag: "Articles", needs: app.ReadTexts,
		summary: "Get the revisions of an article", about: "Gives what was received of the article and when, the newest first, and how much each changed.",
		status: http.StatusOK, problems: notFound,
	}, a.articleRevisions)
	register(a, operation{
		id: "get-article-revision", method: http.MethodGet, path: "/articles/{id}/revisions/{number}", tag: "Articles", needs: app.ReadTexts,
		summary: "Get a revision of an article", about: "Gives one revision with its text. Revisions never change.",
		status: http.StatusOK, problems: notFound,
	}, a.articleRevision)
	register(a, operation{
		id: "compare-article-revisions", method: http.MethodGet, path: "/articles/{id}/difference", tag: "Articles", needs: app.ReadTexts,
		summary: "Compare two revisions of an article",
		about: "Says sentence by sentence how two revisions differ. Each edit is classed: fact (what is told changed), wording (the same in other words, or page furniture) or typo. " +
			"An article with one revision has nothing to compare: 422.",
		status: http.StatusOK, problems: notFound,
	}, a.compareRevisions)
	register(a, operation{
		id: "list-corrections", method: http.MethodGet, path: "/stories/{id}/corrections", tag: "Findings", needs: app.ReadFindings,
		summary: "List the divergences that a correction ended",
		about:   "Lists where a source changed its article so that it no longer differs from others, the newest first: who, when, from which words to which.",
		status:  http.StatusOK, problems: notFound,
	}, a.listCorrections)
}

func (a *API) articleRevisions(ctx context.Context, in *IDPath) (*plain[list[revision]], error) {
	all, err := a.app.Revisions(ctx, actorOf(ctx), in.ID)
	return listOf(app.List[app.Revision]{Items: all}, err, newRevision)
}

func (a *API) articleRevision(ctx context.Context, in *revisionInput) (*plain[revisionWithText], error) {
	r, err := a.app.Revision(ctx, actorOf(ctx), in.ID, in.Number)
	if err != nil {
		return nil, err
	}
	return &plain[revisionWithText]{Body: revisionWithText{RevisionFields: newRevision(r.Revision), Text: r.Text}}, nil
}

func (a *API) compareRevisions(ctx context.Context, in *differenceInput) (*plain[revisionDifference], error) {
	d, err := a.app.CompareRevisions(ctx, actorOf(ctx), app.RevisionPair{ArticleID: in.ID, From: in.From, To: in.To})
	if err != nil {
		return nil, err
	}
	return &plain[revisionDifference]{Body: newRevisionDifference(d)}, nil
}

func (a *API) listCorrections(ctx context.Context, in *IDPath) (*plain[list[correction]], error) {
	all, err := a.app.Corrections(ctx, actorOf(ctx), in.ID)
	return listOf(app.List[app.Correction]{Items: all}, err, newCorrection)
}
