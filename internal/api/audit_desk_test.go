package api_test

import (
	"net/http"
	"strconv"
	"strings"

	"corroborate/internal/auth"
)

// another gives a finding that no example before has taken, of two sources or more.
func (s *scene) another() string {
	s.t.Helper()
	s.n++
	return s.call("GET", "/stories/"+s.story+"/findings?order=told&limit=200", "").items()[s.n%8]["id"].(string)
}

// reviewed gives a review of the caller's own.
func (s *scene) reviewed() answer {
	s.t.Helper()
	return s.asCaller("POST", "/findings/"+s.another()+"/reviews", `{"note": "Seen."}`).want(http.StatusCreated)
}

// blind gives a new blind review in which the caller is asked, and nobody before was.
func (s *scene) blind() string {
	s.t.Helper()
	other := s.newPerson(strings.ReplaceAll(s.fresh("Bo"), " ", "-"), auth.Checker)
	body := articleJSON(s.t, object{"reviewer_ids": []string{s.who.UserID, other.id}, "count": 1})
	return s.call("POST", "/stories/"+s.story+"/blind-reviews", body).want(http.StatusCreated).items()[0]["id"].(string)
}

// claim gives the id of a claim of a new article, of at least six words, and how to
// cut it.
func (s *scene) claim() (id, cut string) {
	s.t.Helper()
	c := s.newClaim()
	return c["id"].(string), `{"after": ` + strconv.Itoa(firstWords(c, 4)) + `, "revision": 1}`
}

func (s *scene) newClaim() object {
	s.t.Helper()
	story := s.newStory()
	article := s.call("POST", "/articles", articleJSON(s.t, object{"source": "Gazette", "story_id": story,
		"text": "The mayor of Port " + strings.Repeat("x", s.n) + " closed the harbour bridge to all cars on Monday."})).want(http.StatusAccepted).id()
	s.settled(story)
	return s.call("GET", "/articles/"+article+"/claims", "").want(http.StatusOK).items()[0]
}

// split gives an edit that cut a claim, and the claim.
func (s *scene) split() (edit object, claim string) {
	s.t.Helper()
	id, cut := s.claim()
	return s.call("POST", "/claims/"+id+"/split", cut, "If-Match", "*").want(http.StatusOK).object(), id
}

// sample gives a statement that the caller is to judge.
func (s *scene) sample() string {
	s.t.Helper()
	return s.asCaller("GET", "/accuracy/samples/next", "").want(http.StatusOK).object()["item"].(object)["id"].(string)
}

// assigned gives an assignment that is open.
func (s *scene) assigned() string {
	s.t.Helper()
	body := articleJSON(s.t, object{"finding_ids": []string{s.another()}, "user_id": s.who.UserID})
	return s.call("POST", "/assignments", body).want(http.StatusCreated).items()[0]["id"].(string)
}

// deskWrites are examples of what a fact-checker does.
var deskWrites = map[string]func(*scene) write{
	"DELETE /reviews/{id}": func(s *scene) write { return write{path: "/reviews/" + s.reviewed().id()} },
	"POST /reviews": func(s *scene) write {
		return write{path: "/reviews", body: articleJSON(s.t, object{"finding_ids": []string{s.another()}, "decision": "confirmed"})}
	},
	"POST /actions/{id}/undo": func(s *scene) write {
		return write{path: "/actions/" + s.reviewed().object()["action_id"].(string) + "/undo"}
	},
	"POST /work/seen": func(s *scene) write {
		return write{path: "/work/seen", body: articleJSON(s.t, object{"finding_ids": []string{s.another()}})}
	},
	"POST /work/seen-all": func(*scene) write { return write{path: "/work/seen-all", body: `{"until": "2025-03-28T08:00:00Z"}`} },
	"POST /assignments": func(s *scene) write {
		return write{path: "/assignments", body: articleJSON(s.t, object{"finding_ids": []string{s.another()}, "user_id": s.who.UserID})}
	},
	"DELETE /assignments/{id}": func(s *scene) write { return write{path: "/assignments/" + s.assigned()} },
	"POST /findings/{id}/blind-reviews": func(s *scene) write {
		people := []string{s.newPerson("Una", auth.Checker).id, s.newPerson("Ute", auth.Checker).id}
		alone := s.call("GET", "/stories/"+s.story+"/findings?verdict=single", "").items()[0]["id"].(string)
		return write{path: "/findings/" + alone + "/blind-reviews", body: articleJSON(s.t, object{"reviewer_ids": people})}
	},
	"POST /stories/{id}/blind-reviews": func(s *scene) write {
		people := []string{s.newPerson("Ida", auth.Checker).id, s.newPerson("Ira", auth.Checker).id}
		return write{path: "/stories/" + s.story + "/blind-reviews", body: articleJSON(s.t, object{"reviewer_ids": people, "count": 1})}
	},
	"POST /blind-reviews/{id}/answers": func(s *scene) write {
		return write{path: "/blind-reviews/" + s.blind() + "/answers", body: `{"verdict": "agree"}`}
	},
	"DELETE /blind-reviews/{id}": func(s *scene) write { return write{path: "/blind-reviews/" + s.blind()} },
	"POST /accuracy/samples/{id}/answer": func(s *scene) write {
		return write{path: "/accuracy/samples/" + s.sample() + "/answer", body: `{"answer": "unclear"}`}
	},
	"DELETE /accuracy/samples/{id}/answer": func(s *scene) write {
		path := "/accuracy/samples/" + s.sample() + "/answer"
		s.asCaller("POST", path, `{"answer": "right"}`).want(http.StatusOK)
		return write{path: path}
	},
	"POST /articles/{id}/claims": func(s *scene) write {
		c := s.newClaim()
		body := articleJSON(s.t, object{"start": c["start"], "end": firstWords(c, 4), "revision": 1})
		article := s.call("GET", "/claims/"+c["id"].(string), "").object()["article_id"].(string)
		return write{path: "/articles/" + article + "/claims", body: body}
	},
	"PATCH /claims/{id}": func(s *scene) write {
		c := s.newClaim()
		return write{path: "/claims/" + c["id"].(string), body: articleJSON(s.t, object{"start": c["start"], "end": firstWords(c, 4), "revision": 1})}.anyVersion()
	},
	"DELETE /claims/{id}": func(s *scene) write {
		id, _ := s.claim()
		return write{path: "/claims/" + id}.anyVersion()
	},
	"POST /claims/{id}/split": func(s *scene) write {
		id, cut := s.claim()
		return write{path: "/claims/" + id + "/split", body: cut}.anyVersion()
	},
	"POST /claims/{id}/merge": func(s *scene) write {
		edit, id := s.split()
		for _, p := range edit["after"].([]any) {
			if other := p.(object)["claim_id"].(string); other != id {
				return write{path: "/claims/" + id + "/merge", body: `{"claim_id": "` + other + `"}`}.anyVersion()
			}
		}
		return write{}
	},
	"POST /claims/{id}/judge": func(s *scene) write {
		id, _ := s.claim()
		return write{path: "/claims/" + id + "/judge", body: `{"reason": "rhetoric"}`}.anyVersion()
	},
	"POST /claims/{id}/restore": func(s *scene) write {
		id, _ := s.claim()
		s.call("DELETE", "/claims/"+id, "", "If-Match", "*").want(http.StatusNoContent)
		return write{path: "/claims/" + id + "/restore"}
	},
	"POST /edits/{id}/undo": func(s *scene) write {
		edit, _ := s.split()
		return write{path: "/edits/" + edit["id"].(string) + "/undo"}
	},
}
