package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/server/problem"
)

// lineMedia are the media types of one JSON value a line. The first is documented.
var lineMedia = []string{"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines", "application/json-lines"}

// importTimeout is how long the body of an import may take to arrive.
const importTimeout = 5 * time.Minute

type createImportInput struct {
	IdempotencyKey
	Name string `query:"name" maxLength:"200" doc:"What you call it, such as the name of a file." example:"2025-03.ndjson"`
	// body streams the request's body.
	body io.Reader
	p    *problem.Problem
}

// Resolve takes the body, which is too large to be read into memory, and judges its
// kind.
func (in *createImportInput) Resolve(ctx huma.Context) []error {
	r, w := humachi.Unwrap(ctx)
	if in.p = packed(r); in.p != nil {
		return nil
	}
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || !slices.Contains(lineMedia, media) {
		in.p = problem.New(r.Context(), problem.WrongContentType, "The content type is "+strconv.Quote(r.Header.Get("Content-Type"))+".",
			"Send the header Content-Type: "+lineMedia[0]+".")
		return nil
	}
	if keys := r.Header.Values("Idempotency-Key"); len(keys) > 0 && !oneWord(keys) {
		in.p = wrongCallKey(r.Context())
		return nil
	}
	_ = huma.SetReadDeadline(w, time.Now().Add(importTimeout)) // writers of tests have none
	in.body = http.MaxBytesReader(w, r.Body, app.MaxImportBytes+1)
	return nil
}

// importAnswer is an import that was taken.
type importAnswer struct {
	Status   int
	Location string `header:"Location" doc:"The address of the import." example:"/api/v1/imports/01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Replayed string `header:"Idempotent-Replayed" doc:"true where the same call was made before." example:"true"`
	Body     articleImport
}

type listImportsInput struct {
	PageQuery
}

type importResultsInput struct {
	IDPath
	Outcome string `query:"outcome" enum:"created,known,revised,failed" doc:"Only lines with this outcome." example:"failed"`
	PageQuery
}

func (a *API) registerImports() {
	notFound := []problem.Kind{problem.NotFound}
	register(a, operation{
		id: "create-import", method: http.MethodPost, path: "/imports", tag: "Imports", needs: app.WriteArticles,
		summary: "Import articles",
		about: "Takes articles in bulk, one JSON object a line with the fields of POST /articles, text or html among them (id may stand for external_id): at most 10,000 lines and 64 MiB. " +
			"The lines are kept and then stored and analysed in the background, in their order; a line that cannot be taken is reported by its number, and the others are. " +
			"A line that was taken before, by external_id, url, or source and text, is not stored again, so that an import can be repeated as a whole; a changed text becomes a new revision.",
		status: http.StatusAccepted, lines: true, problems: []problem.Kind{problem.Conflict, problem.WrongContentType, problem.TooLarge, problem.SlowBody},
	}, a.createImport)
	register(a, operation{
		id: "list-imports", method: http.MethodGet, path: "/imports", tag: "Imports", needs: app.WriteArticles,
		summary: "List imports", about: "Lists the imports, the newest first. How many of their articles wait for analysis is told for a single one alone.",
		status: http.StatusOK,
	}, a.listImports)
	register(a, operation{
		id: "get-import", method: http.MethodGet, path: "/imports/{id}", tag: "Imports", needs: app.WriteArticles,
		summary: "Get an import", about: "Says how far an import is. It is done when every line has its result; its articles may still wait for analysis.",
		status: http.StatusOK, problems: notFound,
	}, a.getImport)
	register(a, operation{
		id: "list-import-results", method: http.MethodGet, path: "/imports/{id}/results", tag: "Imports", needs: app.WriteArticles,
		summary: "Get the results of an import", about: "Gives what became of each line that is done, in the order of the lines. Empty lines have no result.",
		status: http.StatusOK, problems: notFound,
	}, a.importResults)
}

func (a *API) createImport(ctx context.Context, in *createImportInput) (*importAnswer, error) {
	if in.p != nil {
		return nil, in.p
	}
	received, err := a.app.ReceiveImport(ctx, actorOf(ctx), in.Name, in.body)
	if err != nil {
		return nil, bodyProblem(ctx, err)
	}
	if in.IdempotencyKey.IdempotencyKey == "" {
		return a.startImport(ctx, received)
	}
	return a.startImportOnce(ctx, in, received)
}

// bodyProblem turns the errors of a body that did not arrive into problems.
func bodyProblem(ctx context.Context, err error) error {
	var timeout net.Error
	switch {
	case claims.KindOf(err) != "":
		return err
	case errors.As(err, new(*http.MaxBytesError)):
		return problem.New(ctx, problem.TooLarge, fmt.Sprintf("The body has more than %d bytes.", app.MaxImportBytes), "Send the lines in parts.")
	case errors.As(err, &timeout) && timeout.Timeout():
		return problem.New(ctx, problem.SlowBody, "", "")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return problem.New(ctx, problem.Malformed, "The body ended before it was complete.", "Send the call again.")
	}
	return err
}

func (a *API) startImport(ctx context.Context, received app.Received) (*importAnswer, error) {
	i, err := a.app.StartImport(ctx, actorOf(ctx), received)
	if err != nil {
		return nil, err
	}
	return &importAnswer{Status: http.StatusAccepted, Location: Prefix + "/imports/" + i.ID, Body: newImport(i)}, nil
}

// startImportOnce starts an import unless one with this Idempotency-Key was started.
// The key goes with the body, so it can be judged when that has arrived, and not
// before as with the other calls.
func (a *API) startImportOnce(ctx context.Context, in *createImportInput, received app.Received) (*importAnswer, error) {
	who := actorOf(ctx)
	call := app.Call{Key: in.IdempotencyKey.IdempotencyKey, Method: http.MethodPost, Path: Prefix + "/imports", BodyHash: received.Hash()}
	var out *importAnswer
	var failed error
	answer, replayed, err := a.app.Once(ctx, who, call, func(ctx context.Context) *app.Answer {
		if out, failed = a.startImport(ctx, received); failed != nil {
			return nil
		}
		var body []byte
		if body, failed = json.Marshal(out.Body); failed != nil {
			return nil
		}
		return &app.Answer{Status: out.Status, Header: map[string]string{"Location": out.Location}, Body: body}
	})
	if err = errors.Join(err, failed); err == nil && !replayed {
		return out, nil
	}
	if dropped := a.app.DropImport(context.WithoutCancel(ctx), who, received); dropped != nil {
		a.log.WarnContext(ctx, "api: drop an import that is not wanted", "error", dropped) // it is dropped later
	}
	if err != nil {
		return nil, err
	}
	out = &importAnswer{Status: answer.Status, Location: answer.Header["Location"], Replayed: "true"}
	return out, json.Unmarshal(answer.Body, &out.Body)
}

func (a *API) listImports(ctx context.Context, in *listImportsInput) (*plain[list[articleImport]], error) {
	l, err := a.app.Imports(ctx, actorOf(ctx), in.page())
	return listOf(l, err, newImport)
}

func (a *API) getImport(ctx context.Context, in *IDPath) (*plain[articleImport], error) {
	i, err := a.app.Import(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &plain[articleImport]{Body: newImport(i)}, nil
}

func (a *API) importResults(ctx context.Context, in *importResultsInput) (*plain[list[importResult]], error) {
	l, err := a.app.ImportResults(ctx, actorOf(ctx), app.ResultFilter{ImportID: in.ID, Outcome: in.Outcome, Page: in.page()})
	return listOf(l, err, newImportResult)
}
