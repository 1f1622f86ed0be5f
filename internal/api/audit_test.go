package api_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server"
	"corroborate/internal/server/servertest"
)

// write is a call that changes something.
type write struct {
	path, body string
	header     []string
}

// with adds a header.
func (w write) with(name, value string) write {
	w.header = append(w.header, name, value)
	return w
}

// anyVersion sends If-Match for whatever is there.
func (w write) anyVersion() write { return w.with("If-Match", "*") }

// scene is what the calls are made on: a story that is analysed, and who calls.
type scene struct {
	client
	story string
	site  string
	// hook takes what webhooks send.
	hook string
	n    int
	// who calls, by the key in bearer.
	who    app.Actor
	bearer string
}

// asCaller makes a call that prepares another as whoever calls.
func (s *scene) asCaller(method, path, body string) answer {
	s.t.Helper()
	return s.call(method, path, body, "Authorization", s.bearer)
}

func (s *scene) fresh(kind string) string {
	s.n++
	return kind + " " + strings.Repeat("x", s.n)
}

func (s *scene) newStory() string {
	return s.call("POST", "/stories", `{"title": "`+s.fresh("Story")+`"}`).want(http.StatusCreated).id()
}

// newArticle stores an article in a story, a new one where none is named: one that the
// service is still to place moves while it is changed.
func (s *scene) newArticle(story string) string {
	if story == "" {
		story = s.newStory()
	}
	return s.call("POST", "/articles", articleJSON(s.t, object{"text": "The storm hit " + s.fresh("town") + " on Monday.", "source": "Gazette", "story_id": story,
		"url": "https://gazette.example/" + s.fresh("")[1:]})).want(http.StatusAccepted).id()
}

func (s *scene) newUser() string {
	email := strings.ReplaceAll(s.fresh("user"), " ", "-") + "@news.example"
	return s.call("POST", "/users", `{"email": "`+email+`", "name": "Ben", "password": "correct horse battery", "role": "reader"}`).want(http.StatusCreated).id()
}

func (s *scene) newFeed() string {
	return s.call("POST", "/feeds", `{"url": "`+s.site+`/feed"}`).id()
}

// finding gives a finding that nobody reviews blind, another one each time.
func (s *scene) finding() (id string) {
	s.t.Helper()
	s.n++
	if err := s.Pool.QueryRow(s.t.Context(), `SELECT id FROM findings f WHERE story_id = $1
		AND NOT EXISTS (SELECT FROM blind_reviews b WHERE b.finding_id = f.id) ORDER BY hashtext(f.id::text || $2) LIMIT 1`, s.story, strconv.Itoa(s.n)).Scan(&id); err != nil {
		s.t.Fatal(err)
	}
	return id
}

// placed gives an article of which a person should look where it is.
func (s *scene) placed() string {
	id := s.newArticle(s.newStory())
	s.exec(`INSERT INTO placements (article_id, reason, nearest_id, score, likeness, uncertain, placed_at)
		SELECT id, 'terms', story_id, 0.3, '{}', true, now() FROM articles WHERE id = $1 ON CONFLICT (article_id) DO NOTHING`, id)
	return id
}

// storesNothing are the calls that are no reads and change nothing.
var storesNothing = []string{"POST /compare", "POST /compare/pairs", "POST /check"}

// elsewhere are the calls that need more than the scene has; their own tests look for the
// entry: TestSecondJudgeIsAskedAgain.
var elsewhere = []string{"POST /second-judge/retry"}

// writes gives for each call that changes something an example that succeeds. A call
// that is missing here fails the test.
var writes = map[string]func(*scene) write{
	"POST /stories": func(s *scene) write { return write{path: "/stories", body: `{"title": "A storm"}`} },
	"PATCH /stories/{id}": func(s *scene) write {
		return write{path: "/stories/" + s.newStory(), body: `{"locked": true}`}.anyVersion()
	},
	"DELETE /stories/{id}": func(s *scene) write { return write{path: "/stories/" + s.newStory()}.anyVersion() },
	"DELETE /bin/{id}": func(s *scene) write {
		id := s.call("POST", "/stories", `{"title": "A storm"}`).want(http.StatusCreated).id()
		s.call("DELETE", "/stories/"+id, "", "If-Match", "*").want(http.StatusNoContent)
		return write{path: "/bin/" + id}
	},
	"POST /stories/{id}/restore": func(s *scene) write {
		id := s.newStory()
		s.call("DELETE", "/stories/"+id, "", "If-Match", "*").want(http.StatusNoContent)
		return write{path: "/stories/" + id + "/restore"}
	},
	"POST /stories/{id}/analysis": func(s *scene) write { return write{path: "/stories/" + s.newStory() + "/analysis"} },
	"POST /stories/{id}/merge": func(s *scene) write {
		return write{path: "/stories/" + s.newStory() + "/merge", body: `{"story_ids": ["` + s.newStory() + `"]}`}.anyVersion()
	},
	"POST /stories/{id}/split": func(s *scene) write {
		story := s.newStory()
		s.newArticle(story)
		return write{path: "/stories/" + story + "/split", body: `{"article_ids": ["` + s.newArticle(story) + `"]}`}.anyVersion()
	},
	"POST /stories/{id}/move": func(s *scene) write {
		story := s.newStory()
		return write{path: "/stories/" + story + "/move", body: `{"article_ids": ["` + s.newArticle(story) + `"], "story_id": "` + s.newStory() + `"}`}.anyVersion()
	},
	"POST /articles": func(s *scene) write {
		return write{path: "/articles", body: `{"text": "A storm hit.", "source": "Gazette"}`}
	},
	"PATCH /articles/{id}": func(s *scene) write {
		return write{path: "/articles/" + s.newArticle(""), body: `{"byline": "Ana"}`}.anyVersion()
	},
	"DELETE /articles/{id}":        func(s *scene) write { return write{path: "/articles/" + s.newArticle("")}.anyVersion() },
	"POST /articles/{id}/analysis": func(s *scene) write { return write{path: "/articles/" + s.newArticle("") + "/analysis"} },
	"POST /articles/{id}/fetch":    func(s *scene) write { return write{path: "/articles/" + s.newArticle("") + "/fetch"} },
	"POST /articles/{id}/placement": func(s *scene) write {
		return write{path: "/articles/" + s.placed() + "/placement", body: `{"decision": "belongs"}`}.anyVersion()
	},
	"POST /articles/{id}/restore": func(s *scene) write {
		id := s.newArticle("")
		s.call("DELETE", "/articles/"+id, "", "If-Match", "*").want(http.StatusNoContent)
		return write{path: "/articles/" + id + "/restore"}
	},
	"POST /imports": func(s *scene) write {
		return write{path: "/imports", body: `{"text": "The bridge was closed.", "source": "Post"}`}.with("Content-Type", "application/x-ndjson")
	},
	"POST /feeds": func(s *scene) write { return write{path: "/feeds", body: `{"url": "` + s.site + `/feed"}`} },
	"POST /feeds/opml": func(s *scene) write {
		return write{path: "/feeds/opml", body: `<opml version="2.0"><body><outline type="rss" xmlUrl="https://a.example/feed"/></body></opml>`}.with("Content-Type", "text/x-opml")
	},
	"PATCH /feeds/{id}": func(s *scene) write {
		return write{path: "/feeds/" + s.newFeed(), body: `{"folder": "Coast"}`}.anyVersion()
	},
	"POST /feeds/{id}/poll": func(s *scene) write { return write{path: "/feeds/" + s.newFeed() + "/poll"} },
	"DELETE /feeds/{id}":    func(s *scene) write { return write{path: "/feeds/" + s.newFeed()}.anyVersion() },
	"POST /findings/{id}/reviews": func(s *scene) write {
		return write{path: "/findings/" + s.finding() + "/reviews", body: `{"note": "Seen."}`}
	},
	"POST /keys": func(s *scene) write { return write{path: "/keys", body: `{"name": "x", "scopes": ["read"]}`} },
	"DELETE /keys/{id}": func(s *scene) write {
		id, _ := s.made(`{"name": "x", "scopes": ["read"]}`)
		return write{path: "/keys/" + id}
	},
	"POST /users": func(s *scene) write {
		return write{path: "/users", body: `{"email": "eve@news.example", "name": "Eve", "password": "correct horse battery", "role": "reader"}`}
	},
	"PATCH /users/{id}": func(s *scene) write {
		return write{path: "/users/" + s.newUser(), body: `{"role": "editor"}`}.anyVersion()
	},
	"DELETE /sources/{id}": func(s *scene) write {
		id, name := s.newSource()
		return write{path: "/sources/" + id + "?name=" + url.QueryEscape(name)}
	},
	"POST /sources/{id}/restore": func(s *scene) write {
		id, name := s.newSource()
		s.call("DELETE", "/sources/"+id+"?name="+url.QueryEscape(name), "").want(http.StatusAccepted)
		s.removed(id)
		return write{path: "/sources/" + id + "/restore"}
	},
	"DELETE /users/{id}":     func(s *scene) write { return write{path: "/users/" + s.newUser()}.anyVersion() },
	"POST /users/{id}/close": func(s *scene) write { return write{path: "/users/" + s.newUser() + "/close"}.anyVersion() },
	"POST /users/{id}/reopen": func(s *scene) write {
		id := s.newUser()
		s.call("POST", "/users/"+id+"/close", "", "If-Match", "*").want(http.StatusOK)
		return write{path: "/users/" + id + "/reopen"}.anyVersion()
	},
	"DELETE /users/{id}/second-factor": func(s *scene) write {
		id := s.newUser()
		s.exec("INSERT INTO second_factors (user_id, secret, key_id, started_at, confirmed_at) VALUES ($1, 'x', 'k', now(), now())", id)
		return write{path: "/users/" + id + "/second-factor"}.anyVersion()
	},
	"DELETE /users/{id}/sessions": func(s *scene) write { return write{path: "/users/" + s.newUser() + "/sessions"} },
	"POST /users/{id}/reset":      func(s *scene) write { return write{path: "/users/" + s.newUser() + "/reset"} },
	"DELETE /users/{id}/reset": func(s *scene) write {
		id := s.newUser()
		s.call("POST", "/users/"+id+"/reset", "").want(http.StatusCreated)
		return write{path: "/users/" + id + "/reset"}
	},
	"POST /invitations": func(s *scene) write {
		return write{path: "/invitations", body: `{"email": "mia@news.example", "name": "Mia", "role": "reader"}`}
	},
	"DELETE /invitations/{id}": func(s *scene) write {
		return write{path: "/invitations/" + s.call("POST", "/invitations", `{"email": "leo@news.example", "name": "Leo", "role": "reader"}`).id()}
	},
}

// caller makes the key of a colleague, which is not that of those who prepare the
// calls.
func (s *scene) caller() (who app.Actor, bearer string) {
	s.t.Helper()
	admin, err := s.App.AuthenticateKey(s.t.Context(), servertest.AdminKey)
	if err != nil {
		s.t.Fatal(err)
	}
	u, err := s.App.CreateUser(s.t.Context(), admin, app.UserInput{Email: "cora@news.example", Name: "Cora", Password: servertest.Password, Role: auth.Administrator})
	if err != nil {
		s.t.Fatal(err)
	}
	cora, err := s.App.SessionActor(s.t.Context(), u.ID, u.SessionVersion)
	if err != nil {
		s.t.Fatal(err)
	}
	_, secret, err := s.App.CreateKey(s.t.Context(), cora, app.KeyInput{Name: "hers", Scopes: []auth.Scope{auth.Admin}})
	if err != nil {
		s.t.Fatal(err)
	}
	if who, err = s.App.AuthenticateKey(s.t.Context(), secret); err != nil {
		s.t.Fatal(err)
	}
	return who, "Bearer " + secret
}

// TestEveryWriteIsNoted makes every call that changes something, and finds each in the
// history under the key that it was made with and the key's owner.
func TestEveryWriteIsNoted(t *testing.T) {
	t.Parallel()
	site := serveFeed(t)
	hook, host := takesAll(t)
	c, story := told(t, servertest.Options{FetchAllow: []string{strings.TrimPrefix(site, "http://")}, HookAllow: []string{host}})
	s := &scene{client: c, story: story, site: site, hook: hook}
	s.who, s.bearer = s.caller()
	examples, made := maps.Clone(writes), 0
	maps.Copy(examples, deskWrites)
	maps.Copy(examples, outsideWrites)
	noted := func() (n int) {
		t.Helper()
		if err := c.Pool.QueryRow(t.Context(), "SELECT count(*) FROM audit WHERE key_id = $1 AND actor_id = $2 AND actor = 'Cora'",
			s.who.KeyID, s.who.UserID).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, route := range c.Routes() {
		name := route.Method + " " + strings.TrimPrefix(route.Pattern, "/api/v1")
		if route.Way != server.ByKey || route.Method == http.MethodGet || slices.Contains(slices.Concat(storesNothing, elsewhere), name) {
			continue
		}
		example, ok := examples[name]
		if !ok {
			t.Errorf("%s: no example here of a call that succeeds; or is it one that stores nothing?", name)
			continue
		}
		made++
		w := example(s)
		before := noted()
		a := c.call(route.Method, w.path, w.body, append([]string{"Authorization", s.bearer}, w.header...)...)
		if a.Code < 200 || a.Code > 299 {
			t.Errorf("%s: the example does not succeed: status %d, %s", name, a.Code, a.Body)
			continue
		}
		if noted() <= before {
			t.Errorf("%s left no entry of its key in the history", name)
		}
	}
	if made != len(examples) {
		t.Errorf("%d calls were made of %d examples: one is of a call that is not there", made, len(examples))
	}
}

// newSource gives the id and the name of a source with one article, in a story of its own.
func (s *scene) newSource() (id, name string) {
	name = s.fresh("Post")
	a := s.call("POST", "/articles", `{"text": "The bridge at `+name+` was closed.", "source": "`+name+`", "story_id": "`+s.newStory()+`"}`).want(http.StatusAccepted).object()
	return a["source_id"].(string), name
}

// removed waits until a source is in the bin.
func (s *scene) removed(source string) {
	s.t.Helper()
	for range 400 {
		if s.call("GET", "/sources/"+source+"/erasure", "").want(http.StatusOK).object()["state"] == "removed" {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	s.t.Fatal("the source is not removed")
}
