package client

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// serve gives a client of a server that answers with what a test says.
func serve(t *testing.T, answer http.HandlerFunc) *Client {
	t.Helper()
	s := httptest.NewServer(answer)
	t.Cleanup(s.Close)
	c, err := New(s.URL+"/", Config{Key: "k"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestNewRefusesWhatIsNoAddress(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "news.example.org", "ftp://news.example.org", "http://", "http://a b"} {
		if _, err := New(address, Config{}); err == nil {
			t.Errorf("%q is taken", address)
		}
	}
}

// TestBusyServiceIsAskedAgain has a service without room for the first call: what can be
// made twice safely is, with the same Idempotency-Key; nothing else is.
func TestBusyServiceIsAskedAgain(t *testing.T) {
	t.Parallel()
	keys := make(chan string, 10)
	var calls atomic.Int32
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		keys <- r.Header.Get("Idempotency-Key")
		if calls.Add(1)%2 == 1 {
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
			_, _ = w.Write([]byte(`{"status": 429, "title": "Too many requests", "detail": "wait"}`))
			return
		}
		w.Header().Set("ETag", `"1.a"`)
		_, _ = w.Write([]byte(`{"id": "s1", "relation": "agree"}`))
	})
	story, err := c.CreateStory(t.Context(), StoryTitle{Title: "x"})
	if err != nil || story.Value.ID != "s1" || story.ETag != `"1.a"` {
		t.Errorf("a POST that stores: %+v, %v", story, err)
	}
	if one, two := <-keys, <-keys; one == "" || one != two {
		t.Errorf("the keys are %q and %q", one, two)
	}
	if _, err := c.GetStory(t.Context(), "s1"); err != nil {
		t.Errorf("a GET: %v", err)
	}
	<-keys
	<-keys
	_, err = c.EditStory(t.Context(), "s1", `"1.a"`, StoryEdit{})
	if p, ok := errors.AsType[*Problem](err); !ok || p.Status != http.StatusTooManyRequests {
		t.Errorf("a PATCH: %v, want the problem of the first try", err)
	}
}

func TestErrorsThatAreNoProblems(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "stories") {
			w.WriteHeader(http.StatusBadGateway)
			_, _ = w.Write([]byte("<html>the proxy</html>"))
			return
		}
		_, _ = w.Write([]byte("{broken"))
	})
	if _, err := c.GetStory(t.Context(), "a/../b"); err == nil || !strings.Contains(err.Error(), "502") {
		t.Errorf("a proxy's error: %v", err)
	}
	if _, err := c.GetSource(t.Context(), "x"); err == nil || !strings.Contains(err.Error(), "read the answer") {
		t.Errorf("a broken answer: %v", err)
	}
}

// TestIDsStayOnePartOfThePath has an id that would lead elsewhere.
func TestIDsStayOnePartOfThePath(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.EscapedPath() != "/api/v1/stories/..%2Fusers%3Fa=b" {
			t.Errorf("the path is %s", r.URL.EscapedPath())
		}
		_, _ = w.Write([]byte(`{}`))
	})
	if _, err := c.GetStory(t.Context(), "../users?a=b"); err != nil {
		t.Error(err)
	}
}

// TestAllGoesThroughEveryPart reads a list of three parts, of which the last is broken.
func TestAllGoesThroughEveryPart(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Query().Get("cursor") {
		case "":
			_, _ = w.Write([]byte(`{"items": [{"id": "1"}, {"id": "2"}], "next_cursor": "b"}`))
		case "b":
			_, _ = w.Write([]byte(`{"items": [{"id": "3"}], "next_cursor": "c"}`))
		default:
			w.WriteHeader(http.StatusUnprocessableEntity)
			_, _ = w.Write([]byte(`{"status": 422, "title": "wrong", "detail": "wrong", "errors": [{"location": "query.cursor", "message": "is broken"}]}`))
		}
	})
	got, failed := "", error(nil)
	for s, err := range c.AllStories(t.Context(), ListStoriesQuery{Limit: 2}) {
		got += s.ID
		failed = err
	}
	if got != "123" || failed == nil || !strings.Contains(failed.Error(), "query.cursor is broken") {
		t.Errorf("got %q, %v", got, failed)
	}
}

// TestEvents reads a stream with comments, several lines of data and an end.
func TestEvents(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(": hello\n\nid: 7\nevent: progress\ndata: {\"a\":\ndata: 1}\n\ndata:x\n\nevent: none\n\n"))
	})
	e, err := c.stream(t.Context(), request{method: http.MethodGet, path: "/events"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = e.Close() }()
	for _, want := range []Event{{ID: "7", Type: "progress", Data: []byte("{\"a\":\n1}")}, {ID: "7", Type: "message", Data: []byte("x")}} {
		got, err := e.Next()
		if err != nil || got.ID != want.ID || got.Type != want.Type || string(got.Data) != string(want.Data) {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
	if _, err := e.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("the end is %v", err)
	}
}
