package app

import (
	"cmp"
	"context"
	"slices"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// maxMeasured is the most blind reviews that agreement is measured on, the newest.
const maxMeasured = 5000

// Agreement is how far people agree who review blind.
type Agreement struct {
	// Findings counts the blind reviews that it is measured on, LeftOut those whose
	// answers were on different passages.
	Findings int
	LeftOut  int
	Verdict  claims.Kappa
	Kinds    []KindAgreement
	People   []PairAgreement
}

// KindAgreement is how far people agree on whether a kind of difference is there.
type KindAgreement struct {
	Kind claims.Kind
	claims.Kappa
	// Named counts the pairs of which at least one named the kind.
	Named int
}

// PairAgreement is how far two people agree on verdicts.
type PairAgreement struct {
	One, Two string
	claims.Kappa
}

// Agreement measures the blind reviews that were revealed.
func (a *App) Agreement(ctx context.Context, who Actor) (Agreement, error) {
	if err := who.require(ReviewFindings); err != nil {
		return Agreement{}, err
	}
	all, err := a.seen(who).Blinds(ctx, store.BlindChoice{Limit: maxMeasured})
	return measure(all), err
}

// Blinds lists blind reviews, the newest first: those under way, of which no answer
// but the actor's is told, or those that were revealed.
func (a *App) Blinds(ctx context.Context, who Actor, c store.BlindChoice, p Page) (List[BlindReview], error) {
	if err := who.require(ReviewFindings); err != nil {
		return List[BlindReview]{}, err
	}
	wrong := problems{}
	c.FindingID, c.StoryID = wrong.id("finding_id", c.FindingID), wrong.id("story_id", c.StoryID)
	if err := invalidFields(wrong); err != nil {
		return List[BlindReview]{}, err
	}
	return byID(p, func(before string, limit int) ([]BlindReview, error) {
		c.Before, c.Limit, c.Own = before, limit, who.UserID
		return a.seen(who).Blinds(ctx, c)
	}, func(b BlindReview) string { return b.ID })
}

// Blind gives a blind review to those who may review.
func (a *App) Blind(ctx context.Context, who Actor, id string) (BlindReview, error) {
	if err := who.require(ReviewFindings); err != nil {
		return BlindReview{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return BlindReview{}, err
	}
	return a.seen(who).BlindSeen(ctx, id, who.UserID)
}

// BlindChoice chooses blind reviews.
type BlindChoice = store.BlindChoice

// answerPair is what two people say of one finding.
type answerPair [2]store.BlindAnswer

// measure works out how far people agree. Each two people who judged a finding are a
// pair; the one whose name comes first is always the first of it.
func measure(all []BlindReview) Agreement {
	var out Agreement
	var pairs []answerPair
	for _, b := range all {
		if b.Uneven {
			out.LeftOut++
			continue
		}
		out.Findings++
		for i, one := range b.Answers {
			for _, two := range b.Answers[i+1:] {
				pairs = append(pairs, answerPair{one, two})
			}
		}
	}
	out.Verdict = kappaOf(pairs, func(x store.BlindAnswer) string { return x.Verdict })
	for _, k := range claims.Kinds() {
		out.Kinds = append(out.Kinds, kindAgreement(pairs, k))
	}
	out.People = peopleAgreement(pairs)
	return out
}

func kappaOf(pairs []answerPair, says func(store.BlindAnswer) string) claims.Kappa {
	judged := make([][2]string, len(pairs))
	for i, p := range pairs {
		judged[i] = [2]string{says(p[0]), says(p[1])}
	}
	return claims.NewKappa(judged)
}

func kindAgreement(pairs []answerPair, k claims.Kind) KindAgreement {
	names := func(x store.BlindAnswer) string {
		if slices.Contains(x.Kinds, k) {
			return "yes"
		}
		return "no"
	}
	out := KindAgreement{Kind: k, Kappa: kappaOf(pairs, names)}
	for _, p := range pairs {
		if names(p[0]) == "yes" || names(p[1]) == "yes" {
			out.Named++
		}
	}
	return out
}

// peopleAgreement gives each two people apart, those with most pairs first.
func peopleAgreement(pairs []answerPair) []PairAgreement {
	by := map[[2]string][]answerPair{}
	for _, p := range pairs {
		key := [2]string{p[0].UserID, p[1].UserID}
		by[key] = append(by[key], p)
	}
	var out []PairAgreement
	for _, own := range by {
		out = append(out, PairAgreement{One: own[0][0].User, Two: own[0][1].User,
			Kappa: kappaOf(own, func(x store.BlindAnswer) string { return x.Verdict })})
	}
	slices.SortFunc(out, func(x, y PairAgreement) int {
		return cmp.Or(y.Pairs-x.Pairs, cmp.Compare(x.One, y.One), cmp.Compare(x.Two, y.Two))
	})
	return out
}
