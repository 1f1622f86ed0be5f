package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

func TestSharesOfAFinding(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{PublicURL: "https://news.example.org"})
	finding := c.call("GET", "/stories/"+story+"/findings?limit=1", "").items()[0]["id"].(string)
	path := "/findings/" + finding + "/shares"
	if n := len(c.call("GET", path, "").want(http.StatusOK).items()); n != 0 {
		t.Fatalf("there are %d shares before the first", n)
	}

	made := c.call("POST", path, `{"name": "  Ferry explainer "}`, "Idempotency-Key", "one").want(http.StatusCreated)
	address, _ := made.object()["address"].(string)
	token, ok := strings.CutPrefix(address, "https://news.example.org/cards/")
	if !ok || len(token) < 26 || made.object()["name"] != "Ferry explainer" || made.Header().Get("Location") != "/api/v1"+path {
		t.Fatalf("the share is %s at %s", made.Body, made.Header().Get("Location"))
	}
	again := c.call("POST", path, `{"name": "  Ferry explainer "}`, "Idempotency-Key", "one").want(http.StatusCreated)
	if again.id() != made.id() || again.object()["address"] != nil {
		t.Errorf("a repeated answer tells the secret: %s", again.Body)
	}
	var kept int
	if err := c.Pool.QueryRow(t.Context(), "SELECT count(*) FROM finding_shares WHERE token_hash = $1", auth.HashToken(token)).Scan(&kept); err != nil || kept != 1 {
		t.Errorf("%d shares have the hash of the secret: %v", kept, err)
	}

	c.card(token).want(http.StatusOK)
	one := c.call("GET", path, "").items()
	if len(one) != 1 || one[0]["uses"] != 1.0 || one[0]["last_used_at"] == nil || one[0]["address"] != nil {
		t.Errorf("the list is %v", one)
	}
	if all := c.call("GET", "/shares", "").want(http.StatusOK).items(); len(all) != 1 || all[0]["finding_id"] != finding {
		t.Errorf("all shares are %v", all)
	}
	c.call("DELETE", "/shares/"+made.id(), "").want(http.StatusNoContent)
	c.call("DELETE", "/shares/"+made.id(), "").want(http.StatusNoContent)
	c.card(token).want(http.StatusNotFound)
	if one = c.call("GET", path, "").items(); one[0]["revoked_at"] == nil {
		t.Errorf("an ended share is %v", one[0])
	}
	var deeds int
	if err := c.Pool.QueryRow(t.Context(), "SELECT count(*) FROM audit WHERE action IN ('finding.share', 'finding.share_end') AND object = $1", finding).Scan(&deeds); err != nil || deeds != 2 {
		t.Errorf("the history has %d entries: %v", deeds, err)
	}
}

// card asks for a card as anybody on the web does.
func (c client) card(token string) answer {
	return answer{c.Do(servertest.Call{Method: http.MethodGet, Path: "/cards/" + token}), c.t}
}

func TestSharesRefuseWhatIsWrong(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	finding := c.call("GET", "/stories/"+story+"/findings?limit=1", "").items()[0]["id"].(string)
	path := "/findings/" + finding + "/shares"
	wrong := c.call("POST", path, `{"expires_at": "2020-01-01T00:00:00Z", "name": "`+strings.Repeat("x", 201)+`"}`).want(http.StatusUnprocessableEntity).wrong()
	if wrong["body.name"] == "" {
		t.Errorf("a long name is not named: %v", wrong)
	}
	if wrong = c.call("POST", path, `{"expires_at": "2020-01-01T00:00:00Z"}`).want(http.StatusUnprocessableEntity).wrong(); wrong["body.expires_at"] == "" {
		t.Errorf("a time that has passed is not named: %v", wrong)
	}
	c.call("POST", "/findings/"+unknownID+"/shares", `{}`).want(http.StatusNotFound)
	c.call("DELETE", "/shares/"+unknownID, "").want(http.StatusNotFound)

	soon := c.call("POST", path, `{"expires_at": "`+time.Now().Add(time.Hour).UTC().Format(time.RFC3339)+`"}`).want(http.StatusCreated).object()
	token := soon["address"].(string)[strings.LastIndex(soon["address"].(string), "/")+1:]
	c.card(token).want(http.StatusOK)
	if _, err := c.Pool.Exec(t.Context(), "UPDATE finding_shares SET expires_at = now() - interval '1 second'"); err != nil {
		t.Fatal(err)
	}
	c.card(token).want(http.StatusNotFound)

	for range 50 {
		c.call("POST", path, `{}`).want(http.StatusCreated)
	}
	c.call("POST", path, `{}`).want(http.StatusConflict)
}

func TestASharesFindingLeadsOn(t *testing.T) {
	t.Parallel()
	c, story := told(t, servertest.Options{})
	list := c.call("GET", "/stories/"+story+"/findings?limit=2", "").items()
	from, to := list[0]["id"].(string), list[1]["id"].(string)
	address := c.call("POST", "/findings/"+from+"/shares", `{}`).want(http.StatusCreated).object()["address"].(string)
	token := address[strings.LastIndex(address, "/")+1:]
	for _, sql := range []string{"DELETE FROM findings WHERE id = $1 AND $2 <> ''", "INSERT INTO findings_moved (id, successor, moved_at) VALUES ($1, $2::text::uuid, now())"} {
		if _, err := c.Pool.Exec(t.Context(), sql, from, to); err != nil {
			t.Fatal(err)
		}
	}
	c.card(token).want(http.StatusOK)
	if !strings.Contains(c.card(token).Body.String(), "/findings/"+to) {
		t.Error("the card does not show the finding that took over")
	}
	moved := c.call("GET", "/findings/"+from+"/shares", "").want(http.StatusPermanentRedirect)
	if moved.Header().Get("Location") != "/api/v1/findings/"+to+"/shares" {
		t.Errorf("a merged finding leads to %s", moved.Header().Get("Location"))
	}
	if n := len(c.call("GET", "/findings/"+to+"/shares", "").items()); n != 1 {
		t.Errorf("the share did not follow: %d", n)
	}
	c.call("DELETE", "/stories/"+story, "", "If-Match", "*").want(http.StatusNoContent)
	c.card(token).want(http.StatusNotFound)
}
