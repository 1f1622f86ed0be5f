package app_test

import (
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// named makes an account with a name and a role and gives its actor.
func (f *fixture) named(name string, role auth.Role) app.Actor {
	f.t.Helper()
	u, err := f.CreateUser(f.t.Context(), f.admin, app.UserInput{Email: name + "@example.org", Name: name, Password: password, Role: role})
	if err != nil {
		f.t.Fatal(err)
	}
	who, err := f.SessionActor(f.t.Context(), u.ID, u.SessionVersion)
	if err != nil {
		f.t.Fatal(err)
	}
	return who
}

// ids gives the ids of findings.
func ids(all []app.Finding) []string {
	var out []string
	for _, x := range all {
		out = append(out, x.ID)
	}
	return out
}

// desk gives the ids of a list of somebody's desk.
func (f *fixture) desk(who app.Actor, list app.DeskList) []string {
	f.t.Helper()
	items, err := f.DeskOf(f.t.Context(), who, app.DeskFilter{List: list, Page: app.Page{Limit: app.MaxLimit}})
	if err != nil {
		f.t.Fatal(err)
	}
	out := []string{}
	for _, x := range items.Items {
		out = append(out, x.FindingID)
	}
	return out
}

func TestReviewSaysWhatBecomesOfTheMachinesWord(t *testing.T) {
	t.Parallel()
	f := started(t)
	x := f.withNumber(f.story(gazette, courier).ID)
	diverge, agree := claims.Diverge, claims.Agree
	for _, tt := range []struct {
		name string
		in   app.ReviewInput
		want store.Outcome
	}{
		{"nobody has decided", app.ReviewInput{Note: "To be called about."}, store.Suggested},
		{"the same verdict", app.ReviewInput{Verdict: &diverge}, store.OutcomeRight},
		{"another verdict", app.ReviewInput{Verdict: &agree}, store.OutcomeChanged},
		{"a difference that is none", app.ReviewInput{Differences: []app.ItemDecision{{ID: x.Differences[0].ID, Decision: app.Rejected}}}, store.OutcomeChanged},
		{"not one fact", app.ReviewInput{Alignment: app.Rejected}, store.OutcomeRejected},
		{"one fact", app.ReviewInput{Alignment: app.Confirmed}, store.OutcomeRight},
		{"a note keeps what was decided", app.ReviewInput{Note: "Called."}, store.OutcomeRight},
	} {
		f.review(x.ID, tt.in)
		now := f.detail(x.ID)
		if now.Outcome != tt.want || (tt.want != store.Suggested) != (now.By == "Administrator" && now.Decided.At != nil) {
			t.Errorf("%s: %+v, want %q", tt.name, now.Decided, tt.want)
		}
	}
}

func TestReviewOfAnOlderEditionIsRefused(t *testing.T) {
	t.Parallel()
	f := started(t)
	x := f.withNumber(f.story(gazette, courier).ID)
	anna := f.named("anna", auth.Checker)
	first := f.detail(x.ID).Edition
	agree := claims.Agree
	f.review(x.ID, app.ReviewInput{Verdict: &agree, Edition: first})
	_, err := f.AddReview(t.Context(), anna, x.ID, app.ReviewInput{Alignment: app.Confirmed, Edition: first})
	wantKind(t, err, claims.Stale)
	changes, err := f.ChangesSince(t.Context(), anna, x.ID, first)
	if err != nil || len(changes) != 2 || changes[0].What != "review" || changes[0].Actor != "Administrator" || changes[1].Was != "diverge" || changes[1].NowIs != "agree" {
		t.Errorf("what changed: %+v, %v", changes, err)
	}
	if _, err := f.AddReview(t.Context(), anna, x.ID, app.ReviewInput{Alignment: app.Confirmed, Edition: f.detail(x.ID).Edition}); err != nil {
		t.Error(err)
	}
}

func TestManyAreDecidedAndUndoneAtOnce(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier, herald)
	all := ids(f.findings(s.ID))
	for _, decision := range []app.Decision{app.Confirmed, app.Rejected} {
		act, err := f.DecideOn(t.Context(), f.admin, app.DecisionOnMany{FindingIDs: all, Decision: decision, Note: "All of them."})
		if err != nil || act.Findings != len(all) {
			t.Fatalf("%+v, %v", act, err)
		}
		f.ready(s.ID)
		for _, x := range f.findings(s.ID) {
			if x.Outcome != store.Outcome(decision) || x.StaleReview {
				t.Errorf("%s: finding %q is %+v", decision, x.Summary, x.Decided)
			}
		}
		// An empty id is the last action.
		if undone, err := f.Undo(t.Context(), f.admin, ""); err != nil || undone.ID != act.ID {
			t.Fatalf("undone %+v, %v", undone, err)
		}
		f.ready(s.ID)
		for _, x := range f.findings(s.ID) {
			if x.Outcome != store.Suggested || x.Reviewed {
				t.Errorf("after undoing %s: finding %q is %+v", decision, x.Summary, x.Decided)
			}
			if kept := f.detail(x.ID).Reviews; len(kept) == 0 || kept[0].WithdrawnAt == nil {
				t.Errorf("the review that was undone is not kept: %+v", kept)
			}
		}
		_, err = f.Undo(t.Context(), f.admin, act.ID)
		wantKind(t, err, claims.Conflict)
	}
	if _, err := f.DecideOn(t.Context(), f.admin, app.DecisionOnMany{FindingIDs: append(all, newUnknown), Decision: app.Confirmed}); err == nil {
		t.Error("an unknown finding was decided on")
	}
	if n := f.count("SELECT count(*) FROM findings WHERE reviewed"); n != 0 {
		t.Errorf("%d findings were decided on though one was unknown", n)
	}
}

const newUnknown = "01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"

func TestUndoStopsWhereSomebodyBuiltOnIt(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier, herald)
	anna, bert := f.named("anna", auth.Checker), f.named("bert", auth.Checker)
	all := ids(f.findings(s.ID))
	act, err := f.DecideOn(t.Context(), anna, app.DecisionOnMany{FindingIDs: all, Decision: app.Confirmed})
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Undo(t.Context(), bert, act.ID)
	wantKind(t, err, claims.Conflict) // it is another's
	if _, err := f.AddReview(t.Context(), bert, all[0], app.ReviewInput{Note: "I agree."}); err != nil {
		t.Fatal(err)
	}
	_, err = f.Undo(t.Context(), anna, act.ID)
	wantKind(t, err, claims.Conflict)
	if n := f.count("SELECT count(*) FROM findings WHERE reviewed"); n != len(all) {
		t.Errorf("%d of %d findings are decided on after a refused undo", n, len(all))
	}
	mine := f.detail(all[0]).Reviews[1]
	_, err = f.WithdrawReview(t.Context(), bert, mine.ID)
	wantKind(t, err, claims.Forbidden)
	if _, err := f.WithdrawReview(t.Context(), anna, mine.ID); err != nil {
		t.Fatal(err)
	}
	if x := f.detail(all[0]); x.Reviewed || x.Reviews[1].WithdrawnAt == nil {
		t.Errorf("withdrawn: %+v", x.Finding)
	}
}

func TestAssignmentsEndWithTheReview(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier, herald)
	anna, bert, rita := f.named("anna", auth.Checker), f.named("bert", auth.Checker), f.named("rita", auth.Reader)
	all := ids(f.findings(s.ID))
	assign := func(who app.Actor, to string, findings ...string) app.DeskAction {
		t.Helper()
		act, err := f.Assign(t.Context(), who, app.AssignInput{FindingIDs: findings, UserID: to, DueOn: "2030-01-31", Note: "By phone, please."})
		if err != nil {
			t.Fatal(err)
		}
		return act
	}
	assign(f.admin, anna.UserID, all...)
	if got := f.desk(anna, store.DeskAssigned); len(got) != len(all) {
		t.Errorf("anna has %d findings, want %d", len(got), len(all))
	}
	given := assign(f.admin, bert.UserID, all[0])
	if a, b := len(f.desk(anna, store.DeskAssigned)), f.desk(bert, store.DeskAssigned); a != len(all)-1 || len(b) != 1 {
		t.Errorf("after giving one to bert, anna has %d and bert %v", a, b)
	}
	if _, err := f.Undo(t.Context(), f.admin, given.ID); err != nil {
		t.Fatal(err)
	}
	if a, b := len(f.desk(anna, store.DeskAssigned)), f.desk(bert, store.DeskAssigned); a != len(all) || len(b) != 0 {
		t.Errorf("after undoing that, anna has %d and bert %v", a, b)
	}
	if _, err := f.DecideOn(t.Context(), anna, app.DecisionOnMany{FindingIDs: all[:1], Decision: app.Confirmed}); err != nil {
		t.Fatal(err)
	}
	if a := len(f.desk(anna, store.DeskAssigned)); a != len(all)-1 {
		t.Errorf("after a review anna has %d", a)
	}
	if _, err := f.Undo(t.Context(), anna, ""); err != nil {
		t.Fatal(err)
	}
	if a := len(f.desk(anna, store.DeskAssigned)); a != len(all) {
		t.Errorf("after undoing the review anna has %d", a)
	}
	for name, in := range map[string]app.AssignInput{
		"a reader":          {FindingIDs: all, UserID: rita.UserID},
		"nobody":            {FindingIDs: all, UserID: newUnknown},
		"no finding":        {UserID: anna.UserID},
		"a day that is not": {FindingIDs: all, UserID: anna.UserID, DueOn: "31 January"},
		"a day gone by":     {FindingIDs: all, UserID: anna.UserID, DueOn: "2020-01-31"},
	} {
		if _, err := f.Assign(t.Context(), f.admin, in); claims.KindOf(err) != claims.Invalid {
			t.Errorf("assigned to %s: %v", name, err)
		}
	}
	_, err := f.Assign(t.Context(), anna, app.AssignInput{FindingIDs: all, UserID: anna.UserID})
	wantKind(t, err, claims.Forbidden)
}

func TestUnseenIsWhatChangedSinceAPersonLooked(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier)
	anna := f.named("anna", auth.Checker)
	all := ids(f.findings(s.ID))
	if got := f.desk(anna, store.DeskUnseen); len(got) != len(all) {
		t.Errorf("%d findings are new to anna, want %d", len(got), len(all))
	}
	if _, err := f.MarkSeen(t.Context(), anna, all); err != nil {
		t.Fatal(err)
	}
	if got := f.desk(anna, store.DeskUnseen); len(got) != 0 {
		t.Errorf("%d findings are left", len(got))
	}
	if _, err := f.Undo(t.Context(), anna, ""); err != nil {
		t.Fatal(err)
	}
	if got := f.desk(anna, store.DeskUnseen); len(got) != len(all) {
		t.Errorf("after undoing that %d are new", len(got))
	}
	if _, err := f.MarkAllSeen(t.Context(), anna, time.Now()); err != nil {
		t.Fatal(err)
	}
	x := f.withNumber(s.ID)
	f.add(s.ID, herald) // a third source tells it too
	items, err := f.DeskOf(t.Context(), anna, app.DeskFilter{List: store.DeskUnseen})
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, item := range items.Items {
		if item.FindingID == x.ID {
			found = len(item.Changes) == 1 && item.Changes[0].What == "sources" && item.Changes[0].Was == "2" && item.Changes[0].NowIs == "3"
		}
	}
	if !found {
		t.Errorf("the new source is not told: %+v", items.Items)
	}
	if err := f.Saw(t.Context(), anna, f.detail(x.ID).Finding); err != nil {
		t.Fatal(err)
	}
	for _, id := range f.desk(anna, store.DeskUnseen) {
		if id == x.ID {
			t.Error("what anna has looked at is still new")
		}
	}
	agree := claims.Agree
	f.review(x.ID, app.ReviewInput{Verdict: &agree})
	if got := f.desk(anna, store.DeskUnseen); len(got) == 0 || got[0] != x.ID {
		t.Errorf("a changed verdict is not new to anna: %v", got)
	}
	if got := f.desk(f.admin, store.DeskUnseen); len(got) != 0 && got[0] == x.ID {
		t.Error("one's own review is new to oneself")
	}
}

func TestNextOpenGoesDownTheStory(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier, herald)
	all := ids(f.findings(s.ID))
	at := all[0]
	for _, want := range append(all[1:], all[0]) {
		next, err := f.NextOpen(t.Context(), f.admin, at, false)
		if err != nil || next != want {
			t.Fatalf("after %s comes %s (%v), want %s", at, next, err, want)
		}
		at = next
	}
	if _, err := f.DecideOn(t.Context(), f.admin, app.DecisionOnMany{FindingIDs: all[1:], Decision: app.Confirmed}); err != nil {
		t.Fatal(err)
	}
	if next, err := f.NextOpen(t.Context(), f.admin, all[0], false); err != nil || next != "" {
		t.Errorf("after the last open one comes %q, %v", next, err)
	}
}
