package load

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"corroborate/tests/size/papers"
)

// readPage reads a page as a stranger.
func (t *Traffic) readPage(ctx context.Context) error {
	story := t.one(&t.stories)
	path := []string{"/", "/stories/" + story, "/stories/" + story + "/rows", "/findings/" + t.one(&t.findings), "/sources"}[rand.IntN(5)]
	if rand.IntN(50) == 0 {
		path = "/search?q=" + url.QueryEscape(t.word())
	}
	_, err := t.call(ctx, http.MethodGet, path, nil)
	return err
}

// readCall reads something of the API.
func (t *Traffic) readCall(ctx context.Context) error {
	story, finding, article := t.one(&t.stories), t.one(&t.findings), t.one(&t.ids)
	paths := []string{"/stories", "/stories/" + story, "/stories/" + story + "/findings", "/stories/" + story + "/report", "/findings/" + finding,
		"/findings?verdict=diverge", "/articles/" + article, "/articles/" + article + "/claims", "/sources", "/search?q=" + url.QueryEscape(t.word())}
	path := paths[rand.IntN(len(paths))]
	_, err := t.call(ctx, http.MethodGet, "/api/v1"+path, nil)
	return err
}

// word gives a word of some article.
func (t *Traffic) word() string {
	words := strings.Fields(t.articles[rand.IntN(len(t.articles))].Title)
	return strings.Trim(words[rand.IntN(len(words))], `,.:;"'`)
}

// take gives the next article to send.
func (t *Traffic) take() papers.Article { return t.articles[int(t.next.Add(1)-1)%len(t.articles)] }

// note remembers that the server said it has an article.
func (t *Traffic) note(externalID string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.stored[externalID] = true
}

// AddArticle sends the next article.
func (t *Traffic) AddArticle(ctx context.Context) error {
	a := t.take()
	got, err := t.call(ctx, http.MethodPost, "/api/v1/articles", a)
	if err == nil && (got.status == http.StatusCreated || got.status == http.StatusOK || got.status == http.StatusAccepted) {
		t.note(a.ExternalID)
	}
	return err
}

// importLines is how many lines an import has.
const importLines = 10

// Import sends some articles at once.
func (t *Traffic) Import(ctx context.Context) error {
	var lines bytes.Buffer
	var ids []string
	for enc := json.NewEncoder(&lines); len(ids) < importLines; {
		a := t.take()
		if err := enc.Encode(a); err != nil {
			return err
		}
		ids = append(ids, a.ExternalID)
	}
	got, err := t.judged(t.send(ctx, request{method: http.MethodPost, path: "/api/v1/imports", media: "application/x-ndjson", body: lines.Bytes()}))
	if err == nil && got.status == http.StatusAccepted {
		for _, id := range ids {
			t.note(id)
		}
	}
	return err
}

// edit gives an article another title, as it was seen.
func (t *Traffic) edit(ctx context.Context) error {
	path := "/api/v1/articles/" + t.one(&t.ids)
	seen, err := t.call(ctx, http.MethodGet, path, nil)
	if err != nil || seen.status != http.StatusOK {
		return err
	}
	_, err = t.judged(t.send(ctx, request{method: http.MethodPatch, path: path, media: "application/json", ifMatch: seen.header.Get("ETag"),
		body: []byte(`{"title": "` + t.word() + ` in new light"}`)}))
	return err
}

// removeAndRestore puts an article into the bin and takes it out again.
func (t *Traffic) removeAndRestore(ctx context.Context) error {
	path := "/api/v1/articles/" + t.one(&t.ids)
	if _, err := t.call(ctx, http.MethodDelete, path, nil); err != nil {
		return err
	}
	for {
		_, err := t.call(ctx, http.MethodPost, path+"/restore", nil)
		if !errors.Is(err, errRefused) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// review confirms a finding.
func (t *Traffic) review(ctx context.Context) error {
	_, err := t.call(ctx, http.MethodPost, "/api/v1/reviews", map[string]any{"finding_ids": []string{t.one(&t.findings)}, "decision": "confirmed"})
	return err
}

// check holds a draft against what there is.
func (t *Traffic) check(ctx context.Context) error {
	a := t.articles[rand.IntN(len(t.articles))]
	_, err := t.call(ctx, http.MethodPost, "/api/v1/check", map[string]string{"source": "Draft", "text": a.Text})
	return err
}

// followTime is how long a stream is read.
const followTime = 3 * time.Second

// follow reads the stream of events for a while.
func (t *Traffic) follow(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, followTime)
	defer cancel()
	got, err := t.judged(t.send(ctx, request{method: http.MethodGet, path: "/api/v1/events"}))
	if errors.Is(err, context.DeadlineExceeded) || got.status == http.StatusOK {
		return nil // it lasts until it is left
	}
	return err
}
