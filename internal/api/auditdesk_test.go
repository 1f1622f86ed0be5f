package api_test

import (
	"net/http"
	"strings"
	"time"
)

// reviewed has the caller review a finding and gives the review.
func (s *scene) reviewed() object {
	s.t.Helper()
	return s.asCaller("POST", "/findings/"+s.finding()+"/reviews", `{"note": "Seen."}`).want(http.StatusCreated).object()
}

// assigned gives a finding to the caller, and the assignment.
func (s *scene) assigned() string {
	s.t.Helper()
	s.call("POST", "/assignments", s.assignment()).want(http.StatusCreated)
	return s.call("GET", "/assignments", "").want(http.StatusOK).items()[0]["id"].(string)
}

func (s *scene) assignment() string {
	return articleJSON(s.t, object{"finding_ids": []string{s.finding()}, "user_id": s.who.UserID})
}

// reviewers is the body that asks the caller and another person for a blind review.
func (s *scene) reviewers(more object) string {
	body := object{"reviewer_ids": []string{s.who.UserID, s.newChecker()}}
	for name, value := range more {
		body[name] = value
	}
	return articleJSON(s.t, body)
}

func (s *scene) newChecker() string {
	id := s.newUser()
	s.call("PATCH", "/users/"+id, `{"role": "checker"}`, "If-Match", "*").want(http.StatusOK)
	return id
}

// blind asks the caller for a blind review and gives it.
func (s *scene) blind() string {
	s.t.Helper()
	return s.call("POST", "/findings/"+s.finding()+"/blind-reviews", s.reviewers(nil)).want(http.StatusCreated).id()
}

// sample gives a statement for the caller to judge.
func (s *scene) sample() string {
	s.t.Helper()
	return s.asCaller("GET", "/accuracy/samples/next", "").want(http.StatusOK).object()["item"].(object)["id"].(string)
}

func (s *scene) savedSearch() string {
	s.t.Helper()
	return s.asCaller("POST", "/saved-searches", `{"name": "`+s.fresh("Search")+`", "query": "verdict:diverge"}`).want(http.StatusCreated).id()
}

func (s *scene) webhook() string {
	s.t.Helper()
	return s.asCaller("POST", "/webhooks", `{"url": "`+s.hook+`", "events": ["finding.new"]}`).want(http.StatusCreated).id()
}

// deskWrites are examples of calls for reviews, shares, searches and webhooks.
var deskWrites = map[string]func(*scene) write{
	"DELETE /reviews/{id}": func(s *scene) write { return write{path: "/reviews/" + s.reviewed()["id"].(string)} },
	"POST /reviews": func(s *scene) write {
		return write{path: "/reviews", body: articleJSON(s.t, object{"finding_ids": []string{s.finding()}, "decision": "confirmed"})}
	},
	"POST /actions/{id}/undo": func(s *scene) write {
		s.reviewed()
		return write{path: "/actions/" + s.asCaller("GET", "/actions", "").items()[0]["id"].(string) + "/undo"}
	},
	"POST /work/seen": func(s *scene) write {
		return write{path: "/work/seen", body: articleJSON(s.t, object{"finding_ids": []string{s.finding()}})}
	},
	"POST /work/seen-all": func(s *scene) write {
		return write{path: "/work/seen-all", body: `{"until": "` + time.Now().Format(time.RFC3339) + `"}`}
	},
	"POST /assignments":        func(s *scene) write { return write{path: "/assignments", body: s.assignment()} },
	"DELETE /assignments/{id}": func(s *scene) write { return write{path: "/assignments/" + s.assigned()} },
	"POST /findings/{id}/blind-reviews": func(s *scene) write {
		return write{path: "/findings/" + s.finding() + "/blind-reviews", body: s.reviewers(nil)}
	},
	"POST /stories/{id}/blind-reviews": func(s *scene) write {
		return write{path: "/stories/" + s.story + "/blind-reviews", body: s.reviewers(object{"count": 1})}
	},
	"POST /blind-reviews/{id}/answers": func(s *scene) write {
		return write{path: "/blind-reviews/" + s.blind() + "/answers", body: `{"verdict": "unrelated"}`}
	},
	"DELETE /blind-reviews/{id}": func(s *scene) write { return write{path: "/blind-reviews/" + s.blind()} },
	"POST /accuracy/samples/{id}/answer": func(s *scene) write {
		return write{path: "/accuracy/samples/" + s.sample() + "/answer", body: `{"answer": "right"}`}
	},
	"DELETE /accuracy/samples/{id}/answer": func(s *scene) write {
		id := s.sample()
		s.asCaller("POST", "/accuracy/samples/"+id+"/answer", `{"answer": "right"}`).want(http.StatusOK)
		return write{path: "/accuracy/samples/" + id + "/answer"}
	},

	"POST /findings/{id}/shares": func(s *scene) write { return write{path: "/findings/" + s.finding() + "/shares", body: `{}`} },
	"DELETE /shares/{id}": func(s *scene) write {
		return write{path: "/shares/" + s.call("POST", "/findings/"+s.finding()+"/shares", `{}`).want(http.StatusCreated).id()}
	},

	"POST /saved-searches": func(s *scene) write {
		return write{path: "/saved-searches", body: `{"name": "Differ", "query": "verdict:diverge"}`}
	},
	"PATCH /saved-searches/{id}": func(s *scene) write {
		return write{path: "/saved-searches/" + s.savedSearch(), body: `{"name": "Differs"}`}.anyVersion()
	},
	"DELETE /saved-searches/{id}":    func(s *scene) write { return write{path: "/saved-searches/" + s.savedSearch()}.anyVersion() },
	"POST /saved-searches/{id}/feed": func(s *scene) write { return write{path: "/saved-searches/" + s.savedSearch() + "/feed"} },
	"POST /saved-searches/{id}/seen": func(s *scene) write {
		return write{path: "/saved-searches/" + s.savedSearch() + "/seen", body: `{"until": "` + time.Now().Format(time.RFC3339) + `"}`}
	},
	"DELETE /saved-searches/{id}/feed": func(s *scene) write {
		id := s.savedSearch()
		s.asCaller("POST", "/saved-searches/"+id+"/feed", "").want(http.StatusCreated)
		return write{path: "/saved-searches/" + id + "/feed"}
	},

	"POST /webhooks": func(s *scene) write {
		return write{path: "/webhooks", body: `{"url": "` + s.hook + `", "events": ["finding.new"]}`}
	},
	"PATCH /webhooks/{id}": func(s *scene) write {
		return write{path: "/webhooks/" + s.webhook(), body: `{"active": false}`}.anyVersion()
	},
	"DELETE /webhooks/{id}":      func(s *scene) write { return write{path: "/webhooks/" + s.webhook()}.anyVersion() },
	"POST /webhooks/{id}/secret": func(s *scene) write { return write{path: "/webhooks/" + s.webhook() + "/secret"} },
	"POST /webhooks/{id}/test":   func(s *scene) write { return write{path: "/webhooks/" + s.webhook() + "/test"} },
	"POST /webhooks/{id}/deliveries/{delivery_id}/replay": func(s *scene) write {
		sent := s.call("POST", "/webhooks/"+s.webhook()+"/test", "").want(http.StatusAccepted)
		delivery := strings.TrimPrefix(sent.Header().Get("Location"), "/api/v1")
		for end := time.Now().Add(20 * time.Second); s.call("GET", delivery, "").object()["state"] != "delivered" && time.Now().Before(end); {
			time.Sleep(50 * time.Millisecond)
		}
		return write{path: delivery + "/replay"}
	},
}
