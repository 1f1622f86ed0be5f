package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

const lines = `{"text": "The harbour bridge was closed on Thursday.", "source": "Harbour Post", "external_id": "cms-1"}
{"text": "The harbour bridge was closed on Thursday.", "source": "Harbour Post", "external_id": "cms-1"}
{"text": "No source here."}
`

// importDone posts lines and waits until the import is done.
func (c client) importDone(body string) (path string, done object) {
	c.t.Helper()
	made := c.call("POST", "/imports?name=a.ndjson", body, "Content-Type", "application/x-ndjson").want(http.StatusAccepted)
	path = "/imports/" + made.id()
	if got := made.Header().Get("Location"); got != "/api/v1"+path {
		c.t.Errorf("Location is %q", got)
	}
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if done = c.call("GET", path, "").want(http.StatusOK).object(); done["status"] != "running" {
			return path, done
		}
	}
	c.t.Fatal("the import does not end")
	return "", nil
}

func TestImportFromFirstToLast(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{Jobs: true})
	path, done := c.importDone(lines)
	if done["lines"] != 3.0 || done["done"] != 3.0 || done["created"] != 1.0 || done["known"] != 1.0 || done["failed"] != 1.0 || done["name"] != "a.ndjson" {
		t.Errorf("import %v", done)
	}
	results := c.call("GET", path+"/results", "").want(http.StatusOK).items()
	if len(results) != 3 {
		t.Fatalf("results %v", results)
	}
	failed := c.call("GET", path+"/results?outcome=failed", "").want(http.StatusOK).items()
	if len(failed) != 1 || failed[0]["line"] != 3.0 || !strings.Contains(failed[0]["problem"].(string), "source is missing") {
		t.Errorf("failed %v", failed)
	}
	first := c.call("GET", path+"/results?limit=2", "").want(http.StatusOK).object()
	rest := c.call("GET", path+"/results?cursor="+first["next_cursor"].(string), "").want(http.StatusOK).items()
	if len(rest) != 1 || rest[0]["line"] != 3.0 {
		t.Errorf("the rest is %v", rest)
	}
	if n := len(c.call("GET", "/imports", "").want(http.StatusOK).items()); n != 1 {
		t.Errorf("%d imports", n)
	}
	c.call("GET", path+"/results?outcome=lost", "").want(http.StatusUnprocessableEntity)
	for _, address := range []string{"/imports/" + unknownID, "/imports/" + unknownID + "/results", "/imports/x"} {
		c.call("GET", address, "").want(http.StatusNotFound)
	}
}

func TestImportsThatCannotBeTaken(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	send := func(body, media string) answer {
		return c.call("POST", "/imports", body, "Content-Type", media)
	}
	for media, want := range map[string]int{"application/x-ndjson": 202, "application/jsonl; charset=utf-8": 202, "application/json": 415, "text/plain": 415, "": 415} {
		send(lines, media).want(want)
	}
	send("\n \n", "application/x-ndjson").want(http.StatusUnprocessableEntity)
	send(strings.Repeat("{}\n", 10_001), "application/x-ndjson").want(http.StatusRequestEntityTooLarge)
	send(strings.Repeat("x", 65<<20), "application/x-ndjson").want(http.StatusRequestEntityTooLarge)
	c.call("POST", "/imports", lines, "Content-Type", "application/x-ndjson", "Authorization", "Bearer "+c.Key(auth.Read)).want(http.StatusForbidden)
	c.call("POST", "/imports", lines, "Content-Type", "application/x-ndjson", "Authorization", "").want(http.StatusUnauthorized)
	if n := len(c.call("GET", "/imports", "").items()); n != 2 {
		t.Errorf("%d imports are kept, want the two that were taken", n)
	}
}

func TestImportIsMadeOnceForOneKey(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	send := func(body, key string) answer {
		return c.call("POST", "/imports", body, "Content-Type", "application/x-ndjson", "Idempotency-Key", key)
	}
	first := send(lines, "one").want(http.StatusAccepted)
	again := send(lines, "one").want(http.StatusAccepted)
	if again.id() != first.id() || again.Header().Get("Idempotent-Replayed") != "true" || again.Header().Get("Location") != first.Header().Get("Location") {
		t.Errorf("again: %v %s", again.Header(), again.Body)
	}
	send(lines+lines, "one").want(http.StatusUnprocessableEntity)
	if other := send(lines, "two").want(http.StatusAccepted); other.id() == first.id() {
		t.Error("another key gave the same import")
	}
	if n := len(c.call("GET", "/imports", "").items()); n != 2 {
		t.Errorf("%d imports, want 2", n)
	}
}
