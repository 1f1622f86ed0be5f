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
	if in.Alignment == "" && in.Verdict == nil && len(in.Differences) == 0 && len(in.Cleared) == 0 && strings.TrimSpace(in.Note) == "" {
		p.add("verdict", "or another part is missing: a review decides something or has a note")
	}
	return invalidFields(p)
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
	id := newID()
	err = a.change(ctx, who, func(c change) error {
		if _, err := c.tx.LockStory(ctx, seen.StoryID); err != nil {
			return err
		}
		return c.storeReview(ctx, store.NewReview{ID: id, StoryID: seen.StoryID, FindingID: findingID}, in)
	})
	if err != nil {
		return Review{}, err
	}
	return a.seen(who).Review(ctx, id)
}

// successorOf gives a finding, or the error that names its successor. It asks for
// no right to read.
func (a *App) successorOf(ctx context.Context, id string) (Finding, error) {
	return a.visibleFinding(ctx, Actor{public: true}, id)
}

// storeReview checks and stores a review under the lock of the finding's story;
// r has the ids.
func (c change) storeReview(ctx context.Context, r store.NewReview, in ReviewInput) error {
	f, err := c.tx.Finding(ctx, r.FindingID)
	if err != nil {
		return err
	}
	ids := make([]string, len(f.Claims))
	for i, c := range f.Claims {
		ids[i] = c.ID
	}
	cleared, err := c.tx.ClearedTouching(ctx, ids, maxBeside)
	if err != nil {
		return err
	}
	if err := in.check(f, cleared); err != nil {
		return err
	}
	r.Alignment, r.Verdict, r.Differences, r.Cleared = in.Alignment, in.Verdict, in.Differences, in.Cleared
	r.Note, r.AuthorID, r.KeyID, r.At = strings.TrimSpace(in.Note), c.who.UserID, c.who.KeyID, c.now()
	if err := c.tx.InsertReview(ctx, r); err != nil {
		return err
	}
	if err := c.tx.RefreshReviewed(ctx, r.StoryID); err != nil {
		return err
	}
	if in.Alignment == Rejected { // what an earlier review held together may come apart
		if err := c.recompare(ctx, r.StoryID); err != nil {
			return err
		}
	}
	return c.record(ctx, deed{action: "finding.review", object: r.FindingID, detail: map[string]string{"review": r.ID}})
}

// Reviews lists the reviews of a finding, the newest first, for those who are
// signed in: they name their authors.
func (a *App) Reviews(ctx context.Context, who Actor, findingID string) ([]Review, error) {
	if err := who.require(ReadTexts); err != nil {
		return nil, err
	}
	f, err := a.visibleFinding(ctx, who, findingID)
	if err != nil {
		return nil, err
	}
	return a.seen(who).Reviews(ctx, f.ID, maxBeside)
}
