package api_test

import (
	"net/http"
	"strings"
	"testing"

	"corroborate/internal/server/servertest"
)

func TestUsers(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	const body = `{"email": "ana@news.example", "name": "Ana", "password": "correct horse battery", "role": "checker"}`
	made := c.call("POST", "/users", body).want(http.StatusCreated)
	if role := made.object()["role"]; role != "checker" {
		t.Errorf("the role is %v", role)
	}
	again := c.call("POST", "/users", body)
	if again.Code != http.StatusConflict && again.Code != http.StatusUnprocessableEntity {
		t.Errorf("the same address again: status %d", again.Code)
	}
	if n := len(c.call("GET", "/users", "").want(http.StatusOK).items()); n != 2 {
		t.Errorf("%d accounts, want 2", n)
	}
	short := c.call("POST", "/users", `{"email": "bo@news.example", "name": "Bo", "password": "hunter2", "role": "reader"}`).want(http.StatusUnprocessableEntity)
	if body := short.Body.String(); len(body) == 0 || strings.Contains(body, "hunter2") {
		t.Errorf("a password is repeated: %s", body)
	}
}

func TestAccountFromFirstToLast(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{PublicURL: "https://news.example.org"})
	made := c.call("POST", "/users", `{"email": "ana@news.example", "name": "Ana", "password": "correct horse battery", "role": "checker"}`).want(http.StatusCreated)
	at := "/users/" + made.id()
	if made.Header().Get("Location") != "/api/v1"+at {
		t.Errorf("the location is %s", made.Header().Get("Location"))
	}
	got := c.call("GET", at, "").want(http.StatusOK)
	c.call("GET", at, "", "If-None-Match", got.Header().Get("ETag")).want(http.StatusNotModified)
	if o := got.object(); o["keys"] != 0.0 || o["reset_until"] != nil || o["second_factor"] != false {
		t.Errorf("the account: %v", o)
	}
	first := got.Header().Get("ETag")
	edited := c.call("PATCH", at, `{"name": "Ana Reyes", "role": "editor"}`, "If-Match", first).want(http.StatusOK)
	if o := edited.object(); o["name"] != "Ana Reyes" || o["role"] != "editor" {
		t.Errorf("edited: %v", o)
	}
	c.call("PATCH", at, `{"name": "Late"}`, "If-Match", first).want(http.StatusPreconditionFailed)
	c.call("PATCH", at, `{"name": "Careless"}`).want(http.StatusPreconditionRequired)
	c.call("PATCH", at, `{"role": "owner"}`, "If-Match", "*").want(http.StatusUnprocessableEntity)

	link := c.call("POST", at+"/reset", "", "Idempotency-Key", "r").want(http.StatusCreated)
	has(t, link.object()["url"].(string), "https://news.example.org/reset/")
	if again := c.call("POST", at+"/reset", "", "Idempotency-Key", "r").want(http.StatusCreated); again.object()["url"] != nil {
		t.Errorf("the link is repeated: %s", again.Body)
	}
	if c.call("GET", at, "").object()["reset_until"] == nil {
		t.Error("the account does not tell of the link")
	}
	c.call("DELETE", at+"/reset", "").want(http.StatusNoContent)
	c.call("DELETE", at+"/reset", "").want(http.StatusConflict)
	c.call("DELETE", at+"/second-factor", "", "If-Match", "*").want(http.StatusConflict)

	c.call("POST", at+"/reopen", "", "If-Match", "*").want(http.StatusConflict)
	closed := c.call("POST", at+"/close", "", "If-Match", edited.Header().Get("ETag")).want(http.StatusOK)
	if closed.object()["disabled_at"] == nil {
		t.Errorf("closed: %s", closed.Body)
	}
	c.call("POST", at+"/close", "", "If-Match", "*").want(http.StatusConflict)
	c.call("POST", at+"/reset", "").want(http.StatusConflict)
	c.call("POST", at+"/reopen", "", "If-Match", closed.Header().Get("ETag")).want(http.StatusOK)
	self := c.call("GET", "/me", "").object()["user"].(object)["id"].(string)
	c.call("POST", "/users/"+self+"/close", "", "If-Match", "*").want(http.StatusConflict)
	c.call("PATCH", "/users/"+self, `{"role": "reader"}`, "If-Match", "*").want(http.StatusUnprocessableEntity)
	for _, path := range []string{"/close", "/reopen", "/reset"} {
		c.call("POST", "/users/"+unknownID+path, "", "If-Match", "*").want(http.StatusNotFound)
	}
}

func TestPeopleAreFound(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	for _, name := range []string{"Ana", "Ben"} {
		c.call("POST", "/users", `{"email": "`+strings.ToLower(name)+`@news.example", "name": "`+name+`", "password": "correct horse battery", "role": "reader"}`).want(http.StatusCreated)
	}
	c.exec("UPDATE users SET disabled_at = now() WHERE name = 'Ben'")
	for query, want := range map[string]string{
		"?q=AN": "Ana", "?q=news.example": "Ben,Ana,Administrator", "?role=reader": "Ben,Ana", "?state=closed": "Ben", "?state=open&role=reader": "Ana", "?q=zz": "",
	} {
		var names []string
		for _, u := range c.call("GET", "/users"+query, "").want(http.StatusOK).items() {
			names = append(names, u["name"].(string))
		}
		if got := strings.Join(names, ","); got != want {
			t.Errorf("%s gives %q, want %q", query, got, want)
		}
	}
}

func TestInvitationsByCall(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	const body = `{"email": "ben@news.example", "name": "Ben", "role": "checker", "days": 2}`
	made := c.call("POST", "/invitations", body, "Idempotency-Key", "i").want(http.StatusCreated)
	link := made.object()["url"].(string)
	has(t, link, "http://", "/invitations/")
	if again := c.call("POST", "/invitations", body, "Idempotency-Key", "i").want(http.StatusCreated); again.object()["url"] != nil || again.id() != made.id() {
		t.Errorf("the link is repeated: %s", again.Body)
	}
	if l := c.call("GET", "/invitations", "").want(http.StatusOK); len(l.items()) != 1 || strings.Contains(l.Body.String(), "url") {
		t.Errorf("listed: %s", l.Body)
	}
	wrong := c.call("POST", "/invitations", `{"email": "nobody", "name": "", "role": "owner", "days": 99}`).want(http.StatusUnprocessableEntity).wrong()
	if len(wrong) != 4 {
		t.Errorf("wrong are %v, want four fields", wrong)
	}
	c.call("DELETE", "/invitations/"+made.id(), "").want(http.StatusNoContent)
	c.call("DELETE", "/invitations/"+made.id(), "").want(http.StatusConflict)
	c.call("DELETE", "/invitations/"+unknownID, "").want(http.StatusNotFound)
	if n := len(c.call("GET", "/invitations", "").items()); n != 0 {
		t.Errorf("%d invitations are left", n)
	}
	taken := c.call("POST", "/invitations", body).want(http.StatusCreated)
	c.exec("UPDATE invitations SET used_at = now(), user_id = created_by WHERE id = $1", taken.id())
	c.call("DELETE", "/invitations/"+taken.id(), "").want(http.StatusConflict)
	c.call("POST", "/users", `{"email": "eve@news.example", "name": "Eve", "password": "correct horse battery", "role": "reader"}`).want(http.StatusCreated)
	c.call("POST", "/invitations", `{"email": "eve@news.example", "name": "Eve", "role": "reader"}`).want(http.StatusConflict)
}

func TestHistoryByCall(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	id := c.call("POST", "/stories", `{"title": "A storm"}`).want(http.StatusCreated).id()
	c.call("PATCH", "/stories/"+id, `{"title": "A great storm"}`, "If-Match", "*").want(http.StatusOK)
	c.call("POST", "/stories", `{"title": "Another"}`).want(http.StatusCreated)
	key := c.call("GET", "/me", "").object()["key"].(object)["id"].(string)
	for query, want := range map[string]string{
		"?object_id=" + id: "story.edit,story.add", "?action=story": "story.add,story.edit,story.add", "?action=story.edit": "story.edit",
		"?action=stor": "", "?key_id=" + key + "&action=story.edit": "story.edit", "?key_id=" + id: "", "?user_id=service&action=story": "",
		"?since=2999-01-01T00:00:00Z": "", "?until=2999-01-01T00:00:00Z&limit=1": "story.add",
	} {
		var actions []string
		for _, e := range c.call("GET", "/history"+query, "").want(http.StatusOK).items() {
			actions = append(actions, e["action"].(string))
		}
		if got := strings.Join(actions, ","); got != want {
			t.Errorf("%s gives %q, want %q", query, got, want)
		}
	}
	edit := c.call("GET", "/history?action=story.edit", "").items()[0]
	if edit["key_id"] != key || edit["user"] != "Administrator" || edit["object"].(object)["name"] != "A great storm" || edit["detail"].(object)["from"] != "A storm" {
		t.Errorf("the entry: %v", edit)
	}
	for _, query := range []string{"?object_id=" + unknownID, "?object_id=x", "?user_id=x", "?key_id=x", "?since=monday"} {
		c.call("GET", "/history"+query, "").want(http.StatusUnprocessableEntity)
	}
	_, editor := c.made(`{"name": "writes", "scopes": ["write"]}`)
	c.call("GET", "/history?object_id="+id, "", "Authorization", editor).want(http.StatusOK)
	c.call("GET", "/history", "", "Authorization", editor).want(http.StatusUnprocessableEntity)
	c.call("GET", "/history?object_id="+key, "", "Authorization", editor).want(http.StatusUnprocessableEntity)
}

func TestBinByCall(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	id := c.call("POST", "/stories", `{"title": "A storm"}`).want(http.StatusCreated).id()
	art := c.call("POST", "/articles", `{"text": "The storm hit on Monday.", "source": "City Gazette", "story_id": "`+id+`"}`).want(http.StatusAccepted).id()
	c.call("POST", "/stories/"+id+"/restore", "").want(http.StatusConflict)
	c.call("POST", "/articles/"+art+"/restore", "").want(http.StatusConflict)
	c.call("POST", "/stories/"+unknownID+"/restore", "").want(http.StatusNotFound)
	c.call("POST", "/articles/"+unknownID+"/restore", "").want(http.StatusNotFound)

	c.call("DELETE", "/articles/"+art, "", "If-Match", "*").want(http.StatusNoContent)
	c.call("DELETE", "/stories/"+id, "", "If-Match", "*").want(http.StatusNoContent)
	all := c.call("GET", "/bin", "").want(http.StatusOK).items()
	if len(all) != 2 || all[0]["kind"] != "story" || all[1]["kind"] != "article" || all[1]["story_deleted"] != true || all[0]["deleted_by"] != "Administrator" {
		t.Fatalf("the bin: %v", all)
	}
	if first := c.call("GET", "/bin?limit=1", "").object(); first["next_cursor"] == "" {
		t.Error("the bin is not read by cursor")
	}
	if only := c.call("GET", "/bin?kind=article", "").items(); len(only) != 1 || only[0]["id"] != art {
		t.Errorf("articles in the bin: %v", only)
	}
	c.call("POST", "/articles/"+art+"/restore", "").want(http.StatusConflict) // its story is there, too
	if back := c.call("POST", "/stories/"+id+"/restore", "").want(http.StatusOK); back.id() != id || back.Header().Get("ETag") == "" {
		t.Errorf("restored: %s", back.Body)
	}
	c.call("POST", "/articles/"+art+"/restore", "").want(http.StatusOK)
	if n := len(c.call("GET", "/bin", "").items()); n != 0 {
		t.Errorf("%d things are left in the bin", n)
	}
}
