package app_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/webhook"
)

// What the person of these tests is called nowhere else.
const (
	fullName  = "Wilhelmina Quorblefax"
	maidsName = "Wilhelmina Vexlimud (née O'Zanz)"
	address   = "quorble+fax@zanzy.example"
)

// wordsOfPerson find the person in any table.
var wordsOfPerson = []string{"Quorblefax", "Vexlimud", "quorble+fax", "zanzy.example", "Snorvel"}

// joined gives somebody who came by an invitation and was renamed since.
func (f *fixture) joined(role auth.Role) app.Actor {
	f.t.Helper()
	_, token, err := f.Invite(f.t.Context(), f.admin, app.InvitationInput{Email: address, Name: maidsName, Role: role})
	if err != nil {
		f.t.Fatal(err)
	}
	u, err := f.AcceptInvitation(f.t.Context(), token, app.Acceptance{Name: maidsName, Password: password})
	if err != nil {
		f.t.Fatal(err)
	}
	name := fullName
	if _, err := f.EditUser(f.t.Context(), f.admin, u.ID, app.UserEdit{Name: &name}); err != nil {
		f.t.Fatal(err)
	}
	return f.signedIn(u.ID)
}

// signedIn gives an open account as it acts with a session.
func (f *fixture) signedIn(id string) app.Actor {
	f.t.Helper()
	p, err := f.Person(f.t.Context(), f.admin, id)
	if err != nil {
		f.t.Fatal(err)
	}
	who, err := f.SessionActor(f.t.Context(), id, p.SessionVersion)
	if err != nil {
		f.t.Fatal(err)
	}
	return who
}

// forgotten waits until nothing is left to be looked for of a person.
func (f *fixture) forgotten(id string) app.PersonErasure {
	f.t.Helper()
	for range 400 {
		e, err := f.PersonErasure(f.t.Context(), f.admin, id)
		if err != nil {
			f.t.Fatal(err)
		}
		if e.ForgottenAt != nil && !e.Running {
			return e
		}
		time.Sleep(25 * time.Millisecond)
	}
	f.t.Fatal("the person is not forgotten")
	return app.PersonErasure{}
}

// busy has a person do everything that leaves a trace.
func (f *fixture) busy(who app.Actor, s app.Story) (reviewed string) {
	f.t.Helper()
	ctx := f.t.Context()
	must := func(err error) {
		f.t.Helper()
		if err != nil {
			f.t.Fatal(err)
		}
	}
	x := f.withNumber(s.ID)
	_, err := f.AddReview(ctx, who, x.ID, app.ReviewInput{Alignment: app.Confirmed, Note: "Called both desks. wilhelmina  quorblefax, " + address})
	must(err)
	_, err = f.AddReview(ctx, f.admin, x.ID, app.ReviewInput{Note: "As " + fullName + " says; write to " + address + "."})
	must(err)
	_, _, err = f.CreateKey(ctx, who, app.KeyInput{Name: "Snorvel laptop", Scopes: []auth.Scope{auth.Read}})
	must(err)
	_, err = f.SaveSearch(ctx, who, app.SavedSearchInput{Name: "Snorvel", Query: "snorvelbridge"})
	must(err)
	_, _, err = f.MakeWebhook(ctx, who, app.WebhookInput{URL: "https://snorvel.invalid/in", Description: "Snorvel", Events: []webhook.Type{webhook.FindingNew}})
	must(err)
	_, err = f.Assign(ctx, f.admin, app.AssignInput{FindingIDs: []string{x.ID}, UserID: who.UserID, Note: "For " + fullName})
	must(err)
	_, _, err = f.MakeReset(ctx, f.admin, who.UserID)
	must(err)
	f.exec("INSERT INTO sessions (token, data, expiry) VALUES ('t1', convert_to('user ' || $1 || ' Snorvel', 'UTF8'), now() + interval '1 day')", who.UserID)
	f.exec(`INSERT INTO idempotency (actor_id, key, method, path, body_hash, state, status, body, created_at)
		VALUES ($1, 'k', 'POST', '/invitations', '', 'done', 201, convert_to('{"name": "Wilhelmina Quorblefax"}', 'UTF8'), now())`, f.admin.UserID)
	return x.ID
}

// TestForgottenPersonIsNowhere deletes the account of somebody who did and was told of
// everything, and looks for the words in all tables.
func TestForgottenPersonIsNowhere(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(courier, gazette, herald)
	who := f.joined(auth.Editor)
	finding := f.busy(who, s)
	before := f.detail(finding)
	if found := f.holding(wordsOfPerson...); len(found) < 10 {
		t.Fatalf("before: %v", found)
	}
	e, err := f.PersonErasure(t.Context(), f.admin, who.UserID)
	if err != nil || e.Keys != 1 || e.Searches != 1 || e.Webhooks != 1 || e.Sessions != 1 || e.Assigned != 1 || e.Reviews != 1 || e.Running {
		t.Errorf("told beforehand: %+v, %v", e.PersonErasure, err)
	}
	if _, err := f.ForgetUser(t.Context(), f.admin, who.UserID, 0); err != nil {
		t.Fatal(err)
	}
	_, err = f.SessionActor(t.Context(), who.UserID, e.SessionVersion)
	wantKind(t, err, claims.Unauthenticated)
	after := f.forgotten(who.UserID)
	if found := f.holding(wordsOfPerson...); len(found) > 0 {
		t.Errorf("the person is still in %v", found)
	}
	if after.Name != "Former member 1" || after.Reviews != e.Reviews || after.Entries < e.Entries || after.Keys+after.Searches+after.Webhooks+after.Sessions+after.Assigned != 0 {
		t.Errorf("afterwards: %+v", after)
	}
	now := f.detail(finding)
	if len(now.Reviews) != len(before.Reviews) || now.Outcome != before.Outcome || now.Reviewed != before.Reviewed {
		t.Errorf("the finding stands otherwise: %+v, before %+v", now.Finding, before.Finding)
	}
	for _, r := range now.Reviews {
		if r.AuthorID == who.UserID && (r.Author != "Former member 1" || !strings.Contains(r.Note, "Called both desks. Former member 1, Former member 1")) {
			t.Errorf("the review is %q by %q", r.Note, r.Author)
		}
	}
	if _, err := f.ForgetUser(t.Context(), f.admin, who.UserID, 0); err != nil {
		t.Errorf("once more: %v", err)
	}
	_, err = f.ReopenUser(t.Context(), f.admin, who.UserID, 0)
	wantKind(t, err, claims.Conflict)
	_, err = f.Login(t.Context(), after.Email, password)
	wantKind(t, err, claims.Unauthenticated)
	if _, _, err := f.Invite(t.Context(), f.admin, app.InvitationInput{Email: address, Name: fullName, Role: auth.Reader}); err != nil {
		t.Errorf("the address cannot be invited again: %v", err)
	}
}

func TestWhoMayBeForgotten(t *testing.T) {
	t.Parallel()
	f := started(t)
	_, err := f.ForgetUser(t.Context(), f.admin, f.admin.UserID, 0)
	wantKind(t, err, claims.Conflict)
	editor, second := f.named("eddie", auth.Editor), f.named("ada", auth.Administrator)
	_, err = f.ForgetUser(t.Context(), editor, second.UserID, 0)
	wantKind(t, err, claims.Forbidden)
	_, err = f.PersonErasure(t.Context(), editor, second.UserID)
	wantKind(t, err, claims.Forbidden)
	_, err = f.ForgetUser(t.Context(), f.admin, second.UserID, 99)
	wantKind(t, err, claims.Stale)
	if _, err := f.ForgetUser(t.Context(), second, f.admin.UserID, 0); err != nil {
		t.Fatal(err)
	}
	if who := f.key(f.token); who.UserID != second.UserID {
		t.Errorf("the key of the settings is %+v", who)
	}
	f.admin = second
	if e := f.forgotten(mustUser(t, f, "Former member 1")); e.Role != auth.Reader {
		t.Errorf("forgotten: %+v", e)
	}
}

func mustUser(t *testing.T, f *fixture, name string) string {
	t.Helper()
	people, err := f.People(t.Context(), f.admin)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if p.Name == name {
			return p.ID
		}
	}
	t.Fatalf("nobody is called %s", name)
	return ""
}

// TestPanelsGoOnWithoutTheForgotten deletes people who are asked in blind reviews.
func TestPanelsGoOnWithoutTheForgotten(t *testing.T) {
	t.Parallel()
	a := askedFor(t, gazette, courier)
	carl := a.named("carl", auth.Checker)
	a.exec("INSERT INTO blind_reviewers (blind_id, user_id) SELECT id, $1 FROM blind_reviews", carl.UserID)
	a.answer(a.anna, "agree")
	a.answer(a.bert, "agree")
	if _, err := a.ForgetUser(t.Context(), a.admin, a.anna.UserID, 0); err != nil {
		t.Fatal(err)
	}
	a.forgotten(a.anna.UserID)
	d, err := a.FindingDesk(t.Context(), a.admin, a.finding.ID)
	if err != nil || len(d.Open) != 1 || len(d.Open[0].Answers) != 3 {
		t.Fatalf("who has answered does not count any more: %+v, %v", d.Open, err)
	}
	if _, err := a.ForgetUser(t.Context(), a.admin, carl.UserID, 0); err != nil {
		t.Fatal(err)
	}
	a.forgotten(carl.UserID)
	if b := a.ended(); !b.Unanimous || len(b.Answers) != 2 {
		t.Errorf("revealed without who had not answered: %+v", b)
	}
	if x := a.detail(a.finding.ID); len(x.Reviews) != 2 || !x.Reviewed {
		t.Errorf("the reviews do not stand: %+v", x.Finding)
	}
}

func TestPanelOfOneIsCalledOff(t *testing.T) {
	t.Parallel()
	a := askedFor(t, gazette, courier)
	a.answer(a.anna, "agree")
	if _, err := a.ForgetUser(t.Context(), a.admin, a.bert.UserID, 0); err != nil {
		t.Fatal(err)
	}
	a.forgotten(a.bert.UserID)
	if b := a.ended(); !b.CalledOff || len(b.Answers) != 1 {
		t.Errorf("ended: %+v", b)
	}
}

// TestForgottenWhileAtWork deletes somebody who reviews, searches and imports all the
// while: nothing waits in a circle, and nothing of the person comes back.
func TestForgottenWhileAtWork(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(courier, gazette)
	who := f.joined(auth.Editor)
	x := f.withNumber(s.ID)
	stop := make(chan struct{})
	var working sync.WaitGroup
	for _, work := range []func(int) error{
		func(int) error {
			_, err := f.AddReview(t.Context(), who, x.ID, app.ReviewInput{Alignment: app.Confirmed})
			return err
		},
		func(i int) error {
			_, err := f.SaveSearch(t.Context(), who, app.SavedSearchInput{Name: "Snorvel " + strings.Repeat("x", i%40), Query: "snorvel"})
			return err
		},
		func(int) error {
			_, err := f.Assign(t.Context(), f.admin, app.AssignInput{FindingIDs: []string{x.ID}, UserID: who.UserID})
			return err
		},
		func(int) error {
			r, err := f.ReceiveImport(t.Context(), who, fullName+".ndjson", strings.NewReader(`{"text": "The pier fell.", "source": "Pier Post"}`))
			if err == nil {
				_, err = f.StartImport(t.Context(), who, r)
			}
			return err
		},
	} {
		working.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				if err := work(i); err != nil && claims.KindOf(err) == "" {
					t.Error(err)
					return
				}
			}
		})
	}
	time.Sleep(200 * time.Millisecond)
	if _, err := f.ForgetUser(t.Context(), f.admin, who.UserID, 0); err != nil {
		t.Error(err)
	}
	time.Sleep(50 * time.Millisecond) // what had been permitted before it still runs
	close(stop)
	working.Wait()
	f.forgotten(who.UserID)
	f.importsEnd()
	if found := f.holding(wordsOfPerson...); len(found) > 0 {
		t.Errorf("the person came back in %v", found)
	}
	if n := f.count("SELECT count(*) FROM assignments WHERE user_id = $1 AND ended_at IS NULL", who.UserID); n != 0 {
		t.Errorf("%d findings are still given to nobody", n)
	}
}

// importsEnd waits until no import runs.
func (f *fixture) importsEnd() {
	f.t.Helper()
	for range 400 {
		if f.count("SELECT count(*) FROM imports WHERE state = 'running'") == 0 {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	f.t.Error("an import does not end")
}
