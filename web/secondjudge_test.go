package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/judge"
	"corroborate/internal/judge/judgetest"
	"corroborate/internal/server/servertest"
	"corroborate/internal/store"
)

// judged starts a site with a second judge that answers so, which is asked again soon.
func judged(t *testing.T, s *judgetest.Server, budget int) site {
	t.Helper()
	c, err := judge.New(judge.Config{BaseURL: s.BaseURL(), Model: judgetest.Model, Key: judgetest.Key, Timeout: 2 * time.Second, AnswerTokens: 300})
	if err != nil {
		t.Fatal(err)
	}
	return newSite(t, servertest.Options{Jobs: true, SecondJudge: app.SecondJudgeConfig{Client: c, Lanes: 1,
		Budget: store.SecondBudget{Calls: budget, Tokens: 1_000_000}, Rest: 20 * time.Millisecond,
		Retries: []time.Duration{20 * time.Millisecond}, WakeEvery: 200 * time.Millisecond}})
}

var flooded = []app.ArticleInput{
	{Source: "Marrow Gazette", Title: "Flood drives families out", PublishedAt: "2025-04-02", Text: "The river Tarn flooded the town of Marrow on Tuesday.\n\n" +
		"Rescuers evacuated 1,200 people from the town. Mayor Ann Weller closed the bridge."},
	{Source: "Tarn Courier", Title: "Tarn bursts its banks", PublishedAt: "2025-04-02", Text: "On Tuesday the town of Marrow was flooded by the river Tarn.\n\n" +
		"From the town, rescuers evacuated 2,000 people. The school stayed open."},
}

// flood stores a story and gives the address of its page and of its divergence, once that
// stands as wanted with the second judge.
func (s site) flood(until func(app.FindingDetail) bool) (story, finding string) {
	s.t.Helper()
	admin, err := s.App.AuthenticateKey(s.t.Context(), servertest.AdminKey)
	if err != nil {
		s.t.Fatal(err)
	}
	made, err := s.App.CreateStory(s.t.Context(), admin, app.StoryInput{Title: "A flood at Marrow", Articles: flooded})
	if err != nil {
		s.t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		l, err := s.App.Findings(s.t.Context(), admin, app.FindingFilter{StoryID: made.ID, Verdicts: []claims.Verdict{claims.Diverge}})
		if err != nil {
			s.t.Fatal(err)
		}
		if len(l.Items) == 0 {
			continue
		}
		d, err := s.App.Finding(s.t.Context(), admin, l.Items[0].ID)
		if err == nil && until(d) {
			return "/stories/" + made.ID, "/findings/" + d.ID
		}
	}
	s.t.Fatal("it never came so far")
	return "", ""
}

// is waits until the first pair of a finding has a state.
func is(state app.SecondState) func(app.FindingDetail) bool {
	return func(d app.FindingDetail) bool { return len(d.Second) > 0 && d.Second[0].State == state }
}

func TestSecondJudgeSaysOtherwise(t *testing.T) {
	t.Parallel()
	s := judged(t, judgetest.New(t, judgetest.Opinion("agree", "none", "Both <script>alert(1)</script> tell it.")), 100)
	story, finding := s.flood(is(app.SecondAnswered))
	p := s.get(finding).want(http.StatusOK).shows(".second-link", "second judge disagrees").shows("#second-judge", "A second judge").
		shows(".second-sides", "Marrow Gazette").shows(".second-sides", "Tarn Courier").shows(".second-disagrees", "says otherwise").
		shows(".second-disagrees", "A second judge (model tiny-judge-1) says: agree").shows(".second-disagrees", "the engine says: diverge").
		shows(".second-disagrees", "an outside model’s opinion").lacks(".second script").shows(".verdict", "diverge")
	if !strings.Contains(p.Body.String(), "&lt;script&gt;alert(1)") {
		t.Error("the reason is not shown as it was given")
	}
	s.get(story).want(http.StatusOK).shows(".second-tag", "second judge disagrees").shows(".figures", "1 disputed by a second judge").
		shows("#second_judge", "says otherwise").shows("#sort", "most disputed")
	s.get(story+"?second_judge=disagrees&sort=second_judge").want(http.StatusOK).shows(".filter-result", "1 of")
	checker := s.as(auth.Checker)
	checker.get("/review").want(http.StatusOK).shows("main", "A second judge disagrees").shows(".second-tag", "second judge disagrees")
	checker.get("/review?show=second_judge").want(http.StatusOK).shows(".desk-line", "evacuated")
}

func TestSecondJudgeFails(t *testing.T) {
	t.Parallel()
	endpoint := judgetest.New(t, judgetest.Says("I think they agree."))
	s := judged(t, endpoint, 100)
	_, finding := s.flood(is(app.SecondGivenUp))
	s.get(finding).want(http.StatusOK).shows(".second-pair", "Failed: its answer was prose").lacks(".second-tag")
	admin := s.as(auth.Administrator)
	admin.get("/admin/second-judge").want(http.StatusOK).shows("main", "tiny-judge-1 at 127.0.0.1").shows(".second-fault", "prose").
		shows("form", "Ask again what failed").shows(".alert", "brought no opinion")
	endpoint.Set(judgetest.Status(http.StatusInternalServerError))
	admin.post("/admin/second-judge/retry", nil).goesTo("/admin/second-judge")
	admin.get("/admin/second-judge").shows(".notice", "asked again")
	for end := time.Now().Add(time.Minute); !strings.Contains(s.get(finding).text("main"), "it has a fault of its own"); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the page does not say that the endpoint has a fault")
		}
	}
	for _, who := range []site{s, s.as(auth.Checker)} { // s is an editor's
		who.get("/admin/second-judge").want(http.StatusForbidden)
		who.post("/admin/second-judge/retry", nil).want(http.StatusForbidden)
	}
}

func TestSecondJudgeHasNoBudget(t *testing.T) {
	t.Parallel()
	s := judged(t, judgetest.New(t, judgetest.Opinion("diverge", "number", "The numbers differ.")), 1)
	_, finding := s.flood(func(d app.FindingDetail) bool { return d.Finding.Second.Answered > 0 })
	s.get(finding).want(http.StatusOK).shows(".second-pair", "says: diverge").shows(".second", "says the same as the engine").lacks(".second-disagrees")
	admin := s.as(auth.Administrator)
	for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		if strings.Contains(admin.get("/admin/second-judge").text("main"), "The budget of today is spent") {
			return
		}
		if time.Now().After(end) {
			t.Fatal("the page does not say that the budget is spent")
		}
	}
}

func TestNoSecondJudge(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	story, finding := s.flood(func(d app.FindingDetail) bool { return true })
	s.get(finding).want(http.StatusOK).lacks("#second-judge").lacks(".second-tag")
	s.get(story).want(http.StatusOK).lacks("#second_judge")
	admin := s.as(auth.Administrator)
	admin.get("/admin/second-judge").want(http.StatusOK).shows("main", "No second judge is set up").lacks("form[action='/admin/second-judge/retry']")
	admin.post("/admin/second-judge/retry", nil).want(http.StatusConflict)
	admin.get("/admin/users").shows("main", "The second judge")
}
