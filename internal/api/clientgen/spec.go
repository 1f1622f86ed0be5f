package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// document is what is read of an OpenAPI document.
type document struct {
	Paths      map[string]map[string]operation `json:"paths"`
	Components struct {
		Schemas map[string]schema `json:"schemas"`
	} `json:"components"`
}

type operation struct {
	ID          string              `json:"operationId"`
	Summary     string              `json:"summary"`
	Description string              `json:"description"`
	Parameters  []parameter         `json:"parameters"`
	Body        *body               `json:"requestBody"`
	Responses   map[string]response `json:"responses"`
}

type parameter struct {
	Name   string `json:"name"`
	In     string `json:"in"`
	Schema schema `json:"schema"`
	// Explode is false for a list that is given once, joined by commas.
	Explode *bool `json:"explode"`
}

type body struct {
	Content map[string]media `json:"content"`
}

type media struct {
	Schema schema `json:"schema"`
}

type response struct {
	Content map[string]media          `json:"content"`
	Headers map[string]map[string]any `json:"headers"`
}

type schema struct {
	Ref                  string            `json:"$ref"`
	Type                 types             `json:"type"`
	Format               string            `json:"format"`
	Description          string            `json:"description"`
	Items                *schema           `json:"items"`
	Properties           map[string]schema `json:"properties"`
	Required             []string          `json:"required"`
	AnyOf                []schema          `json:"anyOf"`
	AdditionalProperties json.RawMessage   `json:"additionalProperties"`
}

// types are the JSON types that a schema permits; "null" is among them where it is
// nullable.
type types []string

// UnmarshalJSON reads one type or a list of them.
func (t *types) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*t = types{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(t))
}

// refName gives the name of the schema that a reference names, empty for none.
func (s schema) refName() string { return strings.TrimPrefix(s.Ref, "#/components/schemas/") }

// plain gives the schema without null, and whether null was one of its values.
func (s schema) plain() (schema, bool) {
	nullable := false
	if s.Ref == "" && len(s.AnyOf) == 2 && len(s.AnyOf[1].Type) == 1 && s.AnyOf[1].Type[0] == "null" {
		inner := s.AnyOf[0]
		inner.Description = s.Description
		return inner, true
	}
	var rest types
	for _, t := range s.Type {
		if t == "null" {
			nullable = true
			continue
		}
		rest = append(rest, t)
	}
	s.Type = rest
	return s, nullable
}

// goType gives the Go type of values of a schema.
func (s schema) goType() (string, error) {
	p, nullable := s.plain()
	name, err := p.bareType()
	if err != nil {
		return "", err
	}
	if nullable && name != "any" && !strings.HasPrefix(name, "map[") {
		name = "*" + name
	}
	return name, nil
}

// scalars are the Go types of JSON's types by type and format.
var scalars = map[string]string{
	"string": "string", "string date-time": "time.Time", "boolean": "bool",
	"integer": "int", "number": "float64",
}

func (s schema) bareType() (string, error) {
	if s.Ref != "" {
		return exported(s.refName()), nil
	}
	if len(s.Type) == 0 {
		return "any", nil
	}
	if len(s.Type) > 1 {
		return "", fmt.Errorf("a schema has the types %v", s.Type)
	}
	switch s.Type[0] {
	case "array":
		item, err := s.Items.goType()
		return "[]" + item, err
	case "object":
		return s.mapType()
	}
	if name, ok := scalars[s.Type[0]+" "+s.Format]; ok {
		return name, nil
	}
	if name, ok := scalars[s.Type[0]]; ok {
		return name, nil
	}
	return "", fmt.Errorf("a schema has the type %q", s.Type[0])
}

// mapType gives the type of an object without named fields; it may hold anything where the
// document does not say what.
func (s schema) mapType() (string, error) {
	if string(s.AdditionalProperties) == "true" {
		return "map[string]any", nil
	}
	var values schema
	if len(s.Properties) > 0 || json.Unmarshal(s.AdditionalProperties, &values) != nil {
		return "", fmt.Errorf("an object with fields stands inside another without a name")
	}
	name, err := values.goType()
	return "map[string]" + name, err
}
