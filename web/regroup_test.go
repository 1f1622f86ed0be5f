package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// ferry is an article, refund one on something near it: the service is uncertain.
var (
	ferry = app.ArticleInput{Source: "The Ledger", Title: "Ferry runs aground off Port Ansel", PublishedAt: "2025-03-03",
		Text: "The ferry Halden Star with 300 passengers aboard struck a rock near Port Ansel on Monday, the harbour master Ruth Amadi " +
			"said. Lifeboats from Carrick took off all passengers within two hours. The rock is marked on charts, and Amadi said an " +
			"inquiry by the Harbour Safety Board would look at the ferry's radar."}
	refund = app.ArticleInput{Source: "Trade Daily", Title: "Ferry line offers refunds", PublishedAt: "2025-03-05",
		Text: "The owner of the ferry Halden Star will pay back tickets to passengers, the company said on Wednesday. Summer sailings " +
			"to Port Ansel begin as planned in June. Bookings fell by a tenth this spring, and shares lost two percent in early trading."}
)

// placed stores an article and gives it when the service has placed it.
func (s site) placed(in app.ArticleInput) app.Article {
	s.t.Helper()
	admin, err := s.App.AuthenticateKey(s.t.Context(), servertest.AdminKey)
	if err != nil {
		s.t.Fatal(err)
	}
	art, _, err := s.App.AddArticle(s.t.Context(), admin, in)
	if err != nil {
		s.t.Fatal(err)
	}
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		got, err := s.App.Article(s.t.Context(), admin, art.ID)
		if err != nil {
			s.t.Fatal(err)
		}
		if got.StoryID != "" {
			return got.Article
		}
	}
	s.t.Fatal("the article was never placed")
	return art
}

func TestUncertainPlacementIsSettled(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	s.get("/waiting").want(http.StatusOK).shows(".empty", "Nothing waits")
	first, second := s.placed(ferry), s.placed(refund)
	if first.StoryID != second.StoryID {
		t.Fatal("the second article is not in the story")
	}
	p := s.get("/waiting").want(http.StatusOK)
	p.shows(".waiting-item", refund.Title).shows(".likeness", "Halden").shows(".likeness", "2 days apart").shows(".likeness", "from 0.27")
	s.get("/articles/"+second.ID).shows(".why-here", "uncertain").shows(".why-here", ferry.Title)

	path := "/articles/" + second.ID + "/placement"
	s.post(path, url.Values{"decision": {"move"}}).want(http.StatusUnprocessableEntity)
	s.post(path, url.Values{"decision": {"perhaps"}}).want(http.StatusUnprocessableEntity)
	s.post(path, url.Values{"decision": {"belongs"}, "version": {"99"}}).want(http.StatusPreconditionFailed)
	s.post(path, url.Values{"decision": {"belongs"}}).goesTo("/waiting")
	s.get("/waiting").shows(".notice", "Settled").lacks(".waiting-item")
	s.get("/articles/"+second.ID).shows(".why-here", "settled it").lacks(".why-here .tag")

	s.post(path, url.Values{"decision": {"own_story"}}).goesTo("/waiting")
	other := s.get("/articles/"+second.ID).attr(".crumbs a[href^='/stories/']", "href")
	if other == "/stories/"+first.StoryID {
		t.Error("the article has no story of its own")
	}
	s.post(path, url.Values{"decision": {"move"}, "address": {"http://news.example/stories/" + first.StoryID}}).goesTo("/waiting")
	s.get("/stories/"+first.StoryID).shows("#articles", refund.Title)
	s.as(auth.Checker).get("/waiting").want(http.StatusForbidden)
}

func TestStoryIsRegrouped(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	first, second := s.placed(ferry), s.placed(refund)
	story := "/stories/" + first.StoryID
	p := s.get(story + "/regroup").want(http.StatusOK)
	if n := len(p.all("input[name=article]")); n != 2 {
		t.Fatalf("%d articles to choose from", n)
	}
	s.post(story+"/split", url.Values{}).want(http.StatusUnprocessableEntity).shows(".field-error", "name")
	all := s.post(story+"/split", url.Values{"article": {first.ID, second.ID}, "title": {"<i>New</i>"}}).want(http.StatusUnprocessableEntity)
	all.shows(".field-error", "leave one")
	if all.attr("#title", "value") != "<i>New</i>" || len(all.all("input[name=article][checked]")) != 2 {
		t.Error("the form forgot what was entered")
	}
	made := s.post(story+"/split", url.Values{"article": {second.ID}, "title": {"Refunds"}}).goesTo("/stories/")
	s.get(made).shows("h1", "Refunds").shows("#articles", refund.Title)
	s.get(story).lacks("#articles li:nth-child(2)")

	s.post(story+"/move", url.Values{"article": {first.ID}}).want(http.StatusUnprocessableEntity).shows(".field-error", "names no other story")
	s.post(story+"/merge", url.Values{}).want(http.StatusUnprocessableEntity).shows(".field-error", "name the stories")
	s.post(story+"/merge", url.Values{"story_id": {strings.TrimPrefix(made, "/stories/")}}).goesTo(story)
	if moved := s.get(made).want(http.StatusPermanentRedirect); moved.Header().Get("Location") != story {
		t.Errorf("the merged story leads to %q", moved.Header().Get("Location"))
	}
	s.post(story+"/lock", url.Values{"locked": {"true"}}).goesTo(story)
	s.get(story).shows(".page-head .tag", "locked").shows(".notice", "locked")
	s.post(story+"/lock", url.Values{"locked": {"false"}}).goesTo(story)
	s.get(story).lacks(".page-head .tag")
}
