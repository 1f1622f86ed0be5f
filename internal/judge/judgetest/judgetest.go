// Package judgetest is an endpoint on this machine that speaks the chat-completions
// protocol, with an answer and faults that a test writes.
package judgetest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Key is the key that the endpoint takes.
const Key = "sk-test-0123456789-secret"

// Model is the model that it has.
const Model = "tiny-judge-1"

// Server is the endpoint.
type Server struct {
	*httptest.Server
	mu     sync.Mutex
	calls  []Call
	answer Answer
	busy   int
	most   int
}

// Call is a question as it came.
type Call struct {
	// Body is all that was sent, A and B are the passages in it.
	Body string
	A, B string
	// Schema is true where the form of the answer was sent too.
	Schema bool
	// NewLimit is true where the answer was bounded as models that think want it.
	NewLimit bool
}

// Answer writes the answer to a call.
type Answer func(http.ResponseWriter, *http.Request, Call)

// New starts an endpoint that answers so, until the test ends.
func New(t testing.TB, answer Answer) *Server {
	t.Helper()
	s := &Server{answer: answer}
	s.Server = httptest.NewServer(s)
	t.Cleanup(func() {
		s.CloseClientConnections() // some answers never end by themselves
		s.Close()
	})
	return s
}

// BaseURL is the address to set.
func (s *Server) BaseURL() string { return s.URL + "/v1" }

// Set changes the answer from now on.
func (s *Server) Set(answer Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = answer
}

// Calls gives the questions so far.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// MostAtOnce is how many calls ran at once at the most.
func (s *Server) MostAtOnce() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.most
}

// ServeHTTP takes a call as the protocol has it, and answers 4xx to one that it has not.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	call, status := readCall(r)
	if status != http.StatusOK {
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"error": {"message": "Incorrect call with %s"}}`, r.Header.Get("Authorization"))
		return
	}
	s.mu.Lock()
	s.calls = append(s.calls, call)
	s.busy++
	s.most = max(s.most, s.busy)
	answer := s.answer
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.busy--
		s.mu.Unlock()
	}()
	answer(w, r, call)
}

func readCall(r *http.Request) (Call, int) {
	if r.Method != http.MethodPost || r.URL.Path != "/v1/chat/completions" {
		return Call{}, http.StatusNotFound
	}
	if r.Header.Get("Authorization") != "Bearer "+Key {
		return Call{}, http.StatusUnauthorized
	}
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return Call{}, http.StatusBadRequest
	}
	var body struct {
		Model    string
		Messages []struct{ Role, Content string }
		Limit    int `json:"max_completion_tokens"`
		Format   *struct {
			Schema struct{ Schema map[string]any } `json:"json_schema"`
		} `json:"response_format"`
	}
	var pair struct {
		A, B struct{ Passage string }
	}
	if json.Unmarshal(b, &body) != nil || body.Model != Model || len(body.Messages) != 2 || body.Messages[0].Role != "system" ||
		body.Messages[1].Role != "user" || json.Unmarshal([]byte(body.Messages[1].Content), &pair) != nil {
		return Call{}, http.StatusBadRequest
	}
	return Call{Body: string(b), A: pair.A.Passage, B: pair.B.Passage,
		Schema: body.Format != nil && body.Format.Schema.Schema["type"] == "object", NewLimit: body.Limit > 0}, http.StatusOK
}

// Completion writes an answer with a text, a reason why it ended, and 200 and 20 tokens.
func Completion(w http.ResponseWriter, text, finish string) {
	w.Header().Set("Content-Type", "application/json")
	b, _ := json.Marshal(text) // text alone
	fmt.Fprintf(w, `{"id": "c1", "object": "chat.completion", "model": %q, "choices": [{"index": 0, "finish_reason": %q,
		"message": {"role": "assistant", "content": %s}}], "usage": {"prompt_tokens": 200, "completion_tokens": 20, "total_tokens": 220}}`,
		Model, finish, b)
}

// Says answers each call with a text.
func Says(text string) Answer {
	return func(w http.ResponseWriter, _ *http.Request, _ Call) { Completion(w, text, "stop") }
}

// Opinion answers each call with an opinion.
func Opinion(relation, kind, reason string) Answer {
	b, _ := json.Marshal(map[string]string{"relation": relation, "kind": kind, "reason": reason}) // text alone
	return Says(string(b))
}

// Status answers each call with a status and headers, given as names and values in turn.
// Like some services it repeats the key.
func Status(code int, header ...string) Answer {
	return func(w http.ResponseWriter, r *http.Request, _ Call) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		fmt.Fprintf(w, `{"error": {"message": "No: %s"}}`, r.Header.Get("Authorization"))
	}
}

// Hang answers nothing until the caller goes.
func Hang() Answer {
	return func(_ http.ResponseWriter, r *http.Request, _ Call) { <-r.Context().Done() }
}

// Half breaks off within the answer.
func Half() Answer {
	return func(w http.ResponseWriter, _ *http.Request, _ Call) {
		w.Header().Set("Content-Length", "4000")
		_, _ = io.WriteString(w, `{"choices": [{"message": {"content": "{\"relation\":`) // what the test looks at is the other side
	}
}

// Huge answers with more than anybody wants.
func Huge() Answer {
	return func(w http.ResponseWriter, _ *http.Request, _ Call) {
		Completion(w, `{"relation": "agree", "kind": "none", "reason": "`+strings.Repeat("long ", 1<<20)+`"}`, "stop")
	}
}
