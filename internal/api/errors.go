package api

import (
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"corroborate/internal/claims"
	"corroborate/internal/server/problem"
)

// kindOfStatus sorts the errors that the library itself finds.
var kindOfStatus = map[int]problem.Kind{
	400: problem.Malformed,
	406: problem.NotAcceptable,
	408: problem.SlowBody,
	413: problem.TooLarge,
	415: problem.WrongContentType,
	422: problem.Invalid,
}

// transform turns the library's own error documents into problems. Other answers
// pass as they are.
func (a *API) transform(ctx huma.Context, _ string, v any) (any, error) {
	model, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	kind, ok := kindOfStatus[model.Status]
	if !ok {
		a.log.ErrorContext(ctx.Context(), "api", "error", model.Detail, "details", model.Errors)
		return problem.New(ctx.Context(), problem.Internal, "", ""), nil
	}
	p := problem.New(ctx.Context(), kind, "", "")
	if kind == problem.Malformed {
		p.Detail = "The body is not the JSON that the call takes."
	}
	p.Errors = fields(model.Errors)
	return p, nil
}

// wholeBody is the location of what is wrong with a body as such.
const wholeBody = "body"

// fields words the errors of the library, one for each place. What is said of the
// fields of a body that cannot be read means nothing.
func fields(details []*huma.ErrorDetail) []problem.Field {
	unreadable := slices.ContainsFunc(details, func(e *huma.ErrorDetail) bool { return field(e).Location == wholeBody })
	seen := map[string]bool{}
	out := []problem.Field{}
	for _, e := range details {
		f := field(e)
		if seen[f.Location] || unreadable && strings.HasPrefix(f.Location, wholeBody+".") {
			continue
		}
		seen[f.Location] = true
		out = append(out, f)
	}
	return out
}

var missing = regexp.MustCompile(`^expected required property (.+) to be present$`)

// field words one error of the library for callers. A missing field is named by
// its own place, not by the object that lacks it.
func field(e *huma.ErrorDetail) problem.Field {
	f := problem.Field{Location: e.Location, Message: e.Message, Value: shown(e.Location, e.Value)}
	if m := missing.FindStringSubmatch(e.Message); m != nil {
		f.Location += "." + m[1]
		f.Message, f.Value = "is missing", nil
	}
	if e.Message == "unexpected property" {
		f.Message, f.Value = "is not a field that this call takes", nil
	}
	return f
}

// maxShown is how many bytes of a wrong value are repeated.
const maxShown = 100

// shown gives the wrong value where it is short and no secret. A whole body may
// hold one.
func shown(location string, v any) any {
	if location == wholeBody || strings.Contains(location, "password") {
		return nil
	}
	switch value := reflect.ValueOf(v); value.Kind() {
	case reflect.String:
		if value.Len() > 0 && value.Len() <= maxShown {
			return value.String()
		}
	case reflect.Bool, reflect.Int, reflect.Int64, reflect.Float64:
		return v
	}
	return nil
}

// renamed gives an error with its fields under the names that they have in the API:
// pairs are a name inside and one here.
func renamed(err error, pairs ...string) error {
	known, ok := errors.AsType[*claims.Error](err)
	if !ok || len(known.Fields) == 0 {
		return err
	}
	out := *known
	out.Fields = make(map[string]string, len(known.Fields))
	for name, why := range known.Fields {
		for i := 0; i < len(pairs); i += 2 {
			if name == pairs[i] {
				name = pairs[i+1]
				break
			}
		}
		out.Fields[name] = why
	}
	return &out
}

// problemSchema gives the reference to the schema of problems.
func problemSchema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[problem.Problem](), true, "Problem")
}
