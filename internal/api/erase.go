package api

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

type erasure struct {
	Articles  int `json:"articles" minimum:"0" doc:"How many articles go for good." example:"1"`
	Revisions int `json:"revisions" minimum:"0" doc:"How many texts as they were received go with them." example:"2"`
	Claims    int `json:"claims" minimum:"0" doc:"How many claims go with them." example:"24"`
	Reviews   int `json:"reviews" minimum:"0" doc:"How many reviews go with them: those of their passages alone." example:"3"`
}

func (a *API) registerErasure() {
	problems := []problem.Kind{problem.NotFound, problem.Conflict}
	register(a, operation{
		id: "get-erasure", method: http.MethodGet, path: "/bin/{id}/erasure", tag: "Bin", needs: app.Administer,
		summary: "Count what would go for good",
		about:   "Counts what would go with a story, an article or a source of the bin if it were erased now. Nothing is changed. What is not in the bin gives 409.",
		status:  http.StatusOK, problems: problems,
	}, a.getErasure)
	register(a, operation{
		id: "erase", method: http.MethodDelete, path: "/bin/{id}", tag: "Bin", needs: app.Administer,
		summary: "Erase from the bin",
		about: "Removes a story, an article or a source of the bin for good at once, and not when its 30 days have passed, with everything that was made of it: " +
			"revisions, claims, what findings, webhooks and the history say in its words. It cannot be taken back. What is not in the bin gives 409: " +
			"remove it first. So does an article whose story is still being compared without it: try again in a moment. " +
			"A source goes in the background, and waits for its stories: get-source-erasure gives 404 when it has gone.",
		status: http.StatusNoContent, problems: problems,
	}, a.erase)
}

func (a *API) getErasure(ctx context.Context, in *IDPath) (*plain[erasure], error) {
	e, err := a.app.BinErasure(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &plain[erasure]{Body: erasure(e)}, nil
}

func (a *API) erase(ctx context.Context, in *IDPath) (*empty, error) {
	return nil, a.app.EraseFromBin(ctx, actorOf(ctx), in.ID)
}
