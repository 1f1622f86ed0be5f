// Package problem says how an error is shown to a caller over HTTP: one table
// from the kinds of error to statuses, and the RFC 9457 document that the API
// answers with. Text that is not meant for callers never passes through it.
package problem

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5/middleware"

	"corroborate/internal/claims"
)

// Problem is an RFC 9457 document. Title, Detail and Fix are safe for anybody to
// read.
type Problem struct {
	Type      string  `json:"type" format:"uri-reference" doc:"Which kind of problem this is: a link into the documentation." example:"/docs#problem-invalid"`
	Title     string  `json:"title" doc:"The kind of problem in few words; the same for every problem of one type." example:"The request has fields that cannot be taken"`
	Status    int     `json:"status" minimum:"300" maximum:"599" doc:"The HTTP status of the answer." example:"422"`
	Detail    string  `json:"detail" doc:"What was wrong with this call." example:"The article cannot be taken."`
	Fix       string  `json:"fix" doc:"What to change so that the call works." example:"Mend the fields that errors names and send the call again."`
	Errors    []Field `json:"errors" doc:"Everything that is wrong, a field each; empty when the problem is not one of fields."`
	RequestID string  `json:"request_id" doc:"Names this call in the server's log; the same as the header X-Request-Id." example:"4J7QK2M5X3VHT6PZ"`
	// header is sent beside the document.
	header http.Header
}

// Field is one thing that is wrong with one part of a request.
type Field struct {
	Location string `json:"location" doc:"Where: the part of the request and the path in it." example:"body.published_at"`
	Message  string `json:"message" doc:"What is wrong there and what is accepted." example:"the year 9999 is outside 1500 to 2999"`
	Value    any    `json:"value,omitempty" doc:"What was sent, where it is short and no secret." example:"\"9999-01-01\""`
}

// Error gives the detail.
func (p *Problem) Error() string { return p.Detail }

// GetStatus gives the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders gives the headers that belong to the problem; it may be nil.
func (p *Problem) GetHeaders() http.Header { return p.header }

// ContentType is that of problem documents, whatever was asked for.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// With adds a header to the answer and gives the problem back.
func (p *Problem) With(header, value string) *Problem {
	if p.header == nil {
		p.header = http.Header{}
	}
	p.header.Set(header, value)
	return p
}

// ShortPause is when to try again, in seconds, where nothing better is known.
const ShortPause = "5"

// New makes a problem of a kind. An empty fix stands for the kind's usual one. Whoever
// cannot be answered now is told when to try again.
func New(ctx context.Context, kind Kind, detail, fix string) *Problem {
	row := kind.row()
	p := &Problem{
		Type:      kind.link(),
		Title:     row.title,
		Status:    row.status,
		Detail:    cmp.Or(detail, row.title+"."),
		Fix:       cmp.Or(fix, row.fix),
		Errors:    []Field{},
		RequestID: middleware.GetReqID(ctx),
	}
	if p.Status == http.StatusServiceUnavailable {
		p.With("Retry-After", ShortPause)
	}
	return p
}

// From turns an error into what may be shown of it. Fields of a [claims.Error]
// are said to be in part, "body" or "query". known is false when the error has
// no kind: then its text belongs in the log, and the problem says nothing of it.
func From(ctx context.Context, err error, part string) (p *Problem, known bool) {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p, true
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return New(ctx, Timeout, "", ""), false
	}
	e, ok := errors.AsType[*claims.Error](err)
	if !ok {
		return New(ctx, Internal, "", ""), false
	}
	kind := Kind(e.Kind)
	if _, ok := table[kind]; !ok {
		return New(ctx, Internal, "", ""), false
	}
	p = New(ctx, kind, e.Message, "")
	for name, message := range e.Fields {
		p.Errors = append(p.Errors, Field{Location: part + "." + name, Message: message})
	}
	p.sortErrors()
	if e.RetryAfter > 0 {
		p.With("Retry-After", strconv.Itoa(int(math.Ceil(e.RetryAfter.Seconds()))))
	}
	return p, true
}

func (p *Problem) sortErrors() {
	slices.SortStableFunc(p.Errors, func(a, b Field) int { return cmp.Compare(a.Location, b.Location) })
}

// Write answers with the problem.
func (p *Problem) Write(w http.ResponseWriter) {
	for name, values := range p.header {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the caller is gone when this fails
}
