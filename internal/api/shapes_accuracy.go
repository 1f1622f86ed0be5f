package api

import (
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

type kappa struct {
	Pairs    int      `json:"pairs" minimum:"0" doc:"How many times two people judged the same thing." example:"48"`
	Same     int      `json:"same" minimum:"0" doc:"How many times both judged alike." example:"41"`
	Expected float64  `json:"expected" minimum:"0" maximum:"1" doc:"The share that two people would judge alike by chance who choose as often as these do." example:"0.42"`
	Value    *float64 `json:"value" minimum:"-1" maximum:"1" doc:"Cohen's kappa: 1 where they always agree, 0 where they agree as often as chance would; null where nothing varies." example:"0.75"`
}

func newKappa(k claims.Kappa) kappa {
	return kappa{Pairs: k.Pairs, Same: k.Same, Expected: k.Expected, Value: k.Value}
}

type agreement struct {
	Findings int             `json:"findings" minimum:"0" doc:"On how many blind reviews it is measured, the newest 5000 at most." example:"48"`
	LeftOut  int             `json:"left_out" minimum:"0" doc:"How many were left out because the answers were on different passages." example:"2"`
	Verdict  kappa           `json:"verdict" doc:"How far people agree on verdicts."`
	Kinds    []kindAgreement `json:"kinds" doc:"How far people agree on whether a kind of difference is there, for each kind."`
	People   []pairAgreement `json:"people" doc:"How far each two people agree on verdicts, those with most pairs first."`
}

type kindAgreement struct {
	Kind  string `json:"kind" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"The kind of difference." example:"number"`
	Named int    `json:"named" minimum:"0" doc:"In how many pairs at least one named the kind." example:"12"`
	Kappa kappa  `json:"kappa" doc:"How far they agree."`
}

type pairAgreement struct {
	One   string `json:"one" doc:"One person's name." example:"Ana Reyes"`
	Two   string `json:"two" doc:"The other person's name." example:"Bo Lindqvist"`
	Kappa kappa  `json:"kappa" doc:"How far they agree."`
}

func newAgreement(m app.Agreement) agreement {
	return agreement{
		Findings: m.Findings, LeftOut: m.LeftOut, Verdict: newKappa(m.Verdict),
		Kinds: mapped(m.Kinds, func(k app.KindAgreement) kindAgreement {
			return kindAgreement{Kind: string(k.Kind), Named: k.Named, Kappa: newKappa(k.Kappa)}
		}),
		People: mapped(m.People, func(p app.PairAgreement) pairAgreement {
			return pairAgreement{One: p.One, Two: p.Two, Kappa: newKappa(p.Kappa)}
		}),
	}
}

type precision struct {
	Size    int                      `json:"size" minimum:"0" doc:"How many such statements there are." example:"812"`
	Drawn   int                      `json:"drawn" minimum:"0" doc:"How many were drawn at random." example:"64"`
	Judged  int                      `json:"judged" minimum:"0" doc:"How many people called right or wrong." example:"51"`
	Right   int                      `json:"right" minimum:"0" doc:"How many of these they called right." example:"44"`
	Unclear int                      `json:"unclear" minimum:"0" doc:"Of how many a person could not tell." example:"3"`
	Passed  int                      `json:"passed" minimum:"0" doc:"How many somebody passed on and nobody judged." example:"2"`
	Dropped int                      `json:"dropped" minimum:"0" doc:"How many changed before they were judged." example:"4"`
	Share   nullable[estimatedShare] `json:"share" doc:"The estimated share of right ones; null where fewer than 20 were judged."`
}

type estimatedShare struct {
	Estimate float64 `json:"estimate" minimum:"0" maximum:"1" doc:"The estimate: of several sorts together each weighs as many as there are." example:"0.86"`
	Low      float64 `json:"low" minimum:"0" maximum:"1" doc:"The lower end of the 95 % interval." example:"0.74"`
	High     float64 `json:"high" minimum:"0" maximum:"1" doc:"The upper end of the 95 % interval." example:"0.93"`
	Covered  float64 `json:"covered" minimum:"0" maximum:"1" doc:"For how much of the whole the estimate speaks: the share that lies in sorts of which something was judged." example:"1"`
}

func newPrecision(p app.Precision) precision {
	out := precision{Size: p.Size, Drawn: p.Drawn, Judged: p.Judged, Right: p.Right, Unclear: p.Unclear, Passed: p.Passed, Dropped: p.Dropped}
	if p.Share != nil {
		out.Share = nullable[estimatedShare]{&estimatedShare{Estimate: p.Share.Estimate, Low: p.Share.Low, High: p.Share.High, Covered: p.Share.Covered}}
	}
	return out
}

type accuracy struct {
	Engine      engineInfo      `json:"engine" doc:"The engine that was measured."`
	Present     bool            `json:"present" doc:"True where it is the engine that runs." example:"true"`
	Engines     []engineInfo    `json:"engines" doc:"All engines of which something was judged, the newest first."`
	CountedAt   *time.Time      `json:"counted_at" doc:"When its statements were last counted; null before the first draw." example:"2025-03-28T10:02:00Z"`
	Kinds       []sortPrecision `json:"kinds" doc:"How often a difference is right, by kind."`
	Verdicts    []sortPrecision `json:"verdicts" doc:"How often a verdict is right, by verdict."`
	Cleared     precision       `json:"cleared" doc:"How often a pair was rightly cleared."`
	AllKinds    precision       `json:"all_kinds" doc:"All kinds together, each weighed with its number."`
	AllVerdicts precision       `json:"all_verdicts" doc:"All verdicts together, each weighed with its number."`
	Alignment   precision       `json:"alignment" doc:"How often the passages of a finding of two or more sources are about one fact."`
	Gone        int             `json:"gone" minimum:"0" doc:"How many items were dropped because nothing is left of them." example:"1"`
	Rewritten   int             `json:"changed" minimum:"0" doc:"How many items were dropped because the machine says something else of them by now." example:"2"`
	Binned      int             `json:"binned" minimum:"0" doc:"How many items were dropped because their story went to the bin." example:"1"`
	Chosen      []chosenCount   `json:"chosen" doc:"What reviews decided. People chose what to review, so this says nothing of the rest."`
}

type sortPrecision struct {
	Sort      string    `json:"sort" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution,agree,diverge,single" doc:"The kind of difference, or the verdict." example:"number"`
	Precision precision `json:"precision" doc:"How often it is right."`
}

type chosenCount struct {
	Sort      string `json:"sort" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution,agree,diverge,single,cleared" doc:"The kind of difference, the verdict, or cleared pairs." example:"number"`
	Confirmed int    `json:"confirmed" minimum:"0" doc:"How many were confirmed." example:"12"`
	Rejected  int    `json:"rejected" minimum:"0" doc:"How many were rejected." example:"1"`
}

func newEngine(e claims.EngineInfo) engineInfo { return engineInfo{Version: e.Version, Hash: e.Hash} }

func newSortPrecision(p app.StratumPrecision) sortPrecision {
	return sortPrecision{Sort: string(p.Stratum), Precision: newPrecision(p.Precision)}
}

func newAccuracy(a app.Accuracy) accuracy {
	return accuracy{
		Engine: newEngine(a.Engine), Present: a.Present, Engines: mapped(a.Engines, newEngine), CountedAt: a.CountedAt,
		Kinds: mapped(a.Kinds, newSortPrecision), Verdicts: mapped(a.Verdicts, newSortPrecision), Cleared: newPrecision(a.Cleared),
		AllKinds: newPrecision(a.AllKinds), AllVerdicts: newPrecision(a.AllVerdicts), Alignment: newPrecision(a.Alignment),
		Gone: a.Gone, Rewritten: a.Changed, Binned: a.Binned,
		Chosen: mapped(a.Chosen, func(c store.ChosenCount) chosenCount {
			return chosenCount{Sort: string(c.Stratum), Confirmed: c.Confirmed, Rejected: c.Rejected}
		}),
	}
}

type sampleItem struct {
	ID          string       `json:"id" doc:"The item's id." example:"01977d71-0c2e-7b11-a5f0-91827364554a"`
	Sort        string       `json:"sort" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution,agree,diverge,single,cleared" doc:"What the machine says: a difference of this kind, this verdict, or that a pair is only cleared." example:"number"`
	StoryID     string       `json:"story_id" doc:"The story that it is from." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	StoryTitle  string       `json:"story_title" doc:"The story's title." example:"Harbour bridge closed"`
	Differences []difference `json:"differences" doc:"What the machine says differs: one for a difference, all for a verdict, none for a cleared pair."`
	Kind        *string      `json:"kind" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"Of a cleared pair: what looks to differ; else null." example:"time"`
	Reason      string       `json:"reason" doc:"Of a cleared pair: why the two are not in conflict; else empty." example:"a weekday and a date of an unknown year"`
	Members     []member     `json:"members" doc:"The passages that it is about."`
	Nearest     []member     `json:"nearest" doc:"Of what is told alone: the passages of other sources that share most words with it, one of each source; else empty."`
	WrongAs     []string     `json:"wrong_as" doc:"What really may be for the answer wrong." example:"[\"not_one_fact\",\"no_difference\",\"time\"]"`
	PassedAs    []string     `json:"passed_as" doc:"What really may be for the answer passed." example:"[\"needs_time\",\"not_my_field\",\"involved\"]"`
}

func newSampleItem(i app.SampleItem) sampleItem {
	return sampleItem{
		ID: i.ID, Sort: string(i.Stratum), StoryID: i.StoryID, StoryTitle: i.StoryTitle, Differences: mapped(i.Differences, newDifference),
		Kind: orNull(string(i.Kind)), Reason: i.Reason, Members: mapped(i.Members, newMember), Nearest: mapped(i.Nearest, newMember),
		WrongAs: notNil(app.WrongOptions(i.Stratum)), PassedAs: app.PassReasons(),
	}
}

type nextSample struct {
	Item nullable[sampleItem] `json:"item" doc:"What to judge next; null where nothing is left to ask you."`
}

type sampleAnswer struct {
	Answer string `json:"answer" enum:"right,wrong,unclear,passed" doc:"Whether the machine is right. unclear: a person cannot tell. passed: you leave it to others." example:"wrong"`
	Really string `json:"really,omitempty" maxLength:"100" doc:"For wrong: what it is instead, one of wrong_as. For passed: why, one of passed_as. Left out for the others." example:"no_difference"`
	Note   string `json:"note,omitempty" maxLength:"5000" doc:"Why." example:"Both count the same cars."`
}
