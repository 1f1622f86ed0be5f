package api

import (
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

// FindingQuery are the filters that every list of findings has.
type FindingQuery struct {
	Verdict      []string  `query:"verdict,explode" enum:"agree,diverge,single" doc:"Only findings with this verdict; a person's counts before the machine's. May be given several times." example:"[\"diverge\"]"`
	Kind         []string  `query:"kind,explode" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"Only findings with a difference of this kind. May be given several times." example:"[\"number\"]"`
	Source       []string  `query:"source,explode" maxItems:"50" doc:"Only findings that this source tells: its id or its name. May be given several times." example:"[\"Harbour Post\"]"`
	MinOrigins   int       `query:"min_origins" minimum:"0" maximum:"1000" doc:"Only findings with at least so many origins." example:"2"`
	Corroborated string    `query:"corroborated" enum:"true,false" doc:"Only findings whose sources have two or more origins, or one." example:"true"`
	Reviewed     string    `query:"reviewed" enum:"true,false" doc:"Only findings with, or without, a review that stands." example:"false"`
	ReviewState  []string  `query:"review_state,explode" enum:"suggested,confirmed,rejected,changed" doc:"Only findings of which people say this. May be given several times." example:"[\"suggested\"]"`
	Open         string    `query:"open" enum:"true,false" doc:"true: only what waits for a person, which are divergences without a review, and findings of which the review is stale." example:"true"`
	SecondJudge  string    `query:"second_judge" enum:"disagrees,agrees,silent" doc:"Only findings of which the second judge, an outside model, says otherwise than the engine on some pair of passages; says the same on all that it has answered; or has said nothing." example:"disagrees"`
	MinScore     float64   `query:"min_score" minimum:"0" maximum:"1" doc:"Only findings with at least this score; what has none is left out. 0 asks for nothing." example:"0.5"`
	MaxScore     float64   `query:"max_score" minimum:"0" maximum:"1" default:"1" doc:"Only findings with at most this score; what has none is left out. 1 asks for nothing." example:"0.9"`
	MinAlignment float64   `query:"min_alignment" minimum:"0" maximum:"1" doc:"Only findings whose claims are at least as near to one another; those of a single claim are left out. 0 asks for nothing." example:"0.5"`
	MaxAlignment float64   `query:"max_alignment" minimum:"0" maximum:"1" default:"1" doc:"Only findings whose claims are at most as near to one another; those of a single claim are left out. 1 asks for nothing." example:"0.6"`
	UpdatedSince time.Time `query:"updated_since" doc:"Only findings whose updated_at is this time or later." example:"2025-03-28T08:00:00Z"`
}

func (q FindingQuery) chosen() app.FindingFilter {
	return app.FindingFilter{
		Verdicts: mapped(q.Verdict, func(v string) claims.Verdict { return claims.Verdict(v) }),
		Kinds:    mapped(q.Kind, func(k string) claims.Kind { return claims.Kind(k) }),
		Sources:  q.Source, MinOrigins: q.MinOrigins, Corroborated: yesOrNo(q.Corroborated), Reviewed: yesOrNo(q.Reviewed),
		States: mapped(q.ReviewState, reviewStateOf), Open: q.Open == "true", Second: app.SecondOutcome(q.SecondJudge),
		Score: bounds(q.MinScore, q.MaxScore), Alignment: bounds(q.MinAlignment, q.MaxAlignment), UpdatedSince: q.UpdatedSince,
	}
}

// yesOrNo reads a choice that may be left out.
func yesOrNo(s string) *bool {
	if s == "" {
		return nil
	}
	yes := s == "true"
	return &yes
}

// bounds reads bounds of a number from 0 to 1, which ask for nothing at its ends.
func bounds(least, most float64) app.Bounds {
	var b app.Bounds
	if least > 0 {
		b.Min = &least
	}
	if most < 1 {
		b.Max = &most
	}
	return b
}

// suggested is the state of a finding on which nobody has decided.
const suggested = "suggested"

func reviewStateOf(s string) app.ReviewState {
	if s == suggested {
		return ""
	}
	return app.ReviewState(s)
}

// StoryFindingQuery are the filters of one story's findings, with the words that they
// have.
type StoryFindingQuery struct {
	FindingQuery
	Text string `query:"text" maxLength:"200" doc:"Only findings of which the summary or a passage has these words, as they are written here." example:"harbour bridge"`
}

func (q StoryFindingQuery) filter(story string) app.FindingFilter {
	f := q.chosen()
	f.StoryID, f.Text = story, q.Text
	return f
}

type listFindingsInput struct {
	IDPath
	StoryFindingQuery
	Order string `query:"order" enum:"verdict,divided,told,alone,newest,uncertain,second_judge" default:"verdict" doc:"verdict: divergences first, then agreements, of each those of most sources. divided: as verdict, with those divergences first in which most origins part. told: those of most sources. alone: those of one origin, what is most worth a check first. newest: what the newest articles tell. uncertain: those whose claims the engine joined with least certainty. second_judge: those of whose pairs the second judge says most often otherwise." example:"divided"`
	Group string `query:"group" enum:"kind" doc:"kind: puts those together whose most important difference is of one kind." example:"kind"`
	PageQuery
}

func (in listFindingsInput) filter() app.FindingFilter {
	f := in.StoryFindingQuery.filter(in.ID)
	f.ByKind, f.Page = in.Group == "kind", in.page()
	if in.Order != "verdict" {
		f.Order = app.FindingOrder(in.Order)
	}
	return f
}
