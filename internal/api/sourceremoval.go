package api

import (
	"context"
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

// sourceRemoval is a source with what goes with it.
type sourceRemoval struct {
	ID        string     `json:"id" doc:"The source's id." example:"01977d5e-6f10-7b55-9d20-3c4d5e6f7081"`
	Name      string     `json:"name" doc:"The publisher's name." example:"Harbour Post"`
	State     string     `json:"state" enum:"kept,removing,removed,restoring,erasing" doc:"kept: nothing was asked. removing: its articles go to the bin. removed: they are there. restoring: they come back. erasing: they go for good, and the source after them." example:"kept"`
	Articles  int        `json:"articles" minimum:"0" doc:"How many of its articles are outside the bin." example:"41"`
	Binned    int        `json:"in_bin" minimum:"0" doc:"How many of its articles went to the bin with it." example:"0"`
	Stories   int        `json:"stories" minimum:"0" doc:"In how many stories these articles are: all of them are compared again." example:"17"`
	Feeds     int        `json:"feeds" minimum:"0" doc:"How many feeds give this source: those that are polled are paused." example:"1"`
	Done      int        `json:"done" minimum:"0" doc:"How many articles the present step is done with." example:"0"`
	Total     int        `json:"total" minimum:"0" doc:"How many articles the present step is about; 0 where nothing was asked." example:"0"`
	KeptUntil *time.Time `json:"kept_until" doc:"When it goes for good; null for a source that is kept." example:"2025-04-27T09:00:00Z"`
}

func newSourceRemoval(s app.SourceRemoval) sourceRemoval {
	out := sourceRemoval{ID: s.SourceID, Name: s.Name, State: string(s.State), Articles: s.Articles, Binned: s.Binned, Stories: s.Stories,
		Feeds: s.Feeds, Done: s.Done, Total: s.Total}
	if out.State == "" {
		out.State = "kept"
	}
	if s.RemovedAt != nil {
		out.KeptUntil = new(s.RemovedAt.AddDate(0, 0, app.BinDays))
	}
	return out
}

type deleteSourceInput struct {
	IDPath
	Name string `query:"name" required:"true" minLength:"1" maxLength:"200" doc:"The source's name, so that a wrong id does no harm." example:"Harbour Post"`
}

func (a *API) registerSourceRemoval() {
	register(a, operation{
		id: "get-source-erasure", method: http.MethodGet, path: "/sources/{id}/erasure", tag: "Sources", needs: app.Administer,
		summary: "Count what goes with a source", about: "Counts what would go to the bin with a source, or tells how far its removal is. Nothing is changed.",
		status: http.StatusOK, problems: []problem.Kind{problem.NotFound},
	}, a.getSourceErasure)
	register(a, operation{
		id: "delete-source", method: http.MethodDelete, path: "/sources/{id}", tag: "Sources", needs: app.Administer,
		summary: "Remove a source",
		about: "Puts a source into the bin with all its articles, as one thing that can be taken back for 30 days, and pauses its feeds. The articles go in the background, " +
			"and their stories are compared without them: ask get-source-erasure until state is removed. Articles of the source that come later are taken in as ever. " +
			"Sent twice, it does nothing the second time. To erase it for good at once, call erase with its id when it is removed.",
		status: http.StatusAccepted, problems: []problem.Kind{problem.NotFound, problem.Conflict},
	}, a.deleteSource)
	register(a, operation{
		id: "restore-source", method: http.MethodPost, path: "/sources/{id}/restore", tag: "Sources", needs: app.Administer,
		summary: "Take a source out of the bin",
		about: "Takes a source back with the articles that went with it, in the background. An article that was stored again meanwhile, or whose story is in the bin, " +
			"stays in the bin by itself. Its feeds stay paused. A source that is not in the bin gives 409.",
		status: http.StatusAccepted, problems: []problem.Kind{problem.NotFound, problem.Conflict},
	}, a.restoreSource)
}

func (a *API) getSourceErasure(ctx context.Context, in *IDPath) (*plain[sourceRemoval], error) {
	return removalOf(a.app.SourceRemoval(ctx, actorOf(ctx), in.ID))
}

func (a *API) deleteSource(ctx context.Context, in *deleteSourceInput) (*plain[sourceRemoval], error) {
	return removalOf(a.app.RemoveSource(ctx, actorOf(ctx), in.ID, in.Name))
}

func (a *API) restoreSource(ctx context.Context, in *IDPath) (*plain[sourceRemoval], error) {
	return removalOf(a.app.RestoreSource(ctx, actorOf(ctx), in.ID))
}

func removalOf(s app.SourceRemoval, err error) (*plain[sourceRemoval], error) {
	if err != nil {
		return nil, err
	}
	return &plain[sourceRemoval]{Body: newSourceRemoval(s)}, nil
}
