package api_test

import (
	"net/http"
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// asked is a story with one divergence that Anna and Bert review blind.
type asked struct {
	client
	story, finding, id string
	anna, bert, ed     person
}

func newAsked(t *testing.T) asked {
	t.Helper()
	c, story := told(t, servertest.Options{PublicRead: true})
	a := asked{client: c, story: story, finding: c.idsOf("/stories/" + story + "/findings?verdict=diverge")[0],
		anna: c.newPerson("Anna", auth.Checker, auth.Read, auth.Review), bert: c.newPerson("Bert", auth.Checker, auth.Review), ed: c.newPerson("Ed", auth.Editor, auth.Write)}
	made := a.ed.call("POST", "/findings/"+a.finding+"/blind-reviews", articleJSON(t, object{"reviewer_ids": []string{a.anna.id, a.bert.id}, "note": "Please."})).want(http.StatusCreated)
	a.id = made.id()
	if at := made.Header().Get("Location"); at != "/api/v1/blind-reviews/"+a.id || made.object()["state"] != "open" {
		t.Errorf("asked %s at %q", made.Body, at)
	}
	return a
}

func TestABlindReviewIsAnsweredByCalls(t *testing.T) {
	t.Parallel()
	a := newAsked(t)
	if n := a.anna.counts()["blind"]; n != 1 {
		t.Errorf("%v findings wait for Anna's blind review", n)
	}
	f := a.anna.call("GET", "/findings/"+a.finding, "").want(http.StatusOK).object()
	if f["veiled"] != true || f["verdict"] != nil || f["edition"] != float64(0) || len(f["differences"].([]any)) > 0 {
		t.Errorf("Anna sees %v", f)
	}
	// Nothing else tells: not the lists by what is veiled, not what is told beside it.
	for _, query := range []string{"verdict=diverge", "kind=number", "open=true", "updated_since=" + f["created_at"].(string) + "&verdict=agree"} {
		for _, path := range []string{"/findings?", "/stories/" + a.story + "/findings?"} {
			if body := a.anna.call("GET", path+query, "").want(http.StatusOK).Body.String(); strings.Contains(body, a.finding) {
				t.Errorf("%s%s lists it", path, query)
			}
		}
	}
	for _, part := range []string{"history", "wordings", "reviews"} {
		body := a.anna.call("GET", "/findings/"+a.finding+"/"+part, "").want(http.StatusOK).object()
		for name, v := range body {
			if list, ok := v.([]any); ok && len(list) > 0 {
				t.Errorf("%s tells %s: %v", part, name, list)
			}
		}
	}
	// Nor can it be decided on, alone or with others.
	a.anna.call("POST", "/findings/"+a.finding+"/reviews", `{"verdict": "agree"}`).want(http.StatusConflict)
	many := a.anna.call("POST", "/reviews", articleJSON(t, object{"finding_ids": []string{a.finding}, "decision": "confirmed"})).want(http.StatusOK)
	if r := many.items()[0]; r["review_id"] != nil || r["refused"] == "" {
		t.Errorf("the result is %v", r)
	}

	path := "/blind-reviews/" + a.id
	answered := a.anna.call("POST", path+"/answers", `{"verdict": "diverge", "kinds": ["number"], "note": "Look."}`).want(http.StatusOK).object()
	if answered["state"] != "open" || !hasAny(answered["reviewers"], "note", "Look.") {
		t.Errorf("Anna's answer gives %v", answered)
	}
	for _, who := range []person{a.bert, {client: a.client, as: nil}} {
		seen := who.call("GET", path, "").want(http.StatusOK)
		if strings.Contains(seen.Body.String(), "Look.") || seen.object()["machine_verdict"] != nil {
			t.Errorf("another reads %s", seen.Body)
		}
		listed := who.call("GET", "/blind-reviews?finding_id="+a.finding, "").want(http.StatusOK)
		if strings.Contains(listed.Body.String(), "Look.") || len(listed.items()) != 1 {
			t.Errorf("another lists %s", listed.Body)
		}
	}
	a.client.call("POST", path+"/answers", `{"verdict": "single"}`).want(http.StatusConflict) // was not asked
	ended := a.bert.call("POST", path+"/answers", `{"verdict": "agree"}`).want(http.StatusOK).object()
	if ended["state"] != "ended" || ended["unanimous"] != false || ended["machine_verdict"] != "diverge" {
		t.Errorf("after all have answered it is %v", ended)
	}
	a.bert.call("POST", path+"/answers", `{"verdict": "agree"}`).want(http.StatusConflict)
	a.ed.call("DELETE", path, "").want(http.StatusConflict)
	reviews := a.anna.call("GET", "/findings/"+a.finding+"/reviews", "").want(http.StatusOK).items()
	if len(reviews) != 2 || reviews[0]["blind_id"] != a.id || reviews[0]["stands"] != false {
		t.Errorf("the reviews are %v", reviews)
	}
	a.bert.call("DELETE", "/reviews/"+reviews[0]["id"].(string), "").want(http.StatusConflict)

	if open := a.client.call("GET", "/blind-reviews?state=unsettled&story_id="+a.story, "").want(http.StatusOK).items(); len(open) != 1 {
		t.Errorf("%d are unsettled", len(open))
	}
	a.client.call("POST", "/findings/"+a.finding+"/reviews", articleJSON(t, object{"verdict": "diverge", "adjudicates": a.id})).want(http.StatusCreated)
	if open := a.client.call("GET", "/blind-reviews?state=unsettled", "").items(); len(open) != 0 {
		t.Errorf("%d are unsettled after an editor's word", len(open))
	}
	measured := a.bert.call("GET", "/agreement", "").want(http.StatusOK).object()
	if measured["findings"] != float64(1) || measured["verdict"].(object)["pairs"] != float64(1) || len(measured["people"].([]any)) != 1 {
		t.Errorf("agreement is %v", measured)
	}
}

func TestABlindReviewIsCalledOff(t *testing.T) {
	t.Parallel()
	a := newAsked(t)
	since := a.anna.call("GET", "/findings?limit=1", "").object()["complete_until"].(string)
	a.ed.call("POST", "/findings/"+a.finding+"/blind-reviews", articleJSON(t, object{"reviewer_ids": []string{a.anna.id, a.bert.id}})).want(http.StatusConflict)
	a.anna.call("DELETE", "/blind-reviews/"+a.id, "").want(http.StatusForbidden)
	a.ed.call("DELETE", "/blind-reviews/"+a.id, "").want(http.StatusNoContent)
	a.ed.call("DELETE", "/blind-reviews/"+unknownID, "").want(http.StatusNotFound)
	if b := a.anna.call("GET", "/blind-reviews/"+a.id, "").want(http.StatusOK).object(); b["state"] != "called_off" {
		t.Errorf("it is %v", b["state"])
	}
	// Who keeps a copy without a verdict hears of it.
	if changed := a.anna.call("GET", "/findings?updated_since="+since, "").items(); len(changed) != 1 || changed[0]["id"] != a.finding || changed[0]["verdict"] != "diverge" {
		t.Errorf("what changed is %v", changed)
	}
}

func TestASampleIsAskedFor(t *testing.T) {
	t.Parallel()
	a := newAsked(t)
	both := []string{a.anna.id, a.bert.id}
	made := a.ed.call("POST", "/stories/"+a.story+"/blind-reviews", articleJSON(t, object{"reviewer_ids": both, "count": 2})).want(http.StatusCreated).items()
	if len(made) != 2 || made[0]["story_id"] != a.story || a.anna.counts()["blind"] != 3 {
		t.Errorf("made %v", made)
	}
	for path, wrong := range map[string]map[string]string{
		"/stories/" + a.story + "/blind-reviews": {
			articleJSON(t, object{"reviewer_ids": both}): "body.count", articleJSON(t, object{"reviewer_ids": both, "count": 0}): "body.count",
			articleJSON(t, object{"reviewer_ids": both[:1], "count": 1}):                       "body.reviewer_ids",
			articleJSON(t, object{"reviewer_ids": []string{a.anna.id, unknownID}, "count": 1}): "body.reviewer_ids",
		},
		"/blind-reviews/" + a.id + "/answers": {
			`{}`: "body.verdict", `{"verdict": "diverge"}`: "body.kinds", `{"verdict": "agree", "kinds": ["number"]}`: "body.kinds", `{"verdict": "agree", "kinds": ["colour"]}`: "body.kinds[0]",
		},
	} {
		for body, where := range wrong {
			who := a.anna
			if strings.HasPrefix(path, "/stories") {
				who = a.ed
			}
			if got := who.call("POST", path, body).want(http.StatusUnprocessableEntity).wrong(); got[where] == "" {
				t.Errorf("%s %s names %v, want %s", path, body, got, where)
			}
		}
	}
	for _, path := range []string{"/findings/" + unknownID, "/stories/" + unknownID} {
		a.ed.call("POST", path+"/blind-reviews", articleJSON(t, object{"reviewer_ids": both, "count": 1})).want(map[bool]int{true: http.StatusNotFound, false: http.StatusUnprocessableEntity}[strings.HasPrefix(path, "/stories")])
	}
	a.anna.call("GET", "/blind-reviews/"+unknownID, "").want(http.StatusNotFound)
	a.anna.call("GET", "/blind-reviews?finding_id=x", "").want(http.StatusUnprocessableEntity)
}
