package app_test

import (
	"strings"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// asked is a story of which one finding is reviewed blind by two people.
type asked struct {
	*fixture
	story      app.Story
	finding    app.Finding
	anna, bert app.Actor
}

func askedFor(t *testing.T, arts ...app.ArticleInput) *asked {
	t.Helper()
	f := started(t)
	a := &asked{fixture: f, story: f.story(arts...), anna: f.named("anna", auth.Checker), bert: f.named("bert", auth.Checker)}
	a.finding = f.withNumber(a.story.ID)
	a.ask()
	return a
}

func (a *asked) ask() {
	a.t.Helper()
	n, err := a.AskBlind(a.t.Context(), a.admin, app.BlindInput{FindingID: a.finding.ID, Reviewers: []string{a.anna.UserID, a.bert.UserID}})
	if err != nil || len(n) != 1 {
		a.t.Fatalf("asked %v, %v", n, err)
	}
}

func (a *asked) answer(who app.Actor, verdict string, kinds ...claims.Kind) bool {
	a.t.Helper()
	revealed, err := a.AnswerBlind(a.t.Context(), who, a.finding.ID, app.BlindAnswer{Verdict: verdict, Kinds: kinds, Note: "Read twice."})
	if err != nil {
		a.t.Fatal(err)
	}
	return revealed
}

// ended gives the only blind review of the finding that has ended.
func (a *asked) ended() app.BlindReview {
	a.t.Helper()
	d, err := a.FindingDesk(a.t.Context(), a.admin, a.finding.ID)
	if err != nil || len(d.Ended) != 1 {
		a.t.Fatalf("%d blind reviews have ended, %v", len(d.Ended), err)
	}
	return d.Ended[0]
}

func TestBlindAnswersOfOneMindStand(t *testing.T) {
	t.Parallel()
	a := askedFor(t, gazette, courier)
	if a.answer(a.anna, "agree") {
		t.Error("one answer of two reveals")
	}
	if x := a.detail(a.finding.ID); x.Reviewed || len(x.Reviews) != 0 {
		t.Errorf("a closed answer shows: %+v", x.Finding)
	}
	open, err := a.FindingDesk(t.Context(), a.admin, a.finding.ID)
	if err != nil || len(open.Open) != 1 || open.Open[0].Answers[0].Verdict != "" || open.Open[0].Answers[0].AnsweredAt == nil {
		t.Errorf("what an editor sees of a closed answer: %+v, %v", open.Open, err)
	}
	_, err = a.AddReview(t.Context(), a.anna, a.finding.ID, app.ReviewInput{Alignment: app.Confirmed})
	wantKind(t, err, claims.Conflict)              // an open review would give the answer away
	a.answer(a.anna, "diverge", claims.KindNumber) // changed while it may be
	if !a.answer(a.bert, "diverge", claims.KindNumber) {
		t.Error("the last answer does not reveal")
	}
	b := a.ended()
	if !b.Unanimous || b.MachineVerdict != claims.Diverge || len(b.MachineKinds) == 0 || b.Answers[0].Verdict != "diverge" {
		t.Errorf("revealed: %+v", b)
	}
	x := a.detail(a.finding.ID)
	if x.Outcome != store.OutcomeRight || x.By != "bert" || len(x.Reviews) != 2 || !x.Reviews[0].Counts {
		t.Errorf("after it: %+v, reviews %+v", x.Decided, x.Reviews)
	}
	_, err = a.WithdrawReview(t.Context(), a.bert, x.Reviews[0].ID)
	wantKind(t, err, claims.Conflict)
	got, err := a.Agreement(t.Context(), a.anna)
	if err != nil || got.Findings != 1 || got.Verdict.Same != 1 || got.Verdict.Value != nil {
		t.Errorf("agreement %+v, %v", got, err)
	}
}

func TestBlindDisagreementWaitsForAnEditor(t *testing.T) {
	t.Parallel()
	a := askedFor(t, gazette, courier)
	a.answer(a.anna, "diverge", claims.KindNumber)
	a.answer(a.bert, store.Unrelated)
	b := a.ended()
	if x := a.detail(a.finding.ID); b.Unanimous || x.Reviewed || x.ReviewedVerdict != nil {
		t.Errorf("answers that differ decide: %+v", x.Finding)
	}
	agree := claims.Agree
	in := app.ReviewInput{Verdict: &agree, Note: "One count, an hour later.", Adjudicates: b.ID}
	_, err := a.AddReview(t.Context(), a.anna, a.finding.ID, in)
	wantKind(t, err, claims.Forbidden)
	_, err = a.AddReview(t.Context(), a.admin, a.finding.ID, app.ReviewInput{Note: "Hm.", Adjudicates: b.ID})
	wantKind(t, err, claims.Invalid)
	a.review(a.finding.ID, in)
	if x := a.detail(a.finding.ID); x.Outcome != store.OutcomeChanged || x.Reviews[0].Adjudicates != b.ID || a.ended().SettledBy != x.Reviews[0].ID {
		t.Errorf("settled: %+v", x.Reviews[0])
	}
	unsettled, err := a.Blinds(t.Context(), a.bert, app.BlindChoice{Unsettled: true}, app.Page{})
	if err != nil || len(unsettled.Items) != 0 {
		t.Errorf("%d are unsettled, %v", len(unsettled.Items), err)
	}
}

func TestBlindReviewFollowsItsPassages(t *testing.T) {
	t.Parallel()
	a := askedFor(t, gazette, courier)
	a.answer(a.anna, "diverge", claims.KindNumber)
	a.add(a.story.ID, herald) // a third source tells it
	d, err := a.FindingDesk(t.Context(), a.bert, a.finding.ID)
	if err != nil || len(d.Open) != 1 || !d.Open[0].Changed || !d.Open[0].Answers[0].Changed {
		t.Fatalf("the new passage is not told: %+v, %v", d.Open, err)
	}
	// Merged into an older finding, it goes along.
	const older = "00000000-0000-7000-8000-000000000001"
	x := a.detail(a.finding.ID)
	a.exec(`INSERT INTO findings (id, story_id, summary, verdict, corroborated, sources, origins, created_at, updated_at)
		VALUES ($1, $2, 'apart', 'single', false, 1, 1, now(), now())`, older, a.story.ID)
	a.exec("UPDATE finding_claims SET finding_id = $1, position = NULL WHERE claim_id = $2", older, x.Claims[0].ID)
	a.analyze(a.story.ID)
	a.finding.ID = older
	if _, err := a.Finding(t.Context(), a.bert, older); err != nil {
		t.Fatal(err)
	}
	if !a.answer(a.bert, "diverge", claims.KindNumber) {
		t.Error("the last answer does not reveal")
	}
	if b := a.ended(); !b.Uneven || !b.Unanimous {
		t.Errorf("answers on different passages: %+v", b)
	}
	if x := a.detail(older); x.Reviewed {
		t.Error("answers on different passages decide")
	}
	if got, err := a.Agreement(t.Context(), a.anna); err != nil || got.Findings != 0 || got.LeftOut != 1 {
		t.Errorf("agreement %+v, %v", got, err)
	}
}

func TestBlindReviewEndsWithItsFinding(t *testing.T) {
	t.Parallel()
	a := askedFor(t, gazette, courier)
	if err := a.DeleteStory(t.Context(), a.admin, a.story.ID, 0); err != nil {
		t.Fatal(err)
	}
	if got := a.desk(a.anna, store.DeskBlind); len(got) != 0 {
		t.Errorf("a finding in the bin still waits: %v", got)
	}
	if _, err := a.RestoreStory(t.Context(), a.admin, a.story.ID); err != nil {
		t.Fatal(err)
	}
	a.ready(a.story.ID)
	if got := a.desk(a.anna, store.DeskBlind); len(got) != 1 {
		t.Errorf("restored, %d wait", len(got))
	}
	d, err := a.FindingDesk(t.Context(), a.admin, a.finding.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, err = a.CallOffBlind(t.Context(), a.anna, d.Open[0].ID)
	wantKind(t, err, claims.Forbidden)
	a.answer(a.anna, "agree")
	if _, err := a.CallOffBlind(t.Context(), a.admin, d.Open[0].ID); err != nil {
		t.Fatal(err)
	}
	if b := a.ended(); !b.CalledOff || b.Answers[0].Verdict != "" {
		t.Errorf("called off, an answer opens: %+v", b)
	}
	if x, err := a.Finding(t.Context(), a.anna, a.finding.ID); err != nil || x.Veiled {
		t.Errorf("called off, it is still veiled: %v", err)
	}
	_, err = a.AnswerBlind(t.Context(), a.bert, a.finding.ID, app.BlindAnswer{Verdict: "agree"})
	wantKind(t, err, claims.Conflict)
}

func TestBlindReviewsAreAskedForRightly(t *testing.T) {
	t.Parallel()
	a := askedFor(t, gazette, courier, herald)
	both := []string{a.anna.UserID, a.bert.UserID}
	rita := a.named("rita", auth.Reader)
	for name, tt := range map[string]struct {
		in   app.BlindInput
		want claims.ErrorKind
	}{
		"one person":       {app.BlindInput{FindingID: a.finding.ID, Reviewers: both[:1]}, claims.Invalid},
		"one person twice": {app.BlindInput{FindingID: a.finding.ID, Reviewers: []string{both[0], both[0]}}, claims.Invalid},
		"a reader":         {app.BlindInput{FindingID: a.finding.ID, Reviewers: []string{both[0], rita.UserID}}, claims.Invalid},
		"under way":        {app.BlindInput{FindingID: a.finding.ID, Reviewers: both}, claims.Conflict},
		"none of a story":  {app.BlindInput{StoryID: a.story.ID, Reviewers: both}, claims.Invalid},
		"no story":         {app.BlindInput{StoryID: newUnknown, Count: 3, Reviewers: both}, claims.NotFound},
	} {
		if _, err := a.AskBlind(t.Context(), a.admin, tt.in); claims.KindOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	for name, in := range map[string]app.BlindAnswer{
		"no verdict":             {},
		"diverge in nothing":     {Verdict: "diverge"},
		"diverge in a term":      {Verdict: "diverge", Kinds: []claims.Kind{claims.KindTerm}},
		"agree on two numbers":   {Verdict: "agree", Kinds: []claims.Kind{claims.KindNumber}},
		"unrelated, but differs": {Verdict: store.Unrelated, Kinds: []claims.Kind{claims.KindNumber}},
		"an unknown kind":        {Verdict: "diverge", Kinds: []claims.Kind{"colour"}},
		"a long note":            {Verdict: "agree", Note: strings.Repeat("x", 5001)},
	} {
		if _, err := a.AnswerBlind(t.Context(), a.anna, a.finding.ID, in); claims.KindOf(err) != claims.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := a.AnswerBlind(t.Context(), a.admin, a.finding.ID, app.BlindAnswer{Verdict: "agree"})
	wantKind(t, err, claims.Conflict)
	// A sample leaves out what is under way and what one source alone tells.
	n, err := a.AskBlind(t.Context(), a.admin, app.BlindInput{StoryID: a.story.ID, Count: 200, Reviewers: both})
	told := 0
	for _, x := range a.findings(a.story.ID) {
		if x.Sources > 1 {
			told++
		}
	}
	if err != nil && told > 1 || len(n) != told-1 {
		t.Errorf("a sample of %v, %v, want %d findings", n, err, told-1)
	}
	if entries := a.count("SELECT count(*) FROM audit WHERE detail::text ~ 'diverge|agree|unrelated'"); entries != 0 {
		t.Errorf("%d entries of the history tell a verdict", entries)
	}
}
