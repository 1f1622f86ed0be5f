package api_test

import (
	"net/http"
	"testing"

	"corroborate/internal/server/servertest"
)

func TestArticleThatChanges(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	send := func(text string, status int) answer {
		t.Helper()
		return c.call("POST", "/articles", articleJSON(t, object{"text": text, "source": "Harbour Post", "url": "https://harbourpost.example/bridge"})).want(status)
	}
	path := "/articles/" + send(bridge, http.StatusAccepted).id()
	c.call("GET", path+"/difference", "").want(http.StatusUnprocessableEntity)
	if n := send(bridge, http.StatusOK).object()["revision"]; n != 1.0 {
		t.Errorf("the same again is revision %v", n)
	}
	if n := send("The harbour bridge was closed on Friday after a crack was found, the mayor said.", http.StatusAccepted).object()["revision"]; n != 2.0 {
		t.Errorf("a changed text is revision %v", n)
	}
	d := c.call("GET", path+"/difference?from=1&to=2", "").want(http.StatusOK).object()
	edits, _ := d["edits"].([]any)
	if len(edits) != 1 || edits[0].(map[string]any)["class"] != "fact" || d["facts"] != 1.0 || d["title"] != nil {
		t.Errorf("difference %v", d)
	}
	for _, query := range []string{"?from=2&to=1", "?from=1&to=7", "?from=x", "?from=0"} {
		c.call("GET", path+"/difference"+query, "").want(http.StatusUnprocessableEntity)
	}
	c.call("GET", "/articles/"+unknownID+"/difference", "").want(http.StatusNotFound)
	c.call("GET", "/stories/"+unknownID+"/corrections", "").want(http.StatusNotFound)
	story := c.call("POST", "/stories", `{"title": "Bridge"}`).id()
	if n := len(c.call("GET", "/stories/"+story+"/corrections", "").want(http.StatusOK).items()); n != 0 {
		t.Errorf("%d corrections", n)
	}
}
