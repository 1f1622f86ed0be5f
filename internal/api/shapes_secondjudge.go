package api

import (
	"time"

	"corroborate/internal/app"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

type secondCounts struct {
	Pairs     int `json:"pairs" minimum:"0" doc:"How many pairs of its claims it is asked about. 0 where there is no second judge, and where veiled." example:"3"`
	Answered  int `json:"answered" minimum:"0" doc:"How many of them it has answered." example:"3"`
	Disagrees int `json:"disagrees" minimum:"0" doc:"Of how many it says otherwise than the engine." example:"1"`
}

func newSecondCounts(c store.SecondCounts) secondCounts {
	return secondCounts{Pairs: c.Pairs, Answered: c.Answered, Disagrees: c.Disagrees}
}

type secondVerdict struct {
	Claims     []string   `json:"claims" minItems:"2" maxItems:"2" doc:"Ids of the two claims." example:"[\"01977d60-01aa-7b10-b5a9-6f0f6f8f9d21\",\"01977d60-01ab-7c44-8e55-112233445566\"]"`
	State      string     `json:"state" enum:"answered,waiting,failing,given_up,budget_spent" doc:"answered; waiting: not asked yet; failing: asked in vain, and asked again; given_up: asked in vain too often, and asked again only when an administrator says so; budget_spent: asked when the next day has a budget." example:"answered"`
	Relation   *string    `json:"relation" enum:"agree,diverge,unrelated" doc:"What it says: agree, diverge, or unrelated where the two tell different facts; null before it has answered." example:"agree"`
	Kind       *string    `json:"kind" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"What differs most of all where they diverge; else null." example:"number"`
	Reason     string     `json:"reason" maxLength:"300" doc:"Why, in the words of an outside model: one line of plain text, to be escaped like any stranger's. Empty before it has answered." example:"Both tell that the bridge was closed on Thursday."`
	Engine     string     `json:"engine" enum:"agree,diverge,undecided" doc:"What the engine says of these two claims: diverge where a material difference of the sources lies between them; undecided where they stand in different positions without one; else agree." example:"diverge"`
	Disagrees  bool       `json:"disagrees" doc:"True where it says otherwise than the engine. A divergence of a kind that is not material (term, attribution) is none, and does not count." example:"true"`
	Model      string     `json:"model" doc:"The name of the model." example:"gpt-4.1-mini"`
	Prompt     string     `json:"prompt_version" doc:"The version of the words in which it is asked." example:"1"`
	AnsweredAt *time.Time `json:"answered_at" doc:"When it answered; null before." example:"2025-03-28T08:16:02Z"`
	Why        string     `json:"waiting_for" doc:"Why there is no answer, where it was asked in vain or cannot be asked now; else empty." example:""`
	AgainAt    *time.Time `json:"asked_again_at" doc:"From when on it is asked again; null where that is not known." example:"2025-03-29T00:00:00Z"`
}

func newSecondVerdict(v app.SecondVerdict) secondVerdict {
	return secondVerdict{Claims: []string{v.ClaimA, v.ClaimB}, State: string(v.State), Relation: wordOrNull(v.Relation), Kind: wordOrNull(v.Kind),
		Reason: v.Reason, Engine: string(v.Ours), Disagrees: v.Disagrees, Model: v.Model, Prompt: v.Prompt, AnsweredAt: v.AnsweredAt,
		Why: v.Why, AgainAt: v.AgainAt}
}

// wordOrNull gives null for an empty word.
func wordOrNull[T claims.Relation | claims.Kind](word T) *string {
	if word == "" {
		return nil
	}
	s := string(word)
	return &s
}

type secondJudge struct {
	On           bool        `json:"on" doc:"False where no second judge is set up." example:"true"`
	Model        string      `json:"model" doc:"The name of the model; empty where none is set up." example:"gpt-4.1-mini"`
	Host         string      `json:"host" doc:"The host of its endpoint; empty where none is set up." example:"api.openai.com"`
	Prompt       string      `json:"prompt_version" doc:"The version of the words in which it is asked." example:"1"`
	Calls        int         `json:"calls_per_day" minimum:"0" doc:"The most calls on a day, over all servers." example:"2000"`
	Tokens       int         `json:"tokens_per_day" minimum:"0" doc:"The most tokens on a day, over all servers." example:"2000000"`
	Concurrency  int         `json:"concurrency" minimum:"0" doc:"The most calls at a time, over all servers." example:"2"`
	Answered     int         `json:"answered" minimum:"0" doc:"How many questions it has answered. One that pairs of several findings have counts once." example:"412"`
	Waiting      int         `json:"waiting" minimum:"0" doc:"How many are still to be asked, for the first time or again." example:"37"`
	GivenUp      int         `json:"given_up" minimum:"0" doc:"How many were asked in vain too often." example:"0"`
	Failures     int         `json:"failures" minimum:"0" doc:"How many calls in a row brought no opinion." example:"0"`
	Fault        string      `json:"fault" doc:"Why the last one did not; empty after an answer." example:""`
	FailingSince *time.Time  `json:"failing_since" doc:"When the first of these calls was; null for none." example:"2025-03-28T08:15:09Z"`
	RestUntil    *time.Time  `json:"rest_until" doc:"Until when the endpoint is left alone; null where it is not." example:"2025-03-28T08:15:29Z"`
	AnsweredAt   *time.Time  `json:"answered_at" doc:"When it last answered; null where it never has." example:"2025-03-28T08:16:02Z"`
	Spent        bool        `json:"budget_spent" doc:"True where questions wait for the next day's budget." example:"false"`
	RenewedAt    time.Time   `json:"budget_renewed_at" doc:"When the next day begins, with a budget of its own." example:"2025-03-29T00:00:00Z"`
	Days         []secondDay `json:"days" doc:"What was taken on the newest 14 days (UTC) on which anything was asked, the newest first."`
}

type secondDay struct {
	Day       string        `json:"day" format:"date" doc:"The day." example:"2025-03-28"`
	Calls     int           `json:"calls" minimum:"0" doc:"Calls, those that run included." example:"449"`
	Tokens    int           `json:"tokens" minimum:"0" doc:"Tokens that count against the budget, those set aside for calls that run included." example:"231000"`
	TokensIn  int           `json:"tokens_in" minimum:"0" doc:"Tokens of questions as the endpoint counts them." example:"215000"`
	TokensOut int           `json:"tokens_out" minimum:"0" doc:"Tokens of answers as the endpoint counts them." example:"16000"`
	Answered  int           `json:"answered" minimum:"0" doc:"Questions that were answered." example:"412"`
	Faults    []secondFault `json:"faults" doc:"Questions that were not, by cause."`
}

type secondFault struct {
	Cause string `json:"cause" enum:"timeout,network,rate_limited,server_fault,wrong_key,redirected,not_found,refused,too_large,broken,cut_off,empty,prose,wrong_form" doc:"Why there was no opinion." example:"rate_limited"`
	Times int    `json:"times" minimum:"1" doc:"How often." example:"3"`
}

func newSecondJudge(s app.SecondJudgeState) secondJudge {
	out := secondJudge{On: s.On, Model: s.Model, Host: s.Host, Prompt: s.Prompt, Calls: s.Budget.Calls, Tokens: s.Budget.Tokens, Concurrency: s.Lanes,
		Answered: s.Totals.Answered, Waiting: s.Totals.Waiting, GivenUp: s.Totals.GivenUp, Failures: s.Failures, Fault: s.Fault,
		FailingSince: s.FailingSince, AnsweredAt: s.AnsweredAt, Spent: s.BudgetSpent, RenewedAt: s.RenewedAt, Days: mapped(s.Days, newSecondDay)}
	if s.Resting {
		out.RestUntil = s.RestUntil
	}
	return out
}

func newSecondDay(d store.SecondDay) secondDay {
	out := secondDay{Day: d.Day.UTC().Format(time.DateOnly), Calls: d.Calls, Tokens: d.Tokens, TokensIn: d.TokensIn, TokensOut: d.TokensOut,
		Answered: d.Answered, Faults: []secondFault{}}
	for _, f := range d.FaultList() {
		out.Faults = append(out.Faults, secondFault{Cause: f.Cause, Times: f.Times})
	}
	return out
}
