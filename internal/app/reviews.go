package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// ReviewInput is a decision on a finding. At least one part is needed.
type ReviewInput struct {
	// Alignment says whether the claims are about one fact: Confirmed or Rejected,
	// empty to leave it open.
	Alignment Decision
	// Verdict is the person's own verdict; nil leaves it open.
	Verdict *claims.Verdict
	// Differences and Cleared decide on differences of the finding, and on cleared
	// pairs that touch it.
	Differences []ItemDecision
	Cleared     []ItemDecision
	Note        string
	// Edition is the finding's edition that was looked at, 0 for any. Where it has
	// changed since, nothing is stored and the error is claims.Stale.
	Edition int
	// Adjudicates is the blind review that an editor settles with it, empty for none.
	Adjudicates string
}

// check says what is wrong with a review of a finding, with which the given
// cleared pairs are shown.
func (in ReviewInput) check(f Finding, cleared []ClearedPair) error {
	p := problems{}
	if in.Alignment != "" && !validDecision(in.Alignment) {
		p.add("alignment", wrongDecision)
	}
	if in.Verdict != nil && !validVerdict(*in.Verdict) {
		p.add("verdict", "is one of agree, diverge, single")
	}
	p.add("note", wrongNote(in.Note))
	checkItems(p, "differences", in.Differences, func(id string) bool {
		return slices.ContainsFunc(f.Differences, func(d claims.Difference) bool { return d.ID == id })
	})
	checkItems(p, "cleared", in.Cleared, func(id string) bool {
		return slices.ContainsFunc(cleared, func(c ClearedPair) bool { return c.ID == id })
	})
	if !in.decides() && strings.TrimSpace(in.Note) == "" {
		p.add("verdict", "or another part is missing: a review decides something or has a note")
	}
	if in.Adjudicates != "" && in.Verdict == nil && in.Alignment != Rejected {
		p.add("verdict", "is missing: to settle a disagreement, say what holds")
	}
	return invalidFields(p)
}

func (in ReviewInput) decides() bool {
	return in.Alignment != "" || in.Verdict != nil || len(in.Differences)+len(in.Cleared) > 0
}

// outcome says what a review means for the machine's word on a finding.
func (in ReviewInput) outcome(f Finding) store.Outcome {
	wrong := func(d ItemDecision) bool { return d.Decision == Rejected }
	switch {
	case !in.decides():
		return store.Noted
	case in.Alignment == Rejected:
		return store.OutcomeRejected
	case in.Verdict != nil && *in.Verdict != f.Verdict, slices.ContainsFunc(in.Differences, wrong), slices.ContainsFunc(in.Cleared, wrong):
		return store.OutcomeChanged
	}
	return store.OutcomeRight
}

const wrongDecision = "is confirmed or rejected"

func validDecision(d Decision) bool { return d == Confirmed || d == Rejected }

func wrongNote(note string) string {
	switch {
	case !utf8.ValidString(note) || strings.ContainsRune(note, 0):
		return "is not valid UTF-8 text"
	case utf8.RuneCountInString(note) > maxNote:
		return fmt.Sprintf("has more than %d characters", maxNote)
	}
	return ""
}

func checkItems(p problems, field string, items []ItemDecision, there func(id string) bool) {
	seen := map[string]bool{}
	for i, item := range items {
		switch at := fmt.Sprintf("%s[%d]", field, i); {
		case !there(item.ID):
			p.add(at+".id", "names nothing of this finding")
		case seen[item.ID]:
			p.add(at+".id", "is there twice")
		case !validDecision(item.Decision):
			p.add(at+".decision", wrongDecision)
		}
		seen[item.ID] = true
	}
}

// AddReview stores a review. From then on the finding's claims are kept together
// by every analysis, unless the alignment is rejected.
func (a *App) AddReview(ctx context.Context, who Actor, findingID string, in ReviewInput) (Review, error) {
	if err := who.require(ReviewFindings); err != nil {
		return Review{}, err
	}
	findingID, err := knownID(findingID)
	if err != nil {
		return Review{}, err
	}
	seen, err := a.successorOf(ctx, findingID)
	if err != nil {
		return Review{}, err
	}
	r := store.NewReview{ID: newID(), StoryID: seen.StoryID, FindingID: findingID}
	err = a.change(ctx, who, func(c change) error {
		if _, err := c.tx.LockStory(ctx, seen.StoryID); err != nil {
			return err
		}
		act, err := c.begin(ctx, store.ActReview, 1)
		if err != nil {
			return err
		}
		r.ActionID = act.ID
		if err := c.storeReview(ctx, r, in); err != nil {
			return err
		}
		return c.settleReviews(ctx, settled{stories: []string{seen.StoryID}, findings: []string{findingID}, apart: in.Alignment == Rejected})
	})
	if err != nil {
		return Review{}, err
	}
	return a.seen(who).Review(ctx, r.ID)
}

// successorOf gives a finding, or the error that names its successor. It asks for
// no right to read.
func (a *App) successorOf(ctx context.Context, id string) (Finding, error) {
	return a.visibleFinding(ctx, Actor{public: true}, id)
}

// errBlindFirst refuses what a blind reviewer may not do yet.
var errBlindFirst = &claims.Error{Kind: claims.Conflict,
	Message: "you review this finding blind: answer there, and decide on it when all have answered"}

// errChangedMeanwhile refuses a review of an edition that is not the current one.
var errChangedMeanwhile = &claims.Error{Kind: claims.Stale,
	Message: "the finding has changed since you opened it: look at it again, then decide"}

// storeReview checks and stores a review under the lock of the finding's story;
// r has the ids.
func (c change) storeReview(ctx context.Context, r store.NewReview, in ReviewInput) error {
	f, err := c.tx.For(c.who.UserID).Finding(ctx, r.FindingID)
	switch {
	case err != nil:
		return err
	case f.Veiled:
		return errBlindFirst
	case in.Edition != 0 && in.Edition != f.Edition:
		return errChangedMeanwhile
	}
	cleared, err := c.tx.ClearedTouching(ctx, claimIDs(f), maxBeside)
	if err != nil {
		return err
	}
	if err := in.check(f, cleared); err != nil {
		return err
	}
	if r.Adjudicates, err = c.adjudicated(ctx, f.ID, in.Adjudicates); err != nil {
		return err
	}
	r.Alignment, r.Verdict, r.Differences, r.Cleared = in.Alignment, in.Verdict, in.Differences, in.Cleared
	r.Note, r.AuthorID, r.KeyID, r.At = strings.TrimSpace(in.Note), c.who.UserID, c.who.KeyID, c.now()
	r.Outcome = in.outcome(f)
	if err := c.tx.InsertReview(ctx, r); err != nil {
		return err
	}
	if in.decides() {
		if err := c.tx.EndAssignment(ctx, f.ID, r.ID, r.At); err != nil {
			return err
		}
	}
	if err := c.tx.NoteDecision(ctx, store.FindingEvent{FindingID: f.ID, What: "review", NowIs: string(r.Outcome)}, c.who.UserID); err != nil {
		return err
	}
	return c.record(ctx, deed{action: "finding.review", object: r.FindingID, detail: map[string]string{"review": r.ID}})
}

func claimIDs(f Finding) []string {
	ids := make([]string, len(f.Claims))
	for i, c := range f.Claims {
		ids[i] = c.ID
	}
	return ids
}

// settled is what reviews that came or went have touched.
type settled struct {
	stories, findings []string
	// apart is true where what an earlier review held together may come apart, or come
	// together again.
	apart bool
}

// settleReviews works out what the findings of stories are by their reviews now. Who
// decided has seen the outcome.
func (c change) settleReviews(ctx context.Context, s settled) error {
	for _, story := range distinct(s.stories) {
		if err := c.tx.RefreshReviewed(ctx, story); err != nil {
			return err
		}
	}
	if _, err := c.tx.MarkSeen(ctx, c.who.UserID, s.findings, c.now()); err != nil {
		return err
	}
	if !s.apart {
		return nil
	}
	return c.recompareEach(ctx, s.stories...)
}
