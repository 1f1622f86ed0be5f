package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

// opmlMedia is the media type of lists of feeds; opmlTypes are those that senders
// name them by.
const opmlMedia = "text/x-opml"

var opmlTypes = []string{opmlMedia, "text/x-opml+xml", "application/xml", "text/xml"}

type createFeedInput struct {
	IdempotencyKey
	Body newFeedBody
}

// Resolve adds what the service itself finds wrong to what the library found.
func (in *createFeedInput) Resolve(huma.Context) []error {
	var errs []error
	for name, message := range in.Body.input().Validate() {
		errs = append(errs, &huma.ErrorDetail{Location: "body." + name, Message: message})
	}
	return errs
}

type listFeedsInput struct {
	Health string `query:"health" enum:"new,ok,failing,paused,gone" doc:"Only feeds of this health." example:"failing"`
	PageQuery
}

type listFeedEntriesInput struct {
	IDPath
	State string `query:"state" enum:"waiting,stored,known,failed,skipped,removed" doc:"Only entries of this state." example:"failed"`
	PageQuery
}

type editFeedInput struct {
	IDPath
	IfMatch
	Body feedEdit
}

type pollFeedInput struct {
	IDPath
	IdempotencyKey
}

type importFeedsInput struct {
	IdempotencyKey
	RawBody []byte `contentType:"text/x-opml"`
}

func (a *API) registerFeeds() {
	notFound := []problem.Kind{problem.NotFound}
	register(a, operation{
		id: "create-feed", method: http.MethodPost, path: "/feeds", tag: "Feeds", needs: app.WriteArticles,
		summary: "Add a feed",
		about: "Fetches the address, adds the feed that is there or that the page there names, and has it polled. " +
			"Where a page names several, the error gives their addresses.",
		status: http.StatusCreated, also: map[int]string{http.StatusOK: "The feed is there already; this is it."},
		maxBody: smallBody, stores: true,
	}, a.createFeed)
	register(a, operation{
		id: "list-feeds", method: http.MethodGet, path: "/feeds", tag: "Feeds", needs: app.WriteArticles,
		summary: "List feeds", about: "Lists the feeds with how each fares, the newest first.", status: http.StatusOK,
	}, a.listFeeds)
	register(a, operation{
		id: "import-feeds", method: http.MethodPost, path: "/feeds/opml", tag: "Feeds", needs: app.WriteArticles,
		summary: "Import a list of feeds",
		about: "Adds the feeds of a list in OPML, nested outlines too, at most 1 MiB and 5,000 feeds. Each is named with what became of it; " +
			"those that are there already stay as they are. A file that is broken as a whole changes nothing.",
		status: http.StatusOK, maxBody: app.MaxFeedList, takes: opmlTypes, stores: true,
	}, a.importFeeds)
	register(a, operation{
		id: "export-feeds", method: http.MethodGet, path: "/feeds/opml", tag: "Feeds", needs: app.WriteArticles,
		summary: "Export the list of feeds", about: "Gives all feeds as OPML 2.0, those of a folder within an outline of its name.",
		status: http.StatusOK, content: opmlMedia,
	}, a.exportFeeds)
	register(a, operation{
		id: "get-feed", method: http.MethodGet, path: "/feeds/{id}", tag: "Feeds", needs: app.WriteArticles,
		summary: "Get a feed", about: "Gives one feed with how it fares.", status: http.StatusOK, tagged: true, problems: notFound,
	}, a.getFeed)
	register(a, operation{
		id: "edit-feed", method: http.MethodPatch, path: "/feeds/{id}", tag: "Feeds", needs: app.WriteArticles,
		summary: "Change, pause or resume a feed", about: "Changes the fields that are sent.",
		status: http.StatusOK, maxBody: smallBody, edits: true, problems: notFound,
	}, a.editFeed)
	register(a, operation{
		id: "delete-feed", method: http.MethodDelete, path: "/feeds/{id}", tag: "Feeds", needs: app.WriteArticles,
		summary: "Remove a feed", about: "Removes the feed for good. Its articles stay.",
		status: http.StatusNoContent, edits: true, problems: notFound,
	}, a.deleteFeed)
	register(a, operation{
		id: "list-feed-entries", method: http.MethodGet, path: "/feeds/{id}/entries", tag: "Feeds", needs: app.WriteArticles,
		summary: "List the entries of a feed", about: "Lists the entries with what became of each, the newest first.",
		status: http.StatusOK, problems: notFound,
	}, a.listFeedEntries)
	register(a, operation{
		id: "poll-feed", method: http.MethodPost, path: "/feeds/{id}/poll", tag: "Feeds", needs: app.WriteArticles,
		summary: "Poll a feed now", about: "Has the feed polled at once, out of its turn. One that is paused or gone has to be resumed first.",
		status: http.StatusAccepted, stores: true, problems: notFound,
	}, a.pollFeed)
}

func (a *API) createFeed(ctx context.Context, in *createFeedInput) (*created[feed], error) {
	f, known, err := a.app.AddFeed(ctx, actorOf(ctx), in.Body.input())
	if err != nil {
		return nil, err
	}
	if known {
		return createdFeed(http.StatusOK, f)
	}
	return createdFeed(http.StatusCreated, f)
}

func createdFeed(status int, f app.Feed) (*created[feed], error) {
	body := newFeed(f)
	etag, err := etagOf(f.Version, body)
	if err != nil {
		return nil, err
	}
	return &created[feed]{Status: status, Location: Prefix + "/feeds/" + f.ID, ETag: etag, Body: body}, nil
}

func (a *API) listFeeds(ctx context.Context, in *listFeedsInput) (*plain[list[feed]], error) {
	l, err := a.app.Feeds(ctx, actorOf(ctx), app.FeedFilter{Health: app.Health(in.Health), Page: in.page()})
	return listOf(l, err, newFeed)
}

func (a *API) getFeed(ctx context.Context, in *getInput) (*tagged[feed], error) {
	f, err := a.app.Feed(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return taggedWith(f.Version, newFeed(f))
}

func (a *API) editFeed(ctx context.Context, in *editFeedInput) (*tagged[feed], error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	f, err := a.app.EditFeed(ctx, actorOf(ctx), in.ID, in.Body.edit(version))
	if err != nil {
		return nil, err
	}
	return taggedWith(f.Version, newFeed(f))
}

func (a *API) deleteFeed(ctx context.Context, in *deleteInput) (*empty, error) {
	version, err := in.version(ctx)
	if err != nil {
		return nil, err
	}
	return nil, a.app.DeleteFeed(ctx, actorOf(ctx), in.ID, version)
}

func (a *API) listFeedEntries(ctx context.Context, in *listFeedEntriesInput) (*plain[list[feedEntry]], error) {
	l, err := a.app.FeedEntries(ctx, actorOf(ctx), app.EntryFilter{FeedID: in.ID, State: app.EntryState(in.State), Page: in.page()})
	return listOf(l, err, newFeedEntry)
}

func (a *API) pollFeed(ctx context.Context, in *pollFeedInput) (*created[feed], error) {
	f, err := a.app.PollFeedNow(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return createdFeed(http.StatusAccepted, f)
}

func (a *API) importFeeds(ctx context.Context, in *importFeedsInput) (*plain[feedImport], error) {
	done, err := a.app.ImportFeeds(ctx, actorOf(ctx), in.RawBody)
	if err != nil {
		return nil, err
	}
	return &plain[feedImport]{Body: newFeedImport(done)}, nil
}

func (a *API) exportFeeds(ctx context.Context, _ *struct{}) (*file, error) {
	opml, err := a.app.ExportFeeds(ctx, actorOf(ctx))
	if err != nil {
		return nil, err
	}
	return &file{ContentType: opmlMedia + "; charset=utf-8", Disposition: `attachment; filename="feeds.opml"`, Body: opml}, nil
}
