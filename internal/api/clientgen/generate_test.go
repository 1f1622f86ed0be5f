package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestClientIsUpToDate compares package client with what the document gives.
func TestClientIsUpToDate(t *testing.T) {
	t.Parallel()
	const root = "../../.."
	spec, err := os.ReadFile(filepath.Join(root, specFile))
	if err != nil {
		t.Fatal(err)
	}
	files, err := generate(spec)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		have, err := os.ReadFile(filepath.Join(root, "client", name))
		if err != nil {
			t.Fatal(err)
		}
		if string(have) != string(want) {
			t.Errorf("client/%s is out of date: run make generate", name)
		}
	}
}

// TestGenerate writes a document with each kind of field and call.
func TestGenerate(t *testing.T) {
	t.Parallel()
	files, err := generate([]byte(`{
		"components": {"schemas": {"Thing": {"properties": {
			"id": {"type": "string", "description": "The thing's id."}, "made_at": {"type": ["string", "null"], "format": "date-time"},
			"counts": {"type": "object", "additionalProperties": {"type": "integer"}}, "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
			"of": {"anyOf": [{"$ref": "#/components/schemas/Thing"}, {"type": "null"}]}, "note": {"type": "string"}
		}, "required": ["id", "made_at", "counts", "parts", "of"]},
		"ListThing": {"properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}, "next_cursor": {"type": "string"}}, "required": ["items", "next_cursor"]}}},
		"paths": {"/things/{id}/parts": {"get": {"operationId": "list-parts", "summary": "List parts", "description": "Lists them.",
			"parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}}, {"name": "cursor", "in": "query", "schema": {"type": "string"}}],
			"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/ListThing"}}}}}}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	fields := []string{}
	for line := range strings.Lines(string(files["types_gen.go"])) {
		if strings.Contains(line, "`json") {
			fields = append(fields, strings.Join(strings.Fields(line), " "))
		}
	}
	want := []string{
		"Items []Thing `json:\"items\"`", "NextCursor string `json:\"next_cursor\"`",
		"Counts map[string]int `json:\"counts\"`", "ID string `json:\"id\"`", "MadeAt *time.Time `json:\"made_at\"`",
		"Note *string `json:\"note,omitempty\"`", "Of *Thing `json:\"of\"`", "Parts []Thing `json:\"parts\"`",
	}
	if diff := cmp.Diff(want, fields); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	for _, want := range []string{
		"func (c *Client) ListParts(ctx context.Context, id string, query ListPartsQuery) (ListThing, error) {",
		`path: "/things/" + escape(id) + "/parts"`, "func (c *Client) AllParts(", "iter.Seq2[Thing, error]",
	} {
		if !strings.Contains(string(files["calls_gen.go"]), want) {
			t.Errorf("the calls lack %s in\n%s", want, files["calls_gen.go"])
		}
	}
}

// TestGenerateRefusesWhatItDoesNotKnow has documents that the client would lack a part of.
func TestGenerateRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, spec, want string }{
		{"a type", `{"components": {"schemas": {"A": {"properties": {"b": {"type": ["string", "integer"]}}}}}}`, "A.b: a schema has the types"},
		{"an object without a name", `{"components": {"schemas": {"A": {"properties": {"b": {"type": "object", "properties": {"c": {"type": "string"}}}}}}}}`, "A.b: an object"},
		{"a cookie", `{"paths": {"/a": {"get": {"operationId": "a", "parameters": [{"name": "c", "in": "cookie"}]}}}}`, `a parameter is in "cookie"`},
		{"values that are joined", `{"paths": {"/a": {"get": {"operationId": "a", "parameters": [{"name": "b", "in": "query", "explode": false, "schema": {"type": "array"}}]}}}}`, "b joins its values"},
		{"no success", `{"paths": {"/a": {"get": {"operationId": "a", "responses": {"404": {}}}}}}`, "no status of success"},
		{"no document", `[`, "read the document"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := generate([]byte(tt.spec)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}
