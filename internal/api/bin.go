package api

import (
	"context"
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

type binned struct {
	Kind         string    `json:"kind" enum:"story,article,source" doc:"What it is." example:"story"`
	ID           string    `json:"id" doc:"Its id." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Title        string    `json:"title" doc:"Its title, the name of a source; empty for an article without one." example:"Harbour bridge closed"`
	Source       string    `json:"source" doc:"The publisher of an article; else empty." example:"Harbour Post"`
	Articles     int       `json:"articles" minimum:"0" doc:"How many articles went with a story or a source, and come back with it; 0 for an article." example:"5"`
	StoryID      *string   `json:"story_id" doc:"The story that an article was in; null for a story and for an article that was in none." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e12"`
	StoryDeleted bool      `json:"story_deleted" doc:"True for an article whose story is in the bin as well: the story has to be restored first." example:"false"`
	DeletedAt    time.Time `json:"deleted_at" doc:"When it was put into the bin." example:"2025-03-28T09:00:00Z"`
	DeletedBy    string    `json:"deleted_by" doc:"Who did that; empty where it was not noted." example:"Ana Reyes"`
	KeptUntil    time.Time `json:"kept_until" doc:"When it goes for good." example:"2025-04-27T09:00:00Z"`
}

func newBinned(b app.Binned) binned {
	return binned{Kind: string(b.Kind), ID: b.ID, Title: b.Title, Source: b.Source, Articles: b.Articles, StoryID: orNull(b.StoryID),
		StoryDeleted: b.StoryDeleted, DeletedAt: b.DeletedAt, DeletedBy: b.DeletedBy, KeptUntil: app.BinnedUntil(b)}
}

type binInput struct {
	Kind string `query:"kind" enum:"story,article,source" doc:"Only stories, only articles that went by themselves, or only sources." example:"story"`
	PageQuery
}

func (a *API) registerBin() {
	notFound := []problem.Kind{problem.NotFound, problem.Conflict}
	register(a, operation{
		id: "list-bin", method: http.MethodGet, path: "/bin", tag: "Bin", needs: app.WriteArticles,
		summary: "List what is in the bin", about: "Lists the stories, articles and sources that were removed and can be taken back, what was removed last first.",
		status: http.StatusOK,
	}, a.listBin)
	register(a, operation{
		id: "restore-story", method: http.MethodPost, path: "/stories/{id}/restore", tag: "Bin", needs: app.WriteArticles,
		summary: "Take a story out of the bin",
		about: "Takes the story back with the articles that went with it, and has it compared again. A story that is not in the bin gives 409, " +
			"and so does one of whose articles one was stored again meanwhile: remove that one first.",
		status: http.StatusOK, problems: append(notFound, problem.Merged),
	}, a.restoreStory)
	register(a, operation{
		id: "restore-article", method: http.MethodPost, path: "/articles/{id}/restore", tag: "Bin", needs: app.WriteArticles,
		summary: "Take an article out of the bin",
		about: "Takes the article back into its story. One that is not in the bin gives 409; so does one whose story is there too, which has to be restored, " +
			"and one that was stored again meanwhile.",
		status: http.StatusOK, problems: notFound,
	}, a.restoreArticle)
}

func (a *API) listBin(ctx context.Context, in *binInput) (*plain[list[binned]], error) {
	l, err := a.app.Bin(ctx, actorOf(ctx), app.BinFilter{Kind: app.ObjectKind(in.Kind), Page: in.page()})
	return listOf(l, err, newBinned)
}

func (a *API) restoreStory(ctx context.Context, in *IDPath) (*tagged[story], error) {
	s, err := a.app.RestoreStory(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, moved(ctx, err, "/restore")
	}
	return taggedWith(s.Version, newStory(s))
}

func (a *API) restoreArticle(ctx context.Context, in *IDPath) (*tagged[article], error) {
	art, err := a.app.RestoreArticle(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return taggedWith(art.Version, newArticle(art))
}
