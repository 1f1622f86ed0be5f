package report_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"corroborate/internal/claims"
	"corroborate/internal/report"
)

const (
	schemaOrg  = "https://schema.org/"
	annotation = "http://www.w3.org/ns/oa#"
)

// parents are the classes that a class of schema.org is a subclass of, from its
// definitions (https://schema.org/docs/developers.html), release 29, for those that are
// used here. Multiple types of one node add up.
var parents = map[string][]string{
	"Dataset": {"CreativeWork", "Thing"}, "Collection": {"CreativeWork", "Thing"}, "Claim": {"CreativeWork", "Thing"},
	"NewsArticle": {"Article", "CreativeWork", "Thing"}, "Organization": {"Thing"},
}

// property is what schema.org says of one: domainIncludes and rangeIncludes.
type property struct{ domain, values []string }

// properties are those of schema.org that are used here, from the same definitions.
var properties = map[string]property{
	"appearance":           {[]string{"Claim"}, []string{"CreativeWork"}},
	"collectionSize":       {[]string{"Collection"}, []string{"Integer"}},
	"dateModified":         {[]string{"CreativeWork", "DataFeedItem"}, []string{"Date", "DateTime"}},
	"datePublished":        {[]string{"Certification", "CreativeWork"}, []string{"Date", "DateTime"}},
	"description":          {[]string{"Thing"}, []string{"Text", "TextObject"}},
	"firstAppearance":      {[]string{"Claim"}, []string{"CreativeWork"}},
	"hasPart":              {[]string{"CreativeWork"}, []string{"CreativeWork"}},
	"headline":             {[]string{"CreativeWork"}, []string{"Text"}},
	"identifier":           {[]string{"Thing"}, []string{"PropertyValue", "Text", "URL"}},
	"interpretedAsClaim":   {[]string{"CreativeWork", "MediaObject"}, []string{"Claim"}},
	"isBasedOn":            {[]string{"CreativeWork"}, []string{"CreativeWork", "Product", "URL"}},
	"isPartOf":             {[]string{"CreativeWork"}, []string{"CreativeWork", "URL"}},
	"measurementTechnique": {[]string{"DataCatalog", "DataDownload", "Dataset", "Observation", "PropertyValue", "StatisticalVariable"}, []string{"DefinedTerm", "MeasurementMethodEnum", "Text", "URL"}},
	"name":                 {[]string{"Thing"}, []string{"Text"}},
	"publisher":            {[]string{"CreativeWork"}, []string{"Organization", "Person"}},
	"text":                 {[]string{"CreativeWork"}, []string{"Text"}},
	"url":                  {[]string{"Thing"}, []string{"URL"}},
}

// onAnnotations are the properties of the Web Annotation vocabulary that are used here,
// with the class that each stands on (https://www.w3.org/TR/annotation-vocab/).
var onAnnotations = map[string][]string{
	"hasBody": {"Annotation"}, "hasTarget": {"Annotation"}, "motivatedBy": {"Annotation"},
	"hasSource": {"SpecificResource"}, "hasSelector": {"SpecificResource"},
	"exact": {"TextQuoteSelector"}, "prefix": {"TextQuoteSelector"}, "suffix": {"TextQuoteSelector"},
	"start": {"TextPositionSelector"}, "end": {"TextPositionSelector"},
}

var annotationTypes = []string{"Annotation", "SpecificResource", "TextQuoteSelector", "TextPositionSelector"}

// validator holds an expanded document against the definitions.
type validator struct {
	t *testing.T
	// types are those of each node that has a name.
	types map[string][]string
	terms map[string]report.Term
	// used counts the types and properties that occur.
	used map[string]int
}

func newValidator(t *testing.T, doc []any) validator {
	t.Helper()
	v := validator{t: t, types: map[string][]string{}, terms: map[string]report.Term{}, used: map[string]int{}}
	for _, term := range report.Terms() {
		v.terms[report.Vocabulary+term.Name] = term
	}
	each(doc, func(node map[string]any) {
		if id, ok := node["@id"].(string); ok {
			v.types[id] = append(v.types[id], typesOf(node)...)
		}
	})
	each(doc, v.node)
	return v
}

// each calls do for every node of a document.
func each(x any, do func(map[string]any)) {
	switch x := x.(type) {
	case []any:
		for _, e := range x {
			each(e, do)
		}
	case map[string]any:
		if _, list := x["@list"]; !list && x["@value"] == nil {
			do(x)
		}
		for _, e := range x {
			each(e, do)
		}
	}
}

func typesOf(node map[string]any) []string {
	var out []string
	all, _ := node["@type"].([]any)
	for _, t := range all {
		name, _ := t.(string)
		out = append(out, name)
	}
	return out
}

// isA tells whether one of some types of schema.org is a class or a subclass of it.
func isA(types []string, class string) bool {
	return slices.ContainsFunc(types, func(t string) bool {
		name, ok := strings.CutPrefix(t, schemaOrg)
		return ok && (name == class || slices.Contains(parents[name], class))
	})
}

func (v validator) node(node map[string]any) {
	v.t.Helper()
	types := typesOf(node)
	for _, t := range types {
		v.used[t]++
		name, ofSchema := strings.CutPrefix(t, schemaOrg)
		short, ofAnnotations := strings.CutPrefix(t, annotation)
		switch {
		case ofSchema && parents[name] != nil, ofAnnotations && slices.Contains(annotationTypes, short), v.terms[t].Class:
		default:
			v.t.Errorf("no vocabulary has the type %s", t)
		}
	}
	for key, values := range node {
		if !strings.HasPrefix(key, "@") {
			v.used[key]++
			v.property(types, key, values.([]any))
		}
	}
}

func (v validator) property(types []string, key string, values []any) {
	v.t.Helper()
	if name, ok := strings.CutPrefix(key, schemaOrg); ok {
		p, known := properties[name]
		if !known || !slices.ContainsFunc(p.domain, func(class string) bool { return isA(types, class) }) {
			v.t.Errorf("schema.org has no %s on %v", name, types)
		}
		for _, value := range values {
			if !slices.ContainsFunc(p.values, func(class string) bool { return v.fits(value.(map[string]any), class) }) {
				v.t.Errorf("%s is one of %v, not %v", name, p.values, value)
			}
		}
		return
	}
	if name, ok := strings.CutPrefix(key, annotation); ok {
		if !slices.ContainsFunc(onAnnotations[name], func(c string) bool { return slices.Contains(types, annotation+c) }) {
			v.t.Errorf("the Web Annotation vocabulary has no %s on %v", name, types)
		}
		return
	}
	term, known := v.terms[key]
	if !known || term.Class || !v.stands(term, types) {
		v.t.Errorf("%s is not explained on %v", key, types)
	}
}

// stands tells whether a term of our own is explained for one of some types.
func (v validator) stands(term report.Term, types []string) bool {
	for class := range strings.SplitSeq(term.Of, ", ") {
		if slices.ContainsFunc(types, func(t string) bool {
			return t == schemaOrg+class || t == annotation+class || t == report.Vocabulary+class
		}) {
			return true
		}
	}
	return false
}

// fits tells whether a value is of a class or a data type of schema.org.
func (v validator) fits(value map[string]any, class string) bool {
	literal, isLiteral := value["@value"]
	text, isText := literal.(string)
	id, isNode := value["@id"].(string)
	switch class {
	case "Text":
		return isText
	case "URL":
		u, err := url.Parse(id)
		return isNode && err == nil && u.IsAbs()
	case "Integer":
		n, ok := literal.(float64)
		return ok && n == float64(int(n))
	case "Date":
		p, err := claims.ParsePublished(text)
		return isText && err == nil && p.Precision == claims.Day
	case "DateTime":
		p, err := claims.ParsePublished(text)
		return isText && err == nil && p.Precision == claims.Minute
	}
	types := typesOf(value)
	if len(types) == 0 && isNode {
		types = v.types[id]
	}
	return !isLiteral && isA(types, class)
}

// TestTheValidatorFindsWhatIsWrong gives it documents that break a definition each.
func TestTheValidatorFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	v := validator{t: t, types: map[string][]string{"x:article": {schemaOrg + "NewsArticle"}, "x:org": {schemaOrg + "Organization"}}}
	ref := func(id string) map[string]any { return map[string]any{"@id": id} }
	text := func(s string) map[string]any { return map[string]any{"@value": s} }
	for _, c := range []struct {
		value map[string]any
		class string
		want  bool
	}{
		{ref("x:article"), "CreativeWork", true}, {ref("x:org"), "CreativeWork", false}, {ref("x:nobody"), "CreativeWork", false},
		{text("x"), "CreativeWork", false}, {text("2025-03-27"), "Date", true}, {text("Thursday"), "Date", false},
		{text("2025-03-27T09:30:00Z"), "DateTime", true}, {ref("https://x.example"), "URL", true}, {text("https://x.example"), "URL", false},
		{map[string]any{"@value": 1.5}, "Integer", false}, {map[string]any{"@value": 2.0}, "Integer", true},
	} {
		if got := v.fits(c.value, c.class); got != c.want {
			t.Errorf("%v is a %s: %v, want %v", c.value, c.class, got, c.want)
		}
	}
	if isA([]string{schemaOrg + "Organization"}, "Claim") || !isA([]string{schemaOrg + "Claim"}, "Thing") {
		t.Error("classes are not told apart")
	}
}
