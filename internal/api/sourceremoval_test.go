package api_test

import (
	"net/http"
	"testing"

	"corroborate/internal/server/servertest"
)

// TestAWrongNameOfASourceIsInTheQuery holds that a source stays where the name is another's,
// and that the answer names the part of the call that is wrong.
func TestAWrongNameOfASourceIsInTheQuery(t *testing.T) {
	t.Parallel()
	c := newClient(t, servertest.Options{})
	article := c.call("POST", "/articles", `{"text": "The storm hit on Monday.", "source": "City Gazette"}`).want(http.StatusAccepted).object()
	at := "/sources/" + article["source_id"].(string)
	wrong := c.call("DELETE", at+"?name=Harbour+Post", "").want(http.StatusUnprocessableEntity).wrong()
	if len(wrong) != 1 || wrong["query.name"] == "" {
		t.Errorf("what is wrong is %v, not query.name", wrong)
	}
	if state := c.call("GET", at+"/erasure", "").want(http.StatusOK).object()["state"]; state != "kept" {
		t.Errorf("the source is %v", state)
	}
}
