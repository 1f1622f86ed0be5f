package api

import (
	"math"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

// The shapes of what is told of a finding beside itself: what it was, how its sources
// word it, and who is silent.

type findingChange struct {
	At      time.Time         `json:"at" doc:"When the analysis ended that changed it." example:"2025-03-28T08:15:09Z"`
	Engine  engineInfo        `json:"engine" doc:"The engine that made the analysis."`
	First   bool              `json:"first" doc:"True where the finding was seen for the first time." example:"false"`
	Was     *string           `json:"was" enum:"agree,diverge,single" doc:"The machine's verdict before; null for the first." example:"single"`
	Verdict string            `json:"verdict" enum:"agree,diverge,single" doc:"The machine's verdict after it." example:"diverge"`
	Sources int               `json:"sources" minimum:"0" doc:"How many sources told it after that." example:"3"`
	Origins int               `json:"origins" minimum:"0" doc:"How many origins stood behind them." example:"2"`
	Joined  int               `json:"joined" minimum:"0" doc:"How many claims came to it." example:"1"`
	Left    int               `json:"left" minimum:"0" doc:"How many claims went from it." example:"0"`
	Came    []stateDifference `json:"came" doc:"The differences that came."`
	Went    []stateDifference `json:"went" doc:"The differences that went."`
}

type stateDifference struct {
	Kind     string    `json:"kind" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"What differed." example:"number"`
	Material bool      `json:"material" doc:"True when a difference of this kind makes sources diverge." example:"true"`
	Values   [2]string `json:"values" doc:"The two values, in no order." example:"[\"1,700\",\"2,000\"]"`
}

func newStateDifference(d app.StateDifference) stateDifference {
	return stateDifference{Kind: string(d.Kind), Material: d.Material, Values: d.Values}
}

func newFindingChange(c app.FindingChange) findingChange {
	return findingChange{
		At: c.At, Engine: newEngine(c.Engine), First: c.First, Was: orNull(string(c.Was)),
		Verdict: string(c.Is), Sources: c.Sources, Origins: c.Origins, Joined: c.Joined, Left: c.Left,
		Came: mapped(c.New, newStateDifference), Went: mapped(c.Gone, newStateDifference),
	}
}

type wordings struct {
	Numbers    []numberScale `json:"numbers" doc:"The numbers in which the claims differ, a scale for each thing that is counted or measured."`
	Times      []timeScale   `json:"times" doc:"The times in which the claims differ, a scale for each."`
	Quotations []quotation   `json:"quotations" doc:"The quotations that two or more of the claims have, in all their wordings."`
}

type numberScale struct {
	Unit   string        `json:"unit" doc:"% or a currency code or a measure; empty for a count." example:"USD"`
	Points []numberPoint `json:"points" doc:"The numbers, from the lowest on."`
}

type numberPoint struct {
	Text   string   `json:"text" doc:"The number in the source's words." example:"over 1,700"`
	Claims []string `json:"claims" doc:"Ids of the claims that tell it." example:"[\"01977d60-01aa-7b10-b5a9-6f0f6f8f9d21\"]"`
	Low    float64  `json:"low" doc:"The number that is told, in the unit; of a range its lower end." example:"1700"`
	High   float64  `json:"high" doc:"The same as low; of a range its upper end." example:"1700"`
	From   *float64 `json:"from" doc:"The least that the words admit; null where they set no end." example:"1700"`
	To     *float64 `json:"to" doc:"The most that the words admit; null where they set no end." example:"1900"`
	Hedge  string   `json:"hedge" enum:",about,over,under,nearly,vague" doc:"How the number is hedged; empty where it is not." example:"over"`
}

type timeScale struct {
	Points []timePoint `json:"points" doc:"The times, from the earliest on."`
}

type timePoint struct {
	Text   string   `json:"text" doc:"The time in the source's words." example:"on Thursday"`
	Claims []string `json:"claims" doc:"Ids of the claims that tell it." example:"[\"01977d60-01aa-7b10-b5a9-6f0f6f8f9d21\"]"`
	Clock  bool     `json:"clock" doc:"True where it is a time of day, and from and to are times such as 14:05; else they are days." example:"false"`
	From   string   `json:"from" doc:"The first day meant, or the time of day." example:"2025-03-27"`
	To     string   `json:"to" doc:"The last day meant, or the time of day." example:"2025-03-27"`
}

type quotation struct {
	Wordings []wording          `json:"wordings" doc:"The wordings, each once, in the order in which they came."`
	Segments []quotationSegment `json:"segments" doc:"The wordings side by side: what all have, and the places where they part."`
}

type wording struct {
	Claims []string `json:"claims" doc:"Ids of the claims that have it." example:"[\"01977d60-01aa-7b10-b5a9-6f0f6f8f9d21\"]"`
	Text   string   `json:"text" doc:"The quoted words." example:"We closed it at once."`
}

type quotationSegment struct {
	Common   bool               `json:"common" doc:"True where all wordings that reach so far have the same words." example:"false"`
	Variants []quotationVariant `json:"variants" doc:"What each wording has here, in the order of wordings."`
}

type quotationVariant struct {
	Text    string `json:"text" doc:"The words; empty where this wording leaves them out." example:"at once"`
	Outside bool   `json:"outside" doc:"True where this quotation has not begun yet or has ended, so that it says nothing of these words." example:"false"`
}

func newWordings(w app.FindingWordings) wordings {
	return wordings{
		Numbers:    mapped(w.Numbers, func(s claims.NumberScale) numberScale { return numberScale{s.Unit, mapped(s.Points, newNumberPoint)} }),
		Times:      mapped(w.Times, func(s claims.TimeScale) timeScale { return timeScale{mapped(s.Points, newTimePoint)} }),
		Quotations: mapped(w.Wordings, newQuotation),
	}
}

func newNumberPoint(p claims.NumberPoint) numberPoint {
	return numberPoint{Text: p.Text, Claims: notNil(p.Claims), Low: p.Low, High: p.High, From: finite(p.From), To: finite(p.To), Hedge: string(p.Approx)}
}

// finite gives nil for a number without end, which JSON has not.
func finite(x float64) *float64 {
	if math.IsInf(x, 0) {
		return nil
	}
	return &x
}

func newTimePoint(p claims.TimePoint) timePoint {
	layout := time.DateOnly
	if p.Clock {
		layout = "15:04"
	}
	return timePoint{Text: p.Text, Claims: notNil(p.Claims), Clock: p.Clock, From: p.From.Format(layout), To: p.To.Format(layout)}
}

func newQuotation(c claims.Collation) quotation {
	return quotation{
		Wordings: mapped(c.Witnesses, func(w claims.Witness) wording { return wording{Claims: notNil(w.Claims), Text: w.Text} }),
		Segments: mapped(c.Segments, func(s claims.Segment) quotationSegment {
			return quotationSegment{Common: s.Common, Variants: mapped(s.Variants, func(v claims.Variant) quotationVariant { return quotationVariant(v) })}
		}),
	}
}

type silentSource struct {
	SourceID string         `json:"source_id" doc:"Id of the publisher." example:"01977d5e-6f10-7b55-9d20-3c4d5e6f7081"`
	Source   string         `json:"source" doc:"Name of the publisher." example:"Harbour Post"`
	TooEarly bool           `json:"too_early" doc:"True where all that it published came before anybody told this." example:"false"`
	Articles []articleBrief `json:"articles" doc:"What it published in the story, in the order of publication."`
}

type articleBrief struct {
	ID          string `json:"id" doc:"The article's id." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55"`
	Title       string `json:"title" doc:"The headline; empty where none was given." example:"Bridge shut after crack is found"`
	URL         string `json:"url" doc:"Its address; empty where none was given." example:"https://harbourpost.example/bridge"`
	PublishedAt string `json:"published_at" doc:"When it was published: a date or an RFC 3339 time; empty when unknown." example:"2025-03-27T09:30:00-05:00"`
}

// ArticleBrief are the fields by which an article is named elsewhere.
type ArticleBrief = articleBrief

func newArticleBrief(a app.Article) articleBrief {
	return articleBrief{ID: a.ID, Title: a.Title, URL: a.URL, PublishedAt: published(a.Published)}
}

func newSilentSource(s app.SilentSource) silentSource {
	return silentSource{SourceID: s.ID, Source: s.Name, TooEarly: s.TooEarly, Articles: mapped(s.Articles, newArticleBrief)}
}

type clearedDetail struct {
	ClearedFields
	StoryID string   `json:"story_id" doc:"The story that it belongs to." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Members []member `json:"members" doc:"The two claims with what is shown beside them, in the order of claims."`
}

// ClearedFields are the fields that a cleared pair has in lists too.
type ClearedFields = clearedPair

func newClearedDetail(p app.ClearedPair) clearedDetail {
	return clearedDetail{ClearedFields: newStoredPair(p), StoryID: p.StoryID, Members: mapped(p.Members[:], newMember)}
}
