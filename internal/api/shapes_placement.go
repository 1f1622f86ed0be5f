package api

import (
	"time"

	"corroborate/internal/app"
)

type placement struct {
	ArticleID string    `json:"article_id" doc:"The article." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55"`
	Title     string    `json:"title" doc:"Its headline; empty where none was given." example:"Bridge shut after crack is found"`
	Source    string    `json:"source" doc:"Its publisher." example:"Harbour Post"`
	StoryID   *string   `json:"story_id" doc:"The story that it is in." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Reason    string    `json:"reason" enum:"copy,terms,new" doc:"copy: its text stands in an article of the story. terms: it shares enough names and terms with it. new: nothing was near enough, so it started a story." example:"terms"`
	NearestID *string   `json:"nearest_id" doc:"The story that it is nearest to, joined or not; null for none." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Nearest   string    `json:"nearest" doc:"That story's title." example:"Harbour bridge closed"`
	Score     float64   `json:"score" minimum:"0" maximum:"1" doc:"How near it is to that story." example:"0.31"`
	JoinAt    float64   `json:"join_at" doc:"The score from which an article joins a story." example:"0.27"`
	Likeness  likeness  `json:"likeness" doc:"What it shares with the nearest article of that story."`
	Uncertain bool      `json:"uncertain" doc:"True where a person should look." example:"true"`
	PlacedAt  time.Time `json:"placed_at" doc:"When the service placed it." example:"2025-03-28T08:15:09Z"`
	// SettledAt is null until a person has settled it.
	SettledAt *time.Time `json:"settled_at" doc:"When a person confirmed it or moved the article; null until then." example:"2025-03-28T09:00:00Z"`
	SettledBy string     `json:"settled_by" doc:"Who did; empty until then." example:"Ana Reyes"`
}

type likeness struct {
	ArticleID     *string  `json:"article_id" doc:"The nearest article; null where it is gone." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c56"`
	Names         []string `json:"names" doc:"Names that both have, those that weigh most first." example:"[\"Marrow\",\"Tarn\"]"`
	Terms         []string `json:"terms" doc:"Other words that both have, in their base form." example:"[\"flood\",\"evacuate\"]"`
	DaysApart     *float64 `json:"days_apart" doc:"The time between the two in days; null where one is unknown." example:"1"`
	OtherWeekdays bool     `json:"other_weekdays" doc:"True where both name days of the week, and not one in common." example:"false"`
}

func newPlacement(p app.Placement) placement {
	l := p.Likeness
	return placement{
		ArticleID: p.ArticleID, Title: p.Title, Source: p.Source, StoryID: orNull(p.StoryID), Reason: string(p.Reason),
		NearestID: orNull(p.NearestID), Nearest: p.NearestTitle, Score: p.Score, JoinAt: app.JoinAt,
		Likeness: likeness{ArticleID: orNull(p.OtherID), Names: notNil(l.Names), Terms: notNil(l.Terms), DaysApart: l.DaysApart,
			OtherWeekdays: l.OtherWeekdays},
		Uncertain: p.Uncertain, PlacedAt: p.PlacedAt, SettledAt: p.SettledAt, SettledBy: p.SettledBy,
	}
}

// notNil makes an array of nothing an empty one, as answers have it.
func notNil(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// explanation is why an article is in its story.
type explanation struct {
	ArticleID string              `json:"article_id" doc:"The article." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55"`
	StoryID   *string             `json:"story_id" doc:"The story that it is in; null until it is placed." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Story     string              `json:"story" doc:"That story's title; empty until it is placed." example:"Harbour bridge closed"`
	Placement nullable[placement] `json:"placement" doc:"The service's decision; null where a person chose the story when the article came."`
	AddedBy   string              `json:"added_by" doc:"Who or what brought the article; empty where that is not known, and for callers without a key." example:"Ana Reyes"`
	Archive   int                 `json:"archive" minimum:"0" doc:"In how many articles the terms were counted." example:"48211"`
	Terms     []sharedTerm        `json:"terms" doc:"What it shares with articles of the story that it is nearest to, those that tell most first; at most 16."`
	Articles  []sharedArticle     `json:"articles" doc:"The articles that share most with it; at most 8."`
	Copies    []copied            `json:"copies" doc:"Articles of which one is a copy of the other as a whole."`
}

type sharedTerm struct {
	Term     string   `json:"term" doc:"The name as the article writes it, or another word in its base form." example:"Marrow"`
	Name     bool     `json:"name" doc:"True for a name." example:"true"`
	Articles int      `json:"articles" minimum:"0" doc:"How many articles of the archive hold it." example:"12"`
	Tells    float64  `json:"tells" doc:"How much it tells that the articles belong together, in nats (natural units of information): the rarer the more." example:"8.3"`
	With     []string `json:"with" doc:"Which of articles hold it too, by id." example:"[\"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c56\"]"`
}

type sharedArticle struct {
	ID     string `json:"id" doc:"The article's id." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c56"`
	Title  string `json:"title" doc:"Its headline; empty where none was given." example:"Bridge closed"`
	Source string `json:"source" doc:"Its publisher." example:"Coast Daily"`
	Terms  int    `json:"terms" minimum:"0" doc:"How many terms both share." example:"9"`
}

func newExplanation(w app.WhyHere) explanation {
	out := explanation{ArticleID: w.Article.ID, StoryID: orNull(w.Article.StoryID), Story: w.Story, AddedBy: w.AddedBy, Archive: w.Archive,
		Articles: mapped(w.Others, func(o app.SharedArticle) sharedArticle { return sharedArticle(o) }), Copies: mapped(w.Copies, newCopied)}
	if w.Placement != nil {
		out.Placement.value = new(newPlacement(*w.Placement))
	}
	out.Terms = mapped(w.Shared, func(t app.SharedTerm) sharedTerm {
		return sharedTerm{Term: t.Word, Name: t.Name, Articles: t.Articles, Tells: t.Tells,
			With: mapped(t.With, func(i int) string { return w.Others[i].ID })}
	})
	return out
}
