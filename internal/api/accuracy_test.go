package api_test

import (
	"net/http"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

func TestStatementsAreJudged(t *testing.T) {
	t.Parallel()
	c, _ := told(t, servertest.Options{PublicRead: true})
	anna := c.newPerson("Anna", auth.Checker, auth.Review)
	next := func() object {
		t.Helper()
		return anna.call("GET", "/accuracy/samples/next", "").want(http.StatusOK).object()["item"].(object)
	}
	item := next()
	id := item["id"].(string)
	if len(item["members"].([]any)) == 0 || len(item["wrong_as"].([]any)) == 0 || len(item["passed_as"].([]any)) == 0 {
		t.Errorf("the item is %v", item)
	}
	if again := next(); again["id"] != id {
		t.Error("who asks again is asked something else")
	}
	path := "/accuracy/samples/" + id
	anna.call("GET", path, "").want(http.StatusOK)
	for body, where := range map[string]string{
		`{}`: "body.answer", `{"answer": "perhaps"}`: "body.answer", `{"answer": "wrong"}`: "body.really",
		`{"answer": "wrong", "really": "colour"}`: "body.really", `{"answer": "right", "really": "time"}`: "body.really", `{"answer": "passed", "really": "lazy"}`: "body.really",
	} {
		if wrong := anna.call("POST", path+"/answer", body).want(http.StatusUnprocessableEntity).wrong(); wrong[where] == "" {
			t.Errorf("%s names %v", body, wrong)
		}
	}
	said := anna.call("POST", path+"/answer", articleJSON(t, object{"answer": "wrong", "really": item["wrong_as"].([]any)[0], "note": "No."})).want(http.StatusOK).object()
	if said["answer"] != "wrong" {
		t.Errorf("said %v", said)
	}
	anna.call("POST", path+"/answer", `{"answer": "right"}`).want(http.StatusConflict)
	anna.call("GET", path, "").want(http.StatusConflict)
	if following := next(); following["id"] == id {
		t.Error("what was judged is asked again")
	}
	figures := func() float64 {
		t.Helper()
		all := c.call("GET", "/accuracy", "", "Authorization", "").want(http.StatusOK).object()
		n := 0.0
		for _, of := range []string{"all_kinds", "all_verdicts", "cleared"} {
			n += all[of].(object)["judged"].(float64)
		}
		return n
	}
	if n := figures(); n != 1 {
		t.Errorf("%v are judged", n)
	}
	c.call("DELETE", path+"/answer", "").want(http.StatusConflict) // another's
	anna.call("DELETE", path+"/answer", "").want(http.StatusNoContent)
	anna.call("DELETE", path+"/answer", "").want(http.StatusConflict)
	if n := figures(); n != 0 {
		t.Errorf("%v are judged after the answer was taken back", n)
	}
	anna.call("GET", "/accuracy/samples/"+unknownID, "").want(http.StatusNotFound)
	anna.call("POST", "/accuracy/samples/"+unknownID+"/answer", `{"answer": "right"}`).want(http.StatusNotFound)
	c.call("GET", "/accuracy?engine=none", "").want(http.StatusNotFound)
}
