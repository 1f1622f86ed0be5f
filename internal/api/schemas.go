package api

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"corroborate/internal/api/docs"
)

// finishSchemas mends what the library's schemas say of answers. An enumeration
// that may be null lists null; If-Match is needed where it is taken; objects in answers may get more fields one day,
// while those in requests may hold no others; its own error documents, which are
// never sent, go. No list has to be of different items.
func finishSchemas(doc *huma.OpenAPI) {
	schemas := doc.Components.Schemas.Map()
	delete(schemas, "ErrorModel")
	delete(schemas, "ErrorDetail")
	for _, op := range docs.Operations(doc) {
		for _, p := range op.Parameters {
			// The library would refuse a call without it as 422; here it is 428.
			p.Required = p.Required || p.Name == "If-Match"
		}
	}
	sent := requestSchemas(doc)
	for _, s := range schemas {
		allowTwice(s)
	}
	for _, op := range docs.Operations(doc) {
		for _, p := range op.Parameters {
			markID(p.Name, p.Schema)
			markNames(p.Schema)
		}
	}
	for name, s := range schemas {
		if sent[name] {
			for prop, p := range s.Properties {
				markID(prop, p)
				if prop == "published_at" {
					dateOrTime(p)
				}
			}
		}
		if !sent[name] {
			s.AdditionalProperties = nil
		}
		for _, p := range s.Properties {
			if p.Nullable && len(p.Enum) > 0 {
				p.Enum = append(p.Enum, nil)
			}
		}
	}
}

// allowTwice lets a list have an item twice: the library's own test for that fails on
// items that are objects. The service takes each once.
func allowTwice(s *huma.Schema) {
	if s == nil {
		return
	}
	s.UniqueItems = false
	allowTwice(s.Items)
	for _, p := range s.Properties {
		allowTwice(p)
	}
}

// markID says of what is sent as an id of ours that it is a UUID. It is written beside
// the schema, where the library does not check it: an id in an address that is none is
// answered like one that nothing has.
func markID(name string, s *huma.Schema) {
	switch {
	case name == "external_id":
	case s.Type == huma.TypeString && (name == "id" || strings.HasSuffix(name, "_id")):
		s.Extensions = map[string]any{"format": "uuid"}
	case s.Type == huma.TypeArray && s.Items.Type == huma.TypeString && strings.HasSuffix(name, "_ids"):
		s.Items.Extensions = map[string]any{"format": "uuid"}
	}
}

// markNames says of a parameter that takes several names that none of them is empty or
// longer than a name. It is written beside the schema: the service words it.
func markNames(s *huma.Schema) {
	if s.Type == huma.TypeArray && s.Items.Type == huma.TypeString && len(s.Items.Enum) == 0 {
		s.Items.Extensions = map[string]any{"minLength": 1, "maxLength": 200}
	}
}

// oneOfNeeded says of a body that it needs one of several sets of fields. It is written
// beside the schema, where the library does not check it: the service names what is
// missing field by field.
func oneOfNeeded(s *huma.Schema, sets ...[]string) {
	choices := make([]any, len(sets))
	for i, set := range sets {
		choices[i] = map[string]any{"required": set}
	}
	s.Extensions = map[string]any{"anyOf": choices}
}

// dateOrTime says of a text that it is a date or an RFC 3339 time.
func dateOrTime(s *huma.Schema) {
	s.Extensions = map[string]any{"anyOf": []any{map[string]any{"format": "date"}, map[string]any{"format": "date-time"}}}
}

// requestSchemas names the schemas that bodies of requests are made of.
func requestSchemas(doc *huma.OpenAPI) map[string]bool {
	schemas, sent := doc.Components.Schemas.Map(), map[string]bool{}
	var follow func(s *huma.Schema)
	follow = func(s *huma.Schema) {
		if s == nil {
			return
		}
		if name := strings.TrimPrefix(s.Ref, "#/components/schemas/"); name != "" && !sent[name] {
			sent[name] = true
			follow(schemas[name])
		}
		for _, p := range s.Properties {
			follow(p)
		}
		follow(s.Items)
	}
	for _, op := range docs.Operations(doc) {
		if op.RequestBody == nil {
			continue
		}
		for _, media := range op.RequestBody.Content {
			follow(media.Schema)
		}
	}
	return sent
}

// nullable is an object of an answer that may be null.
type nullable[T any] struct{ value *T }

// MarshalJSON writes the object, or null.
func (n nullable[T]) MarshalJSON() ([]byte, error) { return json.Marshal(n.value) }

// Schema says that it is one or the other.
func (nullable[T]) Schema(r huma.Registry) *huma.Schema {
	return &huma.Schema{AnyOf: []*huma.Schema{r.Schema(reflect.TypeFor[T](), true, ""), {Type: "null"}}}
}
