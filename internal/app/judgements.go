package app

import (
	"context"
	"slices"
	"strings"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// SampleAnswer is the short form of a judgement.
type SampleAnswer = store.Answer

// Judgement is what a person says to a statement of the machine.
type Judgement struct {
	Answer SampleAnswer
	// Really is, for a wrong statement, what it is instead: a kind of difference or one of
	// the constants below; and why for one that is passed on.
	Really string
	Note   string
}

// What a statement can be instead, besides a kind of difference.
const (
	// NotOneFact: the passages are not about one fact.
	NotOneFact = "not_one_fact"
	// NoDifference: they are about one fact, and nothing that matters differs.
	NoDifference = "no_difference"
	// ToldElsewhere: another source of the story tells it too.
	ToldElsewhere = "told_elsewhere"
)

// PassReasons are why an item may be passed on.
func PassReasons() []string { return []string{"needs_time", "not_my_field", "involved"} }

// WrongOptions are what a statement of a stratum can be instead, kinds of difference
// last.
func WrongOptions(s Stratum) []string {
	var out, kinds []string
	for _, k := range claims.Kinds() {
		if Stratum(k) != s {
			kinds = append(kinds, string(k))
		}
	}
	switch {
	case s == Stratum(claims.Single):
		return []string{ToldElsewhere}
	case s == store.StratumCleared:
		return kinds
	case s == Stratum(claims.Diverge):
		return []string{NotOneFact, NoDifference}
	case s == Stratum(claims.Agree):
		out = []string{NotOneFact}
	default:
		out = []string{NotOneFact, NoDifference}
	}
	return append(out, kinds...)
}

// check says what is wrong with a judgement of a stratum's item.
func (j Judgement) check(s Stratum) error {
	p := problems{}
	p.add("note", wrongNote(j.Note))
	switch j.Answer {
	case store.Right, store.Unclear:
		if j.Really != "" {
			p.add("really", "is for wrong statements: leave it out")
		}
	case store.Wrong:
		if !slices.Contains(WrongOptions(s), j.Really) {
			p.add("really", "is missing: say what it is instead")
		}
	case store.Passed:
		if !slices.Contains(PassReasons(), j.Really) {
			p.add("really", "is missing: say why you pass it on")
		}
	default:
		p.add("answer", "is missing: say whether it is right")
	}
	return invalidFields(p)
}

// JudgeSample stores what a person says to a statement that was drawn. Each counts
// once, and nobody is asked about one twice.
func (a *App) JudgeSample(ctx context.Context, who Actor, id string, j Judgement) error {
	if err := who.require(ReviewFindings); err != nil {
		return err
	}
	id, err := knownID(id)
	if err != nil {
		return err
	}
	return a.change(ctx, who, func(c change) error {
		if err := c.tx.LockSamples(ctx); err != nil {
			return err
		}
		s, err := c.tx.For(who.UserID).Sample(ctx, id)
		if err != nil {
			return err
		}
		if err := canJudge(s); err != nil {
			return err
		}
		if err := j.check(s.Stratum); err != nil {
			return err
		}
		err = c.tx.InsertAnswer(ctx, store.NewAnswer{SampleID: id, UserID: who.UserID, Answer: j.Answer, Really: j.Really,
			Note: strings.TrimSpace(j.Note), At: c.now()})
		if err != nil {
			return err
		}
		return c.record(ctx, deed{action: "accuracy.judge", object: id,
			detail: map[string]string{"stratum": string(s.Stratum), "answer": string(j.Answer), "really": j.Really}})
	})
}

// TakeBackJudgement removes the actor's own newest answer, so that it can be given anew.
func (a *App) TakeBackJudgement(ctx context.Context, who Actor, id string) error {
	if err := who.require(ReviewFindings); err != nil {
		return err
	}
	id, err := knownID(id)
	if err != nil {
		return err
	}
	return a.change(ctx, who, func(c change) error {
		if err := c.tx.LockSamples(ctx); err != nil {
			return err
		}
		last, err := c.tx.For(who.UserID).LastAnswer(ctx, c.now().Add(-takeBackWithin))
		if claims.KindOf(err) == claims.NotFound || err == nil && last.SampleID != id {
			return &claims.Error{Kind: claims.Conflict, Message: "only your last answer of the past hour can be taken back"}
		}
		if err != nil {
			return err
		}
		if _, err := c.tx.TakeBackAnswer(ctx, id, who.UserID); err != nil {
			return err
		}
		return c.record(ctx, deed{action: "accuracy.take_back", object: id, detail: map[string]string{"answer": string(last.Answer)}})
	})
}
