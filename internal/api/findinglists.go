package api

import (
	"context"
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/server/problem"
	"corroborate/internal/store"
)

type allFindingsInput struct {
	StoryID string `query:"story_id" maxLength:"100" doc:"Only findings of this story." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	FindingQuery
	Order string `query:"order" enum:"changed,latest" default:"changed" doc:"changed: what changed first comes first, so that nothing is missed while it goes on. latest: what changed last comes first." example:"changed"`
	PageQuery
}

type changedList struct {
	Items      []listedFinding `json:"items" doc:"The items of this part."`
	NextCursor string          `json:"next_cursor" doc:"Send it as cursor for the next part; empty at the end." example:""`
	Until      time.Time       `json:"complete_until" doc:"The list has every change before this time. Once you have read it to its end, send this as updated_since to ask what came after." example:"2025-03-28T08:15:09.123456Z"`
}

type facetsInput struct {
	IDPath
	StoryFindingQuery
}

type facets struct {
	All      int            `json:"all" minimum:"0" doc:"How many findings fit the filters." example:"49"`
	Veiled   int            `json:"veiled" minimum:"0" doc:"How many findings of the story, whatever the filters, you review blind and so see without a verdict." example:"0"`
	Verdicts []verdictFacet `json:"verdicts" doc:"How many would fit with each verdict in place of the one that is asked for."`
	Kinds    []kindFacet    `json:"kinds" doc:"How many would fit with each kind in place of the one that is asked for; kinds without any are left out."`
	Second   secondFacet    `json:"second_judge" doc:"How many findings of the story, whatever the filters, stand how with the second judge; all 0 where there is none."`
	Groups   []kindFacet    `json:"groups" doc:"How many of those that fit have each kind as their most important one; those without a difference are left out."`
	Sources  []sourceFacet  `json:"sources" doc:"How many would fit with each source in place of the one that is asked for, those of most findings first; sources without any are left out."`
}

type secondFacet struct {
	Disagrees int `json:"disagrees" minimum:"0" doc:"Findings of which it says otherwise on some pair." example:"4"`
	Agrees    int `json:"agrees" minimum:"0" doc:"Findings of which it says the same on all that it has answered." example:"17"`
	Silent    int `json:"silent" minimum:"0" doc:"Findings that it is asked about and has said nothing of." example:"2"`
}

type verdictFacet struct {
	Verdict  string `json:"verdict" enum:"agree,diverge,single" doc:"The verdict that stands." example:"diverge"`
	Findings int    `json:"findings" minimum:"0" doc:"How many findings." example:"6"`
}

type kindFacet struct {
	Kind     string `json:"kind" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"The kind of difference." example:"number"`
	Findings int    `json:"findings" minimum:"0" doc:"How many findings." example:"3"`
}

type sourceFacet struct {
	SourceID string `json:"source_id" doc:"Id of the publisher." example:"01977d5e-6f10-7b55-9d20-3c4d5e6f7081"`
	Source   string `json:"source" doc:"Name of the publisher." example:"Harbour Post"`
	Findings int    `json:"findings" minimum:"0" doc:"How many findings." example:"21"`
}

func newFacets(f app.NamedFacets) facets {
	out := facets{All: f.All, Veiled: f.Veiled, Verdicts: []verdictFacet{}, Kinds: kindFacets(f.Kinds), Groups: kindFacets(f.Groups),
		Second: secondFacet{Disagrees: f.Second[store.SecondDisagrees], Agrees: f.Second[store.SecondAgrees], Silent: f.Second[store.SecondSilent]},
		Sources: mapped(f.BySource, func(s app.SourceFacet) sourceFacet {
			return sourceFacet{SourceID: s.ID, Source: s.Name, Findings: s.Findings}
		})}
	for _, v := range []claims.Verdict{claims.Diverge, claims.Agree, claims.Single} {
		out.Verdicts = append(out.Verdicts, verdictFacet{Verdict: string(v), Findings: f.Verdicts[v]})
	}
	return out
}

func kindFacets(counts map[claims.Kind]int) []kindFacet {
	out := []kindFacet{}
	for _, k := range claims.Kinds() {
		if n := counts[k]; n > 0 {
			out = append(out, kindFacet{Kind: string(k), Findings: n})
		}
	}
	return out
}

// registerFindingLists registers the lists that are not of one story alone, and what
// counts findings.
func (a *API) registerFindingLists() {
	ofStory := []problem.Kind{problem.NotFound, problem.Merged}
	register(a, operation{
		id: "list-all-findings", method: http.MethodGet, path: "/findings", tag: "Findings", needs: app.ReadFindings,
		summary: "List findings of all stories",
		about: "Lists findings by when anything that is shown of them changed: verdict, passages, differences, reviews. To keep a copy, read the list to its end, " +
			"keep complete_until, and send that as updated_since the next time; a finding that changes while you read comes again. " +
			"A finding that is gone is not listed: getting it gives 404, or 308 where it was merged into another. " +
			"A finding that is reviewed blind comes again when the blind review has ended. To look for words, use the search.",
		status: http.StatusOK,
	}, a.allFindings)
	register(a, operation{
		id: "get-facets", method: http.MethodGet, path: "/stories/{id}/facets", tag: "Findings", needs: app.ReadFindings,
		summary: "Count the findings of a story",
		about:   "Counts what a filter's values would give together with the other filters, as a page shows beside its filters.",
		status:  http.StatusOK, problems: ofStory,
	}, a.getFacets)
}

func (a *API) allFindings(ctx context.Context, in *allFindingsInput) (*plain[changedList], error) {
	f := in.chosen()
	f.StoryID, f.Page = in.StoryID, in.page()
	l, err := a.app.ChangedFindings(ctx, actorOf(ctx), f, in.Order == "latest")
	if err != nil {
		return nil, err
	}
	return &plain[changedList]{Body: changedList{Items: mapped(l.Items, newListedFinding), NextCursor: l.NextCursor, Until: l.Until}}, nil
}

func (a *API) getFacets(ctx context.Context, in *facetsInput) (*plain[facets], error) {
	f, err := a.app.FacetsOf(ctx, actorOf(ctx), in.filter(in.ID))
	if err != nil {
		return nil, moved(ctx, err, "/facets")
	}
	return &plain[facets]{Body: newFacets(f)}, nil
}
