package api

import (
	"context"
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

type historyInput struct {
	UserID   string    `query:"user_id" maxLength:"100" doc:"Only what this person did; service for what the service did by itself." example:"01977d00-0000-7000-8000-0123456789ab"`
	KeyID    string    `query:"key_id" maxLength:"100" doc:"Only what was done with this API key." example:"01977d80-1a2b-7c3d-8e4f-5a6b7c8d9e0f"`
	Action   string    `query:"action" maxLength:"100" doc:"Only this action, or all actions of one kind of thing: story.merge, or story." example:"story"`
	ObjectID string    `query:"object_id" maxLength:"100" doc:"Only what was done to this story, article, finding, feed, import, user, key or invitation. That of a story is also that of its articles and findings." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Since    time.Time `query:"since" doc:"Only what was done at or after this time." example:"2025-03-28T00:00:00Z"`
	Until    time.Time `query:"until" doc:"Only what was done before this time." example:"2025-03-29T00:00:00Z"`
	PageQuery
}

func (a *API) registerHistory() {
	register(a, operation{
		id: "list-history", method: http.MethodGet, path: "/history", tag: "History", needs: app.WriteArticles,
		summary: "List who did what",
		about: "Lists what people, keys and the service itself have changed, the newest first. With the scope write, object_id has to name a story, " +
			"an article, a finding, a feed or an import; with admin all of it is given. What a review decided is told with the review alone.",
		status: http.StatusOK,
	}, a.listHistory)
}

func (a *API) listHistory(ctx context.Context, in *historyInput) (*plain[list[historyEntry]], error) {
	who := actorOf(ctx)
	if in.ObjectID == "" && !who.Can(app.Administer) {
		return nil, wrongObject("is missing: name one thing, or send a key with the scope admin")
	}
	h, err := a.app.History(ctx, who, app.HistoryFilter{
		Person: in.UserID, Key: in.KeyID, Action: in.Action, Object: in.ObjectID, From: in.Since, To: in.Until, Page: in.page(),
	})
	if claims.KindOf(err) == claims.NotFound {
		err = wrongObject("names nothing whose history you may see")
	}
	if err != nil {
		return nil, err
	}
	return &plain[list[historyEntry]]{Body: list[historyEntry]{Items: newHistory(h), NextCursor: h.NextCursor}}, nil
}

func wrongObject(why string) error {
	return &claims.Error{Kind: claims.Invalid, Message: "object_id " + why, Fields: map[string]string{"object_id": why}}
}
