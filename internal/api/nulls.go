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
// the library says what is wrong with it. So is an object or a list refused where single
// values are to be unlike one another: the library breaks on comparing them.
func (a *API) refuseNulls(op *huma.Operation, r *http.Request, body []byte) *problem.Problem {
	if op.RequestBody == nil || op.RequestBody.Content[jsonMedia] == nil {
		return nil
	}
	media := op.RequestBody.Content[jsonMedia]
	var v any
	if !bytes.Contains(body, []byte("null")) && !a.hasSets(media.Schema) || json.Unmarshal(body, &v) != nil {
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
			place := fmt.Sprintf("%s[%d]", at, i)
			if s.UniqueItems && !single(item) {
				out = append(out, problem.Field{Location: place, Message: "is an object or a list: give a single value"})
				continue
			}
			out = append(out, a.nulls(s.Items, place, item)...)
		}
	}
	return out
}

// hasSets tells whether a body has a field of values that are unlike one another.
func (a *API) hasSets(s *huma.Schema) bool {
	if s != nil && s.Ref != "" {
		s = a.huma.OpenAPI().Components.Schemas.SchemaFromRef(s.Ref)
	}
	if s == nil {
		return false
	}
	for _, p := range s.Properties {
		if p.UniqueItems {
			return true
		}
	}
	return false
}

// single tells whether a value is no object and no list.
func single(v any) bool {
	switch v.(type) {
	case map[string]any, []any:
		return false
	}
	return true
}
