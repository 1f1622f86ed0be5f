package api_test

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"corroborate/internal/server/servertest"
)

// object is a JSON object.
type object = map[string]any

// document gives the OpenAPI document as the service serves it, read as plain JSON:
// what is tested is what callers get, by means that are not the library's.
func (c client) document() object {
	c.t.Helper()
	documentOnce.Do(func() {
		w := c.Do(servertest.Call{Method: http.MethodGet, Path: "/openapi.json"})
		documentErr = json.Unmarshal(w.Body.Bytes(), &documentRead)
	})
	if documentErr != nil {
		c.t.Fatal(documentErr)
	}
	return documentRead
}

// The document is the same for every service.
var (
	documentOnce sync.Once
	documentRead object
	documentErr  error
)

// conforms checks an answer against the document: its status is listed for the
// operation, its media type too, and its body is of the schema.
func conforms(t testing.TB, doc object, c servertest.Call, w *httptest.ResponseRecorder) {
	t.Helper()
	op := operationOf(doc, c)
	if op == nil {
		return // an address that does not exist
	}
	where := fmt.Sprintf("%s %s: %d", c.Method, c.Path, w.Code)
	response, ok := op["responses"].(object)[strconv.Itoa(w.Code)].(object)
	if !ok {
		t.Errorf("%s is not documented: %s", where, w.Body)
		return
	}
	content, _ := response["content"].(object)
	if len(content) == 0 {
		if w.Body.Len() > 0 {
			t.Errorf("%s has a body and none is documented: %s", where, w.Body)
		}
		return
	}
	media, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
	described, ok := content[media].(object)
	if !ok {
		t.Errorf("%s: the media type %q is not documented", where, media)
		return
	}
	if !strings.HasSuffix(media, "json") {
		return
	}
	var body any
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
		t.Errorf("%s: %v in %s", where, err, w.Body)
		return
	}
	for _, problem := range mismatches(doc, described["schema"].(object), "body", body) {
		t.Errorf("%s: %s", where, problem)
	}
}

// placeholder is a part of a path in braces, as it is when it is quoted.
var placeholder = regexp.MustCompile(`\\\{[a-z_]+\\\}`)

func operationOf(doc object, c servertest.Call) object {
	path, _, _ := strings.Cut(c.Path, "?")
	if item, ok := doc["paths"].(object)[path].(object); ok { // before one with {id} that fits too
		op, _ := item[strings.ToLower(c.Method)].(object)
		return op
	}
	for pattern, item := range doc["paths"].(object) {
		if regexp.MustCompile("^" + placeholder.ReplaceAllString(regexp.QuoteMeta(pattern), "[^/]+") + "$").MatchString(path) {
			op, _ := item.(object)[strings.ToLower(c.Method)].(object)
			return op
		}
	}
	return nil
}

// mismatches lists where a value is not of a schema. A field that the schema does
// not have is one too: everything that is sent is described.
func mismatches(doc, schema object, at string, v any) []string {
	if ref, ok := schema["$ref"].(string); ok {
		name := strings.TrimPrefix(ref, "#/components/schemas/")
		return mismatches(doc, doc["components"].(object)["schemas"].(object)[name].(object), at, v)
	}
	if choices, ok := schema["anyOf"].([]any); ok {
		for _, choice := range choices {
			if len(mismatches(doc, choice.(object), at, v)) == 0 {
				return nil
			}
		}
		return []string{fmt.Sprintf("%s is none of what it may be: %v", at, v)}
	}
	if schema["type"] == nil {
		return nil
	}
	if !slices.Contains(types(schema["type"]), typeOf(v)) && !(typeOf(v) == "integer" && slices.Contains(types(schema["type"]), "number")) {
		return []string{fmt.Sprintf("%s is %s, want %v", at, typeOf(v), schema["type"])}
	}
	var out []string
	if enum, ok := schema["enum"].([]any); ok && !slices.Contains(enum, v) {
		out = append(out, fmt.Sprintf("%s is %v, want one of %v", at, v, enum))
	}
	switch v := v.(type) {
	case float64:
		if least, ok := schema["minimum"].(float64); ok && v < least {
			out = append(out, fmt.Sprintf("%s is %v, want at least %v", at, v, least))
		}
	case []any:
		for i, item := range v {
			out = append(out, mismatches(doc, schema["items"].(object), fmt.Sprintf("%s[%d]", at, i), item)...)
		}
	case object:
		out = append(out, fieldMismatches(doc, schema, at, v)...)
	}
	return out
}

func fieldMismatches(doc, schema object, at string, v object) []string {
	var out []string
	properties, _ := schema["properties"].(object)
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, ok := v[name.(string)]; !ok {
			out = append(out, fmt.Sprintf("%s lacks %v", at, name))
		}
	}
	for name, field := range v {
		property, ok := properties[name].(object)
		if !ok && schema["additionalProperties"] == true {
			continue // a document in a vocabulary of its own
		}
		if !ok { // a field of any name, of one kind
			property, ok = schema["additionalProperties"].(object)
		}
		if !ok {
			out = append(out, fmt.Sprintf("%s.%s is not described", at, name))
			continue
		}
		out = append(out, mismatches(doc, property, at+"."+name, field)...)
	}
	return out
}

func types(t any) []string {
	if s, ok := t.(string); ok {
		return []string{s}
	}
	var out []string
	for _, s := range t.([]any) {
		out = append(out, s.(string))
	}
	return out
}

func typeOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case float64:
		if v == math.Trunc(v) {
			return "integer"
		}
		return "number"
	}
	return "object"
}
