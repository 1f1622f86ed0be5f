package api

import (
	"cmp"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

// FindingFields are the fields that a finding has in reports too.
type FindingFields = finding

type listedFinding struct {
	FindingFields
	StoryID     string       `json:"story_id" doc:"The story that it belongs to." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	Reviewed    bool         `json:"reviewed" doc:"True where a review stands." example:"false"`
	StaleReview bool         `json:"stale_review" doc:"True where a passage has changed since the newest review." example:"false"`
	ReviewState string       `json:"review_state" enum:"suggested,confirmed,rejected,changed" doc:"suggested: the machine's word, which nobody has decided on. Else what the newest review that stands says of it." example:"suggested"`
	Veiled      bool         `json:"veiled" doc:"True where the finding is reviewed blind and you do not see how its sources part: because you were asked and not all have answered, or because you call without a key." example:"false"`
	SecondJudge secondCounts `json:"second_judge" doc:"How it stands with the second judge, an outside model that is asked about pairs of its passages where one is set up. It never changes the verdict."`
	Edition     int          `json:"edition" minimum:"0" doc:"Goes up with what people should hear of: another verdict, more sources, a review, a review that became stale. A review may name the edition that was looked at. 0 where veiled." example:"3"`
	CreatedAt   time.Time    `json:"created_at" doc:"When it was first found." example:"2025-03-28T08:15:09Z"`
	UpdatedAt   time.Time    `json:"updated_at" doc:"When anything that is shown of it last changed: verdict, passages, differences, reviews." example:"2025-03-28T08:15:09Z"`
}

func newListedFinding(f app.Finding) listedFinding {
	return listedFinding{
		FindingFields: newFinding(f.Finding), StoryID: f.StoryID, Reviewed: f.Reviewed, StaleReview: f.StaleReview,
		ReviewState: cmp.Or(string(f.Outcome), suggested), Veiled: f.Veiled, SecondJudge: newSecondCounts(f.Second), Edition: f.Edition, CreatedAt: f.CreatedAt, UpdatedAt: f.UpdatedAt,
	}
}

// ListedFinding are the fields that a finding has in lists too.
type ListedFinding = listedFinding

type findingDetail struct {
	ListedFinding
	StoryTitle  string          `json:"story_title" doc:"The story's title." example:"Harbour bridge closed"`
	Members     []member        `json:"members" doc:"The claims with what is shown beside them, in the order of claims."`
	Cleared     []clearedPair   `json:"cleared" doc:"Cleared pairs that touch one of the claims."`
	Corrections []correction    `json:"corrections" doc:"Where a source changed its article so that it no longer differs here, the newest first."`
	Second      []secondVerdict `json:"second_verdicts" doc:"What the second judge says of pairs of the claims, those first of which it says otherwise than the engine. Empty where there is none, and where veiled."`
	Reviews     []review        `json:"reviews" doc:"What people decided, the newest first."`
}

func newFindingDetail(d app.FindingDetail) findingDetail {
	return findingDetail{
		ListedFinding: newListedFinding(d.Finding), StoryTitle: d.StoryTitle, Members: mapped(d.Members, newMember),
		Cleared: mapped(d.Cleared, newStoredPair), Corrections: mapped(d.Corrections, newCorrection), Second: mapped(d.Second, newSecondVerdict), Reviews: mapped(d.Reviews, newReview),
	}
}

type member struct {
	ID           string  `json:"id" doc:"The claim's id." example:"01977d60-01aa-7b10-b5a9-6f0f6f8f9d21"`
	ArticleID    string  `json:"article_id" doc:"The article that it stands in." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55"`
	ArticleTitle string  `json:"article_title" doc:"The article's headline; empty where none was given." example:"Bridge shut after crack is found"`
	ArticleURL   string  `json:"article_url" doc:"The article's address; empty where none was given." example:"https://harbourpost.example/bridge"`
	SourceID     string  `json:"source_id" doc:"Id of the publisher." example:"01977d5e-6f10-7b55-9d20-3c4d5e6f7081"`
	Source       string  `json:"source" doc:"Name of the publisher." example:"Harbour Post"`
	Origin       string  `json:"origin" doc:"Who the report comes from." example:"Coast Agency"`
	OriginKnown  bool    `json:"origin_known" doc:"False when nothing in the text says where it comes from." example:"true"`
	PublishedAt  string  `json:"published_at" doc:"When the article was published: a date or an RFC 3339 time; empty when unknown." example:"2025-03-27T09:30:00-05:00"`
	Position     string  `json:"position" doc:"Id of the position that it holds; empty where all tell it the same way." example:"A"`
	Before       string  `json:"before" doc:"The words before the passage, to the start of its paragraph at most." example:"Officials met in the morning. "`
	Exact        string  `json:"exact" doc:"The passage as the source wrote it." example:"The bridge was closed on Thursday"`
	After        string  `json:"after" doc:"The words after the passage, to the end of its paragraph at most." example:", the mayor said."`
	Start        int     `json:"start" minimum:"0" doc:"First code point of the passage in the article's text, counted from 0." example:"30"`
	End          int     `json:"end" minimum:"0" doc:"Code point after the last of the passage." example:"63"`
	Text         string  `json:"text" doc:"The claim made self-contained; words that are not the source's stand in brackets." example:"The [harbour] bridge was closed on Thursday"`
	Speaker      *string `json:"speaker" doc:"Who says it, where the source cites somebody; else null." example:"Mayor Ana Reyes"`
	Attribution  string  `json:"attribution" enum:"own,quoted,paraphrased,officials" doc:"Who vouches." example:"paraphrased"`
	Certainty    string  `json:"certainty" enum:"happened,planned,alleged,possible,conditional,denied" doc:"In which way the claim holds that it is so." example:"happened"`
}

func newMember(m app.Member) member {
	return member{
		ID: m.ID, ArticleID: m.ArticleID, ArticleTitle: m.ArticleTitle, ArticleURL: m.ArticleURL, SourceID: m.SourceID, Source: m.Source,
		Origin: m.Origin, OriginKnown: m.OriginKnown, PublishedAt: published(m.Published), Position: m.Position,
		Before: m.Before, Exact: m.Exact, After: m.After, Start: m.Start, End: m.End, Text: m.Text,
		Speaker: m.Speaker, Attribution: string(m.Attribution), Certainty: string(m.Certainty),
	}
}

func newStoredPair(p app.ClearedPair) clearedPair { return newClearedPair(p.ClearedPair) }

type review struct {
	ID          string         `json:"id" doc:"The review's id." example:"01977d71-0c2e-7b11-a5f0-918273645546"`
	StoryID     string         `json:"story_id" doc:"The story that it belongs to." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	FindingID   string         `json:"finding_id" doc:"The finding that was reviewed; empty where nothing is left of it." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	Alignment   *string        `json:"alignment" enum:"confirmed,rejected" doc:"Whether the claims are about one fact; null where that was left open." example:"confirmed"`
	Verdict     *string        `json:"verdict" enum:"agree,diverge,single" doc:"The person's verdict; null where it was left open." example:"diverge"`
	Differences []itemDecision `json:"differences" doc:"Decisions on differences of the finding."`
	Cleared     []itemDecision `json:"cleared" doc:"Decisions on cleared pairs that touch the finding."`
	Note        string         `json:"note" doc:"What the person wrote; empty for nothing." example:"Confirmed by phone with the port authority."`
	AuthorID    string         `json:"author_id" doc:"The person's id." example:"01977d5e-1c0b-7a11-9c7f-0a1b2c3d4e5f"`
	Author      string         `json:"author" doc:"Who decided; for a key, its owner." example:"Ana Reyes"`
	CreatedAt   time.Time      `json:"created_at" doc:"When it was decided." example:"2025-03-28T10:02:00Z"`
	Stale       bool           `json:"stale" doc:"True where a passage that was looked at has changed or gone." example:"false"`
	Outcome     string         `json:"outcome" enum:"note,confirmed,rejected,changed" doc:"What it means for the machine's word; note decides nothing." example:"confirmed"`
	Blind       bool           `json:"blind" doc:"True for an answer in a blind review." example:"false"`
	BlindID     *string        `json:"blind_id" doc:"The blind review that it was an answer in; null for none." example:"01977d71-0c2e-7b11-a5f0-918273645549"`
	Kinds       []string       `json:"kinds" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"Of a blind answer: the kinds of difference that the person saw." example:"[\"number\"]"`
	Adjudicates *string        `json:"adjudicates" doc:"The blind review that it settles; null for none." example:"01977d71-0c2e-7b11-a5f0-918273645549"`
	ActionID    *string        `json:"action_id" doc:"The action that it is a part of, by which its author can undo it; null for a blind answer." example:"01977d71-0c2e-7b11-a5f0-918273645547"`
	WithdrawnAt *time.Time     `json:"withdrawn_at" doc:"When its author took it back; null where that was not done." example:"2025-03-28T11:00:00Z"`
	Stands      bool           `json:"stands" doc:"False where it was withdrawn, or is a blind answer that another contradicts." example:"true"`
}

type itemDecision struct {
	ID       string `json:"id" maxLength:"100" doc:"Id of the difference or cleared pair." example:"01977d60-3b7c-7d52-9c7e-8e1f0a2b3c4d"`
	Decision string `json:"decision" enum:"confirmed,rejected" doc:"Whether the machine was right." example:"confirmed"`
}

func newReview(r app.Review) review {
	decisions := func(in []app.ItemDecision) []itemDecision {
		return mapped(in, func(d app.ItemDecision) itemDecision { return itemDecision{ID: d.ID, Decision: string(d.Decision)} })
	}
	return review{
		ID: r.ID, StoryID: r.StoryID, FindingID: r.FindingID, Alignment: orNull(string(r.Alignment)), Verdict: (*string)(r.Verdict),
		Differences: decisions(r.Differences), Cleared: decisions(r.Cleared), Note: r.Note, AuthorID: r.AuthorID, Author: r.Author, CreatedAt: r.CreatedAt, Stale: r.Stale,
		Outcome: string(r.Outcome), Blind: r.BlindID != "", BlindID: orNull(r.BlindID), Kinds: mapped(r.Kinds, kindName),
		Adjudicates: orNull(r.Adjudicates), ActionID: orNull(r.ActionID), WithdrawnAt: r.WithdrawnAt, Stands: r.Counts && r.WithdrawnAt == nil,
	}
}

type newReviewBody struct {
	Alignment   string         `json:"alignment,omitempty" enum:"confirmed,rejected" doc:"Whether the claims are about one fact." example:"confirmed"`
	Verdict     string         `json:"verdict,omitempty" enum:"agree,diverge,single" doc:"Your verdict." example:"diverge"`
	Differences []itemDecision `json:"differences,omitempty" maxItems:"1000" doc:"Your decisions on differences of the finding."`
	Cleared     []itemDecision `json:"cleared,omitempty" maxItems:"1000" doc:"Your decisions on cleared pairs that touch the finding."`
	Note        string         `json:"note,omitempty" maxLength:"10000" doc:"What others should know, at most 5000 characters." example:"Confirmed by phone with the port authority."`
	Edition     int            `json:"edition,omitempty" minimum:"1" doc:"The finding's edition that you looked at: where it has changed since, nothing is stored and the answer is 409. Left out, the review is of what there is." example:"3"`
	Adjudicates string         `json:"adjudicates,omitempty" maxLength:"100" doc:"The blind review that you settle with it, in which you did not answer yourself. Needs the scope write too, and a verdict or the alignment rejected." example:"01977d71-0c2e-7b11-a5f0-918273645549"`
}

func (b newReviewBody) input() app.ReviewInput {
	decisions := func(in []itemDecision) []app.ItemDecision {
		return mapped(in, func(d itemDecision) app.ItemDecision {
			return app.ItemDecision{ID: d.ID, Decision: app.Decision(d.Decision)}
		})
	}
	in := app.ReviewInput{Alignment: app.Decision(b.Alignment), Differences: decisions(b.Differences), Cleared: decisions(b.Cleared),
		Note: b.Note, Edition: b.Edition, Adjudicates: b.Adjudicates}
	if b.Verdict != "" {
		v := claims.Verdict(b.Verdict)
		in.Verdict = &v
	}
	return in
}
