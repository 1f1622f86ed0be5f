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

type blindReview struct {
	ID             string       `json:"id" doc:"The blind review's id." example:"01977d71-0c2e-7b11-a5f0-918273645549"`
	FindingID      *string      `json:"finding_id" doc:"The finding; null where nothing is left of it." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	StoryID        string       `json:"story_id" doc:"The finding's story." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	StoryTitle     string       `json:"story_title" doc:"The story's title." example:"Harbour bridge closed"`
	Summary        string       `json:"summary" doc:"What the finding is about, in a source's words." example:"The bridge was closed on Thursday"`
	State          string       `json:"state" enum:"open,ended,called_off,gone" doc:"open: not all have answered. ended: all have, and their answers are told. called_off: an editor ended it, and the answers stay closed. gone: nothing is left of the finding." example:"open"`
	AskedBy        string       `json:"asked_by" doc:"Who asked for it." example:"Bo Lindqvist"`
	Note           string       `json:"note" doc:"What was said with it; empty for nothing." example:"For the monthly measure."`
	CreatedAt      time.Time    `json:"created_at" doc:"When it was asked for." example:"2025-03-28T10:02:00Z"`
	EndedAt        *time.Time   `json:"ended_at" doc:"When it ended; null while it is open." example:"2025-03-29T09:00:00Z"`
	Changed        bool         `json:"changed" doc:"True where the passages have changed since it was asked for." example:"false"`
	Uneven         bool         `json:"uneven" doc:"True where the answers were not all on the same passages; it is left out of the measure of agreement." example:"false"`
	Unanimous      bool         `json:"unanimous" doc:"True where all gave one verdict; false while it is open." example:"true"`
	MachineVerdict *string      `json:"machine_verdict" enum:"agree,diverge,single" doc:"The machine's verdict when all had answered; null until then." example:"diverge"`
	MachineKinds   []string     `json:"machine_kinds" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"The kinds of difference that the machine saw then; empty until then." example:"[\"number\"]"`
	SettledBy      *string      `json:"settled_by" doc:"The review with which an editor settled a disagreement; null for none." example:"01977d71-0c2e-7b11-a5f0-918273645546"`
	Reviewers      []blindVoice `json:"reviewers" doc:"Who was asked, by name."`
}

type blindVoice struct {
	UserID     string     `json:"user_id" doc:"The person's id." example:"01977d5e-1c0b-7a11-9c7f-0a1b2c3d4e5f"`
	User       string     `json:"user" doc:"The person's name." example:"Ana Reyes"`
	AnsweredAt *time.Time `json:"answered_at" doc:"When the person answered; null until then." example:"2025-03-28T12:00:00Z"`
	Verdict    *string    `json:"verdict" enum:"agree,diverge,single,unrelated" doc:"What the person says of the passages; unrelated: they are not about one fact. Null without an answer, and while the blind review is open for all but the person." example:"diverge"`
	Kinds      []string   `json:"kinds" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"The kinds of difference that the person sees; as closed as verdict." example:"[\"number\"]"`
	Note       string     `json:"note" doc:"What the person wrote; as closed as verdict." example:"The Ledger counts the rescued, too."`
	Changed    bool       `json:"changed" doc:"True where the passages have changed since the answer." example:"false"`
}

func newBlindReview(b app.BlindReview) blindReview {
	return blindReview{
		ID: b.ID, FindingID: orNull(b.FindingID), StoryID: b.StoryID, StoryTitle: b.StoryTitle, Summary: b.Summary, State: blindState(b),
		AskedBy: b.AskedBy, Note: b.Note, CreatedAt: b.CreatedAt, EndedAt: b.RevealedAt, Changed: b.Changed, Uneven: b.Uneven,
		Unanimous: b.Unanimous, MachineVerdict: orNull(string(b.MachineVerdict)), MachineKinds: mapped(b.MachineKinds, kindName),
		SettledBy: orNull(b.SettledBy), Reviewers: mapped(b.Answers, newBlindVoice),
	}
}

func blindState(b app.BlindReview) string {
	switch {
	case b.Gone:
		return "gone"
	case b.CalledOff:
		return "called_off"
	case b.RevealedAt != nil:
		return "ended"
	}
	return "open"
}

func newBlindVoice(x store.BlindAnswer) blindVoice {
	return blindVoice{UserID: x.UserID, User: x.User, AnsweredAt: x.AnsweredAt, Verdict: orNull(x.Verdict), Kinds: mapped(x.Kinds, kindName),
		Note: x.Note, Changed: x.Changed}
}

type listBlindInput struct {
	State     string `query:"state" enum:"open,ended,unsettled" default:"open" doc:"open: those under way. ended: those that all have answered. unsettled: of these, the ones in which people disagree and that no editor has settled. Those that were called off are not listed." example:"open"`
	FindingID string `query:"finding_id" maxLength:"100" doc:"Only those of this finding." example:"01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	StoryID   string `query:"story_id" maxLength:"100" doc:"Only those of this story." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	PageQuery
}

type askBlindInput struct {
	IDPath
	IdempotencyKey
	Body blindBody
}

type blindBody struct {
	Reviewers []string `json:"reviewer_ids" minItems:"2" maxItems:"10" uniqueItems:"true" doc:"Two or more people who may review and have not reviewed the finding." example:"[\"01977d5e-1c0b-7a11-9c7f-0a1b2c3d4e5f\",\"01977d5e-1c0b-7a11-9c7f-0a1b2c3d4e60\"]"`
	Note      string   `json:"note,omitempty" maxLength:"5000" doc:"What they should know." example:"For the monthly measure."`
}

// BlindFields are the fields that every request for blind reviews has.
type BlindFields = blindBody

type askSampleInput struct {
	IDPath
	IdempotencyKey
	Body struct {
		BlindFields
		Count int `json:"count" minimum:"1" maximum:"200" doc:"How many findings to draw at random. Where fewer fit, all that fit are taken." example:"20"`
	}
}

type answerBlindInput struct {
	IDPath
	IdempotencyKey
	Body struct {
		Verdict string   `json:"verdict" enum:"agree,diverge,single,unrelated" doc:"How the passages stand to one another; unrelated: they are not about one fact." example:"diverge"`
		Kinds   []string `json:"kinds,omitempty" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" maxItems:"12" uniqueItems:"true" doc:"The kinds of difference that you see: with diverge at least one that is material, with agree none that is, with others none." example:"[\"number\"]"`
		Note    string   `json:"note,omitempty" maxLength:"5000" doc:"Why." example:"The Ledger counts the rescued, too."`
	}
}

func (a *API) registerBlind() {
	const tag = "Blind reviews"
	here := []problem.Kind{problem.NotFound, problem.Merged, problem.Conflict}
	gone := []problem.Kind{problem.NotFound, problem.Conflict}
	register(a, operation{
		id: "list-blind-reviews", method: http.MethodGet, path: "/blind-reviews", tag: tag, needs: app.ReviewFindings,
		summary: "List blind reviews", about: "Lists blind reviews, the newest first. Of an open one no answer is told but your own. What you are asked yourself is in the list of your work.",
		status: http.StatusOK,
	}, a.listBlind)
	register(a, operation{
		id: "get-blind-review", method: http.MethodGet, path: "/blind-reviews/{id}", tag: tag, needs: app.ReviewFindings,
		summary: "Get a blind review", about: "Gives one blind review. Of an open one no answer is told but your own.", status: http.StatusOK, tagged: true,
		problems: []problem.Kind{problem.NotFound},
	}, a.getBlind)
	register(a, operation{
		id: "ask-blind-review", method: http.MethodPost, path: "/findings/{id}/blind-reviews", tag: tag, needs: app.WriteArticles,
		summary: "Ask for a blind review of a finding",
		about:   "Asks two or more people to judge the passages of a finding. Until all have answered, they see neither its verdict nor what others say of it, and strangers do not either.",
		status:  http.StatusCreated, maxBody: smallBody, stores: true, problems: here,
	}, a.askBlind)
	register(a, operation{
		id: "ask-blind-sample", method: http.MethodPost, path: "/stories/{id}/blind-reviews", tag: tag, needs: app.WriteArticles,
		summary: "Ask for blind reviews of a sample",
		about:   "Draws findings of a story at random that two or more sources tell and none of the people has reviewed, and asks for a blind review of each. It is refused with 409 where none fits.",
		status:  http.StatusCreated, maxBody: smallBody, stores: true, problems: here,
	}, a.askBlindSample)
	register(a, operation{
		id: "answer-blind-review", method: http.MethodPost, path: "/blind-reviews/{id}/answers", tag: tag, needs: app.ReviewFindings,
		summary: "Answer in a blind review",
		about:   "Stores what you say of the passages. You can answer anew until all have answered; then the answers become reviews, and the blind review is told with them.",
		status:  http.StatusOK, maxBody: smallBody, stores: true, problems: gone,
	}, a.answerBlind)
	register(a, operation{
		id: "call-off-blind-review", method: http.MethodDelete, path: "/blind-reviews/{id}", tag: tag, needs: app.WriteArticles,
		summary: "Call a blind review off", about: "Ends an open blind review without the answers that are missing. Those that were given stay closed. It needs no If-Match.",
		status: http.StatusNoContent, problems: gone,
	}, a.callOffBlind)
}

func (a *API) listBlind(ctx context.Context, in *listBlindInput) (*plain[list[blindReview]], error) {
	l, err := a.app.Blinds(ctx, actorOf(ctx), app.BlindChoice{Open: in.State == "open", Unsettled: in.State == "unsettled",
		FindingID: in.FindingID, StoryID: in.StoryID}, in.page())
	return listOf(l, err, newBlindReview)
}

func (a *API) getBlind(ctx context.Context, in *getInput) (*tagged[blindReview], error) {
	b, err := a.app.Blind(ctx, actorOf(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return taggedWith(0, newBlindReview(b))
}

func (a *API) askBlind(ctx context.Context, in *askBlindInput) (*createdPlain[blindReview], error) {
	asked, err := a.app.AskBlind(ctx, actorOf(ctx), app.BlindInput{FindingID: in.ID, Reviewers: in.Body.Reviewers, Note: in.Body.Note})
	if err != nil {
		return nil, renamed(moved(ctx, err, "/blind-reviews"), "reviewers", "reviewer_ids", "blind_note", "note")
	}
	return &createdPlain[blindReview]{Location: Prefix + "/blind-reviews/" + asked[0].ID, Body: newBlindReview(asked[0])}, nil
}

func (a *API) askBlindSample(ctx context.Context, in *askSampleInput) (*createdPlain[list[blindReview]], error) {
	asked, err := a.app.AskBlind(ctx, actorOf(ctx), app.BlindInput{StoryID: in.ID, Count: in.Body.Count, Reviewers: in.Body.Reviewers, Note: in.Body.Note})
	if err != nil {
		return nil, renamed(moved(ctx, err, "/blind-reviews"), "reviewers", "reviewer_ids", "blind_note", "note")
	}
	return &createdPlain[list[blindReview]]{Location: Prefix + "/blind-reviews?story_id=" + asked[0].StoryID,
		Body: list[blindReview]{Items: mapped(asked, newBlindReview)}}, nil
}

func (a *API) answerBlind(ctx context.Context, in *answerBlindInput) (*plain[blindReview], error) {
	b, err := a.app.AnswerBlindReview(ctx, actorOf(ctx), in.ID, app.BlindAnswer{Verdict: in.Body.Verdict, Note: in.Body.Note,
		Kinds: mapped(in.Body.Kinds, func(k string) claims.Kind { return claims.Kind(k) })})
	if err != nil {
		return nil, err
	}
	return &plain[blindReview]{Body: newBlindReview(b)}, nil
}

func (a *API) callOffBlind(ctx context.Context, in *IDPath) (*empty, error) {
	_, err := a.app.CallOffBlind(ctx, actorOf(ctx), in.ID)
	return nil, err
}
