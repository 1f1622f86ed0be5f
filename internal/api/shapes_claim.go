package api

import (
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

type claimMark struct {
	Kind string    `json:"kind" enum:"add,adjust,split,merge,drop,judge" doc:"What the person did last: added the claim, moved its borders, split or merged it, or said whether it can be checked." example:"adjust"`
	By   string    `json:"by" doc:"Who did it; empty for who calls without a key." example:"Ana Reyes"`
	At   time.Time `json:"at" doc:"When." example:"2025-03-28T10:02:00Z"`
}

func newClaimMark(m *app.ClaimMark) nullable[claimMark] {
	if m == nil {
		return nullable[claimMark]{}
	}
	return nullable[claimMark]{&claimMark{Kind: string(m.Kind), By: m.By, At: m.At}}
}

type claimDetail struct {
	FoundClaim
	ArticleID string      `json:"article_id" doc:"The article that it stands in." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55"`
	Revision  int         `json:"revision" minimum:"1" doc:"The number of the article's revision in which start and end count." example:"1"`
	Waiting   bool        `json:"waiting" doc:"True while the article's claims are still to be compared." example:"false"`
	Sentence  passage     `json:"sentence" doc:"The sentence that it begins in. Borders are moved within a sentence."`
	Beside    []string    `json:"beside" doc:"Ids of the other claims of the sentence, with which it can be merged." example:"[\"01977d60-01ab-7c33-8a10-1d2e3f405162\"]"`
	Edits     []claimEdit `json:"edits" doc:"What people did to it, the newest first."`
}

// FoundClaim are the fields that a claim has in lists too.
type FoundClaim = claim

type passage struct {
	Exact string `json:"exact" doc:"The words as the source wrote them." example:"The bridge was closed on Thursday"`
	Start int    `json:"start" minimum:"0" doc:"First code point in the article's text, counted from 0." example:"30"`
	End   int    `json:"end" minimum:"0" doc:"Code point after the last." example:"63"`
}

func newPassage(p claims.Passage) passage {
	return passage{Exact: p.Exact, Start: p.Start, End: p.End}
}

func newClaimDetail(v app.ClaimView) claimDetail {
	return claimDetail{
		FoundClaim: newClaim(v.ArticleClaim), ArticleID: v.Article.ID, Revision: v.Article.Revision, Waiting: v.Waiting,
		Sentence: newPassage(v.Sentence.Passage), Edits: mapped(v.Edits, newClaimEdit),
		Beside: mapped(v.Beside, func(c app.ArticleClaim) string { return c.ID }),
	}
}

type claimEdit struct {
	ID        string          `json:"id" doc:"The edit's id." example:"01977d71-0c2e-7b11-a5f0-91827364554b"`
	ArticleID string          `json:"article_id" doc:"The article." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55"`
	Kind      string          `json:"kind" enum:"add,adjust,split,merge,drop,judge" doc:"What was done." example:"split"`
	Reason    string          `json:"reason" doc:"Of a judgement: why the claim cannot be checked; empty where it can." example:""`
	Before    []editedPassage `json:"before" doc:"The passages that were claims before."`
	After     []editedPassage `json:"after" doc:"The passages that are claims since. The first is the claim that stays, where one does."`
	AuthorID  string          `json:"author_id" doc:"Id of who did it; of a key, its owner." example:"01977d5e-1c0b-7a11-9c7f-0a1b2c3d4e5f"`
	Author    string          `json:"author" doc:"Who did it." example:"Ana Reyes"`
	CreatedAt time.Time       `json:"created_at" doc:"When." example:"2025-03-28T10:02:00Z"`
	UndoneBy  string          `json:"undone_by" doc:"Who undid it; empty while it holds." example:""`
	UndoneAt  *time.Time      `json:"undone_at" doc:"When it was undone; null while it holds." example:"2025-03-28T11:00:00Z"`
	Applies   bool            `json:"applies" doc:"False where it was undone, and where its passages do not certainly stand in the article's text as it is now." example:"true"`
	Blocked   string          `json:"blocked" doc:"Which later edit builds on it and has to be undone first; empty for none." example:""`
}

type editedPassage struct {
	ClaimID string `json:"claim_id" doc:"The claim that the passage is or was." example:"01977d60-01aa-7b10-b5a9-6f0f6f8f9d21"`
	Passage
}

// Passage are the fields of a passage.
type Passage = passage

func newClaimEdit(e app.EditState) claimEdit {
	passages := func(all []store.EditPassage) []editedPassage {
		return mapped(all, func(p store.EditPassage) editedPassage {
			return editedPassage{ClaimID: p.ClaimID, Passage: newPassage(p.Passage)}
		})
	}
	return claimEdit{
		ID: e.ID, ArticleID: e.ArticleID, Kind: string(e.Kind), Reason: e.Reason, Before: passages(e.Before), After: passages(e.After),
		AuthorID: e.AuthorID, Author: e.Author, CreatedAt: e.At, UndoneBy: e.UndoneBy, UndoneAt: e.UndoneAt, Applies: e.Applies, Blocked: e.Blocked,
	}
}

// freshEdit is an edit that was just made or undone.
func freshEdit(e app.ClaimEdit) claimEdit {
	return newClaimEdit(app.EditState{ClaimEdit: e, Applies: e.UndoneAt == nil})
}

type wordsBody struct {
	Exact    string `json:"exact,omitempty" maxLength:"5000" doc:"The words, which have to stand there once. Spaces and the shape of quotation marks do not count." example:"The bridge was closed on Thursday"`
	Start    *int   `json:"start,omitempty" minimum:"0" doc:"In place of exact: the first code point in the article's text, counted from 0." example:"30"`
	End      *int   `json:"end,omitempty" minimum:"0" doc:"With start: the code point after the last." example:"63"`
	Revision int    `json:"revision,omitempty" minimum:"1" doc:"Needed with start and end: the number of the article's revision in which they count. Where another is read by now, the answer is 409." example:"1"`
}

// input gives the words in the form of the use cases, or says what is missing.
func (b wordsBody) input() (app.PassageInput, error) {
	wrong := map[string]string{}
	byPlace := b.Start != nil || b.End != nil
	switch {
	case b.Exact != "" && byPlace:
		wrong["exact"] = "is given beside start and end: give the words or their place"
	case b.Exact != "":
		return app.PassageInput{Exact: b.Exact}, nil
	case !byPlace:
		wrong["exact"] = "is missing: give the words, or start, end and revision"
	}
	if byPlace && b.Start == nil {
		wrong["start"] = "is missing: it belongs to end"
	}
	if byPlace && (b.End == nil || b.Start != nil && *b.End <= *b.Start) {
		wrong["end"] = "is missing or not behind start"
	}
	if byPlace && b.Revision == 0 {
		wrong["revision"] = "is missing: start and end count in one revision"
	}
	if len(wrong) > 0 {
		return app.PassageInput{}, &claims.Error{Kind: claims.Invalid, Message: "The words are not named well enough.", Fields: wrong}
	}
	return app.PassageInput{Mark: claims.Mark{Start: *b.Start, End: *b.End}}, nil
}

// unfit says what is wrong with words under the name of the field that named them.
func (b wordsBody) unfit(err error) error {
	if b.Exact != "" {
		return renamed(err, "passage", "exact")
	}
	return renamed(err, "passage", "start")
}

type judgementBody struct {
	Reason string `json:"reason" enum:",opinion,question,promotion,prediction,rhetoric" doc:"Why the claim cannot be checked; empty for one that can." example:"opinion"`
}
