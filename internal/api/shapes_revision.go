package api

import (
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
)

type revision struct {
	ID        string    `json:"id" doc:"The revision's id." example:"01977d5e-8b12-7a00-8c1d-2e3f40516273"`
	Number    int       `json:"number" minimum:"1" doc:"Counted from 1." example:"1"`
	Title     string    `json:"title" doc:"The headline that came with it; empty where none did." example:"Bridge shut after crack is found"`
	Media     string    `json:"media" doc:"Media type of what was received: plain text, or a page." example:"text/html; charset=utf-8"`
	Bytes     int       `json:"bytes" minimum:"0" doc:"Length of what was received, in bytes; 0 where the article was withdrawn." example:"5121"`
	SHA256    string    `json:"sha256" doc:"SHA-256 of the text that was received, or that was taken from the page, in hexadecimal." example:"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"`
	CreatedBy string    `json:"created_by" doc:"Who sent it." example:"Ana Reyes"`
	CreatedAt time.Time `json:"created_at" doc:"When it was received." example:"2025-03-28T08:15:00Z"`
	Edited    bool      `json:"edited" doc:"True where a person here wrote it in place of what the publisher sent." example:"false"`
	Compared  bool      `json:"compared" doc:"True once it was compared with the one before; the first never is." example:"true"`
	Facts     int       `json:"facts" minimum:"0" doc:"How many sentences changed in what they tell since the one before." example:"1"`
	Wordings  int       `json:"wordings" minimum:"0" doc:"How many changed in wording alone." example:"2"`
	Typos     int       `json:"typos" minimum:"0" doc:"How many had a slip of the pen mended." example:"0"`
	Notice    *string   `json:"notice" enum:"correction,clarification,update,note,retraction,withdrawal" doc:"What it says of its own change; null where it says nothing. After a retraction or withdrawal the article no longer stands." example:"correction"`
}

// RevisionFields are the fields that a revision has in lists too.
type RevisionFields = revision

type revisionWithText struct {
	RevisionFields
	Text string `json:"text" doc:"The text that was received, or of a page the article in it; empty where the article was withdrawn." example:"The harbour bridge was closed on Thursday."`
}

func newRevision(r app.Revision) revision {
	return revision{ID: r.ID, Number: r.Number, Title: r.Title, Media: r.Media, Bytes: r.Bytes, SHA256: r.SHA256, CreatedBy: r.CreatedBy, CreatedAt: r.CreatedAt,
		Edited: r.Edited, Compared: r.Compared, Facts: r.Facts, Wordings: r.Wordings, Typos: r.Typos, Notice: orNull(string(r.Notice))}
}

type revisionDifference struct {
	From     revision                  `json:"from" doc:"The earlier revision."`
	To       revision                  `json:"to" doc:"The later revision."`
	Title    nullable[revisionEdit]    `json:"title" doc:"The edit of the headline; null where it stayed."`
	Edits    []revisionEdit            `json:"edits" doc:"The sentences that differ, in the order of the later text; what was removed stands where it was."`
	Kept     int                       `json:"kept" minimum:"0" doc:"How many sentences stayed word for word." example:"14"`
	Facts    int                       `json:"facts" minimum:"0" doc:"How many edits are of facts." example:"1"`
	Wordings int                       `json:"wordings" minimum:"0" doc:"How many are of wording." example:"2"`
	Typos    int                       `json:"typos" minimum:"0" doc:"How many mend slips of the pen." example:"0"`
	Notice   nullable[publisherNotice] `json:"notice" doc:"What the later text says of its own change; null where it says nothing."`
}

type publisherNotice struct {
	Kind  string `json:"kind" enum:"correction,clarification,update,note,retraction,withdrawal" doc:"What kind of notice it is." example:"correction"`
	Exact string `json:"exact" doc:"Its words; empty for a withdrawal." example:"Correction: An earlier version gave the wrong day."`
}

type revisionEdit struct {
	Kind        string                   `json:"kind" enum:"changed,added,removed,moved" doc:"What was done to the sentence." example:"changed"`
	Class       string                   `json:"class" enum:"fact,wording,typo" doc:"How much it weighs." example:"fact"`
	Before      nullable[editedSentence] `json:"before" doc:"The sentence in the earlier text; null where it was added."`
	After       nullable[editedSentence] `json:"after" doc:"The sentence in the later text; null where it was removed."`
	Differences []pairDifference         `json:"differences" doc:"What the engine finds to differ between both, the most important first."`
}

type editedSentence struct {
	Exact     string   `json:"exact" doc:"The words of the sentence." example:"The bridge was closed on Friday."`
	Start     int      `json:"start" minimum:"0" doc:"First code point in its text (for a headline, in the headline), counted from 0." example:"0"`
	End       int      `json:"end" minimum:"0" doc:"Code point after the last." example:"32"`
	Marks     [][2]int `json:"marks" doc:"The stretches that the other sentence has not, as start and end in code points." example:"[[25,31]]"`
	Furniture *string  `json:"furniture" doc:"The kind of page furniture that it is; null for prose." example:"caption"`
}

func newRevisionDifference(d app.RevisionDifference) revisionDifference {
	out := revisionDifference{From: newRevision(d.From), To: newRevision(d.To), Edits: mapped(d.Edits, newRevisionEdit),
		Kept: d.Kept, Facts: d.Facts, Wordings: d.Wordings, Typos: d.Typos}
	if d.Title != nil {
		edit := newRevisionEdit(*d.Title)
		out.Title.value = &edit
	}
	if d.Notice != nil {
		out.Notice.value = &publisherNotice{Kind: string(d.Notice.Kind), Exact: d.Notice.Exact}
	}
	return out
}

func newRevisionEdit(x claims.Edit) revisionEdit {
	return revisionEdit{Kind: string(x.Kind), Class: string(x.Class), Before: newEditedSentence(x.Before), After: newEditedSentence(x.After),
		Differences: mapped(x.Differences, newPairDifference)}
}

func newEditedSentence(s *claims.EditedSentence) nullable[editedSentence] {
	if s == nil {
		return nullable[editedSentence]{}
	}
	return nullable[editedSentence]{&editedSentence{Exact: s.Exact, Start: s.Start, End: s.End, Furniture: orNull(string(s.Furniture)),
		Marks: mapped(s.Marks, func(m claims.Mark) [2]int { return [2]int{m.Start, m.End} })}}
}

type correction struct {
	ID         string    `json:"id" doc:"The correction's id." example:"01977d72-4410-7c3e-9b1a-5d6e7f809102"`
	StoryID    string    `json:"story_id" doc:"The story." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	FindingID  *string   `json:"finding_id" doc:"The finding that diverged; null where nothing is left of it." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	ArticleID  string    `json:"article_id" doc:"The article that was changed." example:"01977d5e-8b11-7f02-9a3c-0f6f2f9f4c55"`
	Source     string    `json:"source" doc:"Who corrected." example:"Harbour Post"`
	Revision   int       `json:"revision" minimum:"1" doc:"Number of the revision that brought it." example:"2"`
	At         time.Time `json:"at" doc:"When that was received." example:"2025-03-28T10:02:00Z"`
	EditedBy   *string   `json:"edited_by" doc:"The person here who wrote it; null where the publisher did." example:"Ana Reyes"`
	Kind       string    `json:"kind" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"What differed." example:"time"`
	Was        string    `json:"was" doc:"What the article told." example:"Friday"`
	WasExact   string    `json:"was_exact" doc:"Its words then." example:"The bridge was closed on Friday"`
	NowExact   string    `json:"now_exact" doc:"Its words now; empty where it tells nothing of it any more." example:"The bridge was closed on Thursday"`
	Against    string    `json:"against" doc:"Who told it otherwise." example:"City Gazette"`
	AgainstWas string    `json:"against_was" doc:"What they told." example:"Thursday"`
	TakenBack  bool      `json:"taken_back" doc:"True where the whole article was retracted or withdrawn." example:"false"`
	Verdict    *string   `json:"verdict" enum:"agree,diverge,single" doc:"The finding's verdict now; null where nothing is left of it." example:"agree"`
}

func newCorrection(c app.Correction) correction {
	return correction{ID: c.ID, StoryID: c.StoryID, FindingID: orNull(c.FindingID), ArticleID: c.ArticleID, Source: c.Source, Revision: c.Revision,
		At: c.At, EditedBy: orNull(c.EditedBy), Kind: string(c.Kind), Was: c.Was, WasExact: c.WasExact, NowExact: c.NowExact,
		Against: c.Against, AgainstWas: c.AgainstWas, TakenBack: c.TakenBack, Verdict: orNull(string(c.Verdict))}
}
