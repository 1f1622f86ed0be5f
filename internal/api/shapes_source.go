package api

import (
	"time"

	"corroborate/internal/app"
)

type source struct {
	ID        string       `json:"id" doc:"The source's id." example:"01977d5e-6f10-7b55-9d20-3c4d5e6f7081"`
	Name      string       `json:"name" doc:"The publisher's name." example:"Harbour Post"`
	Domain    string       `json:"domain" doc:"Its home domain; empty where no address was given." example:"harbourpost.example"`
	Articles  int          `json:"articles" minimum:"0" doc:"How many of its articles are stored." example:"41"`
	Stories   int          `json:"stories" minimum:"0" doc:"How many stories it tells." example:"17"`
	Findings  sourceCounts `json:"findings" doc:"How many findings its claims stand in, by verdict."`
	Record    sourceRecord `json:"record" doc:"How its reports stand to those of others."`
	CreatedAt time.Time    `json:"created_at" doc:"When its first article was stored." example:"2025-03-01T12:00:00Z"`
}

type sourceCounts struct {
	Agree   int `json:"agree" minimum:"0" doc:"Others tell it too and nothing material differs." example:"120"`
	Diverge int `json:"diverge" minimum:"0" doc:"Something material differs between sources." example:"22"`
	Single  int `json:"single" minimum:"0" doc:"It alone tells it." example:"310"`
}

type sourceRecord struct {
	First         int        `json:"first" minimum:"0" doc:"How many findings that others tell too it surely told before all of them." example:"31"`
	Unattributed  int        `json:"unattributed" minimum:"0" doc:"How many findings it tells in its own voice while another source says who they come from." example:"4"`
	Corrected     int        `json:"corrected" minimum:"0" doc:"How many divergences ended when it changed an article." example:"2"`
	Relayed       int        `json:"relayed" minimum:"0" doc:"How many of its articles come from somebody else, as far as is known." example:"12"`
	LastArticleAt *time.Time `json:"last_article_at" doc:"When its newest article was published, or came where that is unknown; null where it has none." example:"2025-03-27T14:30:00Z"`
}

func newSource(s app.SourceRecord) source {
	return source{
		ID: s.ID, Name: s.Name, Domain: s.Domain, Articles: s.Articles, Stories: s.Stories, CreatedAt: s.CreatedAt,
		Findings: sourceCounts{Agree: s.Agree, Diverge: s.Diverge, Single: s.Alone},
		Record:   sourceRecord{First: s.First, Unattributed: s.Unattributed, Corrected: s.Corrected, Relayed: s.Relayed, LastArticleAt: s.LastArticle},
	}
}

// SourceFields are the fields that a source has in lists too.
type SourceFields = source

type sourceDetail struct {
	SourceFields
	DivergedBy []kindCount   `json:"diverged_by" doc:"The diverging findings in which it differs from another, by kind, the most frequent first. A finding of several kinds counts in each."`
	Origins    []originCount `json:"origins" doc:"Who its articles come from, those of most articles first, at most 50."`
}

type kindCount struct {
	Kind  string `json:"kind" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"What differs." example:"number"`
	Count int    `json:"count" minimum:"0" doc:"How many there are." example:"7"`
}

func newKindCount(k app.KindTotal) kindCount {
	return kindCount{Kind: string(k.Kind), Count: k.Count}
}

type originCount struct {
	Origin   string `json:"origin" doc:"Who they come from; the source itself where it is its own." example:"Coast Agency"`
	Known    bool   `json:"known" doc:"False when nothing in the texts says so." example:"true"`
	Articles int    `json:"articles" minimum:"0" doc:"How many articles." example:"12"`
}

func newSourceDetail(s app.SourceDetail) sourceDetail {
	return sourceDetail{SourceFields: newSource(s.SourceRecord), DivergedBy: mapped(s.Kinds, newKindCount),
		Origins: mapped(s.Origins, func(o app.OriginCount) originCount { return originCount(o) })}
}

type overview struct {
	Stories  int            `json:"stories" minimum:"0" doc:"How many stories there are." example:"120"`
	Sources  int            `json:"sources" minimum:"0" doc:"How many sources have an article." example:"41"`
	Findings overviewCounts `json:"findings" doc:"How many findings there are, by verdict."`
	Undated  int            `json:"undated" minimum:"0" doc:"How many findings are of stories of which no article's time is known: they are in no week." example:"12"`
	Weeks    []weekCount    `json:"weeks" doc:"By the week in which the first article of their story was published, the newest first, at most 26 weeks that have some."`
	Kinds    []kindCount    `json:"kinds" doc:"Differences between articles by kind, the most frequent first."`
}

type overviewCounts struct {
	Agree   int `json:"agree" minimum:"0" doc:"Two or more sources tell it and nothing material differs." example:"1200"`
	Diverge int `json:"diverge" minimum:"0" doc:"Something material differs between sources." example:"310"`
	Single  int `json:"single" minimum:"0" doc:"One source tells it." example:"5400"`
	Open    int `json:"open" minimum:"0" doc:"Diverging findings without a review, and reviews of passages that have changed." example:"40"`
}

type weekCount struct {
	Monday  string `json:"monday" format:"date" doc:"The day on which the week begins, in UTC." example:"2025-03-24"`
	Stories int    `json:"stories" minimum:"0" doc:"How many stories began in it." example:"9"`
	Agree   int    `json:"agree" minimum:"0" doc:"Their findings on which sources agree." example:"80"`
	Diverge int    `json:"diverge" minimum:"0" doc:"Their findings on which sources diverge." example:"21"`
	Single  int    `json:"single" minimum:"0" doc:"Their findings that one source tells." example:"330"`
}

func newOverview(o app.Overview) overview {
	return overview{Stories: o.Stories, Sources: o.Sources, Undated: o.Undated, Kinds: mapped(o.Kinds, newKindCount),
		Findings: overviewCounts{Agree: o.Agree, Diverge: o.Diverge, Single: o.Single, Open: o.Open},
		Weeks: mapped(o.Weeks, func(w app.WeekCount) weekCount {
			return weekCount{Monday: w.Monday.UTC().Format(time.DateOnly), Stories: w.Stories, Agree: w.Agree, Diverge: w.Diverge, Single: w.Single}
		})}
}
