package api

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/ingest"
	"corroborate/internal/server/problem"
)

// operation is one call: what the documentation says of it and what is enforced.
type operation struct {
	id, method, path string
	tag              string
	summary          string
	// about says more than the summary, in whole sentences.
	about string
	needs app.Action
	// status is that of success, also are further ones with the same body and what
	// they mean.
	status int
	also   map[int]string
	// maxBody is how many bytes the body may have; 0 where there is none. takes lists
	// its media types where it is not JSON.
	maxBody int64
	takes   []string
	// stores is true for a POST that takes an Idempotency-Key; secret names the field
	// of its answer that is not repeated.
	stores bool
	secret string
	// lines is true for a call whose body is one JSON object a line, which it reads by
	// itself.
	lines bool
	// edits is true where If-Match is needed.
	edits bool
	// tagged is true for a GET whose answer has an ETag.
	tagged bool
	// searches is true for a call that counts as a search.
	searches bool
	// problems are the kinds that do not follow from the rest.
	problems []problem.Kind
	// content, where it is not JSON, is the media type of the answer.
	content string
}

// The limits of bodies in bytes. JSON may write a letter of two bytes as six
// (\u00e9), so that the text of an article gets three times its own limit.
const (
	smallBody   = 64 << 10
	articleBody = 3*claims.MaxText + smallBody
	pageBody    = ingest.MaxPage*3/2 + smallBody
)

// register adds an operation. Every operation comes through here, so that no
// error of a handler is shown otherwise than as a problem.
func register[I, O any](a *API, op operation, handle func(context.Context, *I) (*O, error)) {
	part := "body"
	if op.method == http.MethodGet || op.method == http.MethodDelete {
		part = "query"
	}
	h := a.describe(op)
	if op.reads() {
		handle = onReplica(a, handle)
	}
	huma.Register(a.huma, h, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, a.problem(ctx, err, part)
		}
		return out, nil
	})
	first := h.Responses[strconv.Itoa(op.status)]
	for _, media := range op.takes {
		body := a.huma.OpenAPI().Paths[h.Path].Post.RequestBody
		body.Required = true
		if content := body.Content[media]; content != nil {
			content.Schema.Format, content.Schema.MinLength = "", new(1)
		}
	}
	for status, about := range op.also {
		h.Responses[strconv.Itoa(status)] = &huma.Response{Description: about, Headers: first.Headers, Content: first.Content}
	}
	a.routes = append(a.routes, Route{Method: op.method, Pattern: h.Path, Needs: op.needs})
}

// reads tells whether a call reads and is done once it has answered, as streams are not.
func (op operation) reads() bool { return op.method == http.MethodGet && op.content != streamMedia }

// onReplica lets what a handler reads come from a replica of the database.
func onReplica[I, O any](a *API, handle func(context.Context, *I) (*O, error)) func(context.Context, *I) (*O, error) {
	return func(ctx context.Context, in *I) (out *O, err error) {
		err = a.app.Read(ctx, func(ctx context.Context) (err error) {
			out, err = handle(ctx, in)
			return err
		})
		return out, err
	}
}

// describe makes the library's description of an operation.
func (a *API) describe(op operation) huma.Operation {
	h := huma.Operation{
		OperationID:     op.id,
		Method:          op.method,
		Path:            Prefix + op.path,
		Tags:            []string{op.tag},
		Summary:         op.summary,
		Description:     op.about + "\n\n" + accessText(op.needs),
		DefaultStatus:   op.status,
		Security:        security(op.needs),
		Responses:       a.responses(op),
		MaxBodyBytes:    -1, // readBody bounds it
		BodyReadTimeout: -1, // readBody sets the time that a body has
		Middlewares:     huma.Middlewares{a.permit(op.needs), a.refuseUnclear},
	}
	if op.searches {
		h.Middlewares = append(h.Middlewares, a.searchLimit)
	}
	if op.maxBody > 0 {
		h.Middlewares = append(h.Middlewares, a.readBody(op))
	}
	if op.lines {
		text := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Description: "One article a line.", MinLength: new(1)},
			Example: `{"text": "The harbour bridge was closed on Thursday.", "source": "Harbour Post", "external_id": "cms-48213"}` + "\n"}
		h.RequestBody = &huma.RequestBody{Required: true, Description: "One JSON object a line.", Content: map[string]*huma.MediaType{lineMedia[0]: text}}
	}
	if op.stores {
		h.Middlewares = append(h.Middlewares, a.once(op.secret))
	}
	return h
}

func accessText(needs app.Action) string {
	if needs == app.KnowOneself {
		return "Needs a key, of whatever scope."
	}
	text := "Needs a key with the scope " + strings.Join(scopesFor(needs), " and ") + "."
	if needs == app.ReadFindings {
		text += " Where the service is public, no key is needed."
	}
	return text
}

func security(needs app.Action) []map[string][]string {
	list := []map[string][]string{{"key": scopesFor(needs)}}
	if needs == app.ReadFindings {
		list = append(list, map[string][]string{}) // an empty requirement: none
	}
	return list
}

// responses documents the answers: those of success whose bodies the library
// cannot tell from the types, and every problem that the call can meet.
func (a *API) responses(op operation) map[string]*huma.Response {
	out := map[string]*huma.Response{}
	if op.content != "" {
		text := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
		switch {
		case op.content == "application/json":
			text.Schema = &huma.Schema{Type: huma.TypeObject, Description: "A document as the call describes it.", AdditionalProperties: true}
		case strings.HasSuffix(op.content, "json"):
			text.Schema = &huma.Schema{Type: huma.TypeObject, Description: "A document whose terms its @context explains.", AdditionalProperties: true}
		}
		out[strconv.Itoa(op.status)] = &huma.Response{Description: op.summary, Content: map[string]*huma.MediaType{op.content: text}}
	}
	if op.tagged {
		out["304"] = &huma.Response{Description: "Not changed since the ETag in If-None-Match."}
	}
	for _, kind := range op.kinds() {
		a.addProblem(out, kind)
	}
	return out
}

// addProblem documents one kind of problem; kinds of one status share an entry.
func (a *API) addProblem(out map[string]*huma.Response, kind problem.Kind) {
	code := strconv.Itoa(kind.Status())
	line := kind.Title() + ". " + kind.Fix()
	if r, ok := out[code]; ok {
		r.Description += " Or: " + line
		return
	}
	r := &huma.Response{
		Description: line,
		Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: problemSchema(a.huma.OpenAPI().Components.Schemas)}},
	}
	header := func(name, about string) {
		r.Headers = map[string]*huma.Param{name: {Schema: &huma.Schema{Type: huma.TypeString, Description: about}}}
	}
	switch kind {
	case problem.Merged:
		header("Location", "What it was merged into.")
	case problem.Unauthenticated:
		header("WWW-Authenticate", "How to authenticate: "+challenge)
	case problem.TooMany:
		header("Retry-After", "Seconds to wait.")
	}
	out[code] = r
}

// kinds lists the problems that the call can meet.
func (op operation) kinds() []problem.Kind {
	kinds := append([]problem.Kind{problem.Unauthenticated, problem.KeyEnded, problem.Forbidden, problem.Invalid,
		problem.TooMany, problem.Malformed, problem.Internal, problem.Unavailable, problem.Timeout}, op.problems...)
	if op.maxBody > 0 {
		kinds = append(kinds, problem.WrongContentType, problem.TooLarge, problem.SlowBody)
	}
	if op.stores {
		kinds = append(kinds, problem.Conflict)
	}
	if op.edits {
		kinds = append(kinds, problem.PreconditionRequired, problem.Stale)
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}
