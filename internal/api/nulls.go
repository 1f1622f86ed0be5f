package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"corroborate/internal/server/problem"
)

// refuseNulls says which fields of a body are null and may not be. The library takes
// null for a field that was left out; whoever sends it may mean that the field is to be
// emptied, so that to take it in silence would mislead. A body that is no JSON passes:
// the library says what is wrong with it.
func (a *API) refuseNulls(op *huma.Operation, r *http.Request, body []byte) *problem.Problem {
	var v any
	if !bytes.Contains(body, []byte("null")) || op.RequestBody == nil || json.Unmarshal(body, &v) != nil {
		return nil
	}
	media := op.RequestBody.Content[jsonMedia]
	if media == nil {
		return nil
	}
	wrong := a.nulls(media.Schema, wholeBody, v)
	if len(wrong) == 0 {
		return nil
	}
	p := problem.New(r.Context(), problem.Invalid, "", "")
	p.Errors = wrong
	return p
}

// nulls lists the values in v that are null where a schema does not take that, in the
// order of their names.
func (a *API) nulls(s *huma.Schema, at string, v any) []problem.Field {
	if s != nil && s.Ref != "" {
		s = a.huma.OpenAPI().Components.Schemas.SchemaFromRef(s.Ref)
	}
	if s == nil {
		return nil
	}
	var out []problem.Field
	switch v := v.(type) {
	case nil:
		if !s.Nullable && s.Type != "" {
			out = append(out, problem.Field{Location: at, Message: "is null: give a value or leave it out"})
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			out = append(out, a.nulls(s.Properties[name], at+"."+name, v[name])...)
		}
	case []any:
		for i, item := range v {
			out = append(out, a.nulls(s.Items, fmt.Sprintf("%s[%d]", at, i), item)...)
		}
	}
	return out
}
