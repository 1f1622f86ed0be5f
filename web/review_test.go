package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// TestReviewPages walks what people do on the pages of the desk, one after the other on
// one story.
func TestReviewPages(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	story := s.loadSample()
	checker, admin := s.as(auth.Checker), s.as(auth.Administrator)
	rows := checker.get(story + "?verdict=diverge").want(http.StatusOK)
	address := rows.path(".row-link")
	id := strings.TrimPrefix(address, "/findings/")

	twoAtOnce(t, s, checker, address)
	wrongForms(s, checker, address)

	// Chosen together, and taken back.
	only := checker.get(story + "?verdict=single")
	form := url.Values{"do": {"confirm"}, "back": {story + "?verdict=single"}}
	for _, n := range only.all("[data-choose]")[:2] {
		for _, a := range n.Attr {
			if a.Key == "value" {
				form.Add("finding", a.Val)
			}
		}
	}
	checker.post("/reviews/bulk", form).goesTo(story + "?verdict=single")
	done := checker.get(story+"?verdict=single").shows(".notice", "Confirmed: 2 findings.").shows(".state-confirmed", "confirmed checker")
	checker.post("/reviews/undo", url.Values{"action": {done.attr(".notice input[name=action]", "value")}, "back": {story}}).goesTo(story)
	checker.get(story).shows(".notice", "Undone: 2 reviews.").lacks(".notice form")
	checker.post("/reviews/undo", url.Values{"action": {unknownID}, "back": {"//elsewhere.example"}}).goesTo("/")
	checker.get(story).shows(".notice", "nothing of yours to undo")
	form.Set("part", "1")
	checker.post("/reviews/bulk", form).want(http.StatusOK).shows("[data-done] .notice", "Confirmed").shows("[data-state]", "confirmed")
	checker.post("/reviews/bulk", url.Values{"do": {"confirm"}, "part": {"1"}}).want(http.StatusUnprocessableEntity).shows(".notice", "choose at least one finding")
	checker.post("/reviews/bulk", url.Values{"do": {"assign"}, "finding": {id}, "back": {story}}).want(http.StatusForbidden)

	// Given to somebody, it waits there; a wrong day comes back.
	person := s.get(address).attr("#assignee option[value]:not([value=''])", "value")
	s.post(address+"/assignments", url.Values{"assignee": {person}, "due": {"soon"}, "assignment_note": {"by phone"}}).
		want(http.StatusUnprocessableEntity).shows("#due-error", "is not a day").shows(".give-out details[open] summary", "Assign it")
	s.post(address+"/assignments", url.Values{"assignee": {person}, "due": {"2030-01-02"}, "assignment_note": {"by phone"}}).goesTo(address)
	s.get(address).shows(".assigned", "due 2030-01-02 by phone").shows(".notice button", "Undo")
	s.get("/review?show=given").want(http.StatusOK).shows(".desk-line", "by phone")
	for _, path := range []string{"/review", "/review?since=tuesday", "/review?since=day&day=nonsense", "/agreement", "/agreement?show=unsettled", "/help/keys"} {
		checker.get(path).want(http.StatusOK)
	}
	checker.get("/review?since=day&day=nonsense").shows("#day-error, .since .field-error", "is not a day")
	checker.get("/review?show=nothing").want(http.StatusOK)
	until := checker.get("/review?show=unseen").attr("input[name=until]", "value")
	checker.post("/review/seen", url.Values{"until": {until}}).goesTo("/review")
	checker.get("/review?show=unseen").shows(".desk", "You have seen all that happened.")
	checker.post("/review/seen", url.Values{"until": {"yesterday"}}).want(http.StatusUnprocessableEntity)

	blindPages(s, checker, admin, story)
}

// twoAtOnce has two people decide on one finding from pages of one moment: the second is
// told what changed, keeps what was filled in, and saves it then.
func twoAtOnce(t *testing.T, first, second site, address string) {
	t.Helper()
	edition := second.get(address).attr(".quick input[name=edition]", "value")
	first.post(address+"/reviews", url.Values{"verdict": {"agree"}, "edition": {edition}}).goesTo(address)
	late := url.Values{"verdict": {"diverge"}, "note": {"keep this"}, "edition": {edition}}
	p := second.post(address+"/reviews", late).want(http.StatusUnprocessableEntity)
	p.shows(".review .alert", "verdict: diverge → agree").shows(".review .alert", "editor: changed").shows("#note", "keep this")
	now := p.attr(".review input[name=edition]", "value")
	if now == edition {
		t.Error("the form is still on the old edition")
	}
	second.post(address+"/reviews", url.Values{"quick": {"confirmed"}, "edition": {edition}}).want(http.StatusUnprocessableEntity).shows(".review .alert", "has changed")
	late.Set("edition", now)
	second.post(address+"/reviews", late).goesTo(address)
	own := second.get(address).shows(".reviews li:first-child", "checker").attr(".review-item form", "action")
	first.post(own, nil).want(http.StatusForbidden)
	second.post(own, nil).goesTo(address)
	second.get(address).shows(".reviews li:first-child .tag", "withdrawn").shows(".reviews li:first-child del", "verdict: diverge")
	second.post(own, nil).want(http.StatusConflict)
}

func wrongForms(editor, checker site, address string) {
	checker.post(address+"/reviews", url.Values{"quick": {"perhaps"}}).want(http.StatusUnprocessableEntity)
	checker.post(address+"/blind/answer", url.Values{"verdict": {"agree"}}).goesTo(address)
	editor.post(address+"/blind", url.Values{"blind_note": {"keep this"}}).want(http.StatusUnprocessableEntity).
		shows(".give-out .field-error", "fewer than two").lacks(".give-out details:not([open]) .field-error")
	checker.post(address+"/blind", url.Values{}).want(http.StatusForbidden)
	editor.post("/blind/"+unknownID+"/cancel", nil).want(http.StatusNotFound)
	editor.post("/reviews/"+unknownID+"/withdraw", nil).want(http.StatusNotFound)
}

// blindPages asks two people, whose pages show the passages only.
func blindPages(s, checker, admin site, story string) {
	p := s.get(story + "/blind").want(http.StatusOK)
	form := url.Values{"count": {"0"}, "blind_note": {"Take your time."}}
	for _, n := range p.all("input[name=reviewers]") {
		for _, a := range n.Attr {
			if a.Key == "value" {
				form.Add("reviewers", a.Val)
			}
		}
	}
	s.post(story+"/blind", form).want(http.StatusUnprocessableEntity).shows("#count-error", "from 1 to 200").shows(".field-error", "from 1")
	form.Set("count", "1")
	s.post(story+"/blind", form).goesTo("/review")
	address := checker.get("/review?show=blind").want(http.StatusOK).attr(".desk-line .row-link", "href")
	checker.get(address).want(http.StatusOK).shows(".blind-why", "You see the passages only").shows("main", "Take your time.").
		lacks(".verdict, .quick, .differences, .reviews, .position-head")
	checker.post(address+"/blind/answer", url.Values{"verdict": {"diverge"}, "note": {"keep this"}}).want(http.StatusUnprocessableEntity).
		shows("#note", "keep this").shows(".review .field-error", "name what differs")
	checker.post(address+"/blind/answer", url.Values{"verdict": {"agree"}, "note": {"mine"}}).goesTo("/review")
	checker.get(address).shows(".review .notice", "You answered").lacks(".verdict")
	admin.get(address).lacks(".verdict").lacks("td")
	checker.post("/reviews/bulk", url.Values{"do": {"confirm"}, "finding": {strings.TrimPrefix(address, "/findings/")}, "back": {story}}).goesTo(story)
	checker.get(story).shows(".notice", "blind")
	admin.post(address+"/blind/answer", url.Values{"verdict": {"unrelated"}}).goesTo("/review")
	s.post(address+"/blind/answer", url.Values{"verdict": {"agree"}}).goesTo(address)
	s.get(address).shows(".revealed", "they disagree").shows(".revealed", "not one fact").lacks("input[name=adjudicates]")
	s.get("/agreement").shows("#agreement-verdict ~ .scroll", "1 of 3").shows(".revealed-item", "The machine")
}

// TestKeysAreSwitchedOffInABrowser asks for the page as somebody without an account.
func TestKeysAreSwitchedOffInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{}).as("")
	s.get("/help/keys").want(http.StatusOK).shows("h1", "Keyboard").shows("button[name=keys]", "Switch the keys off")
	p := s.post("/help/keys", url.Values{"keys": {"off"}})
	p.goesTo("/help/keys")
	for _, c := range p.Result().Cookies() {
		if c.Name == "keys" && c.Value == "off" && c.MaxAge > 0 && !c.HttpOnly {
			s.cookie = c
			s.get("/help/keys").shows("button[name=keys]", "Switch the keys on")
			return
		}
	}
	t.Errorf("no cookie remembers it: %v", p.Result().Cookies())
}
