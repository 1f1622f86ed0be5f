package store

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// SecondBudget is the most that the second judge may take on one day.
type SecondBudget struct{ Calls, Tokens int }

// SecondReserve is what a question is about to take.
type SecondReserve struct {
	Day    time.Time
	Tokens int
	Budget SecondBudget
	At     time.Time
}

// ReserveSecond counts a call and sets tokens aside on a day, where the budget has room
// for both, over all servers. It tells whether it had.
func (t *Tx) ReserveSecond(ctx context.Context, r SecondReserve) (bool, error) {
	if _, err := t.exec(ctx, "begin a day of the second judge",
		"INSERT INTO second_days (day) VALUES ($1) ON CONFLICT DO NOTHING", r.Day); err != nil {
		return false, err
	}
	n, err := t.exec(ctx, "reserve for the second judge", `
		UPDATE second_days SET calls = calls + 1, tokens = tokens + @tokens, spent_at = NULL
		WHERE day = @day AND calls < @most_calls AND tokens + @tokens <= @most_tokens`,
		named{"day": r.Day, "tokens": r.Tokens, "most_calls": r.Budget.Calls, "most_tokens": r.Budget.Tokens})
	if err != nil || n > 0 {
		return n > 0, err
	}
	_, err = t.exec(ctx, "note a spent budget", "UPDATE second_days SET spent_at = coalesce(spent_at, $2) WHERE day = $1", r.Day, r.At)
	return false, err
}

// SecondSpent is what a question has taken.
type SecondSpent struct {
	Day time.Time
	// SetAside was reserved, Tokens are to count in its place, and Calls besides the one that
	// was counted.
	SetAside, Tokens, Calls int
	// In and Out are the tokens as the endpoint counts them.
	In, Out  int
	Answered bool
	// Cause is why there was no answer, empty where there was.
	Cause string
}

// SettleSecond exchanges what was reserved for what was taken. That may leave room in a
// budget that seemed to be spent.
func (t *Tx) SettleSecond(ctx context.Context, s SecondSpent) error {
	if _, err := t.exec(ctx, "settle for the second judge", `
		UPDATE second_days SET calls = calls + @calls, tokens = greatest(tokens - @aside + @tokens, 0), tokens_in = tokens_in + @in,
			tokens_out = tokens_out + @out, spent_at = CASE WHEN @tokens < @aside THEN NULL ELSE spent_at END,
			answered = answered + CASE WHEN @answered THEN 1 ELSE 0 END
		WHERE day = @day`,
		named{"day": s.Day, "calls": s.Calls, "aside": s.SetAside, "tokens": s.Tokens, "in": s.In, "out": s.Out, "answered": s.Answered}); err != nil {
		return err
	}
	if s.Cause == "" {
		return nil
	}
	_, err := t.exec(ctx, "count a fault of the second judge", `
		INSERT INTO second_faults AS f (day, cause, times) VALUES ($1, $2, 1)
		ON CONFLICT (day, cause) DO UPDATE SET times = f.times + 1`, s.Day, s.Cause)
	return err
}

// SecondDay is what the second judge took on a day.
type SecondDay struct {
	Day                 time.Time
	Calls               int
	Tokens              int
	TokensIn, TokensOut int
	Answered            int
	SpentAt             *time.Time
	Faults              map[string]int
}

// SecondFault is how often a cause kept questions from being answered.
type SecondFault struct {
	Cause string
	Times int
}

// FaultList gives the faults of a day, the most frequent first.
func (d SecondDay) FaultList() []SecondFault {
	out := make([]SecondFault, 0, len(d.Faults))
	for cause, times := range d.Faults {
		out = append(out, SecondFault{Cause: cause, Times: times})
	}
	slices.SortFunc(out, func(a, b SecondFault) int { return cmp.Or(b.Times-a.Times, cmp.Compare(a.Cause, b.Cause)) })
	return out
}

// SecondDays gives the newest days on which anything was asked, the newest first.
func (q Queries) SecondDays(ctx context.Context, limit int) ([]SecondDay, error) {
	return list[SecondDay](ctx, q.q, "days of the second judge", `
		SELECT d.day::timestamptz AS day, d.calls, d.tokens, d.tokens_in, d.tokens_out, d.answered, d.spent_at,
		       coalesce((SELECT jsonb_object_agg(f.cause, f.times) FROM second_faults f WHERE f.day = d.day), '{}') AS faults
		FROM second_days d ORDER BY d.day DESC LIMIT $1`, limit)
}

// SecondBudgetSpent tells whether a question was put off on a day because the budget was
// spent.
func (q Queries) SecondBudgetSpent(ctx context.Context, day time.Time) (bool, error) {
	return scalar[bool](ctx, q.q, "spent budget", "SELECT EXISTS (SELECT FROM second_days WHERE day = $1 AND spent_at IS NOT NULL)", day)
}

// SecondTotals counts the questions that pairs have now.
type SecondTotals struct {
	// Answered were answered, Waiting are to be put, for the first time or again, and GivenUp
	// were put in vain too often.
	Answered, Waiting, GivenUp int
}

// SecondTotals counts the questions. It tells nothing of how the answers are.
func (q Queries) SecondTotals(ctx context.Context) (SecondTotals, error) {
	return one[SecondTotals](ctx, q.q, "count second questions", `
		SELECT count(answered_at) AS answered, count(next_at) AS waiting,
		       count(*) FILTER (WHERE relation IS NULL AND next_at IS NULL AND fault <> '') AS given_up
		FROM second_answers s WHERE EXISTS (SELECT FROM second_pairs p WHERE p.hash = s.hash)`)
}
