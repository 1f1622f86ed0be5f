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

const floodText = "The river Tarn flooded the town of Marrow on Tuesday.\n\n" +
	"Rescuers evacuated 1,200 people from the town and closed the old bridge. Mayor Ann Weller visited the harbour."

// flooded stores a story of two articles and gives the address of the first.
func (s site) flooded() string {
	s.t.Helper()
	admin, err := s.App.AuthenticateKey(s.t.Context(), servertest.AdminKey)
	if err != nil {
		s.t.Fatal(err)
	}
	story, err := s.App.CreateStory(s.t.Context(), admin, app.StoryInput{Title: "A flood", Articles: []app.ArticleInput{
		{Source: "Gazette", Text: floodText}, {Source: "Courier", Text: "Rescuers evacuated 2,000 people from the town."}}})
	if err != nil {
		s.t.Fatal(err)
	}
	arts, err := s.App.Articles(s.t.Context(), admin, app.ArticleFilter{StoryID: story.ID})
	if err != nil {
		s.t.Fatal(err)
	}
	at := "/articles/" + arts.Items[1].ID
	s.settled(at)
	return at
}

// settled waits until the claims of an article are compared and gives its page.
func (s site) settled(article string) page {
	s.t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		p := s.get(article).want(http.StatusOK)
		if len(p.all("[data-awaited], meta[http-equiv=refresh]")) == 0 && len(p.all(".note")) > 0 {
			return p
		}
	}
	s.t.Fatal("the claims were never compared")
	return page{}
}

// claimPage gives the address of the claim whose words are shown.
func (p page) claimPage(words string) string {
	p.t.Helper()
	for _, n := range p.all(".claim[data-note]") {
		if strings.TrimSpace(textOf(n)) != words {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == "data-note" {
				return p.attr("#note-"+a.Val+" .note-edit", "href")
			}
		}
	}
	p.t.Fatalf("no claim %q in %q", words, p.text(".text"))
	return ""
}

func TestClaimIsEditedByForms(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true}).as(auth.Checker)
	at := s.flooded()
	people := s.settled(at).claimPage("Rescuers evacuated 1,200 people from the town")
	p := s.get(people).want(http.StatusOK).shows("mark", "Rescuers evacuated 1,200 people from the town").shows("h1", "A claim of Gazette")
	seen := p.attr("[name=seen]", "value")

	// A bad form comes back with what was typed, and says how to go on.
	s.post(people, url.Values{"seen": {seen}, "passage": {"nothing of it"}}).want(http.StatusUnprocessableEntity).
		shows("#passage-error", "is not there")
	if v := s.post(people, url.Values{"seen": {seen}, "passage": {"nothing of it"}}).attr("#passage", "value"); v != "nothing of it" {
		t.Errorf("the form comes back with %q", v)
	}
	to := s.post(people, url.Values{"seen": {seen}, "passage": {"evacuated 1,200 people"}}).goesTo(at)
	if !strings.Contains(to, "#claim-") {
		t.Errorf("goes to %q, not to the claim", to)
	}
	s.get(at).shows(".notice", "borders were moved").shows(".claim-edits", "“evacuated 1,200 people”")
	p = s.settled(at)
	if p.claimPage("evacuated 1,200 people") != people {
		t.Error("the claim has another address with other borders")
	}
	p.shows(".note-diverge .edited", "borders moved by").shows(".note-diverge", "Courier tells it differently")

	// Who saw the claim as it was is told what became of it, and shown it as it is.
	s.post(strings.TrimSuffix(people, "/edit")+"/drop", url.Values{"seen": {seen}}).want(http.StatusConflict).
		shows(".alert", "moved the borders").shows("mark", "evacuated 1,200 people")
	seen = s.get(people).attr("[name=seen]", "value")
	s.post(strings.TrimSuffix(people, "/edit")+"/judge", url.Values{"seen": {seen}, "reason": {"opinion"}}).goesTo(at)
	s.settled(at).shows(".note .tag", "opinion")
	s.get(at+"?show=doubtful").shows(".show [aria-current]", "not checkable 1")

	s.post(strings.TrimSuffix(people, "/edit")+"/drop", url.Values{"seen": {seen}}).goesTo(at)
	s.get(people).want(http.StatusConflict).shows("main", "is no claim any more")
	s.settled(at)
	s.post(strings.TrimSuffix(people, "/edit")+"/restore", nil).goesTo(at)
	finding := s.settled(at).attr(".note-diverge .note-verdict", "href")
	s.get(strings.SplitN(finding, "#", 2)[0]).want(http.StatusOK).shows(".finding-nav .back", "Back to the article").shows(".vouch .edited", "by")
}

func TestClaimIsAddedByForm(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true}).as(auth.Checker)
	at := s.flooded()
	p := s.get(at+"/claims/new").want(http.StatusOK).shows(".sentences", "The river Tarn flooded")
	p = s.get(strings.SplitN(p.attr(".sentences li:nth-child(2) a", "href"), "#", 2)[0]).shows(".claim-sentence", "Rescuers evacuated")
	form := url.Values{"sentence": {"2"}, "revision": {"1"}, "from": {p.attr("#from option:nth-child(8)", "value")}, "to": {p.attr("#to option:nth-child(8)", "value")}}
	s.post(at+"/claims", form).want(http.StatusUnprocessableEntity).shows("#passage-error", "one word").shows(".claim-sentence", "Rescuers")
	form.Set("to", p.attr("#to option:nth-child(11)", "value"))
	s.post(at+"/claims", url.Values{"sentence": {"2"}, "revision": {"9"}, "from": form["from"], "to": form["to"]}).
		want(http.StatusConflict).shows(".alert", "changed its text")
	s.post(at+"/claims", form).goesTo(at)
	s.settled(at).shows(".note .edited", "added by").shows(".show", "edited by people 1")
	undo := s.get(at).attr(".claim-edits form", "action")
	s.post(undo, nil).goesTo(at)
	s.settled(at).lacks(".note .edited").shows(".claim-edits", "undone by")
	s.post(undo, nil).want(http.StatusConflict).shows("main", "undone this already")
	s.get("/claims/" + unknownID + "/edit").want(http.StatusNotFound)
	s.post("/edits/"+unknownID+"/undo", nil).want(http.StatusNotFound)
}

func TestReadersEditNoClaims(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true, PublicRead: true})
	at := s.flooded()
	edit := s.settled(at).claimPage("Mayor Ann Weller visited the harbour")
	reader := s.as(auth.Reader)
	reader.get(at).want(http.StatusOK).lacks(".note-edit").lacks("[data-selection]").lacks("a[href$='/claims/new']").shows(".text", "Mayor Ann Weller")
	reader.get(edit).want(http.StatusForbidden)
	s.as("").get(at).want(http.StatusOK).lacks(".text")
}
