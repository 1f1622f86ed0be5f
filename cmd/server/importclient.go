package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// serviceClient calls the REST API of a service.
type serviceClient struct {
	base, key string
	http      *http.Client
}

func newServiceClient(base, key string) *serviceClient {
	return &serviceClient{base: base + "/api/v1", key: key, http: &http.Client{}}
}

// importCounts are the numbers of an import.
type importCounts struct {
	Lines   int `json:"lines"`
	Done    int `json:"done"`
	Created int `json:"created"`
	Known   int `json:"known"`
	Revised int `json:"revised"`
	Failed  int `json:"failed"`
}

func (c *importCounts) add(d importCounts) {
	c.Lines, c.Done, c.Created = c.Lines+d.Lines, c.Done+d.Done, c.Created+d.Created
	c.Known, c.Revised, c.Failed = c.Known+d.Known, c.Revised+d.Revised, c.Failed+d.Failed
}

// sentImport is an import as the service tells of it.
type sentImport struct {
	ID     string `json:"id"`
	Status string `json:"status"`
	Reason string `json:"reason"`
	importCounts
}

// send makes an import of lines.
func (c *serviceClient) send(ctx context.Context, name string, body io.Reader) (sentImport, error) {
	var out sentImport
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/imports?name="+url.QueryEscape(name), body)
	if err != nil {
		return out, err
	}
	r.Header.Set("Content-Type", "application/x-ndjson")
	return out, c.do(r, &out)
}

// The service may be restarted or busy while an import is followed: it goes on then.
const (
	lookTries = 60
	lookPause = time.Second
)

// look gives an import.
func (c *serviceClient) look(ctx context.Context, id string) (out sentImport, err error) {
	for range lookTries {
		if err = c.get(ctx, "/imports/"+id, &out); err == nil || !passes(err) || ctx.Err() != nil {
			return out, err
		}
		select {
		case <-time.After(lookPause):
		case <-ctx.Done():
		}
	}
	return out, err
}

// busyError is an answer that says that the service cannot answer now.
type busyError struct{ error }

// passes tells an error that may be gone in a moment.
func passes(err error) bool {
	return errors.As(err, new(*url.Error)) || errors.As(err, new(busyError))
}

// failures tells the lines of an import that failed.
func (c *serviceClient) failures(ctx context.Context, id string, tell func(line int, problem string)) error {
	cursor := ""
	for {
		var part struct {
			Items []struct {
				Line    int    `json:"line"`
				Problem string `json:"problem"`
			} `json:"items"`
			NextCursor string `json:"next_cursor"`
		}
		address := "/imports/" + id + "/results?outcome=failed&limit=" + strconv.Itoa(200)
		if cursor != "" {
			address += "&cursor=" + url.QueryEscape(cursor)
		}
		if err := c.get(ctx, address, &part); err != nil {
			return err
		}
		for _, r := range part.Items {
			tell(r.Line, r.Problem)
		}
		if cursor = part.NextCursor; cursor == "" {
			return nil
		}
	}
}

func (c *serviceClient) get(ctx context.Context, path string, into any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return err
	}
	return c.do(r, into)
}

// do makes a call. An answer that is a problem becomes an error with its words.
func (c *serviceClient) do(r *http.Request, into any) error {
	r.Header.Set("Authorization", "Bearer "+c.key)
	answer, err := c.http.Do(r)
	if err != nil {
		return fmt.Errorf("cannot reach the service: %w", err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return fmt.Errorf("the service's answer broke off: %w", err)
	}
	if answer.StatusCode < 300 {
		return json.Unmarshal(body, into)
	}
	var problem struct{ Title, Detail, Fix string }
	if json.Unmarshal(body, &problem) != nil || problem.Title == "" {
		return fmt.Errorf("the service answers %s", answer.Status)
	}
	err = fmt.Errorf("the service answers %d: %s %s", answer.StatusCode, problem.Title, problem.Detail)
	if answer.StatusCode >= http.StatusInternalServerError {
		return busyError{err}
	}
	return err
}
