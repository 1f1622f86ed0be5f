package api_test

import (
	"net/http"
	"strings"
	"time"
)

func (s *scene) savedSearch() string {
	s.t.Helper()
	return s.asCaller("POST", "/saved-searches", `{"name": "`+s.fresh("Search")+`", "query": "verdict:diverge"}`).want(http.StatusCreated).id()
}

func (s *scene) webhook() string {
	s.t.Helper()
	return s.asCaller("POST", "/webhooks", `{"url": "`+s.hook+`", "events": ["finding.new"]}`).want(http.StatusCreated).id()
}

// outsideWrites are examples of calls for shares, saved searches and webhooks.
var outsideWrites = map[string]func(*scene) write{
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
