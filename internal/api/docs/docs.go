// Package docs makes the readable documentation of the API out of its OpenAPI
// document: one page without scripts and without anything from elsewhere.
package docs

import (
	"bytes"
	_ "embed" // the page's template and style
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"corroborate/internal/server/problem"
)

//go:embed page.html
var pageHTML string

// Style is the page's style sheet; the page expects it at docs/docs.css next to
// its own address.
//
//go:embed docs.css
var Style []byte

// page is what the template shows.
type page struct {
	Title, Version string
	About          []string
	Groups         []group
	Events         []event
	Shapes         []shape
	Problems       []problem.Kind
}

// group is the calls of one kind.
type group struct {
	Name, About string
	Calls       []call
}

// call is one operation.
type call struct {
	ID, Method, Path, Summary string
	About                     []string
	Parameters                []field
	Body                      string
	Curl                      string
	Answers                   []answer
}

// event is something that webhooks are called with.
type event struct {
	ID, Name, Shape, Example string
	About                    []string
}

// answer is one status that a call is answered with.
type answer struct {
	Status, About, Shape string
	Headers              []string
}

// shape is an object that is sent or given.
type shape struct {
	Name   string
	Fields []field
}

// field is one field of a shape, or one parameter of a call.
type field struct {
	Name, Where, Type, Shape, About, Example string
	Required                                 bool
}

// Page writes the documentation of doc for callers who reach the service at base,
// such as https://news.example.org.
func Page(doc *huma.OpenAPI, base string) ([]byte, error) {
	tmpl, err := template.New("page").Funcs(template.FuncMap{"lower": strings.ToLower}).Parse(pageHTML)
	if err != nil {
		return nil, fmt.Errorf("docs: read the template: %w", err)
	}
	p := page{
		Title: doc.Info.Title, Version: doc.Info.Version, About: paragraphs(doc.Info.Description),
		Groups: groups(doc, base), Events: events(doc), Shapes: shapes(doc), Problems: problem.Kinds(),
	}
	var b bytes.Buffer
	if err := tmpl.Execute(&b, p); err != nil {
		return nil, fmt.Errorf("docs: write the page: %w", err)
	}
	return b.Bytes(), nil
}

func paragraphs(s string) []string { return strings.Split(s, "\n\n") }

func groups(doc *huma.OpenAPI, base string) []group {
	var out []group
	for _, tag := range doc.Tags {
		g := group{Name: tag.Name, About: tag.Description}
		for _, op := range Operations(doc) {
			if slices.Contains(op.Tags, tag.Name) {
				g.Calls = append(g.Calls, newCall(doc, op, base))
			}
		}
		out = append(out, g)
	}
	return out
}

// events lists what webhooks are called with, by name.
func events(doc *huma.OpenAPI) []event {
	var out []event
	for _, name := range slices.Sorted(maps.Keys(doc.Webhooks)) {
		op := doc.Webhooks[name].Post
		e := event{ID: op.OperationID, Name: name, About: paragraphs(op.Description), Shape: refName(bodySchema(op))}
		if media := op.RequestBody.Content["application/json"]; media != nil && media.Example != nil {
			e.Example = indented(media.Example)
		}
		out = append(out, e)
	}
	return out
}

// Operations lists the operations by path, in the order in which methods are
// mostly used.
func Operations(doc *huma.OpenAPI) []*huma.Operation {
	var out []*huma.Operation
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		item := doc.Paths[path]
		for _, op := range []*huma.Operation{item.Post, item.Get, item.Patch, item.Delete} {
			if op != nil {
				out = append(out, op)
			}
		}
	}
	return out
}

func newCall(doc *huma.OpenAPI, op *huma.Operation, base string) call {
	c := call{
		ID: op.OperationID, Method: op.Method, Path: op.Path, Summary: op.Summary,
		About: paragraphs(op.Description), Curl: Curl(doc, op, base), Body: refName(bodySchema(op)),
	}
	for _, p := range op.Parameters {
		f := newField(p.Name, p.Schema)
		f.Where, f.Required = p.In, p.Required
		c.Parameters = append(c.Parameters, f)
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		r := op.Responses[status]
		a := answer{Status: status, About: r.Description, Headers: slices.Sorted(maps.Keys(r.Headers))}
		for _, media := range slices.Sorted(maps.Keys(r.Content)) {
			a.Shape = refName(r.Content[media].Schema)
		}
		c.Answers = append(c.Answers, a)
	}
	return c
}

func shapes(doc *huma.OpenAPI) []shape {
	schemas := doc.Components.Schemas.Map()
	var out []shape
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		s := shape{Name: name}
		for _, prop := range slices.Sorted(maps.Keys(schemas[name].Properties)) {
			f := newField(prop, schemas[name].Properties[prop])
			f.Required = slices.Contains(schemas[name].Required, prop)
			s.Fields = append(s.Fields, f)
		}
		out = append(out, s)
	}
	return out
}

func newField(name string, s *huma.Schema) field {
	f := field{Name: name, Type: typeName(s), Shape: refName(s), About: s.Description, Example: exampleText(s)}
	if s.Items != nil {
		f.Shape = refName(s.Items)
	}
	if values := enumText(s); values != "" {
		f.About += " One of: " + values + "."
	}
	return f
}

func typeName(s *huma.Schema) string {
	name := s.Type
	switch {
	case s.Ref != "":
		name = "object"
	case s.Type == huma.TypeArray && s.Items != nil:
		name = "list of " + typeName(s.Items)
	case s.Format == "date-time":
		name = "time"
	case name == "":
		name = "any"
	}
	if s.Nullable {
		name += " or null"
	}
	return name
}

func enumText(s *huma.Schema) string {
	if s.Items != nil {
		s = s.Items
	}
	var words []string
	for _, v := range s.Enum {
		if v != nil {
			words = append(words, fmt.Sprint(v))
		}
	}
	return strings.Join(words, ", ")
}

func refName(s *huma.Schema) string {
	if s == nil {
		return ""
	}
	return strings.TrimPrefix(s.Ref, "#/components/schemas/")
}

func bodySchema(op *huma.Operation) *huma.Schema {
	if op.RequestBody == nil {
		return nil
	}
	if media := op.RequestBody.Content["application/json"]; media != nil {
		return media.Schema
	}
	return nil
}

// Handler serves the page.
func Handler(page []byte) http.HandlerFunc { return serve(page, "text/html; charset=utf-8") }

// StyleHandler serves the style sheet.
func StyleHandler() http.HandlerFunc { return serve(Style, "text/css; charset=utf-8") }

func serve(b []byte, media string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", media)
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(b) // the caller is gone when this fails
	}
}
