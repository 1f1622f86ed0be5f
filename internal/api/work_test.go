package api_test

import (
	"net/http"
	"testing"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// counts gives the lengths of somebody's lists.
func (p person) counts() map[string]float64 {
	p.t.Helper()
	out := map[string]float64{}
	for _, l := range p.call("GET", "/work", "").want(http.StatusOK).object()["lists"].([]any) {
		out[l.(object)["list"].(string)] = l.(object)["count"].(float64)
	}
	return out
}

// all reads one of somebody's lists by parts of two.
func (p person) all(list string) []object {
	p.t.Helper()
	var out []object
	for cursor := ""; ; {
		part := p.call("GET", "/work/"+list+"?limit=2&cursor="+cursor, "").want(http.StatusOK)
		out = append(out, part.items()...)
		if cursor = part.object()["next_cursor"].(string); cursor == "" {
			return out
		}
	}
}

func TestWorkIsListed(t *testing.T) {
	t.Parallel()
	c, _ := told(t, servertest.Options{})
	anna, ed := c.newPerson("Anna", auth.Checker), c.newPerson("Ed", auth.Editor)
	if has := anna.counts(); len(has) != 6 || has["open"] == 0 || has["unseen"] == 0 {
		t.Errorf("Anna's lists are %v", has)
	}
	if has := ed.counts(); len(has) != 7 {
		t.Errorf("the editor's lists are %v", has)
	}
	for _, list := range []string{"open", "unseen", "stale", "assigned", "blind"} {
		items, seen := anna.all(list), map[any]bool{}
		for _, i := range items {
			seen[i["finding_id"]] = true
		}
		if n := anna.counts()[list]; float64(len(items)) != n || float64(len(seen)) != n {
			t.Errorf("%s has %d findings by parts, %d of them different, and counts %v", list, len(items), len(seen), n)
		}
	}
	doubted := map[any]bool{}
	for _, i := range anna.all("model") {
		doubted[i["finding_id"]] = true
	}
	open := anna.all("open")
	for i := 1; i < len(open); i++ {
		if was, is := doubted[open[i-1]["finding_id"]], doubted[open[i]["finding_id"]]; is && !was {
			t.Error("divergences that the model reads otherwise do not come first")
		} else if was == is && open[i]["origins"].(float64) > open[i-1]["origins"].(float64) {
			t.Error("open divergences of most origins do not come first")
		}
	}
	anna.call("GET", "/work/given", "").want(http.StatusForbidden)
	anna.call("GET", "/work/unheard", "").want(http.StatusNotFound)
	cursor := anna.call("GET", "/work/open?limit=1", "").object()["next_cursor"].(string)
	anna.call("GET", "/work/unseen?cursor="+cursor, "").want(http.StatusUnprocessableEntity)

	// What was decided between two parts of the list moves nothing else.
	first := anna.call("GET", "/work/open?limit=2", "").want(http.StatusOK)
	anna.call("POST", "/findings/"+first.items()[0]["finding_id"].(string)+"/reviews", `{"alignment": "confirmed"}`).want(http.StatusCreated)
	rest := anna.call("GET", "/work/open?limit=200&cursor="+first.object()["next_cursor"].(string), "").want(http.StatusOK).items()
	if len(rest) != len(open)-2 {
		t.Errorf("the rest of %d has %d", len(open), len(rest))
	}
}

func TestSeenMarks(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	anna := c.newPerson("Anna", auth.Checker, auth.Review)
	ids := c.idsOf("/stories/" + story + "/findings")
	before := anna.counts()["unseen"]
	act := anna.call("POST", "/work/seen", articleJSON(t, object{"finding_ids": ids[:2]})).want(http.StatusOK).id()
	if n := anna.counts()["unseen"]; n != before-2 {
		t.Errorf("%v are unseen of %v after two were marked", n, before)
	}
	anna.call("POST", "/actions/"+act+"/undo", "").want(http.StatusOK)
	if n := anna.counts()["unseen"]; n != before {
		t.Errorf("%v are unseen of %v after that was undone", n, before)
	}
	anna.call("POST", "/work/seen", articleJSON(t, object{"finding_ids": ids[:1]})).want(http.StatusOK)
	c.call("POST", "/findings/"+ids[0]+"/reviews", `{"verdict": "single"}`).want(http.StatusCreated)
	changed := anna.all("unseen")[0]
	if changed["finding_id"] != ids[0] || len(changed["changes"].([]any)) == 0 || changed["seen_edition"] == float64(0) {
		t.Errorf("what changed last is %v", changed)
	}
	until := time.Now().UTC().Format(time.RFC3339Nano)
	anna.call("POST", "/work/seen-all", articleJSON(t, object{"until": until})).want(http.StatusOK)
	if n := anna.counts()["unseen"]; n != 0 {
		t.Errorf("%v are unseen after all were marked", n)
	}
	earlier := anna.call("POST", "/work/seen-all", `{"until": "2020-01-01T00:00:00Z"}`).want(http.StatusOK).object()["until"].(string)
	if timeOf(t, earlier).Before(timeOf(t, until).Truncate(time.Millisecond)) {
		t.Errorf("the mark went back to %v", earlier)
	}
	for path, body := range map[string]string{
		"/work/seen":     articleJSON(t, object{"finding_ids": []string{unknownID}}),
		"/work/seen-all": `{"until": "2100-01-01T00:00:00Z"}`,
	} {
		if wrong := anna.call("POST", path, body).want(http.StatusUnprocessableEntity).wrong(); len(wrong) != 1 {
			t.Errorf("%s names %v", path, wrong)
		}
	}
}

func TestAssignments(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	anna, ed := c.newPerson("Anna", auth.Checker), c.newPerson("Ed", auth.Editor, auth.Write)
	reader := c.newPerson("Rea", auth.Reader)
	ids := c.idsOf("/stories/" + story + "/findings")
	people := ed.call("GET", "/checkers", "").want(http.StatusOK).items()
	if len(people) != 3 || !hasAny(anyOf(people), "id", anna.id) || hasAny(anyOf(people), "id", reader.id) {
		t.Errorf("who may review are %v", people)
	}
	made := ed.call("POST", "/assignments", articleJSON(t, object{"finding_ids": ids[:3], "user_id": anna.id, "due_on": "2031-03-31", "note": "By phone."})).want(http.StatusCreated)
	if items := made.items(); len(items) != 3 || items[0]["due_on"] != "2031-03-31" || items[0]["user"] != "Anna" {
		t.Errorf("made %s", made.Body)
	}
	if mine := anna.all("assigned"); len(mine) != 3 || mine[0]["asked_by"] != "Ed" || mine[0]["due_on"] != "2031-03-31" {
		t.Errorf("Anna has %v", mine)
	}
	if given := ed.all("given"); len(given) != 3 {
		t.Errorf("%d findings are given out", len(given))
	}
	for query, want := range map[string]int{"user_id=" + anna.id: 3, "user_id=" + ed.id: 0, "finding_id=" + ids[0]: 1, "story_id=" + story: 3, "story_id=" + unknownID: 0} {
		if got := anna.call("GET", "/assignments?"+query, "").want(http.StatusOK).items(); len(got) != want {
			t.Errorf("%s gives %d assignments, want %d", query, len(got), want)
		}
	}
	one := anna.call("GET", "/assignments?finding_id="+ids[0], "").items()[0]["id"].(string)
	anna.call("DELETE", "/assignments/"+one, "").want(http.StatusForbidden)
	ed.call("DELETE", "/assignments/"+one, "").want(http.StatusNoContent)
	ed.call("DELETE", "/assignments/"+one, "").want(http.StatusConflict)
	ed.call("DELETE", "/assignments/"+unknownID, "").want(http.StatusNotFound)
	for body, where := range map[string]string{
		articleJSON(t, object{"finding_ids": []string{unknownID}, "user_id": anna.id}):             "body.finding_ids",
		articleJSON(t, object{"finding_ids": ids[:1], "user_id": reader.id}):                       "body.user_id",
		articleJSON(t, object{"finding_ids": ids[:1], "user_id": unknownID}):                       "body.user_id",
		articleJSON(t, object{"finding_ids": ids[:1]}):                                             "body.user_id",
		articleJSON(t, object{"finding_ids": ids[:1], "user_id": anna.id, "due_on": "2001-01-01"}): "body.due_on",
		articleJSON(t, object{"finding_ids": ids[:1], "user_id": anna.id, "due_on": "soon"}):       "body.due_on",
		articleJSON(t, object{"finding_ids": ids[:1], "user_id": anna.id, "by": "x"}):              "body.by",
	} {
		if wrong := c.call("POST", "/assignments", body).want(http.StatusUnprocessableEntity).wrong(); wrong[where] == "" {
			t.Errorf("%s names %v, want %s", body, wrong, where)
		}
	}
	for _, query := range []string{"user_id=x", "finding_id=x", "story_id=x"} {
		c.call("GET", "/assignments?"+query, "").want(http.StatusUnprocessableEntity)
	}
}

func anyOf(items []object) any {
	out := make([]any, len(items))
	for i, item := range items {
		out[i] = item
	}
	return out
}
