package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

func TestFindingTellsProgramsWhatItIs(t *testing.T) {
	t.Parallel()
	for _, public := range []bool{false, true} {
		s := newSite(t, servertest.Options{Jobs: true, PublicRead: public, PublicURL: "https://news.example.org"})
		address := s.get(s.loadSample()).path(".row-diverge .row-link")
		p := s.get(address + "?in=verdict%3Ddiverge").want(http.StatusOK)
		if got := p.attr("link[rel=canonical]", "href"); got != "https://news.example.org"+address {
			t.Errorf("its address that stays is %q", got)
		}
		linked := p.attr("link[rel=alternate]", "href")
		if w := s.get(linked); w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/ld+json" {
			t.Errorf("%s: %d of %s", linked, w.Code, w.Header().Get("Content-Type"))
		}
		if !public {
			p.lacks("meta[property]")
			continue
		}
		p = s.as("").get(address).want(http.StatusOK)
		if got := p.attr("meta[property='og:description']", "content"); !strings.HasPrefix(got, "Sources diverge: ") {
			t.Errorf("its preview says %q", got)
		}
		p.lacks("meta[property='og:image']")
	}
}

func TestCardIsMadeAndEndedByForms(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	address := s.get(s.loadSample()).path(".row-diverge .row-link")
	s.get(address).shows(".shares h2", "Cards").lacks(".shares table")
	wrong := s.post(address+"/shares", url.Values{"share_until": {"someday"}, "share_name": {"Kept"}}).want(http.StatusUnprocessableEntity)
	wrong.shows("#share_until-error", "is no day")
	if wrong.attr("[name=share_name]", "value") != "Kept" {
		t.Error("the form comes back empty")
	}
	s.post(address+"/shares", url.Values{"share_until": {"2020-01-01"}}).want(http.StatusUnprocessableEntity).shows("#share_until-error", "has passed")

	made := s.post(address+"/shares", url.Values{"share_name": {"For the blog"}, "share_until": {"2999-01-01"}}).want(http.StatusCreated)
	if made.Header().Get("Cache-Control") != "no-store" {
		t.Error("browsers may keep the page with the secret")
	}
	card, err := url.Parse(made.attr(".shares .secret a", "href"))
	if err != nil {
		t.Fatal(err)
	}
	made.shows(".shares .secret", "EMBED_ORIGINS").shows(".shares table", "For the blog")
	s.as("").get(card.Path).want(http.StatusOK).shows(".verdict", "Sources diverge")
	again := s.get(address).want(http.StatusOK)
	again.lacks(".shares .secret").shows(".shares table", "1 time")

	end := again.attr(".shares table form", "action")
	checker := s.as(auth.Checker)
	checker.post(end, nil).want(http.StatusForbidden)
	s.post(end, nil).goesTo(address + "#cards")
	s.get(address).shows(".shares table", "ended")
	s.as("").get(card.Path).want(http.StatusNotFound)
	checker.get(address).want(http.StatusOK).lacks(".shares")
}

func TestTermsOfLinkedDataAreExplained(t *testing.T) {
	t.Parallel()
	p := newSite(t, servertest.Options{}).as("").get("/ns").want(http.StatusOK)
	p.shows("#verdict dd", "diverge").shows("#Finding", "Collection").shows("main", "urn:corroborate:ns#")
}
