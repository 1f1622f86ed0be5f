package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"corroborate/internal/server/servertest"
)

// unknownID is an id that nothing has.
const unknownID = "01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"

// client calls a service and holds every answer against the OpenAPI document.
type client struct {
	*servertest.Service
	t testing.TB
}

func newClient(t testing.TB, opts servertest.Options) client {
	t.Helper()
	return client{Service: servertest.New(t, opts), t: t}
}

// answer is what a call gave.
type answer struct {
	*httptest.ResponseRecorder
	t testing.TB
}

// call makes a call under /api/v1 with the administrator's key. Further strings
// are headers: a name, then its value, and so on; an empty Authorization leaves
// the key out.
func (c client) call(method, path, body string, header ...string) answer {
	c.t.Helper()
	call := servertest.Call{Method: method, Path: "/api/v1" + path, Body: body, Key: servertest.AdminKey, Header: http.Header{}}
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Authorization" && header[i+1] == "" {
			call.Key = ""
			continue
		}
		call.Header[http.CanonicalHeaderKey(header[i])] = []string{header[i+1]}
	}
	w := c.Do(call)
	conforms(c.t, c.document(), call, w)
	return answer{ResponseRecorder: w, t: c.t}
}

// want checks the status.
func (a answer) want(status int) answer {
	a.t.Helper()
	if a.Code != status {
		a.t.Fatalf("status %d, want %d: %s", a.Code, status, a.Body)
	}
	return a
}

// object gives the body.
func (a answer) object() object {
	a.t.Helper()
	var o object
	if err := json.Unmarshal(a.Body.Bytes(), &o); err != nil {
		a.t.Fatalf("%v in %s", err, a.Body)
	}
	return o
}

// id gives the body's id.
func (a answer) id() string {
	a.t.Helper()
	id, _ := a.object()["id"].(string)
	if id == "" {
		a.t.Fatalf("no id in %s", a.Body)
	}
	return id
}

// items gives the items of a list.
func (a answer) items() []object {
	a.t.Helper()
	var l struct{ Items []object }
	if err := json.Unmarshal(a.Body.Bytes(), &l); err != nil {
		a.t.Fatalf("%v in %s", err, a.Body)
	}
	return l.Items
}

// wrong gives the messages of a problem by their locations.
func (a answer) wrong() map[string]string {
	a.t.Helper()
	var p struct {
		Errors []struct{ Location, Message string }
		Fix    string
	}
	if err := json.Unmarshal(a.Body.Bytes(), &p); err != nil {
		a.t.Fatalf("%v in %s", err, a.Body)
	}
	if p.Fix == "" {
		a.t.Errorf("the problem does not say how to mend the call: %s", a.Body)
	}
	out := map[string]string{}
	for _, e := range p.Errors {
		out[e.Location] = e.Message
	}
	return out
}

// articleJSON writes the body of an article with these fields.
func articleJSON(t testing.TB, fields object) string {
	t.Helper()
	b, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// has fails unless the text holds all the words.
func has(t testing.TB, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("%q is not in %s", word, text)
		}
	}
}
