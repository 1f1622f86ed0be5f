package api_test

import (
	"net/http"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// idsOf gives the ids of findings that a query lists.
func (c client) idsOf(path string) []string {
	c.t.Helper()
	var out []string
	for _, f := range c.call("GET", path, "").want(http.StatusOK).items() {
		out = append(out, f["id"].(string))
	}
	return out
}

func TestReviewsAreListedAndWithdrawn(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	anna, bert := c.newPerson("Anna", auth.Checker), c.newPerson("Bert", auth.Checker, auth.Review)
	first := c.idsOf("/stories/" + story + "/findings")[0]
	made := anna.call("POST", "/findings/"+first+"/reviews", `{"verdict": "agree", "note": "Same."}`).want(http.StatusCreated)
	id := made.id()
	if at := made.Header().Get("Location"); at != "/api/v1/reviews/"+id {
		t.Errorf("the review is at %q", at)
	}
	// A key for reviews alone is enough to review.
	second := bert.call("POST", "/findings/"+first+"/reviews", `{"alignment": "confirmed"}`).want(http.StatusCreated).id()
	for _, path := range []string{"/findings/" + first + "/reviews", "/stories/" + story + "/reviews"} {
		all := c.call("GET", path, "").want(http.StatusOK).items()
		if len(all) != 2 || all[0]["id"] != second || all[1]["id"] != id {
			t.Errorf("%s lists %v", path, all)
		}
		if parts := c.wholeList(path + "?limit=1"); len(parts) != 2 {
			t.Errorf("%s by parts lists %v", path, parts)
		}
	}
	one := anna.call("GET", "/reviews/"+id, "").want(http.StatusOK)
	if r := one.object(); r["author_id"] != anna.id || r["story_id"] != story || r["stands"] != true || r["withdrawn_at"] != nil || one.Header().Get("ETag") == "" {
		t.Errorf("the review is %s", one.Body)
	}
	bert.call("DELETE", "/reviews/"+id, "").want(http.StatusForbidden)
	anna.call("DELETE", "/reviews/"+id, "").want(http.StatusNoContent)
	anna.call("DELETE", "/reviews/"+id, "").want(http.StatusConflict)
	if r := anna.call("GET", "/reviews/"+id, "").object(); r["stands"] != false || r["withdrawn_at"] == nil {
		t.Errorf("the withdrawn review is %v", r)
	}
	for _, path := range []string{"/reviews/" + unknownID, "/reviews/x", "/findings/" + unknownID + "/reviews", "/stories/" + unknownID + "/reviews"} {
		c.call("GET", path, "").want(http.StatusNotFound)
	}
	c.call("DELETE", "/reviews/"+unknownID, "").want(http.StatusNotFound)
	c.call("GET", "/findings/"+first+"/reviews", "", "Authorization", "").want(http.StatusUnauthorized)
}

func TestAReviewNamesTheEditionThatWasSeen(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	f := c.call("GET", "/stories/"+story+"/findings", "").items()[0]
	path := "/findings/" + f["id"].(string) + "/reviews"
	seen := articleJSON(t, object{"verdict": "agree", "edition": f["edition"]})
	c.call("POST", path, seen).want(http.StatusCreated)
	late := c.call("POST", path, seen).want(http.StatusConflict)
	has(t, late.Body.String(), "edition")
	c.call("POST", path, articleJSON(t, object{"verdict": "agree", "edition": 0})).want(http.StatusUnprocessableEntity)
}

func TestManyReviewsHaveAResultEach(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	all := c.idsOf("/stories/" + story + "/findings?verdict=diverge")
	_, err := c.Pool.Exec(t.Context(), "INSERT INTO findings_moved (id, successor, moved_at) VALUES ($1, $2, now())", unknownID, all[0])
	fatal(t, err)
	const nobody = "01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e12"
	body := articleJSON(t, object{"finding_ids": []string{all[0], unknownID, nobody, all[1]}, "decision": "confirmed", "note": "By phone."})
	done := c.call("POST", "/reviews", body, "Idempotency-Key", "many").want(http.StatusOK)
	items := done.items()
	if len(items) != 4 || items[0]["review_id"] == nil || items[3]["review_id"] == nil || items[1]["review_id"] != nil || items[1]["successor_id"] != all[0] ||
		items[2]["review_id"] != nil || items[2]["refused"] == "" || items[0]["refused"] != "" {
		t.Errorf("the results are %s", done.Body)
	}
	again := c.call("POST", "/reviews", body, "Idempotency-Key", "many").want(http.StatusOK)
	if again.Header().Get("Idempotent-Replayed") != "true" {
		t.Error("the call was made twice")
	}
	review := c.call("GET", "/reviews/"+items[0]["review_id"].(string), "").want(http.StatusOK).object()
	act := done.object()["action"].(object)
	if review["note"] != "By phone." || review["outcome"] != "confirmed" || review["action_id"] != act["id"] || act["findings"] != float64(2) {
		t.Errorf("the review is %v of %v", review, act)
	}
	if listed := c.call("GET", "/actions", "").want(http.StatusOK).items(); len(listed) != 1 || listed[0]["id"] != act["id"] {
		t.Errorf("actions are %v", listed)
	}
	if undone := c.call("POST", "/actions/"+act["id"].(string)+"/undo", "").want(http.StatusOK).object(); undone["undone_at"] == nil {
		t.Errorf("undone is %v", undone)
	}
	c.call("POST", "/actions/"+act["id"].(string)+"/undo", "").want(http.StatusConflict)
	c.call("POST", "/actions/"+unknownID+"/undo", "").want(http.StatusNotFound)
	if f := c.call("GET", "/findings/"+all[0], "").object(); f["review_state"] != "suggested" {
		t.Errorf("after the undo it is %v", f["review_state"])
	}
	other := c.newPerson("Bert", auth.Checker)
	other.call("POST", "/actions/"+act["id"].(string)+"/undo", "").want(http.StatusNotFound)

	none := c.call("POST", "/reviews", articleJSON(t, object{"finding_ids": []string{nobody}, "decision": "rejected"})).want(http.StatusOK)
	if none.object()["action"] != nil {
		t.Errorf("nothing was stored, and there is %s", none.Body)
	}
	for body, where := range map[string]string{
		`{"finding_ids": [], "decision": "confirmed"}`:             "body.finding_ids",
		`{"finding_ids": ["x"], "decision": "confirmed"}`:          "body.finding_ids",
		`{"finding_ids": ["` + nobody + `"], "decision": "maybe"}`: "body.decision",
		`{"finding_ids": [{}], "decision": "confirmed"}`:           "body.finding_ids[0]",
		`{"decision": "confirmed"}`:                                "body.finding_ids",
	} {
		if wrong := c.call("POST", "/reviews", body).want(http.StatusUnprocessableEntity).wrong(); wrong[where] == "" {
			t.Errorf("%s names %v", body, wrong)
		}
	}
}

// TestAReviewOfAFindingThatIsGoneStays withdraws a review after its finding went.
func TestAReviewOfAFindingThatIsGoneStays(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	finding := c.call("GET", "/stories/"+story+"/findings?limit=1", "").items()[0]["id"].(string)
	review := c.call("POST", "/findings/"+finding+"/reviews", `{"note": "Seen."}`).want(http.StatusCreated).id()
	c.exec("DELETE FROM findings WHERE id = $1", finding)
	c.call("DELETE", "/reviews/"+review, "").want(http.StatusConflict)
}
