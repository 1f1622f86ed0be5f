package api_test

import (
	"net/http"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/judge"
	"corroborate/internal/judge/judgetest"
	"corroborate/internal/server/servertest"
	"corroborate/internal/store"
)

// judging gives a service with a second judge.
func judging(t *testing.T, s *judgetest.Server, retries ...time.Duration) servertest.Options {
	t.Helper()
	c, err := judge.New(judge.Config{BaseURL: s.BaseURL(), Model: judgetest.Model, Key: judgetest.Key, Timeout: 2 * time.Second, AnswerTokens: 300})
	if err != nil {
		t.Fatal(err)
	}
	return servertest.Options{SecondJudge: app.SecondJudgeConfig{Client: c, Lanes: 2, Retries: retries,
		Budget: store.SecondBudget{Calls: 1000, Tokens: 10_000_000}, Rest: 20 * time.Millisecond, WakeEvery: 200 * time.Millisecond}}
}

// judged waits until nothing waits for the second judge any more.
func (c client) judged() object {
	c.t.Helper()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		s := c.call("GET", "/second-judge", "").want(http.StatusOK).object()
		if s["waiting"] == 0.0 && s["answered"].(float64)+s["given_up"].(float64) > 0 {
			return s
		}
	}
	c.t.Fatal("something always waits for the second judge")
	return nil
}

// TestSecondVerdictsAreTold has a second judge that holds nothing for the same.
func TestSecondVerdictsAreTold(t *testing.T) {
	t.Parallel()
	c, story := told(t, judging(t, judgetest.New(t, judgetest.Opinion("unrelated", "none", "They tell different facts."))))
	s := c.judged()
	if s["on"] != true || s["model"] != judgetest.Model || s["fault"] != "" || s["days"].([]any)[0].(object)["answered"] != s["answered"] {
		t.Errorf("%v", s)
	}
	items := c.call("GET", "/stories/"+story+"/findings?second_judge=disagrees&order=second_judge&limit=200", "").want(http.StatusOK).items()
	if len(items) == 0 {
		t.Fatal("it disputes nothing")
	}
	for i, f := range items {
		counts := f["second_judge"].(object)
		if counts["disagrees"] != counts["answered"] || counts["answered"] != counts["pairs"] || f["verdict"] == "single" {
			t.Errorf("%v: %v", f["verdict"], counts)
		}
		if i > 0 && counts["disagrees"].(float64) > items[i-1]["second_judge"].(object)["disagrees"].(float64) {
			t.Error("what is disputed most does not come first")
		}
	}
	for _, other := range []string{"agrees", "silent"} {
		for _, f := range c.call("GET", "/findings?limit=200&second_judge="+other, "").want(http.StatusOK).items() {
			if f["second_judge"].(object)["disagrees"] != 0.0 {
				t.Errorf("%s: %v", other, f["second_judge"])
			}
		}
	}
	detail := c.call("GET", "/findings/"+items[0]["id"].(string), "").want(http.StatusOK).object()
	v := detail["second_verdicts"].([]any)[0].(object)
	if v["state"] != "answered" || v["relation"] != "unrelated" || v["kind"] != nil || v["reason"] != "They tell different facts." || v["disagrees"] != true ||
		v["model"] != judgetest.Model || v["prompt_version"] != judge.PromptVersion || v["answered_at"] == nil || len(v["claims"].([]any)) != 2 || v["waiting_for"] != "" {
		t.Errorf("%v", v)
	}
	if detail["verdict"] != items[0]["verdict"] || detail["reviewed_verdict"] != nil {
		t.Errorf("the verdict is %v", detail["verdict"])
	}
	facets := c.call("GET", "/stories/"+story+"/facets", "").want(http.StatusOK).object()["second_judge"].(object)
	if facets["disagrees"] != float64(len(items)) || facets["agrees"] != 0.0 || facets["silent"] != 0.0 {
		t.Errorf("%v, %d items", facets, len(items))
	}
	anna := c.newPerson("Anna", auth.Checker)
	if has := anna.counts(); has["second_judge"] != float64(len(items)) || len(anna.all("second-judge")) != len(items) {
		t.Errorf("Anna's lists are %v", has)
	}
	anna.call("GET", "/second-judge", "").want(http.StatusForbidden)
	anna.call("POST", "/second-judge/retry", "").want(http.StatusForbidden)
	if wrong := c.call("GET", "/stories/"+story+"/findings?second_judge=maybe", "").want(http.StatusUnprocessableEntity).wrong(); wrong["query.second_judge"] == "" {
		t.Errorf("%v", wrong)
	}
}

func TestSecondJudgeIsAskedAgain(t *testing.T) {
	t.Parallel()
	endpoint := judgetest.New(t, judgetest.Says("Sure."))
	opts := judging(t, endpoint, time.Millisecond)
	opts.Jobs = true
	c := newClient(t, opts)
	story := c.call("POST", "/stories", `{"title": "A flood at Marrow"}`).id()
	for source, number := range map[string]string{"Marrow Gazette": "1,200", "Tarn Courier": "2,000"} {
		c.call("POST", "/articles", articleJSON(t, object{"source": source, "story_id": story, "published_at": "2025-04-02",
			"text": "Rescuers evacuated " + number + " people from the town of Marrow."})).want(http.StatusAccepted)
	}
	c.settled(story)
	s := c.judged()
	if s["answered"] != 0.0 || s["given_up"] == 0.0 || s["failures"] == 0.0 || s["fault"] == "" || s["failing_since"] == nil || s["answered_at"] != nil {
		t.Errorf("%v", s)
	}
	silent := c.call("GET", "/findings?second_judge=silent&limit=200", "").want(http.StatusOK).items()
	for _, f := range silent {
		for _, v := range c.call("GET", "/findings/"+f["id"].(string), "").want(http.StatusOK).object()["second_verdicts"].([]any) {
			if v := v.(object); v["state"] != "given_up" || v["relation"] != nil || v["waiting_for"] == "" || v["answered_at"] != nil {
				t.Errorf("%v", v)
			}
		}
	}
	endpoint.Set(judgetest.Opinion("agree", "none", "Both tell it."))
	if n := c.call("POST", "/second-judge/retry", "").want(http.StatusAccepted).object()["questions"]; n != s["given_up"] {
		t.Errorf("%v are asked again, %v were given up", n, s["given_up"])
	}
	var noted int
	if err := c.Pool.QueryRow(t.Context(), "SELECT count(*) FROM audit WHERE action = 'second_judge.retry'").Scan(&noted); err != nil || noted != 1 {
		t.Errorf("%d entries in the history, %v", noted, err)
	}
	if s = c.judged(); s["given_up"] != 0.0 || s["failures"] != 0.0 || s["fault"] != "" {
		t.Errorf("%v", s)
	}
}

func TestNoSecondJudge(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	if s := c.call("GET", "/second-judge", "").want(http.StatusOK).object(); s["on"] != false || s["model"] != "" || len(s["days"].([]any)) != 0 {
		t.Errorf("%v", s)
	}
	c.call("POST", "/second-judge/retry", "").want(http.StatusConflict)
	if items := c.call("GET", "/work/second-judge", "").want(http.StatusOK).items(); len(items) != 0 {
		t.Errorf("%v", items)
	}
}
