package api

import (
	"bytes"
	"encoding/json"
	"flag"
	"log/slog"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5"
	"github.com/google/go-cmp/cmp"

	"corroborate/internal/api/docs"
	"corroborate/internal/app"
	"corroborate/internal/claims"
)

var update = flag.Bool("update", false, "write the OpenAPI document to testdata, and its calls to docs/api.md")

const golden = "testdata/openapi.json"

// bare gives the API without a service behind it, for what its types say.
func bare(t *testing.T) *API {
	t.Helper()
	a, err := New(Config{App: &app.App{}, Log: slog.New(slog.DiscardHandler)}, chi.NewRouter())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestSpecChangesWithItsVersion compares the OpenAPI document with the committed
// one. A document that differs needs another Version, even to be written with
// -update; to start over within an unreleased version, remove the file first.
func TestSpecChangesWithItsVersion(t *testing.T) {
	t.Parallel()
	got := append(bare(t).Spec(), '\n')
	want, err := os.ReadFile(golden)
	if os.IsNotExist(err) && *update {
		want, err = nil, nil
	}
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(got, want) {
		return
	}
	if versionOf(t, want) == Version {
		t.Fatalf("the document changed and Version did not: raise it, then run with -update\n%s", cmp.Diff(string(want), string(got)))
	}
	if !*update {
		t.Fatal("the document changed: run with -update")
	}
	if err := os.WriteFile(golden, got, 0o644); err != nil {
		t.Fatal(err)
	}
}

func versionOf(t *testing.T, spec []byte) string {
	t.Helper()
	if spec == nil {
		return ""
	}
	var doc struct{ Info struct{ Version string } }
	if err := json.Unmarshal(spec, &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Info.Version
}

func TestEveryFieldIsDescribed(t *testing.T) {
	t.Parallel()
	doc := bare(t).OpenAPI()
	for name, s := range doc.Components.Schemas.Map() {
		for prop, p := range s.Properties {
			nested := p.Ref != "" || len(p.AnyOf) > 0 || p.Items != nil && (p.Items.Ref != "" || p.Items.Type == huma.TypeArray)
			if p.Description == "" {
				t.Errorf("%s.%s has no description", name, prop)
			}
			if len(p.Examples) == 0 && !nested {
				t.Errorf("%s.%s has no example", name, prop)
			}
		}
	}
	for _, op := range docs.Operations(doc) {
		for _, p := range op.Parameters {
			if p.Description == "" || len(p.Schema.Examples) == 0 {
				t.Errorf("%s %s: the parameter %s lacks a description or an example", op.Method, op.Path, p.Name)
			}
		}
		if op.Summary == "" || op.Description == "" || len(op.Tags) != 1 || len(op.Security) == 0 {
			t.Errorf("%s %s lacks a summary, a description, one tag, or who may use it", op.Method, op.Path)
		}
	}
}

// callsHeading begins the part of docs/api.md that is made of the OpenAPI document.
const callsHeading = "\n## Calls\n"

// TestDocumentsShowEveryCall keeps docs/api.md and the page of the documentation
// as the OpenAPI document is.
func TestDocumentsShowEveryCall(t *testing.T) {
	t.Parallel()
	const file, base = "../../docs/api.md", "http://localhost:8080"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc := bare(t).OpenAPI()
	own, calls, found := strings.Cut(string(text), callsHeading)
	if !found {
		t.Fatalf("docs/api.md has no heading %q", callsHeading)
	}
	if want := "\n" + docs.Markdown(doc, base); calls != want {
		if !*update {
			t.Fatalf("docs/api.md does not show the calls as they are: run with -update (-committed +now):\n%s", cmp.Diff(calls, want))
		}
		if err := os.WriteFile(file, []byte(own+callsHeading+want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	page, err := docs.Page(doc, base)
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range docs.Operations(doc) {
		if !strings.Contains(string(page), `id="`+op.OperationID+`"`) {
			t.Errorf("the page lacks %s", op.OperationID)
		}
	}
	for _, item := range doc.Webhooks {
		if !strings.Contains(string(page), `id="`+item.Post.OperationID+`"`) {
			t.Errorf("the page lacks %s", item.Post.OperationID)
		}
	}
	for _, outside := range []string{`src="http`, `href="http`, "<script", "style="} {
		if strings.Contains(string(page), outside) {
			t.Errorf("the page has %s", outside)
		}
	}
}

// TestShapesHoldWhatTheDomainHolds compares the API's shapes of a report with the
// domain's types, field by field, so that a field added there is not lost here.
func TestShapesHoldWhatTheDomainHolds(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]reflect.Type{
		{reflect.TypeFor[claims.Report](), reflect.TypeFor[storyReport]()},
		{reflect.TypeFor[claims.ReportArticle](), reflect.TypeFor[reportArticle]()},
		{reflect.TypeFor[claims.Claim](), reflect.TypeFor[articleClaim]()},
		{reflect.TypeFor[claims.Finding](), reflect.TypeFor[finding]()},
		{reflect.TypeFor[claims.FindingClaim](), reflect.TypeFor[findingClaim]()},
		{reflect.TypeFor[claims.Position](), reflect.TypeFor[position]()},
		{reflect.TypeFor[claims.Difference](), reflect.TypeFor[difference]()},
		{reflect.TypeFor[claims.ClearedPair](), reflect.TypeFor[clearedPair]()},
		{reflect.TypeFor[claims.Comparison](), reflect.TypeFor[comparison]()},
		{reflect.TypeFor[claims.PairDifference](), reflect.TypeFor[pairDifference]()},
	} {
		have := jsonNames(pair[1])
		for name := range jsonNames(pair[0]) {
			if !have[name] {
				t.Errorf("%s lacks the field %q of %s", pair[1], name, pair[0])
			}
		}
	}
}

func jsonNames(t reflect.Type) map[string]bool {
	names := map[string]bool{}
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			names[name] = true
		}
	}
	return names
}

func TestEnumsHoldWhatTheDomainHolds(t *testing.T) {
	t.Parallel()
	schemas := bare(t).OpenAPI().Components.Schemas.Map()
	var kinds []any
	for _, k := range claims.Kinds() {
		kinds = append(kinds, string(k))
	}
	for _, name := range []string{"Difference", "ClearedPair", "PairDifference"} {
		less := func(a, b any) bool { return a.(string) < b.(string) }
		if diff := cmp.Diff(sorted(kinds, less), sorted(schemas[name].Properties["kind"].Enum, less)); diff != "" {
			t.Errorf("%s.kind (-domain +API):\n%s", name, diff)
		}
	}
}

func sorted(in []any, less func(a, b any) bool) []any {
	out := append([]any{}, in...)
	for i := range out {
		for j := i; j > 0 && less(out[j], out[j-1]); j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}
