package problem_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/claims"
	"corroborate/internal/server/problem"
)

func TestStatusOfEveryKind(t *testing.T) {
	t.Parallel()
	for kind, want := range map[claims.ErrorKind]int{
		claims.NotFound: 404, claims.Invalid: 422, claims.Conflict: 409, claims.Stale: 412, claims.Unauthenticated: 401,
		claims.Forbidden: 403, claims.TooMany: 429, claims.TooLarge: 413, claims.Unavailable: 503, "": 500, "unheard of": 500,
	} {
		err := fmt.Errorf("wrapped: %w", &claims.Error{Kind: kind, Message: "m"})
		if got := problem.StatusOf(err); got != want {
			t.Errorf("%q gives %d, want %d", kind, got, want)
		}
		if p, known := problem.From(t.Context(), err, "body"); p.Status != want || known != (want != 500) {
			t.Errorf("%q gives a problem of %d, known %v", kind, p.Status, known)
		}
	}
}

func TestEveryKindSaysHowToGoOn(t *testing.T) {
	t.Parallel()
	for _, kind := range problem.Kinds() {
		if kind.Title() == "" || kind.Fix() == "" || kind.Status() < 300 {
			t.Errorf("%s: status %d, title %q, fix %q", kind, kind.Status(), kind.Title(), kind.Fix())
		}
	}
}

func TestWhatIsNotForCallersStaysInside(t *testing.T) {
	t.Parallel()
	for _, err := range []error{
		errors.New("password is hunter2"),
		&claims.Error{Kind: claims.Conflict, Message: "taken", Err: errors.New("password is hunter2")},
		fmt.Errorf("password is hunter2: %w", &claims.Error{Kind: claims.NotFound, Message: "no such story"}),
		fmt.Errorf("password is hunter2: %w", context.DeadlineExceeded),
	} {
		p, _ := problem.From(t.Context(), err, "body")
		w := httptest.NewRecorder()
		p.Write(w)
		if strings.Contains(w.Body.String(), "hunter2") {
			t.Errorf("%v: %s", err, w.Body)
		}
	}
}

func TestDocument(t *testing.T) {
	t.Parallel()
	p, _ := problem.From(t.Context(), &claims.Error{Kind: claims.Invalid, Message: "the article cannot be taken", Fields: map[string]string{"url": "is no address", "source": "is missing"}}, "body")
	w := httptest.NewRecorder()
	p.With("Retry-After", "7").Write(w)
	if w.Code != http.StatusUnprocessableEntity || w.Header().Get("Content-Type") != "application/problem+json" || w.Header().Get("Retry-After") != "7" {
		t.Errorf("status %d, header %v", w.Code, w.Header())
	}
	var got map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"type": "/docs#problem-invalid", "title": "The request has fields that cannot be taken", "status": 422.0,
		"detail": "the article cannot be taken", "fix": "Mend the fields that errors names and send the call again.", "request_id": "",
		"errors": []any{
			map[string]any{"location": "body.source", "message": "is missing"},
			map[string]any{"location": "body.url", "message": "is no address"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhenToTryAgain(t *testing.T) {
	t.Parallel()
	err := &claims.Error{Kind: claims.TooMany, Message: "too many texts", RetryAfter: 1500 * time.Millisecond}
	p, _ := problem.From(t.Context(), err, "body")
	w := httptest.NewRecorder()
	p.Write(w)
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "2" {
		t.Errorf("status %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
}
