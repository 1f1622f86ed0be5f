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

const ferryDraft = "A car ferry struck the north pier at Halvorsen Bay on Tuesday, injuring 19 people.\n\n" +
	"The crew ignored two radio calls from the harbour office. The Marit Lund was carrying 304 passengers.\n\n" +
	"A zebrafish named <Waldemar> survived the collision in a jar."

func TestCheckPage(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	story := strings.TrimPrefix(s.loadSample(), "/stories/")
	s.get("/").shows("nav a[href='/check']", "Check")
	if form := s.get("/check?story="+story).want(http.StatusOK).shows("h1", "Check a draft").lacks(".check-draft"); form.attr("#story_id option[selected]", "value") != story {
		t.Error("the story is not chosen")
	}
	p := s.post("/check", url.Values{"text": {ferryDraft}, "source": {"A New Paper"}, "story_id": {story}}).want(http.StatusOK)
	p.shows(".check-summary", "Held against").shows(".check-diverges", "your draft says 19").shows(".check-dropped", "you dropped the doubt")
	p.shows(".check-only", "No other source tells this").shows(".check-agrees details", "from 3 origins").shows("#left-out", "Left out")
	p.shows(".check-draft a.draft-diverges", "injuring 19 people").shows(".check-draft", "<Waldemar>").shows(".check-diverges mark", "19")
	if p.text("textarea") != strings.Join(strings.Fields(ferryDraft), " ") || p.attr("#source", "value") != "A New Paper" {
		t.Errorf("the form lost the draft: %q", p.text("textarea"))
	}
	for _, link := range p.all(".check-draft a, .check nav a, .check-words a") {
		for _, a := range link.Attr {
			if a.Key == "href" && len(p.all(`[id="`+strings.TrimPrefix(a.Val, "#")+`"]`)) != 1 {
				t.Errorf("%s leads nowhere", a.Val)
			}
		}
	}
	if got := p.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("browsers may keep the draft: %q", got)
	}
	if n := len(s.post("/check", url.Values{"text": {ferryDraft}}).want(http.StatusOK).all(".check-summary a")); n != 1 {
		t.Errorf("without a story %d were found", n)
	}
	s.post("/check", url.Values{"text": {"The bank of Tolvik raised its main rate to four percent on Monday."}}).want(http.StatusOK).shows(".check-summary", "No stored story fits")
	s.as(auth.Reader).post("/check", url.Values{"text": {ferryDraft}}).want(http.StatusOK).shows(".check-diverges", "19").lacks("nav a[href='/check']")
}

func TestADraftThatCannotBeCheckedComesBack(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	german := "Der Hafenmeister sagte am Dienstag, die Brücke sei gesperrt. Die Stadt wird sie im Mai wieder öffnen, wenn der Riss behoben ist."
	s.post("/check", url.Values{"text": {german}}).want(http.StatusOK).shows(".alert", "not checked").shows("textarea", "Hafenmeister").lacks(".check-sides")
	s.post("/check", url.Values{"text": {" "}}).want(http.StatusUnprocessableEntity).shows("#text-error", "missing")
	s.post("/check", url.Values{"text": {strings.Repeat("The ferry sank. ", app.MaxDraft/16+1)}}).want(http.StatusUnprocessableEntity).shows("#text-error", "at most").shows("textarea", "The ferry sank.")
	long := strings.Repeat("x", 501)
	s.post("/check", url.Values{"text": {"The ferry sank."}, "title": {long}, "source": {long}}).want(http.StatusUnprocessableEntity).shows("#title-error", "500").shows("#source-error", "200")
	s.post("/check", url.Values{"text": {"The ferry sank."}, "story_id": {unknownID}}).want(http.StatusUnprocessableEntity).shows("#story_id-error", "no story").shows("textarea", "The ferry sank.")
	s.as("").get("/check").want(http.StatusSeeOther)
}
