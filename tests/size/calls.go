package size

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"corroborate/internal/server"
	"corroborate/internal/server/servertest"
)

// call is an address with places for ids, such as /stories/{stories}.
type call struct {
	Way     server.Way
	Address string
}

// apart are addresses that read nothing of the archive, and the exports of what is held on
// a person, which are as long as what the person did: here one did everything.
var apart = regexp.MustCompile(`^/(static/|docs|openapi|healthz|login|logout|reset/|invitations/|ns$)|/export(\.json)?$`)

// reads gives every address that reads, as the routes name them, and each again with
// each of its filters, orders and pages.
func reads(s *servertest.Service) ([]call, error) {
	filters, err := filtersOf(s)
	if err != nil {
		return nil, err
	}
	var out []call
	for _, r := range s.Routes() {
		if r.Method != http.MethodGet || apart.MatchString(r.Pattern) {
			continue
		}
		address := placed(r.Pattern)
		for _, q := range append([]string{""}, append(filters[r.Pattern], pageFilters[r.Pattern]...)...) {
			if q == "" && strings.Contains(r.Pattern, "/search") {
				continue // it has nothing to look for
			}
			out = append(out, call{Way: r.Way, Address: address + q})
		}
	}
	slices.SortStableFunc(out, func(x, y call) int { return strings.Compare(x.Address, y.Address) })
	return out, nil
}

var placeholder = regexp.MustCompile(`([a-z-]+)/\{id\}`)

// placed names the places of a pattern by what comes before them.
func placed(pattern string) string {
	return strings.ReplaceAll(placeholder.ReplaceAllString(pattern, "$1/{$1}"), "{number}", "1")
}

// document is what is read of the OpenAPI document.
type document struct {
	Paths map[string]struct {
		Get *struct {
			Parameters []parameter `json:"parameters"`
		} `json:"get"`
	} `json:"paths"`
}

type parameter struct {
	Name   string `json:"name"`
	In     string `json:"in"`
	Schema schema `json:"schema"`
}

type schema struct {
	Type   string  `json:"type"`
	Format string  `json:"format"`
	Enum   []any   `json:"enum"`
	Items  *schema `json:"items"`
}

// filtersOf reads from the OpenAPI document by what lists can be narrowed and ordered.
func filtersOf(s *servertest.Service) (map[string][]string, error) {
	w := s.Do(servertest.Call{Method: http.MethodGet, Path: "/openapi.json"})
	var d document
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil {
		return nil, fmt.Errorf("the OpenAPI document: %w", err)
	}
	out := map[string][]string{}
	for path, p := range d.Paths {
		if p.Get == nil {
			continue
		}
		for _, param := range p.Get.Parameters {
			if param.In != "query" {
				continue
			}
			for _, value := range param.values() {
				out[path] = append(out[path], "?"+param.Name+"="+value)
			}
		}
	}
	return out, nil
}

// chosen are values of parameters that are no list of words; those of cursors are got by
// following lists.
var chosen = map[string][]string{
	"q": {"{common}", "{rare}", "{person}", "{common}+{person}", "{common}+{common2}", "%22{common}+{common2}%22", "{rare}xq",
		"{common}+verdict:diverge", "{common}+kind:number", "verdict:diverge", "kind:number+min_origins:2", "source:%22{paper}%22+{common}",
		"source:%22{paper}%22", "{common}+after:{day}", "reviewed:yes", "{common}+-{common2}"},
	"title": {"{common}", "{rare}"}, "text": {"{common}", "{rare}"}, "name": {"{paper}"}, "source": {"{paper}"},
	"story_id": {"{stories}"}, "source_id": {"{sources}"}, "finding_id": {"{findings}"}, "object_id": {"{findings}"}, "user_id": {"{users}"}, "key_id": {"{keys}"},
	"action": {"article.add", "finding.review", "none"}, "limit": {"200"}, "page": {"3"}, "engine": {"none"}, "cursor": nil,
	"from": nil, "to": nil, "role": nil, "language": {"en", "fr"},
}

// values gives what a parameter is tried with.
func (p parameter) values() []string {
	if v, ok := chosen[p.Name]; ok {
		return v
	}
	s := p.Schema
	if s.Items != nil {
		s = *s.Items
	}
	var out []string
	for _, e := range s.Enum {
		out = append(out, url.QueryEscape(fmt.Sprint(e)))
	}
	switch {
	case len(out) > 0:
		return out
	case s.Type == "boolean":
		return []string{"true", "false"}
	case s.Format == "date-time":
		return []string{"{day}T00:00:00Z"}
	case s.Type == "integer":
		return []string{"2"}
	case s.Type == "number":
		return []string{"0.5"}
	}
	return []string{"none"}
}

// pageFilters are by what pages are narrowed and ordered.
var pageFilters = map[string][]string{
	"/":                  {"?q={common}", "?sort=open", "?sort=sources", "?sort=updated", "?sort=title", "?status=failed"},
	"/stories/{id}":      {"?verdict=diverge", "?kind=number", "?reviewed=no", "?sort=told", "?sort=newest", "?group=kind", "?text={common}"},
	"/stories/{id}/rows": {"?verdict=single"},
	"/review":            {"?show=open", "?show=stale", "?show=unseen&since=monday", "?show=given", "?show=model", "?show=blind", "?show=second_judge"},
	"/sources":           {"?sort=articles", "?sort=last", "?sort=alone", "?sort=corrected"},
	"/history":           {"?object={findings}", "?action=article.add", "?who={users}"},
	"/agreement":         {"?show=unsettled"},
	"/search":            nil, // below, as the API's
	"/search/suggest":    {"?q=fl", "?q={rare}"},
}

func init() {
	for _, q := range chosen["q"] {
		pageFilters["/search"] = append(pageFilters["/search"], "?q="+q)
	}
}
