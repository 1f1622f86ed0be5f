package app_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/judge"
	"corroborate/internal/judge/judgetest"
	"corroborate/internal/store"
)

// agrees, parts and strays are answers of a second judge.
var (
	agrees = judgetest.Opinion("agree", "none", "Both tell it.")
	parts  = judgetest.Opinion("diverge", "number", "The numbers differ.")
	strays = judgetest.Opinion("unrelated", "none", "They tell different facts.")
)

// judging sets a service up that has a second judge, which is asked again soon.
func judging(t *testing.T, s *judgetest.Server) func(*app.Config) {
	return judgingAs(t, s, judgetest.Model)
}

func judgingAs(t *testing.T, s *judgetest.Server, model string) func(*app.Config) {
	t.Helper()
	c, err := judge.New(judge.Config{BaseURL: s.BaseURL(), Model: model, Key: judgetest.Key, Timeout: 2 * time.Second, AnswerTokens: 300})
	if err != nil {
		t.Fatal(err)
	}
	return func(cfg *app.Config) {
		cfg.SecondJudge = app.SecondJudgeConfig{Client: c, Budget: store.SecondBudget{Calls: 1000, Tokens: 1_000_000}, Lanes: 2,
			Rest: 20 * time.Millisecond, Retries: []time.Duration{20 * time.Millisecond, 20 * time.Millisecond}, WakeEvery: 200 * time.Millisecond}
	}
}

// second gives how the second judge fares.
func (f *fixture) second() app.SecondJudgeState {
	f.t.Helper()
	s, err := f.SecondJudge(f.t.Context(), f.admin)
	if err != nil {
		f.t.Fatal(err)
	}
	return s
}

// judged waits until all pairs of a story were planned and answered.
func (f *fixture) judged(storyID string) {
	f.t.Helper()
	until(f.t, "all is answered", func() bool { return f.planned(storyID) && f.second().Totals.Waiting == 0 })
}

// planned tells whether a story's pairs were gathered for its newest comparison.
func (f *fixture) planned(storyID string) bool {
	return f.count("SELECT count(*) FROM second_plans p JOIN stories s ON s.id = p.story_id WHERE p.compared = s.compared AND s.id = '"+storyID+"'") == 1
}

// spent tells whether the newest day's budget has no room for what waits, and nothing is
// under way that could leave some: both on one state of the database.
func (f *fixture) spent() bool {
	return f.count(`SELECT count(*) FROM second_days WHERE day = (SELECT max(day) FROM second_days) AND spent_at IS NOT NULL
		AND NOT EXISTS (SELECT FROM second_answers WHERE asking_until IS NOT NULL)`) == 1
}

// evacuated gives the finding on how many people were evacuated, on which sources part.
func (f *fixture) evacuated(storyID string) app.FindingDetail {
	f.t.Helper()
	for _, x := range f.findings(storyID) {
		if strings.Contains(x.Summary, "evacuated") {
			d, err := f.Finding(f.t.Context(), f.admin, x.ID)
			if err != nil {
				f.t.Fatal(err)
			}
			return d
		}
	}
	f.t.Fatal("no finding on the evacuation")
	return app.FindingDetail{}
}

func TestSecondJudgeIsOffByDefault(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier, herald)
	if got := f.second(); got.On || got.Model != "" || f.count("SELECT count(*) FROM second_pairs") != 0 ||
		f.count("SELECT count(*) FROM river_job WHERE queue = 'second_judge'") != 0 {
		t.Errorf("%+v", got)
	}
	if d := f.evacuated(s.ID); d.Second == nil || len(d.Second) != 0 || d.Finding.Second != (store.SecondCounts{}) {
		t.Errorf("%+v", d.Second)
	}
	_, err := f.RetrySecondJudge(t.Context(), f.admin)
	wantKind(t, err, claims.Conflict)
	for _, who := range []app.Actor{f.person(auth.Editor), {}} {
		if _, err := f.SecondJudge(t.Context(), who); claims.KindOf(err) == "" {
			t.Errorf("%s reads how it fares", who.Name)
		}
		if _, err := f.RetrySecondJudge(t.Context(), who); claims.KindOf(err) == "" || claims.KindOf(err) == claims.Conflict {
			t.Errorf("%s has it asked again: %v", who.Name, err)
		}
	}
}

// TestSecondVerdicts has a second judge that always agrees, and so says otherwise of what
// diverges.
func TestSecondVerdicts(t *testing.T) {
	t.Parallel()
	s := judgetest.New(t, agrees)
	f := started(t, judging(t, s))
	story := f.story(gazette, courier, herald)
	f.judged(story.ID)
	d := f.evacuated(story.ID)
	if d.Verdict != claims.Diverge || len(d.Second) == 0 || d.Finding.Second.Answered != len(d.Second) || d.Finding.Second.Disagrees == 0 {
		t.Fatalf("%s, %+v, %+v", d.Verdict, d.Finding.Second, d.Second)
	}
	first := d.Second[0]
	if !first.Disagrees || first.Ours != store.EngineDiverges || first.Relation != claims.RelAgree || first.State != app.SecondAnswered ||
		first.Model != judgetest.Model || first.Prompt != judge.PromptVersion || first.Reason != "Both tell it." || first.AnsweredAt == nil {
		t.Errorf("%+v", first)
	}
	for _, c := range s.Calls() {
		for _, stays := range []string{"Gazette", "Courier", "Herald", "example", "Flood drives"} {
			if strings.Contains(c.Body, stays) {
				t.Errorf("%q was sent: %s", stays, c.Body)
			}
		}
	}
	f.wantSecond(story.ID, store.SecondDisagrees, d.ID)
	l, err := f.Findings(t.Context(), f.admin, app.FindingFilter{StoryID: story.ID, Order: app.MostDisputed})
	if err != nil || l.Items[0].ID != d.ID {
		t.Errorf("most disputed first: %+v, %v", l.Items, err)
	}
	if got := f.second(); !got.On || got.Today.Calls != len(s.Calls()) || got.Today.Answered != len(s.Calls()) || got.Today.TokensIn != 200*len(s.Calls()) ||
		got.Today.Tokens != 220*len(s.Calls()) || got.Totals.Answered != len(s.Calls()) || got.AnsweredAt == nil {
		t.Errorf("%+v", got)
	}
}

// wantSecond looks for a finding in the list of those with an outcome.
func (f *fixture) wantSecond(storyID string, o store.SecondOutcome, id string) {
	f.t.Helper()
	for _, each := range store.SecondOutcomes() {
		l, err := f.Findings(f.t.Context(), f.admin, app.FindingFilter{StoryID: storyID, Second: each})
		if err != nil {
			f.t.Fatal(err)
		}
		there := false
		for _, x := range l.Items {
			there = there || x.ID == id
		}
		if there != (each == o) {
			f.t.Errorf("in the list %s: %v", each, there)
		}
	}
}

// TestSecondJudgeIsNotAskedTwice analyses anew, takes articles away and brings them back:
// what was answered is there again without a further call.
func TestSecondJudgeIsNotAskedTwice(t *testing.T) {
	t.Parallel()
	s := judgetest.New(t, agrees)
	f := started(t, judging(t, s))
	story := f.story(gazette, courier)
	f.judged(story.ID)
	asked := len(s.Calls())
	if asked == 0 {
		t.Fatal("nothing was asked")
	}
	if _, err := f.AnalyzeStory(t.Context(), f.admin, story.ID); err != nil {
		t.Fatal(err)
	}
	f.ready(story.ID)
	f.judged(story.ID)
	art := f.add(story.ID, herald)
	f.judged(story.ID)
	more := len(s.Calls())
	if more <= asked {
		t.Fatalf("%d calls after a third article, %d before", more, asked)
	}
	with := f.evacuated(story.ID).Finding.Second
	if err := f.DeleteArticle(t.Context(), f.admin, art.ID, art.Version); err != nil {
		t.Fatal(err)
	}
	f.ready(story.ID)
	f.judged(story.ID)
	if got := f.evacuated(story.ID).Finding.Second; got.Pairs >= with.Pairs || got.Answered != got.Pairs {
		t.Errorf("after a deletion %+v, before %+v", got, with)
	}
	if _, err := f.RestoreArticle(t.Context(), f.admin, art.ID); err != nil {
		t.Fatal(err)
	}
	f.ready(story.ID)
	f.judged(story.ID)
	if got := f.evacuated(story.ID).Finding.Second; got != with {
		t.Errorf("after the restoration %+v, before %+v", got, with)
	}
	if n := len(s.Calls()); n != more {
		t.Errorf("%d calls, %d before it went and came", n, more)
	}
}

// TestSecondJudgeOutage has the endpoint fail in every way of its own, then work: all is
// answered in the end, and the analysis waits for nothing of it.
func TestSecondJudgeOutage(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]judgetest.Answer{
		"429": judgetest.Status(http.StatusTooManyRequests, "Retry-After", "1"), "500": judgetest.Status(500), "key": judgetest.Status(401),
		"half": judgetest.Half(), "hang": judgetest.Hang(), "redirect": judgetest.Status(302, "Location", "/v1/chat/completions"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := judgetest.New(t, fault)
			f := started(t, judging(t, s))
			story := f.story(gazette, courier)
			until(t, "it failed", func() bool { return f.second().Failures > 0 })
			d := f.evacuated(story.ID)
			if len(d.Second) == 0 || d.Finding.Second.Answered != 0 {
				t.Fatalf("%+v, %+v", d.Finding.Second, d.Second)
			}
			f.wantSecond(story.ID, store.SecondSilent, d.ID)
			failing := f.second()
			if failing.Fault == "" || failing.FailingSince == nil || len(failing.Today.Faults) == 0 || failing.Today.Answered != 0 {
				t.Errorf("%+v", failing)
			}
			for _, v := range d.Second {
				if v.State != app.SecondFailing && v.State != app.SecondWaiting || v.Relation != "" {
					t.Errorf("%+v", v)
				}
			}
			s.Set(parts)
			f.judged(story.ID)
			if got := f.evacuated(story.ID); got.Finding.Second.Answered != len(d.Second) || f.second().Failures != 0 || f.second().Fault != "" {
				t.Errorf("%+v, %+v", got.Finding.Second, f.second())
			}
		})
	}
}

// TestSecondJudgeTalksNonsense has answers that cannot be taken: they are counted, never
// stored, and given up after some tries, until an administrator has them asked again.
func TestSecondJudgeTalksNonsense(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer judgetest.Answer
		cause  judge.Cause
	}{
		"prose": {judgetest.Says("They agree, I think."), judge.Prose},
		"form":  {judgetest.Says(`{"relation": "agree", "kind": "none", "reason": "x", "verdict": "agree"}`), judge.WrongForm},
		"empty": {judgetest.Says(""), judge.Empty},
		"huge":  {judgetest.Huge(), judge.TooLarge},
		"cut": {func(w http.ResponseWriter, _ *http.Request, _ judgetest.Call) {
			judgetest.Completion(w, `{"relation":`, "length")
		}, judge.CutOff},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := judgetest.New(t, c.answer)
			f := started(t, judging(t, s))
			story := f.story(gazette, courier)
			until(t, "it is given up", func() bool { got := f.second(); return got.Totals.GivenUp > 0 && got.Totals.Waiting == 0 })
			d := f.evacuated(story.ID)
			if len(d.Second) == 0 || d.Finding.Second.Answered != 0 || f.second().Today.Faults[string(c.cause)] < 3 ||
				f.count("SELECT count(*) FROM second_answers WHERE relation IS NOT NULL") != 0 {
				t.Errorf("%+v, %+v", d.Finding.Second, f.second())
			}
			for _, v := range d.Second {
				if v.State != app.SecondGivenUp || v.Why != c.cause.Words() || v.AgainAt != nil {
					t.Errorf("%+v", v)
				}
			}
			s.Set(agrees)
			if n, err := f.RetrySecondJudge(t.Context(), f.admin); err != nil || n == 0 {
				t.Fatalf("%d, %v", n, err)
			}
			f.judged(story.ID)
			if got := f.evacuated(story.ID).Finding.Second; got.Answered != len(d.Second) {
				t.Errorf("%+v", got)
			}
		})
	}
}

// TestSecondJudgeKeepsItsBudget runs two services on one database, as two servers, with a
// budget that is far from enough, and lets a day pass.
func TestSecondJudgeKeepsItsBudget(t *testing.T) {
	t.Parallel()
	for name, budget := range map[string]store.SecondBudget{
		"calls": {Calls: 3, Tokens: 1_000_000}, "tokens": {Calls: 1000, Tokens: 1900}, // some four questions, of which one has to fit as it is estimated
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, c := judgetest.New(t, agrees), newClock()
			c.pass(10 * 24 * time.Hour)
			configure := func(cfg *app.Config) {
				judging(t, s)(cfg)
				cfg.SecondJudge.Budget, cfg.Now = budget, c.now
			}
			f := started(t, configure)
			f.start(f.another(configure))
			arts := []app.ArticleInput{gazette, courier, herald}
			for i := range 3 {
				arts = append(arts, app.ArticleInput{Source: fmt.Sprint("Paper ", i), PublishedAt: "2025-04-03",
					Text: fmt.Sprintf("Rescuers evacuated %d,%d00 people from the town of Marrow.", i+3, i)})
			}
			story := f.story(arts...)
			until(t, "the budget is spent", func() bool { return f.planned(story.ID) && f.spent() })
			first := len(s.Calls())
			day := f.second()
			if first == 0 || day.Today.Calls != first || first > budget.Calls || day.Today.Tokens > budget.Tokens || day.Totals.Waiting == 0 {
				t.Fatalf("%d calls, %+v", first, day)
			}
			waits := 0
			for _, v := range f.evacuated(story.ID).Second {
				if v.State == app.SecondUnaffordable && v.AgainAt.Equal(time.Date(2025, 4, 8, 0, 0, 0, 0, time.UTC)) {
					waits++
				}
			}
			if waits == 0 {
				t.Error("no pair says that it waits for the budget")
			}
			time.Sleep(500 * time.Millisecond) // two looks of both servers
			if n := len(s.Calls()); n != first {
				t.Errorf("%d calls on a day with a budget of %+v, %d of them after it was spent", n, budget, n-first)
			}
			c.pass(24 * time.Hour)
			until(t, "the next day's budget is spent", func() bool { return len(s.Calls()) > first && f.spent() })
			if got := f.second(); len(got.Days) != 2 || got.Today.Calls > budget.Calls || got.Today.Calls+first != len(s.Calls()) {
				t.Errorf("%+v", got)
			}
		})
	}
}

// TestSecondJudgeLanes bounds the calls at a time over two servers.
func TestSecondJudgeLanes(t *testing.T) {
	t.Parallel()
	s := judgetest.New(t, func(w http.ResponseWriter, r *http.Request, c judgetest.Call) {
		time.Sleep(50 * time.Millisecond)
		agrees(w, r, c)
	})
	f := started(t, judging(t, s))
	f.start(f.another(judging(t, s)))
	story := f.story(gazette, courier, herald)
	f.judged(story.ID)
	if n := s.MostAtOnce(); n == 0 || n > 2 {
		t.Errorf("%d calls at once with two lanes", n)
	}
}

// TestSecondJudgeChanges sets another model up: its word is asked for, and that of the one
// before is there again when it comes back.
func TestSecondJudgeChanges(t *testing.T) {
	t.Parallel()
	s := judgetest.New(t, agrees)
	f := newFixture(t, judging(t, s))
	before := f.App
	if err := before.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	story := f.story(gazette, courier)
	f.judged(story.ID)
	asked := len(s.Calls())
	if err := before.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	other := f.another(judgingAs(t, s, "another-model")) // which the endpoint does not have
	f.App = other
	if err := other.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	until(t, "the other is asked for", func() bool { return f.second().Failures > 0 })
	if got := f.evacuated(story.ID); got.Finding.Second.Answered != 0 || got.Second[0].Model != "another-model" {
		t.Errorf("%+v", got.Second)
	}
	if err := other.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.App = f.another(judging(t, s))
	f.start(f.App)
	until(t, "the first is back", func() bool { return f.evacuated(story.ID).Finding.Second.Answered > 0 })
	if n := len(s.Calls()); n != asked {
		t.Errorf("%d calls, %d before the model changed and changed back", n, asked)
	}
}

// TestSecondJudgeIsVeiled looks as somebody who reviews the finding blind.
func TestSecondJudgeIsVeiled(t *testing.T) {
	t.Parallel()
	s := judgetest.New(t, strays)
	f := started(t, judging(t, s))
	story := f.story(gazette, courier, herald)
	f.judged(story.ID)
	d := f.evacuated(story.ID)
	checker := f.person(auth.Checker)
	other := f.person(auth.Editor)
	if _, err := f.AskBlind(t.Context(), f.admin, app.BlindInput{FindingID: d.ID, Reviewers: []string{checker.UserID, other.UserID}}); err != nil {
		t.Fatal(err)
	}
	got, err := f.Finding(t.Context(), checker, d.ID)
	if err != nil || !got.Veiled || len(got.Second) != 0 || got.Finding.Second != (store.SecondCounts{}) {
		t.Errorf("%+v, %+v, %v", got.Second, got.Finding.Second, err)
	}
	for _, o := range store.SecondOutcomes() {
		l, err := f.Findings(t.Context(), checker, app.FindingFilter{StoryID: story.ID, Second: o})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range l.Items {
			if x.ID == d.ID {
				t.Errorf("the veiled finding fits %s", o)
			}
		}
	}
	desk, err := f.DeskOf(t.Context(), checker, app.DeskFilter{List: store.DeskSecond})
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range desk.Items {
		if item.FindingID == d.ID {
			t.Error("the veiled finding is on the desk")
		}
	}
	if all, err := f.DeskOf(t.Context(), f.admin, app.DeskFilter{List: store.DeskSecond}); err != nil || len(all.Items) <= len(desk.Items) {
		t.Errorf("others see %d, %v", len(all.Items), err)
	}
}

// logged is a log that a test reads.
type logged struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// TestKeyOfSecondJudgeStaysInside has the endpoint repeat the key in all that it says: it is
// neither in the log, at its most talkative, nor in the database.
func TestKeyOfSecondJudgeStaysInside(t *testing.T) {
	t.Parallel()
	s := judgetest.New(t, judgetest.Status(401))
	var log logged
	f := started(t, judging(t, s), func(cfg *app.Config) {
		cfg.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	story := f.story(gazette, courier)
	for _, fault := range []judgetest.Answer{judgetest.Status(400), judgetest.Status(500), judgetest.Says("the key is " + judgetest.Key)} {
		before := f.second().Today.Faults
		until(t, "it failed", func() bool { return len(f.second().Today.Faults) > len(before) })
		s.Set(fault)
	}
	until(t, "prose came", func() bool { return f.second().Today.Faults[string(judge.Prose)] > 0 })
	if !strings.Contains(log.String(), "gave no opinion") {
		t.Error("the log says nothing of the faults")
	}
	if strings.Contains(log.String(), judgetest.Key) {
		t.Error("the key is in the log")
	}
	for _, table := range []string{"second_answers", "second_judge", "second_days", "second_faults", "river_job", "audit", "events"} {
		if n := f.count("SELECT count(*) FROM " + table + " x WHERE x::text LIKE '%" + judgetest.Key + "%'"); n > 0 {
			t.Errorf("the key is in %s", table)
		}
	}
	if state := fmt.Sprintf("%+v %+v", f.second(), f.evacuated(story.ID).Second); strings.Contains(state, judgetest.Key) {
		t.Error("the key is told to administrators")
	}
}
