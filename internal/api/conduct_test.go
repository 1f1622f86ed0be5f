package api_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/server/servertest"
)

// TestNullIsNotTakenForLeftOut sends null where no value is meant by it.
func TestNullIsNotTakenForLeftOut(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	for _, tt := range []struct {
		name, method, path, body string
		want                     map[string]string
	}{
		{"a field of a new thing", http.MethodPost, "/stories", `{"title": null}`, map[string]string{"body.title": "is null: give a value or leave it out"}},
		{"all of them at once", http.MethodPost, "/articles", `{"text": "The bridge was closed.", "source": null, "url": null}`, map[string]string{
			"body.source": "is null: give a value or leave it out", "body.url": "is null: give a value or leave it out"}},
		{"an item", http.MethodPost, "/keys", `{"name": "x", "scopes": ["read", null]}`, map[string]string{"body.scopes[1]": "is null: give a value or leave it out"}},
		{"a field of an item", http.MethodPost, "/findings/" + unknownID + "/reviews", `{"differences": [{"id": null, "decision": "confirmed"}]}`,
			map[string]string{"body.differences[0].id": "is null: give a value or leave it out"}},
		{"the body", http.MethodPost, "/stories", `null`, map[string]string{"body": "is null: give a value or leave it out"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, c.call(tt.method, tt.path, tt.body).want(http.StatusUnprocessableEntity).wrong()); diff != "" {
				t.Errorf("what is wrong (-want +got):\n%s", diff)
			}
		})
	}
	c.call(http.MethodPost, "/stories", `{"title": "A null result"}`).want(http.StatusCreated)
}

// TestWhatATesterFound holds calls that were once answered wrongly: with 500, or with a
// status or in words that do not fit.
func TestWhatATesterFound(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	article := c.call(http.MethodPost, "/articles", `{"text": "The bridge was closed on Thursday.", "source": "Harbour Post"}`).want(http.StatusAccepted).id()
	for _, tt := range []struct {
		name, method, path, body string
		header                   []string
		status                   int
		words                    []string
	}{
		{"the number of a revision is beyond what the database counts", http.MethodGet, "/articles/" + article + "/difference?from=1&to=9223372036854775806", "", nil,
			http.StatusUnprocessableEntity, []string{"query.to"}},
		{"a list of feeds is empty", http.MethodPost, "/feeds/opml", "", []string{"Content-Type", "text/x-opml"}, http.StatusBadRequest,
			[]string{"The body is empty.", "text/x-opml"}},
		{"an import's Idempotency-Key is empty", http.MethodPost, "/imports", `{"text": "x", "source": "y"}`,
			[]string{"Content-Type", "application/x-ndjson", "Idempotency-Key", ""}, http.StatusUnprocessableEntity, []string{"header.Idempotency-Key"}},
		{"an article without an address is to be fetched again", http.MethodPost, "/articles/" + article + "/fetch", "", nil, http.StatusConflict,
			[]string{"give it one first"}},
		{"a filter has no value", http.MethodGet, "/articles?story_id=&status=&cursor=", "", nil, http.StatusUnprocessableEntity,
			[]string{"query.story_id", "query.status"}},
		{"one of several values is empty", http.MethodGet, "/stories/" + unknownID + "/findings?source=&source=", "", nil, http.StatusUnprocessableEntity,
			[]string{"query.source"}},
		{"a parameter is there twice", http.MethodGet, "/stories?limit=&limit=false&limit=5", "", nil, http.StatusUnprocessableEntity,
			[]string{"query.limit", "more than once"}},
		{"a place in a list is empty, as the end of one gives it", http.MethodGet, "/articles?cursor=", "", nil, http.StatusOK, nil},
		{"an id is none", http.MethodGet, "/articles/%E2%82%AC", "", nil, http.StatusNotFound, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			has(t, c.call(tt.method, tt.path, tt.body, tt.header...).want(tt.status).Body.String(), tt.words...)
		})
	}
	for _, method := range []string{http.MethodPut, http.MethodPatch, http.MethodDelete} {
		w := c.Do(servertest.Call{Method: method, Path: "/api/v1/feeds/opml", Key: servertest.AdminKey})
		if got := w.Header().Get("Allow"); w.Code != http.StatusMethodNotAllowed || got != "GET, POST" {
			t.Errorf("%s /feeds/opml: status %d, Allow %q", method, w.Code, got)
		}
	}
}
