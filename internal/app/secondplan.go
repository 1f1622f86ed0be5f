package app

import (
	"context"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/jobs"
	"corroborate/internal/judge"
	"corroborate/internal/store"
)

const (
	// maxSecondPairs is the most pairs of one finding that the second judge is asked about.
	maxSecondPairs = 100
	// plannedAtOnce is how many stories are planned after one look.
	plannedAtOnce = 200
	// secondAnswersKept is how many days an answer is kept that no pair has any more: as
	// long as what was deleted can be taken back.
	secondAnswersKept = BinDays
)

// planSecond has the second judge's questions about a story gathered, whose lock is held.
func (c change) planSecond(ctx context.Context, storyID string) error {
	if !c.second.on() {
		return nil
	}
	return c.queue.PlanSecondJudge(ctx, c.tx, storyID)
}

// PlanSecondJudge gathers what the second judge is to be asked about a story.
func (w worker) PlanSecondJudge(ctx context.Context, id string, finish jobs.Done) error {
	if !w.second.on() {
		return nil
	}
	return w.change(ctx, Actor{}, func(c change) error {
		state, err := c.tx.LockStory(ctx, id)
		if claims.KindOf(err) == claims.NotFound || err == nil && state.Deleted {
			return finish(ctx, c.tx)
		}
		if err != nil {
			return err
		}
		pairs, err := c.tx.SecondPairs(ctx, id, maxSecondPairs)
		if err != nil {
			return err
		}
		if _, err := c.tx.LockSecondJudge(ctx); err != nil {
			return err
		}
		client := c.second.Client
		plan := store.SecondPlan{StoryID: id, Compared: state.Compared, Asker: client.Asker(), Model: client.Model(),
			Prompt: judge.PromptVersion, MaxTries: len(c.second.Retries) + 1, At: c.now()}
		for _, p := range pairs {
			if q, ok := questionOf(p.Sides); ok {
				hash := q.Hash(client.Model())
				plan.Pairs = append(plan.Pairs, store.PlannedPair{ClaimA: p.Sides[0].ClaimID, ClaimB: p.Sides[1].ClaimID,
					Hash: hash[:], Urgent: p.Diverges})
			}
		}
		if err := c.tx.PutSecondPlan(ctx, plan); err != nil {
			return err
		}
		if err := c.wakeLanes(ctx); err != nil {
			return err
		}
		return finish(ctx, c.tx)
	})
}

// questionOf gives what is asked about a pair: the passages and the days on which they
// were printed, nothing of who printed them.
func questionOf(sides [2]store.SecondSide) (judge.Question, bool) {
	var p [2]judge.Passage
	for i, s := range sides {
		p[i].Text = s.Text
		if !s.Published.IsZero() {
			p[i].Published = s.Published.At.Format(time.DateOnly)
		}
	}
	return judge.NewQuestion(p[0], p[1])
}

// WakeSecondJudge plans stories that were compared without a second judge or with
// another, and wakes the lanes where something is due.
func (w worker) WakeSecondJudge(ctx context.Context) error {
	if !w.second.on() {
		return nil
	}
	ids, err := w.db.StoriesToPlan(ctx, w.second.Client.Asker(), plannedAtOnce)
	if err != nil {
		return err
	}
	// Each by itself: a job that runs is locked by this, and ends under the second judge's
	// lock.
	for _, id := range ids {
		if err := w.change(ctx, Actor{}, func(c change) error { return c.queue.PlanSecondJudge(ctx, c.tx, id) }); err != nil {
			return err
		}
	}
	return w.change(ctx, Actor{}, func(c change) error {
		health, err := c.tx.LockSecondJudge(ctx)
		if err != nil || health.RestUntil != nil && health.RestUntil.After(c.now()) {
			return err
		}
		return c.wakeLanes(ctx)
	})
}

// wakeLanes has every lane look for questions now, where one is due. The second judge's
// lock has to be held.
func (c change) wakeLanes(ctx context.Context) error {
	next, err := c.tx.NextSecondQuestion(ctx)
	if err != nil || next == nil || next.After(c.now()) {
		return err
	}
	for lane := range c.second.Lanes {
		if err := c.queue.AskSecondJudge(ctx, c.tx, lane, c.now()); err != nil {
			return err
		}
	}
	return nil
}
