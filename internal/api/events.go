package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"corroborate/internal/app"
	"corroborate/internal/server/problem"
)

// streamMedia is the media type of streams of events.
const streamMedia = "text/event-stream"

// LastEventID is the header with which a stream is read on.
type LastEventID struct {
	LastEventID string `header:"Last-Event-ID" maxLength:"100" doc:"The id of the last event that was read: what was missed comes first. Browsers send it by themselves when they connect anew. Left out, the stream begins with what happens now." example:"7c1f3f0e-5a0c-4e55-9a43-0d9c2f1b7e60"`
}

type storyEventsInput struct {
	IDPath
	LastEventID
}

type allEventsInput struct {
	LastEventID
}

// ofStreams says what holds for all streams.
const ofStreams = "The answer is a stream of server-sent events that stays open. Each has event (its type), data (JSON in one line) and id (that of the last event, also of progress). " +
	"A line that begins with a colon comes every 15 seconds while nothing happens; read it as a sign of life. " +
	"The stream ends when the key expires or is revoked, when the account is closed, and when the server stops: connect anew with Last-Event-ID. " +
	"A key may hold 10 streams at once, an address without a key 4; one more is answered 429."

func (a *API) registerEvents() {
	register(a, operation{
		id: "story-events", method: http.MethodGet, path: "/stories/{id}/events", tag: "Stories", needs: app.ReadFindings,
		summary: "Follow the events of a story",
		about: "Tells what happens to a story as it happens. It begins with the event progress, which says how far the analysis is (status, reason, done, total, pending, ready, failed, not_analysed) and comes again whenever that changes. " +
			"All others are those of webhooks, with the same data. Where events were missed that are kept no longer (seven days, or 10,000 events of all stories) the event reset comes: read the story anew. " +
			"Without a key events of reviews are left out. " + ofStreams,
		status: http.StatusOK, content: streamMedia, problems: []problem.Kind{problem.NotFound, problem.Merged},
	}, a.storyEvents)
	register(a, operation{
		id: "all-events", method: http.MethodGet, path: "/events", tag: "Stories", needs: app.ReadFindings,
		summary: "Follow the events of all stories",
		about:   "Tells what happens to all stories and articles as it happens: the events of webhooks, with the same data, and reset as in the stream of one story. " + ofStreams,
		status:  http.StatusOK, content: streamMedia,
	}, a.allEvents)
	register(a, operation{
		id: "import-events", method: http.MethodGet, path: "/imports/{id}/events", tag: "Imports", needs: app.WriteArticles,
		summary: "Follow an import",
		about:   "Tells how far an import is: the event progress with the import as data, now and whenever that changes, and done with the same when it is done or has failed; then the stream ends. Its events have no id. " + ofStreams,
		status:  http.StatusOK, content: streamMedia, problems: []problem.Kind{problem.NotFound},
	}, a.importEvents)
}

func (a *API) storyEvents(ctx context.Context, in *storyEventsInput) (*huma.StreamResponse, error) {
	return a.streamEvents(ctx, app.EventWatch{StoryID: in.ID, After: in.LastEventID.LastEventID})
}

func (a *API) allEvents(ctx context.Context, in *allEventsInput) (*huma.StreamResponse, error) {
	return a.streamEvents(ctx, app.EventWatch{After: in.LastEventID.LastEventID})
}

// streamEvents answers with a stream of events.
func (a *API) streamEvents(ctx context.Context, w app.EventWatch) (*huma.StreamResponse, error) {
	return startStream(ctx, a, func(ctx context.Context) (<-chan app.StreamItem, error) {
		return a.app.WatchEvents(ctx, actorOf(ctx), w)
	}, func(item app.StreamItem) (message, error) { return messageOf(item) })
}

// storyProgress is how far the analysis of a story is.
type storyProgress struct {
	StoryID     string `json:"story_id"`
	Status      string `json:"status"`
	Reason      string `json:"reason"`
	Done        int    `json:"done"`
	Total       int    `json:"total"`
	Pending     int    `json:"pending"`
	Ready       int    `json:"ready"`
	Failed      int    `json:"failed"`
	NotAnalysed int    `json:"not_analysed"`
}

// messageOf gives an item of a stream as it is sent.
func messageOf(item app.StreamItem) (message, error) {
	m := message{id: item.ID}
	switch p := item.Progress; {
	case item.Reset:
		m.name, m.data = "reset", []byte("{}")
	case p != nil:
		var err error
		m.name = "progress"
		m.data, err = json.Marshal(storyProgress{StoryID: p.StoryID, Status: string(p.Status), Reason: p.Reason, Done: p.Done, Total: p.Total,
			Pending: p.Pending, Ready: p.Ready, Failed: p.Failed, NotAnalysed: p.NotAnalysed})
		return m, err
	default:
		m.name, m.data = item.Name, item.Event
	}
	return m, nil
}

func (a *API) importEvents(ctx context.Context, in *IDPath) (*huma.StreamResponse, error) {
	return startStream(ctx, a, func(ctx context.Context) (<-chan app.Import, error) {
		return a.app.WatchImport(ctx, actorOf(ctx), in.ID)
	}, func(i app.Import) (message, error) {
		m := message{name: "progress", last: i.State != app.ImportRunning}
		if m.last {
			m.name = "done"
		}
		var err error
		m.data, err = json.Marshal(newImport(i))
		return m, err
	})
}

// startStream counts a stream for its caller, begins to watch and gives the answer that
// writes what comes.
func startStream[T any](ctx context.Context, a *API, watch func(context.Context) (<-chan T, error), as func(T) (message, error)) (*huma.StreamResponse, error) {
	leave, err := a.streams.join(ctx)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	end := func() { stop(); leave() }
	items, err := watch(ctx)
	if err != nil {
		end()
		return nil, err
	}
	return &huma.StreamResponse{Body: func(h huma.Context) {
		defer end()
		r, w := humachi.Unwrap(h)
		out := newStream(w)
		if r.Method == http.MethodHead {
			return
		}
		if err := pump(ctx, out, items, as); err != nil {
			a.log.WarnContext(ctx, "api: a stream broke off", "error", err)
		}
	}}, nil
}
