package api_test

import (
	"net/http"
	"testing"

	"corroborate/internal/server/servertest"
)

func TestErasureByCall(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	id := c.call("POST", "/stories", `{"title": "A storm"}`).want(http.StatusCreated).id()
	art := c.call("POST", "/articles", `{"text": "The storm hit on Monday.", "source": "City Gazette", "story_id": "`+id+`"}`).want(http.StatusAccepted).id()
	c.call("GET", "/bin/"+art+"/erasure", "").want(http.StatusConflict)
	c.call("DELETE", "/bin/"+art, "").want(http.StatusConflict)
	c.call("DELETE", "/bin/"+unknownID, "").want(http.StatusNotFound)
	c.call("DELETE", "/articles/"+art, "", "If-Match", "*").want(http.StatusNoContent)
	c.call("DELETE", "/bin/"+art, "").want(http.StatusConflict) // no job has compared its story without it
	c.call("DELETE", "/stories/"+id, "", "If-Match", "*").want(http.StatusNoContent)
	if e := c.call("GET", "/bin/"+id+"/erasure", "").want(http.StatusOK).object(); e["articles"] != 1.0 || e["revisions"] != 1.0 {
		t.Errorf("to be erased: %v", e)
	}
	_, editor := c.made(`{"name": "writes", "scopes": ["write"]}`)
	c.call("DELETE", "/bin/"+id, "", "Authorization", editor).want(http.StatusForbidden)
	c.call("DELETE", "/bin/"+id, "").want(http.StatusNoContent)
	c.call("DELETE", "/bin/"+id, "").want(http.StatusNotFound)
	c.call("GET", "/articles/"+art, "").want(http.StatusNotFound)
	if n := len(c.call("GET", "/bin", "").items()); n != 0 {
		t.Errorf("%d things are left in the bin", n)
	}
}
