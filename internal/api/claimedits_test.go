package api_test

import (
	"net/http"
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// openArticle is an article with its claims, which Anna edits with a key for reviews alone.
type openArticle struct {
	client
	story, article string
	text           []rune
	anna           person
}

func newReading(t *testing.T) openArticle {
	t.Helper()
	c, story := told(t, servertest.Options{PublicRead: true})
	r := openArticle{client: c, story: story, anna: c.newPerson("Anna", auth.Checker, auth.Review)}
	r.article = c.call("GET", "/articles?story_id="+story, "").items()[0]["id"].(string)
	r.text = []rune(c.call("GET", "/articles/"+r.article, "").object()["text"].(string))
	return r
}

// longest gives the claim of most words.
func (r openArticle) longest() object {
	r.t.Helper()
	var out object
	words := 0
	for _, c := range r.call("GET", "/articles/"+r.article+"/claims", "").want(http.StatusOK).items() {
		if n := len(strings.Fields(c["exact"].(string))); n > words {
			out, words = c, n
		}
	}
	return out
}

// tag gives a claim's ETag.
func (r openArticle) tag(id string) string {
	r.t.Helper()
	return r.call("GET", "/claims/"+id, "").want(http.StatusOK).Header().Get("ETag")
}

// firstWords gives the place behind the first n words of a claim.
func firstWords(c object, n int) int {
	exact := c["exact"].(string)
	for i, at := range []rune(exact) {
		if at == ' ' {
			if n--; n == 0 {
				return int(c["start"].(float64)) + i
			}
		}
	}
	return int(c["end"].(float64))
}

func TestAClaimsBordersAreMoved(t *testing.T) {
	t.Parallel()
	r := newReading(t)
	claim := r.longest()
	id, start := claim["id"].(string), int(claim["start"].(float64))
	path, tag := "/claims/"+id, r.tag(id)
	end := firstWords(claim, len(strings.Fields(claim["exact"].(string)))-2)
	body := articleJSON(t, object{"start": start, "end": end, "revision": 1})
	r.anna.call("PATCH", path, body).want(http.StatusPreconditionRequired)
	moved := r.anna.call("PATCH", path, body, "If-Match", tag).want(http.StatusOK)
	if c := moved.object(); c["id"] != id || c["start"] != float64(start) || c["end"].(float64) >= claim["end"].(float64) || c["edited"].(object)["by"] != "Anna" || len(c["edits"].([]any)) != 1 {
		t.Errorf("the claim is %s", moved.Body)
	}
	r.anna.call("PATCH", path, articleJSON(t, object{"exact": claim["exact"]}), "If-Match", tag).want(http.StatusPreconditionFailed)
	r.anna.call("PATCH", path, articleJSON(t, object{"exact": claim["exact"]}), "If-Match", moved.Header().Get("ETag")).want(http.StatusOK)
	for body, where := range map[string]string{
		`{}`: "body.exact", `{"start": 1}`: "body.end", `{"end": 4, "revision": 1}`: "body.start", `{"start": 4, "end": 2, "revision": 1}`: "body.end",
		`{"start": 0, "end": 20}`: "body.revision", `{"exact": "no such words"}`: "body.exact", `{"exact": "a b", "start": 1, "end": 2}`: "body.exact",
		`{"start": 100000000, "end": 100000009, "revision": 1}`: "body.start", `{"start": 0, "end": 9223372036854775807, "revision": 1}`: "body.start",
		articleJSON(t, object{"exact": claim["exact"]}): "body.exact",
	} {
		if wrong := r.anna.call("PATCH", path, body, "If-Match", "*").want(http.StatusUnprocessableEntity).wrong(); wrong[where] == "" {
			t.Errorf("%s names %v, want %s", body, wrong, where)
		}
	}
	r.anna.call("PATCH", path, articleJSON(t, object{"start": start, "end": end, "revision": 2}), "If-Match", "*").want(http.StatusConflict)
	r.anna.call("PATCH", "/claims/"+unknownID, body, "If-Match", "*").want(http.StatusNotFound)
	// Another claim's ETag is not touched by it.
	for _, other := range r.call("GET", "/articles/"+r.article+"/claims", "").items() {
		if other["id"] != id && !strings.HasPrefix(r.tag(other["id"].(string)), `"1.`) {
			t.Errorf("the claim %v has the ETag %s", other["id"], r.tag(other["id"].(string)))
		}
	}
	// Strangers are told that somebody did it, not who.
	for _, c := range r.call("GET", "/articles/"+r.article+"/claims", "", "Authorization", "").want(http.StatusOK).items() {
		if c["id"] == id && c["edited"].(object)["by"] != "" {
			t.Errorf("a stranger reads %v", c["edited"])
		}
	}
	r.call("GET", path, "", "Authorization", "").want(http.StatusUnauthorized)
}

func TestAClaimIsSplitMergedAndDropped(t *testing.T) {
	t.Parallel()
	r := newReading(t)
	claim := r.longest()
	id := claim["id"].(string)
	path := "/claims/" + id
	split := articleJSON(t, object{"after": firstWords(claim, len(strings.Fields(claim["exact"].(string)))/2), "revision": 1})
	r.anna.call("POST", path+"/split", split).want(http.StatusPreconditionRequired)
	made := r.anna.call("POST", path+"/split", split, "If-Match", r.tag(id), "Idempotency-Key", "cut").want(http.StatusOK).object()
	parts := made["after"].([]any)
	if made["kind"] != "split" || made["applies"] != true || len(parts) != 2 || len(made["before"].([]any)) != 1 {
		t.Fatalf("the edit is %v", made)
	}
	other := parts[0].(object)["claim_id"].(string)
	if other == id {
		other = parts[1].(object)["claim_id"].(string)
	}
	if c := r.call("GET", "/claims/"+other, "").want(http.StatusOK).object(); c["pending"] != true && c["finding_id"] == nil {
		t.Errorf("the new claim is %v", c)
	}
	r.anna.call("POST", path+"/split", split, "If-Match", "*").want(http.StatusUnprocessableEntity)
	merged := r.anna.call("POST", path+"/merge", articleJSON(t, object{"claim_id": other}), "If-Match", r.tag(id)).want(http.StatusOK).object()
	if left := merged["after"].([]any); merged["kind"] != "merge" || len(left) != 1 || left[0].(object)["exact"] != claim["exact"] {
		t.Errorf("the edit is %v", merged)
	}
	gone := r.call("GET", "/claims/"+other, "").want(http.StatusNotFound)
	has(t, gone.Body.String(), "Anna merged")
	r.anna.call("POST", "/claims/"+other+"/split", split, "If-Match", "*").want(http.StatusConflict)
	for _, with := range []string{unknownID, id, "x"} {
		if wrong := r.anna.call("POST", path+"/merge", articleJSON(t, object{"claim_id": with}), "If-Match", "*").want(http.StatusUnprocessableEntity).wrong(); wrong["body.claim_id"] == "" {
			t.Errorf("with %s names %v", with, wrong)
		}
	}

	r.anna.call("DELETE", path, "").want(http.StatusPreconditionRequired)
	r.anna.call("DELETE", path, "", "If-Match", `"1.0123456789ab"`).want(http.StatusPreconditionFailed)
	r.anna.call("DELETE", path, "", "If-Match", r.tag(id)).want(http.StatusNoContent)
	r.call("GET", path, "").want(http.StatusNotFound)
	r.anna.call("DELETE", path, "", "If-Match", "*").want(http.StatusConflict)
	r.anna.call("POST", path+"/restore", "").want(http.StatusOK)
	r.anna.call("POST", path+"/restore", "").want(http.StatusConflict)
	if c := r.call("GET", path, "").want(http.StatusOK).object(); c["exact"] != claim["exact"] {
		t.Errorf("the restored claim is %v", c["exact"])
	}

	edits := r.call("GET", "/articles/"+r.article+"/edits", "").want(http.StatusOK).items()
	if len(edits) != 3 || edits[0]["kind"] != "drop" || edits[0]["undone_by"] != "Anna" || edits[2]["kind"] != "split" || edits[2]["blocked"] == "" {
		t.Errorf("the edits are %v", edits)
	}
	r.anna.call("POST", "/edits/"+edits[2]["id"].(string)+"/undo", "").want(http.StatusConflict)
	if undone := r.anna.call("POST", "/edits/"+edits[1]["id"].(string)+"/undo", "").want(http.StatusOK).object(); undone["undone_at"] == nil || undone["applies"] != false {
		t.Errorf("undone is %v", undone)
	}
	r.anna.call("POST", "/edits/"+edits[2]["id"].(string)+"/undo", "").want(http.StatusOK)
	r.anna.call("POST", "/edits/"+unknownID+"/undo", "").want(http.StatusNotFound)
	r.anna.call("POST", "/claims/"+unknownID+"/restore", "").want(http.StatusNotFound)
	r.call("GET", "/articles/"+unknownID+"/edits", "").want(http.StatusNotFound)
	r.settled(r.story)
	if c := r.call("GET", path, "").want(http.StatusOK).object(); c["pending"] != false || c["finding_id"] != claim["finding_id"] || c["waiting"] != false {
		t.Errorf("after all was undone and compared the claim is %v", c)
	}
}

func TestAClaimIsAddedAndJudged(t *testing.T) {
	t.Parallel()
	r := newReading(t)
	claim := r.longest()
	end := firstWords(claim, 3)
	start := int(claim["start"].(float64))
	body := articleJSON(t, object{"start": start, "end": end, "revision": 1})
	made := r.anna.call("POST", "/articles/"+r.article+"/claims", body, "Idempotency-Key", "new").want(http.StatusCreated)
	at := made.Header().Get("Location")
	if again := r.anna.call("POST", "/articles/"+r.article+"/claims", body, "Idempotency-Key", "new").want(http.StatusCreated); again.Header().Get("Location") != at {
		t.Error("the claim was added twice")
	}
	if wrong := r.anna.call("POST", "/articles/"+r.article+"/claims", body).want(http.StatusUnprocessableEntity).wrong(); wrong["body.start"] == "" {
		t.Errorf("a claim that is there already names %v", wrong)
	}
	path := strings.TrimPrefix(at, "/api/v1")
	added := r.call("GET", path, "").want(http.StatusOK)
	if c := added.object(); c["edited"].(object)["kind"] != "add" || c["exact"] != string(r.text[start:end]) {
		t.Errorf("the claim is %s", added.Body)
	}
	reason := "opinion"
	if added.object()["reason"] == reason {
		reason = "promotion"
	}
	judged := r.anna.call("POST", path+"/judge", articleJSON(t, object{"reason": reason}), "If-Match", added.Header().Get("ETag")).want(http.StatusOK).object()
	if judged["kind"] != "judge" || judged["reason"] != reason {
		t.Errorf("the edit is %v", judged)
	}
	if c := r.call("GET", path, "").object(); c["checkable"] != false || c["reason"] != reason {
		t.Errorf("the claim is %v", c)
	}
	r.anna.call("POST", path+"/judge", articleJSON(t, object{"reason": "boredom"}), "If-Match", "*").want(http.StatusUnprocessableEntity)
	r.anna.call("POST", path+"/judge", articleJSON(t, object{"reason": reason}), "If-Match", "*").want(http.StatusUnprocessableEntity)
	r.anna.call("POST", path+"/judge", articleJSON(t, object{"reason": ""}), "If-Match", "*").want(http.StatusOK)
	r.anna.call("POST", "/articles/"+unknownID+"/claims", body).want(http.StatusNotFound)
	writer := r.newPerson("Ed", auth.Editor, auth.Write)
	writer.call("POST", "/articles/"+r.article+"/claims", body).want(http.StatusForbidden)
}
