package app

import (
	"cmp"
	"context"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/judge"
	"corroborate/internal/store"
)

// The second judge is an outside model that operators may set up. It is asked about pairs
// of passages that the engine holds for the same fact, and what it says stands beside
// the engine's word. Nothing else in the service waits for it or depends on it.

// SecondJudgeConfig sets the second judge up. Without a client there is none.
type SecondJudgeConfig struct {
	Client *judge.Client
	// Budget is the most that it may take on a day (UTC), over all servers.
	Budget store.SecondBudget
	// Lanes is how many questions are put at once, over all servers; 1 where it is 0.
	Lanes int
	// Rest is how long the endpoint is left alone after a failure, 5 seconds where it is 0;
	// it doubles with each further one in a row.
	Rest time.Duration
	// Retries are the times after which a question is put again that brought no opinion.
	// After the last it is given up until somebody asks for it. By default it is put four
	// times within a day.
	Retries []time.Duration
	// WakeEvery is the time between two looks for what is to be asked, a minute where it
	// is 0.
	WakeEvery time.Duration
}

func (c SecondJudgeConfig) withDefaults() SecondJudgeConfig {
	if c.Client == nil {
		return SecondJudgeConfig{}
	}
	c.Lanes, c.Rest = max(c.Lanes, 1), cmp.Or(c.Rest, 5*time.Second)
	if c.Retries == nil {
		c.Retries = []time.Duration{10 * time.Minute, 2 * time.Hour, 20 * time.Hour}
	}
	return c
}

// on tells whether there is a second judge.
func (c SecondJudgeConfig) on() bool { return c.Client != nil }

const (
	// maxJudgeRest is the longest that the endpoint is left alone, but for its own wish.
	maxJudgeRest = 30 * time.Minute
	// brokenAfter is how many answers in a row that cannot be taken say that the endpoint is
	// not fit, whatever is asked.
	brokenAfter = 3
)

// rest gives how long the endpoint is left alone after so many failures in a row.
func (c SecondJudgeConfig) rest(failures int) time.Duration {
	d := c.Rest
	for i := 1; i < failures && d < maxJudgeRest; i++ {
		d *= 2
	}
	return jittered(min(d, maxJudgeRest))
}

// dayOf gives the day that a moment counts for, as its midnight UTC.
func dayOf(at time.Time) time.Time { return at.UTC().Truncate(24 * time.Hour) }

// SecondState says how far the second judge is with a pair.
type SecondState string

// The states.
const (
	SecondAnswered SecondState = "answered"
	// SecondWaiting: it was not asked yet.
	SecondWaiting SecondState = "waiting"
	// SecondFailing: it was asked in vain and is asked again.
	SecondFailing SecondState = "failing"
	// SecondGivenUp: it was asked in vain and is not asked again.
	SecondGivenUp SecondState = "given_up"
	// SecondUnaffordable: it is asked when there is budget again.
	SecondUnaffordable SecondState = "budget_spent"
)

// SecondVerdict is a pair of a finding with what the second judge says of it.
type SecondVerdict struct {
	store.SecondVerdict
	State SecondState
	// Why says in plain words what an answer waits for, empty for its turn.
	Why string
	// AgainAt is when it is asked, nil where that is not known.
	AgainAt *time.Time
}

// secondVerdicts gives what the second judge says of a finding's pairs. Without a second
// judge there is only what one said before.
func (a *App) secondVerdicts(ctx context.Context, who Actor, f Finding) ([]SecondVerdict, error) {
	out := []SecondVerdict{}
	if f.Second.Pairs == 0 {
		return out, nil
	}
	stored, err := a.seen(who).SecondVerdicts(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	now, err := a.secondOutlook(ctx)
	if err != nil {
		return nil, err
	}
	for _, v := range stored {
		if v.AnsweredAt != nil || a.second.on() {
			out = append(out, now.of(v))
		}
	}
	return out, nil
}

// secondOutlook is what stands between the second judge and its next question.
type secondOutlook struct {
	now       time.Time
	health    store.SecondHealth
	unpayable bool
}

func (a *App) secondOutlook(ctx context.Context) (secondOutlook, error) {
	out := secondOutlook{now: a.now()}
	var err error
	if out.health, err = a.db.SecondHealth(ctx); err != nil {
		return out, err
	}
	out.unpayable, err = a.db.SecondBudgetSpent(ctx, dayOf(out.now))
	return out, err
}

// resting tells whether the endpoint is left alone.
func (o secondOutlook) resting() bool {
	return o.health.RestUntil != nil && o.health.RestUntil.After(o.now)
}

// of says how far the second judge is with a pair.
func (o secondOutlook) of(v store.SecondVerdict) SecondVerdict {
	out := SecondVerdict{SecondVerdict: v, State: SecondWaiting}
	switch {
	case v.AnsweredAt != nil:
		out.State = SecondAnswered
	case v.Fault != "" && v.NextAt == nil:
		out.State, out.Why = SecondGivenUp, v.Fault
	case o.unpayable:
		out.State, out.AgainAt = SecondUnaffordable, new(dayOf(o.now).AddDate(0, 0, 1))
	case v.Fault != "":
		out.State, out.Why, out.AgainAt = SecondFailing, v.Fault, v.NextAt
		if o.resting() {
			out.AgainAt = new(later(*v.NextAt, *o.health.RestUntil))
		}
	case o.resting():
		out.Why, out.AgainAt = o.health.Fault, o.health.RestUntil
	}
	return out
}

// SecondJudgeState is how the second judge fares, for administrators. It tells nothing of
// what was answered, which a blind review may veil.
type SecondJudgeState struct {
	// On is false where none is set up; then the fields up to Lanes are empty.
	On     bool
	Model  string
	Host   string
	Prompt string
	Budget store.SecondBudget
	Lanes  int
	store.SecondHealth
	// Resting is true while the endpoint is left alone, BudgetSpent while there is no budget.
	Resting, BudgetSpent bool
	// RenewedAt is when the next day begins, which has a budget of its own.
	RenewedAt time.Time
	Totals    store.SecondTotals
	// Today is what was taken since midnight UTC, Days are the newest days with that.
	Today store.SecondDay
	Days  []store.SecondDay
}

// secondDays is how many days an administrator sees.
const secondDays = 14

// SecondJudge tells how the second judge fares.
func (a *App) SecondJudge(ctx context.Context, who Actor) (SecondJudgeState, error) {
	if err := who.require(Administer); err != nil {
		return SecondJudgeState{}, err
	}
	outlook, err := a.secondOutlook(ctx)
	if err != nil {
		return SecondJudgeState{}, err
	}
	today := dayOf(outlook.now)
	out := SecondJudgeState{On: a.second.on(), SecondHealth: outlook.health, Resting: outlook.resting(), BudgetSpent: outlook.unpayable,
		RenewedAt: today.AddDate(0, 0, 1), Today: store.SecondDay{Day: today, Faults: map[string]int{}}}
	if out.On {
		c := a.second.Client
		out.Model, out.Host, out.Prompt, out.Budget, out.Lanes = c.Model(), c.Host(), judge.PromptVersion, a.second.Budget, a.second.Lanes
	}
	if out.Totals, err = a.db.SecondTotals(ctx); err != nil {
		return out, err
	}
	if out.Days, err = a.db.SecondDays(ctx, secondDays); err != nil {
		return out, err
	}
	if len(out.Days) > 0 && out.Days[0].Day.Equal(today) {
		out.Today = out.Days[0]
	}
	return out, nil
}

// RetrySecondJudge has the second judge asked again, now, what it was asked in vain. It
// gives how many questions that are.
func (a *App) RetrySecondJudge(ctx context.Context, who Actor) (int, error) {
	if err := who.require(Administer); err != nil {
		return 0, err
	}
	if !a.second.on() {
		return 0, &claims.Error{Kind: claims.Conflict, Message: "no second judge is set up: the setting LLM_BASE_URL does that"}
	}
	var n int64
	err := a.change(ctx, who, func(c change) (err error) {
		if _, err = c.tx.LockSecondJudge(ctx); err != nil {
			return err
		}
		if n, err = c.tx.RetrySecondJudge(ctx, c.now()); err != nil {
			return err
		}
		if err := c.wakeLanes(ctx); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "second_judge.retry"})
	})
	return int(n), err
}
