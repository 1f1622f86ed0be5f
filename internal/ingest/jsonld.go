package ingest

import (
	"encoding/json"
	"html"
	"strings"
)

const (
	// maxLinked is the most bytes of one JSON-LD script, maxLinkedThings the most
	// things in a page that are looked at.
	maxLinked       = 1 << 20
	maxLinkedThings = 2000
)

// linkedArticle is what a page says of its article in JSON-LD.
type linkedArticle struct {
	headline, published, modified, publisher, language, url, body string
	authors                                                       []string
}

// articleTypes are the schema.org types of articles, those that fit best first.
var articleTypes = []string{"NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
	"ReviewNewsArticle", "AskPublicNewsArticle", "AdvertiserContentArticle", "SatiricalArticle", "LiveBlogPosting", "BlogPosting",
	"Article", "Report", "TechArticle", "ScholarlyArticle", "MedicalScholarlyArticle", "Review", "ClaimReview", "Blog", "WebPage"}

// linkedData finds the article in a page's JSON-LD scripts.
func linkedData(scripts []string) linkedArticle {
	left := maxLinkedThings
	best, rank := map[string]any(nil), len(articleTypes)
	for _, script := range scripts {
		eachThing(decodeLinked(script), &left, func(thing map[string]any) {
			if r := typeRank(thing); r < rank {
				best, rank = thing, r
			}
		})
	}
	if best == nil {
		return linkedArticle{}
	}
	return linkedArticle{
		headline: textOf(best["headline"], "name"), published: textOf(best["datePublished"], "@value"),
		modified: textOf(best["dateModified"], "@value"), publisher: textOf(best["publisher"], "name"),
		language: textOf(best["inLanguage"], "alternateName"), url: textOf(best["url"], "@id"),
		body: plainBody(textOf(best["articleBody"], "")), authors: namesOf(best["author"]),
	}
}

// decodeLinked reads a script. Many hold line breaks within their strings, some
// stand in a comment.
func decodeLinked(script string) any {
	if len(script) > maxLinked {
		return nil
	}
	script = strings.TrimSpace(script)
	for _, wrap := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"/*<![CDATA[*/", "/*]]>*/"}, {"<![CDATA[", "]]>"}} {
		script = strings.TrimSuffix(strings.TrimPrefix(script, wrap[0]), wrap[1])
	}
	script = strings.TrimRight(strings.TrimSpace(script), ";")
	var v any
	if json.Unmarshal([]byte(script), &v) == nil {
		return v
	}
	script = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, script)
	if json.Unmarshal([]byte(script), &v) == nil {
		return v
	}
	return nil
}

// eachThing gives the objects of a document, outer ones first, at most left.
func eachThing(v any, left *int, do func(map[string]any)) {
	if *left <= 0 {
		return
	}
	*left--
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			eachThing(x, left, do)
		}
	case map[string]any:
		do(v)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement"} {
			if inner, ok := v[key]; ok {
				eachThing(inner, left, do)
			}
		}
	}
}

// typeRank gives how well a thing's type fits, len(articleTypes) where it does
// not.
func typeRank(thing map[string]any) int {
	types, _ := thing["@type"].([]any)
	if one, ok := thing["@type"].(string); ok {
		types = []any{one}
	}
	rank := len(articleTypes)
	for _, t := range types {
		name, _ := t.(string)
		name = name[strings.LastIndexAny(name, "/:")+1:]
		for i, known := range articleTypes[:rank] {
			if strings.EqualFold(known, name) {
				rank = i
				break
			}
		}
	}
	return rank
}

// textOf gives a value as text: a string, the first of a list, or the field of an
// object.
func textOf(v any, field string) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case []any:
		if len(v) > 0 {
			return textOf(v[0], field)
		}
	case map[string]any:
		s, _ := v[field].(string)
		return strings.TrimSpace(s)
	}
	return ""
}

// namesOf gives the names of people or organisations.
func namesOf(v any) []string {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var out []string
	for _, x := range list {
		if thing, ok := x.(map[string]any); ok {
			if many, ok := thing["name"].([]any); ok {
				out = append(out, namesOf(many)...)
				continue
			}
		}
		if name := html.UnescapeString(textOf(x, "name")); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// plainBody takes the entities and tags out of an article's body, which is to be
// plain text and often is not.
func plainBody(s string) string {
	if strings.ContainsAny(s, "<&") {
		s = textOfFragment(html.UnescapeString(s))
	}
	return s
}
