package api

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

type retryJudgeInput struct {
	IdempotencyKey
}

type retriedQuestions struct {
	Questions int `json:"questions" minimum:"0" doc:"How many questions are asked again." example:"12"`
}

func (a *API) registerSecondJudge() {
	register(a, operation{
		id: "get-second-judge", method: http.MethodGet, path: "/second-judge", tag: "Work", needs: app.Administer,
		summary: "Get how the second judge fares",
		about: "Tells whether an outside model is set up as a second judge of pairs of passages, what it has taken of its budget, and what failed. " +
			"What it says of a finding is in second_verdicts of the finding.",
		status: http.StatusOK,
	}, a.getSecondJudge)
	register(a, operation{
		id: "retry-second-judge", method: http.MethodPost, path: "/second-judge/retry", tag: "Work", needs: app.Administer,
		summary: "Ask the second judge again",
		about: "Has everything asked again that was asked in vain, and does not wait any longer where the endpoint is left alone. The budget holds all the same. " +
			"It is refused with 409 where no second judge is set up.",
		status: http.StatusAccepted, stores: true, problems: []problem.Kind{problem.Conflict},
	}, a.retrySecondJudge)
}

func (a *API) getSecondJudge(ctx context.Context, _ *struct{}) (*plain[secondJudge], error) {
	s, err := a.app.SecondJudge(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return &plain[secondJudge]{Body: newSecondJudge(s)}, nil
}

func (a *API) retrySecondJudge(ctx context.Context, _ *retryJudgeInput) (*plain[retriedQuestions], error) {
	n, err := a.app.RetrySecondJudge(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return &plain[retriedQuestions]{Body: retriedQuestions{Questions: n}}, nil
}
