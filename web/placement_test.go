package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// rockSecond is on the event of ferry.
var rockSecond = app.ArticleInput{Source: "Northwire", Title: "Passengers saved after Halden Star hits rock", PublishedAt: "2025-03-03",
	Text: "All 300 people on the ferry Halden Star were brought to safety on Monday after she hit a rock outside Port Ansel. " +
		"Harbour master Ruth Amadi praised the lifeboat crews from Carrick. The Harbour Safety Board opened an inquiry and will " +
		"examine the radar of the vessel."}

// placedAt stores an article without naming a story, and gives its address once the
// service has placed it.
func (s site) placedAt(in app.ArticleInput) string { return "/articles/" + s.placed(in).ID }

func TestPlacementIsExplained(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true, PublicRead: true})
	first, second := s.placedAt(ferry), s.placedAt(rockSecond)
	copied := ferry
	copied.Source, copied.URL = "Coastal Courier", "https://courier.example/ferry"
	third := s.placedAt(copied)

	s.get(first+"/placement").want(http.StatusOK).shows(".why-answer", "began a story with it: no other shared")
	p := s.get(second+"/placement").want(http.StatusOK).shows(".why-answer", "shares names and words").shows(".why-answer", "brought by Administrator")
	p.shows("#nearness ~ p", "is enough to join").shows(".shared tbody tr:first-child", "not common (3 of 3 articles)")
	p.shows(".shared tbody", "Halden name").shows(".shared-with", "Ferry runs aground")
	s.get(third+"/placement").want(http.StatusOK).shows(".why-answer", "because it is a copy").shows("#copies ~ ul", "100 % of this article").lacks("#nearness")

	article := s.get(second).want(http.StatusOK)
	if article.attr("a[href$='/placement']", "href") != second+"/placement" {
		t.Error("the article's page does not lead to the reasons")
	}
	stranger := s.as("").get(second + "/placement").want(http.StatusOK).lacks("form[action$='/placement']")
	if strings.Contains(stranger.text("main"), "Administrator") {
		t.Error("people are named to strangers")
	}
	s.as(auth.Checker).get(second + "/placement").want(http.StatusOK).lacks("form[action$='/placement']")
	s.get("/articles/" + unknownID + "/placement").want(http.StatusNotFound)
}

func TestArticleIsMovedFromItsReasons(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	s.placedAt(ferry)
	second := s.placedAt(rockSecond)
	other := s.post("/stories", url.Values{"title": {"Another story"}}).goesTo("/stories/")
	move := url.Values{"decision": {"move"}, "back": {"placement"}}
	s.post(second+"/placement", move).want(http.StatusUnprocessableEntity).shows(".alert", "Choose the story")
	s.post(second+"/placement", url.Values{"decision": {"belongs"}, "back": {"placement"}}).goesTo(second + "/placement")
	s.get(second+"/placement").want(http.StatusOK).shows(".why-answer", "editor settled that it belongs to").shows(".notice", "Settled").lacks("button[value=own_story]")
	move.Set("story_id", strings.TrimPrefix(other, "/stories/"))
	s.post(second+"/placement", move).goesTo(second + "/placement")
	s.get(second+"/placement").want(http.StatusOK).shows(".crumbs", "Another story")

	// A person's choice is told as one.
	chosen := ferry
	chosen.Source, chosen.StoryID = "The Herald", strings.TrimPrefix(other, "/stories/")
	s.get(s.placedAt(chosen)+"/placement").want(http.StatusOK).shows(".why-answer", "It was put into Another story when it came")
}

// TestNothingMovesIntoTheSample tries, as its texts are everybody's.
func TestNothingMovesIntoTheSample(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	sample := strings.TrimPrefix(s.loadSample(), "/stories/")
	article := s.placedAt(ferry)
	for _, role := range []auth.Role{auth.Editor, auth.Administrator} {
		admin := s
		if role == auth.Administrator {
			admin = s.as(role)
		}
		admin.post(article+"/placement", url.Values{"decision": {"move"}, "back": {"placement"}, "story_id": {sample}}).
			want(http.StatusUnprocessableEntity).shows("#story_id-error", "the sample story")
	}
	w := s.Do(servertest.Call{Method: http.MethodPatch, Path: "/api/v1" + article, Key: servertest.AdminKey,
		Body: `{"story_id": "` + sample + `"}`, Header: http.Header{"If-Match": {`*`}, "Content-Type": {"application/json"}}})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "sample story") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
}
