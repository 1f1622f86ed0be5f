package web_test

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

func TestFindingTellsWhatItRestsOn(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	address := s.get(s.loadSample()+"?kind=number").attr(".row-link:contains('14 people')", "href")
	p := s.get(address).want(http.StatusOK)
	p.shows(".finding-reason", "says 14").shows(".line-figure", "27 apart").shows(".line-table td", "Northwire").shows(".difference-rule", "ranges do not meet")
	if words := p.attr("svg.line", "aria-label"); !strings.Contains(words, "Tidewater Today") {
		t.Errorf("the line says %q, want who tells what", words)
	}
	p.shows(".rungs", "unnamed officials").shows("#joining", "one fact").shows(".rests", "weakest link").shows(".one-origin", "Northwire: Northwire, Coastal Courier")
	p.shows(".finding-history", "First seen: diverge")
	if n := len(p.all("[data-copy][hidden]")); n != 1 {
		t.Errorf("%d buttons to copy, want one that waits for JavaScript", n)
	}
	if p.text("[style]") != "" || len(p.all("[style]")) != 0 {
		t.Error("the page has style attributes")
	}
}

func TestQuotationIsCollated(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	address := s.get(s.loadSample()+"?kind=quote").attr(".row-link", "href")
	p := s.get(address).want(http.StatusOK)
	p.shows(".wordings h3", "One quotation in 2 wordings").shows(".variant", "unsafe").shows(".variant", "unfinished").shows(".alignment thead", "Wording")
	if n := len(p.all(".witnesses li")); n != 2 {
		t.Errorf("%d witnesses, want 2", n)
	}
	if strings.Contains(p.text(".variants"), "closed") {
		t.Error("words that both have stand among the variants")
	}
}

func TestFindingLeadsOnInItsList(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	story := s.loadSample()
	rows := s.get(story + "?verdict=agree").all(".row-link")
	first := attrOf(rows[0], "href")
	first, _, _ = strings.Cut(first, "?")
	p := s.get(first + "?in=verdict%3Dagree").want(http.StatusOK)
	p.lacks("[rel=prev]")
	second, _, _ := strings.Cut(attrOf(rows[1], "href"), "?")
	next := p.attr("[rel=next]", "href")
	if !strings.HasPrefix(next, second+"?in=") {
		t.Errorf("the next finding is %q, want %q in the same list", next, second)
	}
	if back := s.get(next).attr("[rel=prev]", "href"); !strings.HasPrefix(back, first) {
		t.Errorf("the one before is %q, want %q", back, first)
	}
	if crumb := p.attr(".crumbs a:last-child", "href"); crumb != story+"?verdict=agree" {
		t.Errorf("the way back is %q, want the list that it came from", crumb)
	}
	s.get(first + "?in=%25zz").want(http.StatusOK)
}

func TestSilentSourcesAreListedWithWhatTheyPublished(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	address := s.get(s.loadSample()+"?verdict=single").attr(".row-link", "href")
	p := s.get(address).want(http.StatusOK)
	if n := len(p.all(".silent-source")); n != 4 {
		t.Errorf("%d sources are silent, want 4", n)
	}
	if len(p.all(".silent-article a[href^='/articles/']")) < 4 || len(p.all(".silent-article time")) < 4 {
		t.Error("a silent source lacks its articles with their times")
	}
}

func TestDossier(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	story := s.loadSample()
	p := s.get(story + "/dossier").want(http.StatusOK)
	p.shows("h1", "Ferry collision").shows("#diverge", "Where sources diverge").shows("#agree", "Where sources agree").lacks("#alone")
	p.shows(".dossier-position .differs", "14").shows(".dossier .printed-address", "http://").shows(".dossier .meta", "engine")
	if len(p.all(".dossier-finding")) < 5 || len(p.all("#dossier-cleared")) != 1 {
		t.Error("the dossier lacks divergences or cleared pairs")
	}
	s.get(story+"/dossier?alone=yes").shows("#alone", "Told by one source")
	only := s.get(story + "/dossier?only=diverge&alone=yes")
	only.lacks("#agree").lacks("#alone").lacks("#dossier-cleared")
	if href := only.attr(".dossier-options a[href*='.md']", "href"); !strings.Contains(href, "only=diverge") {
		t.Errorf("the Markdown is at %q, want that of the same choice", href)
	}
	s.get(story+"/dossier?reviewed=yes").shows(".empty", "No finding fits")
	md := s.get(story + "/dossier.md?only=diverge").want(http.StatusOK).Body.String()
	if !strings.Contains(md, "## Where sources diverge") || strings.Contains(md, "## Where sources agree") || !strings.Contains(md, "/findings/") {
		t.Errorf("the Markdown is not of the choice:\n%.400s", md)
	}
	s.get("/stories/" + unknownID + "/dossier").want(http.StatusNotFound)
}

func TestDossierShowsReviewsToPeopleAlone(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true, PublicRead: true})
	story := s.loadSample()
	address := s.get(story+"?verdict=diverge").attr(".row-link", "href")
	address, _, _ = strings.Cut(address, "?")
	s.post(address+"/reviews", map[string][]string{"verdict": {"agree"}, "note": {"rounded"}})
	s.get(story+"/dossier?reviewed=yes").shows(".dossier-review", "rounded").shows("#agree", "1").shows(".dossier-brief", "the machine says diverge")
	s.as("").get(story + "/dossier").want(http.StatusOK).lacks(".dossier-review")
	s.as(auth.Reader).get(story + "/dossier").want(http.StatusOK)
}

// attrOf gives an attribute of a node, empty where it has none.
func attrOf(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
