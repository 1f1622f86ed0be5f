package server_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"corroborate/internal/server"
	"corroborate/internal/server/servertest"
)

// TestEveryCallRefusesWhatItDoesNotKnow sends to each call a field that nobody documented,
// beside those that decide on rights: it is named and nothing is done.
func TestEveryCallRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{CallsPerMinute: unlimited})
	media := bodies(t, s)
	walked := 0
	for _, route := range calls(s) {
		if media[route.Method+" "+route.Pattern] != "application/json" {
			continue
		}
		walked++
		call := callOf(route, &caller{key: servertest.AdminKey})
		call.Body = `{"zqx": 1, "id": "` + unknownID + `", "owner_id": "` + unknownID + `", "created_by": "x", "reviewed_verdict": "agree", "sample": true, "configured": true}`
		call.Header = http.Header{"If-Match": {"*"}}
		w := s.Do(call)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "zqx") || !strings.Contains(w.Body.String(), "owner_id") {
			t.Errorf("%s %s: status %d: %.300s", route.Method, route.Pattern, w.Code, w.Body)
		}
	}
	if walked < 30 {
		t.Errorf("only %d calls were walked", walked)
	}
}

// TestEveryCallRefusesDeepAndLargeJSON sends JSON that is built to cost who reads it.
func TestEveryCallRefusesDeepAndLargeJSON(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{CallsPerMinute: unlimited})
	media := bodies(t, s)
	const many = 400_000
	for name, body := range map[string]string{
		"deep lists":       `{"title": ` + strings.Repeat("[", many) + strings.Repeat("]", many) + `}`,
		"deep objects":     strings.Repeat(`{"a":`, many) + "1" + strings.Repeat("}", many),
		"open lists":       strings.Repeat("[", many),
		"a name again":     `{"title": "a", "title": "b"}`,
		"a long number":    `{"title": ` + strings.Repeat("9", many) + `}`,
		"a large exponent": `{"title": 1e999999999}`,
		"half a letter":    `{"title": "\ud800"}`,
		"no letter":        "{\"title\": \"\xff\"}",
		"a zero":           `{"title": "\u0000"}`,
	} {
		for _, route := range calls(s) {
			if media[route.Method+" "+route.Pattern] != "application/json" {
				continue
			}
			call := callOf(route, &caller{key: servertest.AdminKey})
			call.Body, call.Header = body, http.Header{"If-Match": {"*"}}
			if w := s.Do(call); w.Code < 400 || w.Code >= 500 {
				t.Errorf("%s to %s %s: status %d: %.200s", name, route.Method, route.Pattern, w.Code, w.Body)
			}
		}
	}
}

// TestImportsTakeNoDeepLines sends hostile lines: each is named, and the good one is
// taken.
func TestImportsTakeNoDeepLines(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{Jobs: true})
	lines := strings.Join([]string{
		`{"text": "The bridge was closed on Monday.", "source": "Post"}`,
		strings.Repeat("[", 200_000),
		strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000),
		`{"source": "../../etc/passwd", "url": "file:///etc/passwd", "text": "x"}`,
		`{"source": "Post", "text": "x", "file": "/etc/passwd"}`,
		"\x00\xff",
	}, "\n")
	w := s.Do(servertest.Call{Method: http.MethodPost, Path: "/api/v1/imports", Key: servertest.AdminKey, Body: lines, Header: http.Header{"Content-Type": {"application/x-ndjson"}}})
	if w.Code != http.StatusAccepted {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	id := idOf(t, w)
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		var done struct {
			Status          string
			Created, Failed int
		}
		body := s.Do(servertest.Call{Method: http.MethodGet, Path: "/api/v1/imports/" + id, Key: servertest.AdminKey}).Body.Bytes()
		if err := json.Unmarshal(body, &done); err != nil {
			t.Fatal(err)
		}
		if done.Status == "running" {
			continue
		}
		if done.Created != 1 || done.Failed != 5 {
			t.Errorf("one line is to be stored and five to fail: %s", body)
		}
		return
	}
	t.Fatal("the import never ended")
}

// TestPackedBodiesAreNotUnpacked sends a body that is small on the wire and vast when
// it is unpacked.
func TestPackedBodiesAreNotUnpacked(t *testing.T) {
	t.Parallel()
	s := servertest.New(t, servertest.Options{CallsPerMinute: unlimited})
	var bomb bytes.Buffer
	w := gzip.NewWriter(&bomb)
	_, _ = w.Write([]byte(`{"title": "`))
	_, _ = w.Write(bytes.Repeat([]byte("a"), 200<<20)) // a bytes.Buffer takes everything
	_ = w.Close()
	media := bodies(t, s)
	for _, route := range s.Routes() {
		takes := media[route.Method+" "+route.Pattern]
		if route.Method == http.MethodGet || takes == "" && route.Way != server.BySession {
			continue
		}
		call := callOf(route, &caller{key: servertest.AdminKey})
		r := httptest.NewRequestWithContext(t.Context(), call.Method, call.Path, bytes.NewReader(bomb.Bytes()))
		r.Header.Set("Content-Type", takes)
		r.Header.Set("Content-Encoding", "gzip")
		r.Header.Set("Authorization", "Bearer "+call.Key)
		r.Header.Set("If-Match", "*")
		answer := httptest.NewRecorder()
		s.ServeHTTP(answer, r)
		if answer.Code < 300 || answer.Code >= 500 || takes != "" && answer.Code != http.StatusUnsupportedMediaType {
			t.Errorf("%s %s: status %d: %.200s", route.Method, route.Pattern, answer.Code, answer.Body)
		}
	}
}
