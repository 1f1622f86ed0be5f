package load

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// drainPause is the time between two looks whether jobs are left.
const drainPause = 200 * time.Millisecond

// Drain waits until every job is done. Those that come back by themselves are not counted.
func (p *Program) Drain(ctx context.Context) error {
	for idle := 0; idle < 3; { // a job may enqueue the next one between two looks
		f, err := p.figures(ctx)
		if err != nil {
			return err
		}
		left := jobsIn(f, "available", "running", "retryable")
		if _, all := f["database_bytes"]; left > 0 || !all { // a busy database may not tell
			idle = 0
		} else {
			idle++
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%v jobs are left: %w", left, ctx.Err())
		case <-time.After(drainPause):
		}
	}
	return nil
}

// Missing reads all articles of the server and gives those that it said it had and has
// not, and those that were not analysed.
func (t *Traffic) Missing(ctx context.Context) (lost, unread []string, err error) {
	status := map[string]string{}
	for cursor := ""; ; {
		got, err := t.call(ctx, http.MethodGet, "/api/v1/articles?limit=200&cursor="+url.QueryEscape(cursor), nil)
		if err != nil {
			return nil, nil, err
		}
		var page struct {
			Items []struct {
				ExternalID string `json:"external_id"`
				Status     string `json:"status"`
			}
			NextCursor *string `json:"next_cursor"`
		}
		if err := json.Unmarshal(got.body, &page); err != nil {
			return nil, nil, err
		}
		for _, a := range page.Items {
			status[a.ExternalID] = a.Status
		}
		if page.NextCursor == nil || *page.NextCursor == "" {
			break
		}
		cursor = *page.NextCursor
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for id := range t.stored {
		switch s, ok := status[id]; {
		case !ok:
			lost = append(lost, id)
		case s != "ready":
			unread = append(unread, id+" "+s)
		}
	}
	return lost, unread, nil
}
