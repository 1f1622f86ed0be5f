package web

import (
	"net/http"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/judge"
	"corroborate/internal/store"
	"corroborate/web/views"
	"corroborate/web/views/ui"
)

// secondJudge tells administrators how the second judge fares.
func (w *Web) secondJudge(rw http.ResponseWriter, r *http.Request) error {
	s, err := w.app.SecondJudge(r.Context(), w.actor(r.Context()))
	if err != nil {
		return err
	}
	return w.render(rw, r, http.StatusOK, views.SecondJudge(w.chrome(r, "The second judge", views.SectionUsers), secondJudgePage(s)))
}

// retrySecondJudge has it asked again what it was asked in vain.
func (w *Web) retrySecondJudge(rw http.ResponseWriter, r *http.Request) error {
	n, err := w.app.RetrySecondJudge(r.Context(), w.actor(r.Context()))
	if err != nil {
		return err
	}
	return w.done(rw, r, "/admin/second-judge", ui.Counted(n, "question is", "questions are")+" asked again.")
}

func secondJudgePage(s app.SecondJudgeState) views.SecondJudgePage {
	p := views.SecondJudgePage{On: s.On, Model: s.Model, Host: s.Host, Prompt: s.Prompt, Calls: s.Budget.Calls, Tokens: s.Budget.Tokens, Lanes: s.Lanes,
		Answered: s.Totals.Answered, Waiting: s.Totals.Waiting, GivenUp: s.Totals.GivenUp, Failures: s.Failures, Fault: s.Fault,
		FailingSince: s.FailingSince, AnsweredAt: s.AnsweredAt, Spent: s.BudgetSpent, RenewedAt: s.RenewedAt, Today: secondDayLine(s.Today)}
	if s.Resting {
		p.RestUntil = s.RestUntil
	}
	for _, d := range s.Days {
		p.Days = append(p.Days, secondDayLine(d))
	}
	return p
}

func secondDayLine(d store.SecondDay) views.SecondDayLine {
	out := views.SecondDayLine{Day: d.Day.UTC().Format(time.DateOnly), Calls: d.Calls, Tokens: d.Tokens, TokensIn: d.TokensIn,
		TokensOut: d.TokensOut, Answered: d.Answered}
	for _, f := range d.FaultList() {
		out.Faults = append(out.Faults, views.SecondFaultLine{Words: judge.Cause(f.Cause).Words(), Times: f.Times})
	}
	return out
}

// secondOf turns a verdict of the second judge into what a page shows of it.
func secondOf(v app.SecondVerdict) views.SecondVerdict {
	return views.SecondVerdict{Claims: [2]string{v.ClaimA, v.ClaimB}, Engine: string(v.Ours), Disagrees: v.Disagrees, Model: v.Model,
		Prompt: v.Prompt, Relation: v.Relation, Kind: v.Kind, Reason: v.Reason, AnsweredAt: v.AnsweredAt, State: string(v.State),
		Why: v.Why, AgainAt: v.AgainAt}
}
