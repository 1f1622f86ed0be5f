package docs

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Curl gives a command line that makes the call. KEY stands for the API key, ID
// for the id of the thing, FILE for a file to send; base is where the service is
// reached.
func Curl(doc *huma.OpenAPI, op *huma.Operation, base string) string {
	lines := []string{"curl " + quote(strings.ReplaceAll(base+op.Path, "{id}", "$ID"))}
	if op.Method != "GET" {
		lines[0] = "curl -X " + op.Method + " " + strings.TrimPrefix(lines[0], "curl ")
	}
	lines = append(lines, `-H "Authorization: Bearer $KEY"`)
	for _, p := range op.Parameters {
		if p.Name == "If-Match" || p.Name == "Idempotency-Key" {
			lines = append(lines, "-H '"+p.Name+": "+exampleText(p.Schema)+"'")
		}
	}
	if schema := bodySchema(op); schema != nil {
		lines = append(lines, `-H "Content-Type: application/json"`, "-d '"+strings.ReplaceAll(body(doc, schema), "'", `'\''`)+"'")
	}
	if media := fileMedia(op); media != "" {
		lines = append(lines, `-H "Content-Type: `+media+`"`, "--data-binary @FILE")
	}
	return strings.Join(lines, " \\\n  ")
}

// fileMedia gives the media type of a body that is a file, empty for none.
func fileMedia(op *huma.Operation) string {
	if op.RequestBody == nil || bodySchema(op) != nil {
		return ""
	}
	for media := range op.RequestBody.Content {
		return media // there is one
	}
	return ""
}

// quote puts an address into double quotes, in which a shell reads $ID.
func quote(url string) string { return `"` + url + `"` }

// body gives an example of a body: its own, else the fields that are needed, or
// where none is, the first.
func body(doc *huma.OpenAPI, s *huma.Schema) string {
	if s.Ref != "" {
		s = doc.Components.Schemas.SchemaFromRef(s.Ref)
	}
	if len(s.Examples) > 0 {
		return encode(s.Examples[0])
	}
	names := slices.Clone(s.Required)
	if len(names) == 0 {
		names = slices.Sorted(maps.Keys(s.Properties))[:1]
	}
	fields := make([]string, 0, len(names))
	for _, name := range names {
		fields = append(fields, encode(name)+": "+encode(exampleOf(s.Properties[name])))
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

// indented writes an example over several lines.
func indented(v any) string {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return "" // examples are JSON
	}
	return string(b)
}

func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "null" // examples come from the types' tags, which are JSON
	}
	return string(b)
}

func exampleOf(s *huma.Schema) any {
	if len(s.Examples) > 0 {
		return s.Examples[0]
	}
	return nil
}

// exampleText gives an example as it is sent.
func exampleText(s *huma.Schema) string {
	switch v := exampleOf(s).(type) {
	case nil:
		return ""
	case string:
		return v
	default:
		return encode(v)
	}
}
