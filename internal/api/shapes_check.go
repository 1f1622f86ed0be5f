package api

import (
	"github.com/danielgtaylor/huma/v2"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

type draftBody struct {
	Text        string  `json:"text,omitempty" maxLength:"102400" doc:"The draft as plain text, at most 100 KiB in UTF-8." example:"The harbour bridge was closed on Friday after a crack was found."`
	HTML        string  `json:"html,omitempty" maxLength:"1048576" doc:"In place of text: the page that the draft stands in, at most 1 MiB, of which the text has at most 100 KiB. The title is read from it where it is left out." example:""`
	Title       string  `json:"title,omitempty" doc:"The headline, where it does not open the text." example:"Bridge shut after crack is found"`
	Source      string  `json:"source,omitempty" doc:"Name of who will publish the draft. What the same source has published counts as no other source's. Left out, all are others." example:"Harbour Post"`
	PublishedAt string  `json:"published_at,omitempty" doc:"When it will be published: a date, or an RFC 3339 time. Days like Thursday are read by it. Left out, it is now." example:"2025-03-28T09:30:00-05:00"`
	StoryID     *string `json:"story_id,omitempty" maxLength:"100" doc:"The story that the draft is held against. Null or left out: the stories that fit it, at most 8." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
}

// TransformSchema adds an example, as no field is needed in every case.
func (draftBody) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	s.Examples = []any{map[string]string{"text": "The harbour bridge was closed on Friday after a crack was found.", "source": "Harbour Post"}}
	return s
}

func (b draftBody) input() app.DraftInput {
	in := app.DraftInput{Text: b.Text, HTML: b.HTML, Title: b.Title, Source: b.Source, PublishedAt: b.PublishedAt}
	if b.StoryID != nil {
		in.StoryID = *b.StoryID
	}
	return in
}

type draftReport struct {
	Engine      engineInfo       `json:"engine" doc:"The engine that made the check."`
	Analysed    bool             `json:"analysed" doc:"False where the engine does not read the draft; then the lists are empty." example:"true"`
	NotAnalysed string           `json:"not_analysed" doc:"Why the draft was not analysed, such as its language; empty where it was." example:""`
	Title       string           `json:"title" doc:"The headline, as it was sent or as the page has it; empty for none." example:"Bridge shut after crack is found"`
	PublishedAt string           `json:"published_at" doc:"The time by which days like Thursday were read." example:"2025-03-28T14:30:00Z"`
	Text        string           `json:"text" doc:"The text that the engine read. Offsets of the draft count its Unicode code points." example:"The bridge was closed on Friday."`
	Spans       []span           `json:"spans" doc:"Stretches of the text that are page furniture or structure, in order. No claim is taken from any but a headline."`
	Stories     []checkedStory   `json:"stories" doc:"The stories that the draft was held against, the nearest first."`
	Counts      draftCounts      `json:"counts" doc:"What was found, in numbers."`
	Claims      []draftClaim     `json:"claims" doc:"Every claim of the draft, in the order of its text."`
	Copied      []copiedPassage  `json:"copied" doc:"Passages that stand word for word, or lightly edited, in articles of other sources, in the order of the draft."`
	Missing     overlookedReport `json:"missing" doc:"What the stories have and the draft says nothing of."`
	Withheld    int              `json:"withheld" minimum:"0" doc:"How many findings of these stories are left out because you review them blind. Of a claim that such a finding tells, only the passages are given." example:"0"`
}

type checkedStory struct {
	ID           string  `json:"id" doc:"The story's id." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Title        string  `json:"title" doc:"The story's title." example:"Harbour bridge closed"`
	Articles     int     `json:"articles" minimum:"0" doc:"How many of its articles are analysed." example:"12"`
	ArticlesRead int     `json:"articles_read" minimum:"0" doc:"How many of them the draft was held against: of a very large story those nearest to the draft, up to 1 MiB of text for one check." example:"12"`
	Nearness     float64 `json:"nearness" minimum:"0" maximum:"1" doc:"How near the draft is to the story by its names and terms; 1 where you named it, 0 where only single claims led to it." example:"0.62"`
}

type draftCounts struct {
	Diverge            int `json:"diverge" minimum:"0" doc:"Claims that diverge from another source." example:"1"`
	Agree              int `json:"agree" minimum:"0" doc:"Claims that other sources tell too, with nothing material differing." example:"9"`
	Single             int `json:"single" minimum:"0" doc:"Claims that no other source tells." example:"4"`
	DroppedAttribution int `json:"dropped_attribution" minimum:"0" doc:"Claims of which you dropped who says so." example:"1"`
	DroppedCertainty   int `json:"dropped_certainty" minimum:"0" doc:"Claims that you tell as happened and others as planned, alleged or possible." example:"0"`
	Copied             int `json:"copied" minimum:"0" doc:"Claims of which most stands in another source's words." example:"0"`
}

type draftClaim struct {
	Exact       string         `json:"exact" doc:"The passage of the draft: text[start:end]." example:"The harbour bridge was closed on Friday"`
	Start       int            `json:"start" minimum:"0" doc:"First code point of the passage in the draft's text, counted from 0." example:"0"`
	End         int            `json:"end" minimum:"0" doc:"Code point after the last of the passage." example:"39"`
	Text        string         `json:"text" doc:"The claim made self-contained; words that are not the draft's stand in brackets." example:"The harbour bridge was closed on Friday"`
	Checkable   bool           `json:"checkable" doc:"False for opinion, questions, promotion and the like." example:"true"`
	Reason      string         `json:"reason" doc:"Why the claim is not checkable: opinion, question, promotion, prediction or rhetoric; empty when it is." example:""`
	Worth       float64        `json:"worth" minimum:"0" maximum:"1" doc:"How much the claim deserves a check: the probability that a fact-checker would pick it." example:"0.7"`
	Speaker     *string        `json:"speaker" doc:"Who says it, where the draft cites somebody; else null." example:"Mayor Ana Reyes"`
	Attribution string         `json:"attribution" enum:"own,quoted,paraphrased,officials" doc:"Who vouches." example:"own"`
	Certainty   string         `json:"certainty" enum:"happened,planned,alleged,possible,conditional,denied" doc:"In which way the draft holds that it is so." example:"happened"`
	Verdict     *string        `json:"verdict" enum:"diverge,agree,single" doc:"diverge: something material differs from another source. agree: others tell it and nothing material differs. single: only you say this. null: only findings tell it that you review blind." example:"diverge"`
	Told        []draftTelling `json:"told" doc:"Where the stories tell it: at most one finding of each story."`
	Points      []draftPoint   `json:"points" doc:"What is to be said of the claim, the most important first."`
	Cleared     []draftCleared `json:"cleared" doc:"Passages that look in conflict with the claim and are not."`
}

type draftTelling struct {
	StoryID         string         `json:"story_id" doc:"The story." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	FindingID       *string        `json:"finding_id" doc:"The finding that tells it; null where the claim that tells it is not compared yet." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	Summary         string         `json:"summary" doc:"What the finding is about, in a source's words; empty without a finding." example:"The bridge was closed on Thursday"`
	FindingVerdict  *string        `json:"finding_verdict" enum:"agree,diverge,single" doc:"The finding's own verdict, without the draft; null without a finding and where withheld is true." example:"agree"`
	ReviewedVerdict *string        `json:"reviewed_verdict" enum:"agree,diverge,single" doc:"The verdict that a person gave; null when nobody did." example:"agree"`
	Verdict         *string        `json:"verdict" enum:"diverge,agree,single" doc:"How the draft stands to the others of this story; null where withheld is true." example:"diverge"`
	Withheld        bool           `json:"withheld" doc:"True where you review the finding blind: nothing is said of how its sources and the draft stand to one another." example:"false"`
	Alignment       *float64       `json:"alignment" minimum:"0" maximum:"1" doc:"How near the claim is to the nearest of the passages. It is no probability; null where withheld is true." example:"0.71"`
	Sources         int            `json:"sources" minimum:"0" doc:"How many other sources tell it." example:"3"`
	Origins         int            `json:"origins" minimum:"0" doc:"How many origins stand behind these sources." example:"2"`
	OwnSource       bool           `json:"own_source" doc:"True where the draft's own source has told it before." example:"false"`
	Passages        []findingClaim `json:"passages" doc:"The claims that tell it, those of the draft's own source too."`
}

type draftPoint struct {
	Type        string         `json:"type" enum:"diverges,dropped_certainty,dropped_attribution,contradicts_itself,copied,only_you,differs,agrees" doc:"diverges: a material difference from another source. dropped_certainty: others tell it as planned, alleged or possible, you as happened. dropped_attribution: more of the others name who says so than say it themselves, and you say it yourself. contradicts_itself: it differs from the draft itself or from what its own source published. copied: the words are another source's. only_you: no other source tells it. differs: a difference that is not material, or one between two speakers. agrees: others tell it, and nothing material differs." example:"diverges"`
	Explanation string         `json:"explanation" doc:"The point in one or two plain sentences." example:"Harbour Post says Thursday, your draft says Friday."`
	FindingID   *string        `json:"finding_id" doc:"The finding that it is about; null for none." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	Kind        *string        `json:"kind" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"What differs; null where nothing does." example:"time"`
	Rule        string         `json:"rule" enum:"quotation,negation,denied_noun,opposites,certainty,quantities,times,places,names,causes,scopes,reworded,terms,attribution,repeated," doc:"The rule that found it; empty where nothing differs." example:"times"`
	Material    bool           `json:"material" doc:"True when a difference of this kind makes sources diverge." example:"true"`
	Between     *string        `json:"between" enum:"sources,speakers" doc:"Whose statements differ; null where nothing does." example:"sources"`
	Superseded  bool           `json:"superseded" doc:"True where the draft could know more than what was published before: changed since." example:"false"`
	FromAll     bool           `json:"from_all" doc:"True where every other source that tells the claim differs from the draft in this kind." example:"true"`
	DraftValue  string         `json:"draft_value" doc:"What the draft tells; empty where nothing differs." example:"Friday"`
	OtherValue  string         `json:"other_value" doc:"What the others tell." example:"Thursday"`
	Marks       []mark         `json:"marks" doc:"The words of the draft that carry the value."`
	Others      []pointPassage `json:"others" doc:"The passages that the point is about."`
}

type pointPassage struct {
	ClaimID   *string `json:"claim_id" doc:"The claim's id; null for a passage that is no claim, or one of the draft itself." example:"01977d60-01aa-7b10-b5a9-6f0f6f8f9d21"`
	ArticleID *string `json:"article_id" doc:"The article that it stands in; null for the draft itself." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55"`
	Source    string  `json:"source" doc:"Name of the publisher; empty for the draft itself." example:"Harbour Post"`
	Origin    string  `json:"origin" doc:"Who it comes from; empty where that is not known." example:"Coast Agency"`
	Exact     string  `json:"exact" doc:"The passage as it stands there." example:"The bridge was closed on Thursday"`
	Start     int     `json:"start" minimum:"0" doc:"First code point of the passage in the article's text, counted from 0." example:"0"`
	End       int     `json:"end" minimum:"0" doc:"Code point after the last of the passage." example:"33"`
	Marks     []mark  `json:"marks" doc:"The words of the article that carry the value."`
}

type draftCleared struct {
	Kind   string       `json:"kind" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"What looks to differ." example:"time"`
	Reason string       `json:"reason" doc:"Why the two are not in conflict." example:"a weekday and a date of an unknown year"`
	Other  findingClaim `json:"other" doc:"The passage."`
}

type copiedPassage struct {
	Exact       string       `json:"exact" doc:"The passage of the draft." example:"The bridge was closed on Thursday after divers had found a crack in its second pier"`
	Start       int          `json:"start" minimum:"0" doc:"First code point of the passage in the draft's text, counted from 0." example:"0"`
	End         int          `json:"end" minimum:"0" doc:"Code point after the last of the passage." example:"83"`
	Words       int          `json:"words" minimum:"0" doc:"How many words outside quotations are the same." example:"16"`
	Credited    bool         `json:"credited" doc:"True where the draft names the same origin as the article." example:"false"`
	Explanation string       `json:"explanation" doc:"That in one plain sentence." example:"16 words stand as in Harbour Post."`
	Other       pointPassage `json:"other" doc:"The passage of the article."`
}

type overlookedReport struct {
	Agreed      []overlooked `json:"agreed" doc:"Findings that two or more origins agree on and the draft says nothing of, those of most origins first; at most 20."`
	Diverging   []overlooked `json:"diverging" doc:"Divergences that the draft passes over, the most divided first; at most 20."`
	MoreAgreed  int          `json:"more_agreed" minimum:"0" doc:"How many further findings are agreed on." example:"0"`
	MoreDiverge int          `json:"more_diverging" minimum:"0" doc:"How many further divergences there are." example:"0"`
}

type overlooked struct {
	StoryID         string         `json:"story_id" doc:"The story." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	FindingID       string         `json:"finding_id" doc:"The finding." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	Summary         string         `json:"summary" doc:"What it is about, in a source's words." example:"The bridge carries 12,000 cars a day"`
	Explanation     string         `json:"explanation" doc:"Who tells it, or in what the sources diverge, in one plain sentence." example:"Harbour Post and Coast Daily tell this, from 2 origins."`
	Kinds           []string       `json:"kinds" doc:"The kinds of its differences, the most important first." example:"[\"number\"]"`
	ReviewedVerdict *string        `json:"reviewed_verdict" enum:"agree,diverge,single" doc:"The verdict that a person gave; null when nobody did." example:"diverge"`
	Sources         int            `json:"sources" minimum:"1" doc:"How many sources tell it." example:"3"`
	Origins         int            `json:"origins" minimum:"1" doc:"How many origins stand behind these sources." example:"2"`
	Passages        []findingClaim `json:"passages" doc:"The claims that tell it."`
}

func newDraftReport(r app.DraftReport) draftReport {
	return draftReport{
		Engine: engineInfo(r.Engine), Analysed: r.Text.NotAnalysed == "", NotAnalysed: r.Text.NotAnalysed, Title: r.Title,
		PublishedAt: published(r.Published), Text: r.Text.Body, Spans: mapped(r.Text.Spans, newSpan),
		Stories: mapped(r.Stories, newCheckedStory), Counts: draftCounts(r.Counts()), Claims: mapped(r.Claims, newDraftClaim),
		Copied: mapped(r.Copied, newCopiedPassage), Withheld: r.Withheld,
		Missing: overlookedReport{Agreed: mapped(r.Agreed, newOverlooked), Diverging: mapped(r.Divided, newOverlooked),
			MoreAgreed: r.MoreAgreed, MoreDiverge: r.MoreDivided},
	}
}

func newCheckedStory(s app.CheckedStory) checkedStory {
	return checkedStory{ID: s.ID, Title: s.Title, Articles: s.Articles, ArticlesRead: s.Read, Nearness: s.Nearness}
}

func newDraftClaim(c app.DraftClaim) draftClaim {
	return draftClaim{
		Exact: c.Exact, Start: c.Start, End: c.End, Text: c.Text, Checkable: c.Checkable, Reason: c.Reason, Worth: c.Worth,
		Speaker: c.Speaker, Attribution: string(c.Attribution), Certainty: string(c.Certainty), Verdict: orNull(string(c.Verdict)),
		Told: mapped(c.Told, newDraftTelling), Points: mapped(c.Points, newDraftPoint), Cleared: mapped(c.Cleared, newDraftCleared),
	}
}

func newDraftTelling(t app.Telling) draftTelling {
	return draftTelling{
		StoryID: t.StoryID, FindingID: orNull(t.Finding.ID), Summary: t.Finding.Summary, FindingVerdict: orNull(string(t.Finding.Verdict)),
		ReviewedVerdict: (*string)(t.Finding.ReviewedVerdict), Verdict: orNull(string(t.Check.Verdict)), Withheld: t.Finding.Veiled,
		Alignment: t.Check.Alignment, Sources: t.Check.Sources, Origins: t.Check.Origins, OwnSource: t.Check.OwnSource,
		Passages: mapped(t.Check.Tellers, newFindingClaim),
	}
}

func newDraftPoint(p claims.Point) draftPoint {
	return draftPoint{
		Type: string(p.Type), Explanation: p.Explanation, FindingID: orNull(p.Finding), Kind: orNull(string(p.Kind)), Rule: string(p.Rule),
		Material: p.Material, Between: orNull(string(p.Between)), Superseded: p.Superseded, FromAll: p.FromAll,
		DraftValue: p.Values[0], OtherValue: p.Values[1], Marks: mapped(p.Marks, newMark), Others: mapped(p.Others, newPointPassage),
	}
}

func newPointPassage(p claims.PointPassage) pointPassage {
	return pointPassage{ClaimID: orNull(p.ID), ArticleID: orNull(p.ArticleID), Source: p.Source, Origin: p.Origin,
		Exact: p.Exact, Start: p.Start, End: p.End, Marks: mapped(p.Marks, newMark)}
}

func newDraftCleared(c claims.ClearedPoint) draftCleared {
	return draftCleared{Kind: string(c.Kind), Reason: c.Reason, Other: newFindingClaim(c.Other)}
}

func newCopiedPassage(p claims.CopiedPassage) copiedPassage {
	return copiedPassage{Exact: p.Exact, Start: p.Start, End: p.End, Words: p.Words, Credited: p.Credited, Explanation: p.Explanation,
		Other: pointPassage{ArticleID: orNull(p.ArticleID), Source: p.Source, Exact: p.Other.Exact, Start: p.Other.Start, End: p.Other.End, Marks: []mark{}}}
}

func newOverlooked(f app.Finding) overlooked {
	return overlooked{StoryID: f.StoryID, FindingID: f.ID, Summary: f.Summary, Explanation: f.Overlooked(),
		Kinds: mapped(f.Kinds(), func(k claims.Kind) string { return string(k) }), ReviewedVerdict: (*string)(f.ReviewedVerdict),
		Sources: f.Sources, Origins: f.Origins, Passages: mapped(f.Claims, newFindingClaim)}
}
