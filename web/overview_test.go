package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/sample"
	"corroborate/internal/server/servertest"
)

// addStory stores the sample's articles as a story of people, waits for its analysis,
// and gives its address.
func (s site) addStory(title string) string {
	s.t.Helper()
	text, err := sample.Load()
	if err != nil {
		s.t.Fatal(err)
	}
	in := app.StoryInput{Title: title}
	for _, a := range text.Articles {
		in.Articles = append(in.Articles, app.ArticleInput{Text: a.Text, Source: a.Source, Title: a.Title, PublishedAt: a.PublishedAt})
	}
	admin, err := s.App.AuthenticateKey(s.t.Context(), servertest.AdminKey)
	if err != nil {
		s.t.Fatal(err)
	}
	story, err := s.App.CreateStory(s.t.Context(), admin, in)
	if err != nil {
		s.t.Fatal(err)
	}
	steps, err := s.App.WatchStory(s.t.Context(), admin, story.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	for p := range steps {
		if p.Status == app.Failed {
			s.t.Fatalf("analysis: %s", p.Reason)
		}
		if p.Status != app.Working {
			break
		}
	}
	return "/stories/" + story.ID
}

func TestMachineIsJudgedOnThePages(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true, PublicRead: true})
	s.addStory("A collision")
	s.get("/accuracy").want(http.StatusOK).shows("h1", "How good the machine is").shows(".empty", "Judge the first one")
	for i := range 3 {
		p := s.get("/accuracy/next").want(http.StatusOK).shows("h1", "Is the machine right?")
		if p.text(".statement") == "" || len(p.all(".side blockquote mark")) == 0 {
			t.Fatalf("item %d shows neither statement nor passages", i)
		}
		action := p.attr("form.judge", "action")
		s.post(action, url.Values{"answer": {"wrong:kind"}}).want(http.StatusUnprocessableEntity).shows(".field-error", "missing")
		back := s.post(action, url.Values{"answer": {""}, "note": {"a <b>word</b>"}}).want(http.StatusUnprocessableEntity)
		back.shows("#note", "a <b>word</b>")
		s.post(action, url.Values{"answer": {"right"}}).goesTo("/accuracy/next")
		s.post(action, url.Values{"answer": {"right"}}).goesTo("/accuracy/next")
		s.get("/accuracy/next").shows(".notice", "not needed").shows(".last", "right")
	}
	p := s.get("/accuracy").want(http.StatusOK).shows("#kinds + p", "about one fact").shows(".sum", "all kinds")
	if got := p.text(".precision .sum"); !strings.Contains(p.text(".precision"), "1 of 1") || strings.Contains(got, "%") {
		t.Errorf("three judgements give %q", got)
	}
	s.as("").get("/accuracy").want(http.StatusOK).lacks("a[href='/accuracy/next']")
	reader := s.as(auth.Reader)
	reader.get("/accuracy").want(http.StatusOK).lacks("a[href='/accuracy/next']")
	reader.get("/accuracy/next").want(http.StatusForbidden)

	undo := s.get("/accuracy/next").attr(".last", "action")
	again := s.post(undo, nil).goesTo("/accuracy/items/")
	s.get(again).want(http.StatusOK).shows(".notice", "taken back").shows("h1", "Is the machine right?")
	s.get("/accuracy?engine=none").want(http.StatusNotFound)
}

func TestNothingToJudge(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	s.loadSample() // which is in nobody's sample
	s.get("/accuracy/next").want(http.StatusOK).shows("h1", "Nothing to judge")
	s.get("/accuracy/items/" + unknownID).want(http.StatusNotFound)
	s.post("/accuracy/items/"+unknownID, url.Values{"answer": {"right"}}).want(http.StatusNotFound)
}

func TestStoriesAreOrderedAndFound(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	open := s.addStory("Zebras cross")
	s.post("/stories", url.Values{"title": {"An empty story"}}).goesTo("/stories/")
	s.post("/stories", url.Values{"title": {"بداية جديدة"}}).goesTo("/stories/")
	first := func(query string) string {
		return strings.TrimSpace(s.get("/"+query).want(http.StatusOK).attr(".story-line h2 a", "href"))
	}
	if got := first(""); got != open {
		t.Errorf("the first is %s, want the one with most to review", got)
	}
	if got := first("?order=newest"); got == open {
		t.Error("the newest is not first")
	}
	if got := first("?order=sources"); got != open {
		t.Error("the one with most sources is not first")
	}
	s.get("/?order=title").shows(".story-list .story-line:first-child h2", "An empty story")
	p := s.get("/?q=ZEBRA").want(http.StatusOK).shows(".filter", "1 of 3 stories")
	if n := len(p.all(".story-line")); n != 1 || p.attr("#q", "value") != "ZEBRA" {
		t.Errorf("%d stories are found", n)
	}
	p.lacks(".story-line .tag") // all is new to a newcomer, which tells nothing
	s.get(s.get(open).attr(".row-link", "href")).want(http.StatusOK)
	s.get("/").shows(".story-line:first-child .tag", "new to you")
	s.get("/?q=nothing").want(http.StatusOK).shows(".empty", "No story fits")
	s.get("/?order=sideways").want(http.StatusUnprocessableEntity)
	s.get("/?cursor=!!").want(http.StatusUnprocessableEntity)
}

func TestListOfStoriesGoesOn(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	for i := range 60 {
		s.post("/stories", url.Values{"title": {"Story " + strings.Repeat("i", i%7) + " " + string(rune('a'+i%26))}}).goesTo("/stories/")
	}
	for _, order := range []string{"open", "newest", "sources", "title"} {
		seen, address := map[string]bool{}, "/?order="+order
		for address != "" {
			p := s.get(address).want(http.StatusOK)
			for _, n := range p.all(".story-line h2 a") {
				for _, a := range n.Attr {
					if a.Key == "href" && seen[a.Val] {
						t.Errorf("%s: %s came twice", order, a.Val)
					} else if a.Key == "href" {
						seen[a.Val] = true
					}
				}
			}
			if address = ""; len(p.all(".pager a[rel=next]")) > 0 {
				address = p.attr(".pager a[rel=next]", "href")
			}
		}
		if len(seen) != 60 {
			t.Errorf("%s: %d stories of 60", order, len(seen))
		}
	}
}

func TestOverviewAndCoverage(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true, PublicRead: true})
	s.as("").get("/overview").want(http.StatusOK).shows(".empty", "Nothing to count yet")
	story := s.addStory("A collision")
	p := s.as("").get("/overview").want(http.StatusOK).shows(".meta", "1 story · 5 sources")
	if label := p.attr("svg.columns", "aria-label"); !strings.Contains(label, "%") {
		t.Errorf("the chart says %q", label)
	}
	p.lacks("[style]").shows(".more table", "10 Mar 2025").shows(".bars", "number")
	if n := len(p.all(".column-diverge")); n != 2 { // one column and the legend
		t.Errorf("%d columns, want one week and the legend", n)
	}
	c := s.as("").get(story+"/coverage").want(http.StatusOK).shows(".crumbs", "A collision").shows("main", "was first").lacks("[style]")
	if n := len(c.all(".coverage tbody tr")); n != 5 {
		t.Errorf("%d articles, want 5", n)
	}
	s.get("/stories/" + unknownID + "/coverage").want(http.StatusNotFound)
}

func TestSourcesHaveRecords(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	s.get("/sources").want(http.StatusOK).shows(".empty", "No source yet")
	s.addStory("A collision")
	p := s.get("/sources").want(http.StatusOK).shows(".records tbody", "Northwire")
	if n := len(p.all(".records tbody tr")); n != 5 {
		t.Errorf("%d sources, want 5", n)
	}
	if p.attr(".records th[aria-sort=ascending] a", "href") != "/sources" {
		t.Error("the order is not told")
	}
	by := s.get("/sources?sort=diverge").want(http.StatusOK)
	by.shows(".records th[aria-sort=descending]", "Diverges").shows(".lead", "no rating")
	one := s.get(by.attr(".records tbody a", "href")).want(http.StatusOK)
	one.shows("#record", "Its record").shows(".kinds", "number").shows(".origins-list", "").shows(".record", "Own voice")
	s.get("/sources?q=north").want(http.StatusOK).shows(".records tbody", "Northwire")
	s.get("/sources?q=nobody").want(http.StatusOK).shows(".empty", "No source fits")
	s.get("/sources?sort=trust").want(http.StatusUnprocessableEntity)
}

// The record has to say of each source what its findings say.
func TestRecordsCountWhatFindingsTell(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	story := strings.TrimPrefix(s.addStory("A collision"), "/stories/")
	admin, err := s.App.AuthenticateKey(t.Context(), servertest.AdminKey)
	if err != nil {
		t.Fatal(err)
	}
	findings, err := s.App.Findings(t.Context(), admin, app.FindingFilter{StoryID: story, Page: app.Page{Limit: app.MaxLimit}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]map[claims.Verdict]int{}
	for _, f := range findings.Items {
		told := map[string]bool{}
		for _, c := range f.Claims {
			told[c.Source] = true
		}
		for source := range told {
			if want[source] == nil {
				want[source] = map[claims.Verdict]int{}
			}
			want[source][f.Verdict]++
		}
	}
	list, err := s.App.SourceRecords(t.Context(), admin, app.RecordFilter{})
	if err != nil {
		t.Fatal(err)
	}
	first := 0
	for _, r := range list.Items {
		w := want[r.Name]
		if r.Alone != w[claims.Single] || r.Agree != w[claims.Agree] || r.Diverge != w[claims.Diverge] {
			t.Errorf("%s: alone %d, agree %d, diverge %d; want %v", r.Name, r.Alone, r.Agree, r.Diverge, w)
		}
		if r.First > r.Agree+r.Diverge {
			t.Errorf("%s: first in %d of %d", r.Name, r.First, r.Agree+r.Diverge)
		}
		first += r.First
	}
	if first == 0 {
		t.Error("nobody was ever first")
	}
}
