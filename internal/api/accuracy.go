package api

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

type accuracyInput struct {
	Engine string `query:"engine" maxLength:"100" doc:"The hash of the engine; left out, the one that runs." example:"3f0c5b9a7e21d846"`
}

type judgeSampleInput struct {
	IDPath
	IdempotencyKey
	Body sampleAnswer
}

func (a *API) registerAccuracy() {
	notFound := []problem.Kind{problem.NotFound}
	gone := []problem.Kind{problem.NotFound, problem.Conflict}
	register(a, operation{
		id: "get-agreement", method: http.MethodGet, path: "/agreement", tag: "Blind reviews", needs: app.ReviewFindings,
		summary: "Get how far people agree", about: "Measures the blind reviews that have ended: Cohen's kappa over all pairs of answers, on verdicts and on each kind of difference.",
		status: http.StatusOK,
	}, a.getAgreement)
	register(a, operation{
		id: "get-accuracy", method: http.MethodGet, path: "/accuracy", tag: "Accuracy", needs: app.ReadFindings,
		summary: "Get how often the machine is right", about: "Gives the estimates with their intervals, and what they rest on. An engine of which nothing was judged gives 404.",
		status: http.StatusOK, problems: notFound,
	}, a.getAccuracy)
	register(a, operation{
		id: "next-sample", method: http.MethodGet, path: "/accuracy/samples/next", tag: "Accuracy", needs: app.ReviewFindings,
		summary: "Get a statement to judge", about: "Gives the next statement of the machine that you are asked to judge. Where none is left, more are drawn at random; that does not depend on who asks.",
		status: http.StatusOK,
	}, a.nextSample)
	register(a, operation{
		id: "get-sample", method: http.MethodGet, path: "/accuracy/samples/{id}", tag: "Accuracy", needs: app.ReviewFindings,
		summary: "Get a drawn statement", about: "Gives a statement that was drawn while you can judge it; 409 says why you no longer can.", status: http.StatusOK, problems: gone,
	}, a.getSample)
	register(a, operation{
		id: "judge-sample", method: http.MethodPost, path: "/accuracy/samples/{id}/answer", tag: "Accuracy", needs: app.ReviewFindings,
		summary: "Judge a statement", about: "Stores what you say to a statement that was drawn. Each counts once, and nobody is asked about one twice.",
		status: http.StatusOK, maxBody: smallBody, stores: true, problems: gone,
	}, a.judgeSample)
	register(a, operation{
		id: "take-back-answer", method: http.MethodDelete, path: "/accuracy/samples/{id}/answer", tag: "Accuracy", needs: app.ReviewFindings,
		summary: "Take an answer back", about: "Removes your newest answer, if you gave it within the past hour, so that you can give it anew. It needs no If-Match.",
		status: http.StatusNoContent, problems: gone,
	}, a.takeBackAnswer)
}

func (a *API) getAgreement(ctx context.Context, _ *struct{}) (*plain[agreement], error) {
	m, err := a.app.Agreement(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return &plain[agreement]{Body: newAgreement(m)}, nil
}

func (a *API) getAccuracy(ctx context.Context, in *accuracyInput) (*plain[accuracy], error) {
	m, err := a.app.Accuracy(ctx, actorOf(ctx), in.Engine)
	if err != nil {
		return nil, err
	}
	return &plain[accuracy]{Body: newAccuracy(m)}, nil
}

func (a *API) nextSample(ctx context.Context, _ *struct{}) (*plain[nextSample], error) {
	item, err := a.app.NextSample(ctx, actorOf(ctx))
	if err != nil || item == nil {
		return &plain[nextSample]{}, err
	}
	next := newSampleItem(*item)
	return &plain[nextSample]{Body: nextSample{Item: nullable[sampleItem]{&next}}}, nil
}

func (a *API) getSample(ctx context.Context, in *IDPath) (*plain[sampleItem], error) {
	item, err := a.app.Sample(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &plain[sampleItem]{Body: newSampleItem(item)}, nil
}

func (a *API) judgeSample(ctx context.Context, in *judgeSampleInput) (*plain[sampleAnswer], error) {
	b := in.Body
	err := a.app.JudgeSample(ctx, actorOf(ctx), in.ID, app.Judgement{Answer: app.SampleAnswer(b.Answer), Really: b.Really, Note: b.Note})
	if err != nil {
		return nil, err
	}
	return &plain[sampleAnswer]{Body: b}, nil
}

func (a *API) takeBackAnswer(ctx context.Context, in *IDPath) (*empty, error) {
	return nil, a.app.TakeBackJudgement(ctx, actorOf(ctx), in.ID)
}
