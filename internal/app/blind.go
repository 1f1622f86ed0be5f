package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// BlindReview is a finding that several people judge without seeing what the machine
// or another says.
type BlindReview = store.BlindReview

// BlindInput asks people for blind reviews: of one finding, or of findings of a story
// that are drawn at random.
type BlindInput struct {
	FindingID string
	// StoryID and Count are used where FindingID is empty.
	StoryID string
	Count   int
	// Reviewers are the ids of two or more people who may review.
	Reviewers []string
	Note      string
}

// The most findings of a sample, and the most people who judge one finding.
const (
	maxSample    = 200
	maxReviewers = 10
)

func (in BlindInput) check() error {
	p := problems{}
	switch n := len(distinct(in.Reviewers)); {
	case n < 2:
		p.add("reviewers", "are fewer than two: agreement needs two people")
	case n > maxReviewers:
		p.add("reviewers", fmt.Sprintf("are more than %d", maxReviewers))
	}
	if in.FindingID == "" && (in.Count < 1 || in.Count > maxSample) {
		p.add("count", fmt.Sprintf("is a number from 1 to %d", maxSample))
	}
	p.add("blind_note", wrongNote(in.Note))
	return invalidFields(p)
}

// AskBlind opens blind reviews and gives them. Until all have answered, the
// findings are veiled from the people who are asked.
func (a *App) AskBlind(ctx context.Context, who Actor, in BlindInput) ([]BlindReview, error) {
	if err := who.require(WriteArticles); err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	people, err := a.checkersAmong(ctx, "reviewers", in.Reviewers)
	if err != nil {
		return nil, err
	}
	story, err := a.storyOfBlind(ctx, in)
	if err != nil {
		return nil, err
	}
	var asked []string
	err = a.change(ctx, who, func(c change) error {
		if _, err := c.tx.LockStory(ctx, story); err != nil {
			return err
		}
		findings, err := c.blindFindings(ctx, story, in)
		if err != nil {
			return err
		}
		for _, f := range findings {
			id, err := c.openBlind(ctx, f, people, strings.TrimSpace(in.Note))
			if err != nil {
				return err
			}
			asked = append(asked, id)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]BlindReview, len(asked))
	for i, id := range asked {
		if out[i], err = a.seen(who).BlindSeen(ctx, id, who.UserID); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// storyOfBlind gives the story that blind reviews are of.
func (a *App) storyOfBlind(ctx context.Context, in BlindInput) (string, error) {
	// Who may ask need not be one who may read.
	if in.FindingID == "" {
		s, err := a.Story(ctx, Actor{public: true}, in.StoryID)
		return s.ID, err
	}
	f, err := a.successorOf(ctx, in.FindingID)
	return f.StoryID, err
}

// blindFindings gives the findings to ask about, which none of the people has judged.
func (c change) blindFindings(ctx context.Context, story string, in BlindInput) ([]string, error) {
	reviewers := distinct(in.Reviewers)
	if in.FindingID == "" {
		drawn, err := c.tx.BlindSample(ctx, store.SampleChoice{StoryID: story, Reviewers: reviewers, Count: in.Count})
		if err == nil && len(drawn) == 0 {
			err = &claims.Error{Kind: claims.Conflict,
				Message: "no finding fits: each that two sources tell was reviewed by one of these people, or is in a blind review"}
		}
		return drawn, err
	}
	id, err := knownID(in.FindingID)
	if err != nil {
		return nil, err
	}
	reviewed, open, err := c.tx.ReviewersOf(ctx, id, reviewers)
	switch {
	case err != nil:
		return nil, err
	case open:
		return nil, &claims.Error{Kind: claims.Conflict, Message: "a blind review of this finding is under way: wait for it, or call it off"}
	case len(reviewed) > 0:
		return nil, invalid("reviewers", "have reviewed it already: "+strings.Join(reviewed, ", "))
	}
	return []string{id}, nil
}

func (c change) openBlind(ctx context.Context, findingID string, people []User, note string) (string, error) {
	b := store.NewBlind{ID: newID(), FindingID: findingID, AskedBy: c.who.UserID, Note: note, At: c.now()}
	var names []string
	for _, u := range people {
		name, err := c.stillHere(ctx, "reviewers", u.ID)
		if err != nil {
			return "", err
		}
		b.Reviewers, names = append(b.Reviewers, u.ID), append(names, name)
	}
	if err := c.tx.InsertBlind(ctx, b); err != nil {
		return "", err
	}
	return b.ID, c.record(ctx, deed{action: "blind.ask", object: findingID, detail: map[string]string{"blind": b.ID, "reviewers": strings.Join(names, ", ")}})
}

// BlindAnswer is what a blind reviewer says of the passages of a finding.
type BlindAnswer struct {
	// Verdict is one of agree, diverge, single, or unrelated: they are not about one
	// fact.
	Verdict string
	// Kinds are the kinds of difference that the reviewer sees.
	Kinds []claims.Kind
	Note  string
}

func (in BlindAnswer) check() error {
	p := problems{}
	p.add("note", wrongNote(in.Note))
	material := false
	for _, k := range in.Kinds {
		if !slices.Contains(claims.Kinds(), k) {
			p.add("kinds", "name a kind that there is not")
		}
		material = material || k.Material()
	}
	switch {
	case !slices.Contains([]string{string(claims.Agree), string(claims.Diverge), string(claims.Single), store.Unrelated}, in.Verdict):
		p.add("verdict", "is missing: say how the passages stand to one another")
	case in.Verdict == string(claims.Diverge) && !material:
		p.add("kinds", "are missing: name what differs that is material, as you say that they diverge")
	case in.Verdict == string(claims.Agree) && material:
		p.add("kinds", "name a material difference, which does not go with \"agree\"")
	case in.Verdict != string(claims.Diverge) && in.Verdict != string(claims.Agree) && len(in.Kinds) > 0:
		p.add("kinds", "only go with one fact that two sources tell")
	}
	return invalidFields(p)
}

// AnswerBlind stores what the actor says in the open blind reviews of a finding. It
// can be said anew until all have answered; then all answers become reviews, and
// revealed is true.
func (a *App) AnswerBlind(ctx context.Context, who Actor, findingID string, in BlindAnswer) (revealed bool, err error) {
	if err := who.require(ReviewFindings); err != nil {
		return false, err
	}
	f, err := a.seenFinding(ctx, who, findingID)
	if err != nil {
		return false, err
	}
	if !f.Veiled {
		return false, &claims.Error{Kind: claims.Conflict, Message: "no blind review of this finding waits for you: it has ended, or you were not asked"}
	}
	if err := in.check(); err != nil {
		return false, err
	}
	err = a.change(ctx, who, func(c change) error {
		if _, err := c.tx.LockStory(ctx, f.StoryID); err != nil {
			return err
		}
		at := c.now()
		kinds := slices.Clone(in.Kinds)
		slices.Sort(kinds)
		ended, err := c.tx.AnswerBlind(ctx, f.ID, store.BlindAnswer{UserID: who.UserID, AnsweredAt: &at, Verdict: in.Verdict,
			Kinds: slices.Compact(kinds), Note: strings.TrimSpace(in.Note)}, who.KeyID)
		if err != nil {
			return err
		}
		if err := c.record(ctx, deed{action: "blind.answer", object: f.ID}); err != nil {
			return err
		}
		revealed = len(ended) > 0
		for _, id := range ended {
			if err := c.reveal(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
	return revealed, err
}

// AnswerBlindReview is [App.AnswerBlind] for a blind review that the actor is asked in.
func (a *App) AnswerBlindReview(ctx context.Context, who Actor, id string, in BlindAnswer) (BlindReview, error) {
	b, err := a.Blind(ctx, who, id)
	if err != nil {
		return b, err
	}
	switch {
	case b.RevealedAt != nil || b.FindingID == "":
		return b, &claims.Error{Kind: claims.Conflict, Message: "this blind review has ended: review the finding as others do"}
	case !slices.ContainsFunc(b.Answers, func(x store.BlindAnswer) bool { return x.UserID == who.UserID }):
		return b, &claims.Error{Kind: claims.Conflict, Message: "you were not asked in this blind review"}
	}
	if _, err := a.AnswerBlind(ctx, who, b.FindingID, in); err != nil {
		return b, err
	}
	now, err := a.Blind(ctx, who, b.ID)
	if claims.KindOf(err) == claims.NotFound { // another one of the same finding veils it again
		return b, nil
	}
	return now, err
}

// reveal ends a blind review that all have answered, under its story's lock.
func (c change) reveal(ctx context.Context, id string) error {
	if err := c.tx.Reveal(ctx, id, c.now()); err != nil {
		return err
	}
	b, err := c.tx.Blind(ctx, id)
	if err != nil {
		return err
	}
	answers := slices.SortedStableFunc(slices.Values(b.Answers), func(x, y store.BlindAnswer) int { return x.AnsweredAt.Compare(*y.AnsweredAt) })
	touched := settled{stories: []string{b.StoryID}, findings: []string{b.FindingID}}
	stands := b.Unanimous && !b.Uneven
	for _, x := range answers {
		r := store.RevealedReview{ID: newID(), BlindID: b.ID, UserID: x.UserID, Outcome: blindOutcome(x.Verdict, b.MachineVerdict)}
		if err := c.tx.PutRevealed(ctx, r); err != nil {
			return err
		}
		touched.apart = touched.apart || stands && r.Outcome == store.OutcomeRejected
		if stands {
			if err := c.tx.EndAssignment(ctx, b.FindingID, r.ID, c.now()); err != nil {
				return err
			}
		}
	}
	if err := c.tx.NoteDecision(ctx, store.FindingEvent{FindingID: b.FindingID, What: "review", NowIs: "blind"}, c.who.UserID); err != nil {
		return err
	}
	if err := c.record(ctx, deed{action: "blind.reveal", object: b.FindingID, detail: map[string]string{"blind": b.ID}}); err != nil {
		return err
	}
	return c.settleReviews(ctx, touched)
}

// blindOutcome says what a blind answer means for the machine's word.
func blindOutcome(verdict string, machine claims.Verdict) store.Outcome {
	switch verdict {
	case store.Unrelated:
		return store.OutcomeRejected
	case string(machine):
		return store.OutcomeRight
	}
	return store.OutcomeChanged
}

// CallOffBlind ends an open blind review without the answers that are missing. Those
// that were given stay closed. It gives the finding.
func (a *App) CallOffBlind(ctx context.Context, who Actor, id string) (string, error) {
	if err := who.require(WriteArticles); err != nil {
		return "", err
	}
	id, err := knownID(id)
	if err != nil {
		return "", err
	}
	b, err := a.db.Blind(ctx, id)
	if err != nil {
		return "", err
	}
	return b.FindingID, a.change(ctx, who, func(c change) error {
		if _, err := c.tx.LockStory(ctx, b.StoryID); err != nil {
			return err
		}
		ended, err := c.tx.CallOff(ctx, id, who.UserID, c.now())
		if err != nil {
			return err
		}
		if !ended {
			return &claims.Error{Kind: claims.Conflict, Message: "this blind review has ended already"}
		}
		return c.record(ctx, deed{action: "blind.call_off", object: b.FindingID, detail: map[string]string{"blind": id}})
	})
}

// adjudicated checks that the actor may settle a blind review with a review of a
// finding, and gives its id; nothing where none is to be settled.
func (c change) adjudicated(ctx context.Context, findingID, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	if err := c.who.require(WriteArticles); err != nil {
		return "", err
	}
	id, err := knownID(id)
	if err != nil {
		return "", invalid("adjudicates", "names no blind review")
	}
	b, err := c.tx.Blind(ctx, id)
	if err != nil {
		return "", err
	}
	mine := slices.ContainsFunc(b.Answers, func(x store.BlindAnswer) bool { return x.UserID == c.who.UserID })
	switch {
	case b.FindingID != findingID:
		return "", invalid("adjudicates", "names a blind review of another finding")
	case b.RevealedAt == nil || b.CalledOff:
		return "", &claims.Error{Kind: claims.Conflict, Message: "this blind review is not revealed: there is nothing to settle"}
	case mine:
		return "", &claims.Error{Kind: claims.Conflict, Message: "you answered in this blind review yourself: another editor settles it"}
	}
	return id, nil
}
