package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

func TestStoryIsShownAsMatrix(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	address := s.loadSample()
	s.get("/").want(http.StatusOK).shows(".story-line", "5 articles · 5 sources")
	p := s.get(address).want(http.StatusOK)
	if n := len(p.all(".matrix .heads th")); n != 6 {
		t.Errorf("%d columns, want the findings and five sources", n)
	}
	rows := p.all(".matrix tbody tr")
	if len(rows) < 20 {
		t.Fatalf("%d rows, want a story's findings", len(rows))
	}
	p.shows(".matrix tbody tr:first-child th", "diverge").shows(".cell-silent", "not mentioned").shows(".band", "origin Northwire").shows(".origins div:first-child dd", "Northwire, Coastal Courier")
	if p.attr(".overview svg", "aria-label") == "" {
		t.Error("the bar has no text alternative")
	}
	only := s.get(address + "?verdict=agree").want(http.StatusOK)
	only.lacks(".row-diverge").lacks(".row-single")
	if n := len(only.all(".row-agree")); n == 0 || n >= len(rows) {
		t.Errorf("%d rows agree of %d", n, len(rows))
	}
	s.get(address+"?kind=negation").want(http.StatusOK).shows(".cell-opposes", "says the opposite")
	s.get(address+"?min_origins=5").want(http.StatusOK).shows(".empty", "No finding fits")
}

func TestFindingShowsPositionsSideBySide(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	p := s.get(s.loadSample() + "?kind=number").want(http.StatusOK)
	address := p.path(".row-link")
	f := s.get(address).want(http.StatusOK)
	if n := len(f.all(".position")); n < 2 {
		t.Errorf("%d positions, want two or more", n)
	}
	f.shows(".position-head .letter", "A B").shows(".difference .kind", "number").lacks(".review form[action='']")
	if f.text(".passage .differs") == "" {
		t.Error("no differing word is marked")
	}
	s.as(auth.Reader).get(address).want(http.StatusOK).lacks(".review")

	// From a passage to its place in the article, and back to the same passage.
	back := strings.TrimPrefix(address, "/findings/")
	a := s.get(strings.SplitN(f.attr(".reader-link", "href"), "#", 2)[0]).want(http.StatusOK)
	if href := a.attr("a.claim[href*='"+back+"']", "href"); !strings.HasPrefix(href, address+"?from=") || !strings.Contains(href, "#claim-") {
		t.Errorf("the claim leads to %q, want %q", href, address)
	}
}

func TestReviewIsStoredAndShown(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	address := s.get(s.loadSample() + "?verdict=diverge").path(".row-link")
	form := s.get(address).want(http.StatusOK)
	field := form.attr(".review input[name^='difference-']", "name")
	s.post(address+"/reviews", url.Values{"verdict": {"agree"}, field: {"rejected"}, "note": {"<b>rounded</b>"}}).goesTo(address)
	p := s.get(address).want(http.StatusOK)
	p.shows(".reviews", "verdict: agree").shows(".reviews", "rejected").shows(".reviews .note", "<b>rounded</b>").shows(".finding-head .state-changed", "changed: agree editor").shows(".notice", "saved")
	s.get(address).lacks(".notice")

	s.post(address+"/reviews", url.Values{"note": {"  "}}).want(http.StatusUnprocessableEntity).shows(".review .alert", "")
	wrong := s.post(address+"/reviews", url.Values{"verdict": {"true"}, "note": {"keep me"}}).want(http.StatusUnprocessableEntity)
	wrong.shows("#note", "keep me")
	if len(wrong.all(".review .alert, .review .field-error")) == 0 {
		t.Error("the form does not say what is wrong")
	}
}

func TestArticleIsAddedAndRead(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	story := s.post("/stories", url.Values{"title": {"<script>alert(1)</script>"}}).goesTo("/stories/")
	p := s.get(story).want(http.StatusOK).shows("h1", "<script>alert(1)</script>").shows(".empty", "No article yet")
	if scripts := p.all("script:not([src])"); len(scripts) > 0 || strings.Contains(p.Body.String(), "<script>alert") {
		t.Error("the title was not escaped")
	}
	in := url.Values{"text": {"The bridge closed on Monday.\r\n\r\nTwo people were hurt."}, "source": {"City \u202eGazette"}, "title": {"Bridge closes"}, "story_id": {strings.TrimPrefix(story, "/stories/")}}
	if to := s.post("/articles", in).goesTo("/stories/"); to != story {
		t.Errorf("goes to %s, want %s", to, story)
	}
	p = s.get(story).want(http.StatusOK).shows(".articles", "Bridge closes").shows(".progress", "Analysing")
	if !strings.Contains(p.Body.String(), `<noscript><meta http-equiv="refresh"`) {
		t.Error("without JavaScript the page would not show the result")
	}
	article := p.attr(".articles a", "href")
	s.get(article).want(http.StatusOK).shows("h1", "Bridge closes").shows(".text", "Two people were hurt.").shows(".notice", "being analysed").shows("meta[http-equiv=refresh]", "")
	s.post("/articles", in).goesTo(story)
	s.get(story).shows(".notice", "stored already")
}

func TestFormComesBackWithWhatWasEntered(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	tests := []struct {
		name, path    string
		form          url.Values
		field, remark string
	}{
		{"a story without a title", "/stories", url.Values{"title": {" "}}, "title", ""},
		{"an article without a text", "/articles", url.Values{"source": {"City Gazette"}}, "text", "City Gazette"},
		{"a year that cannot be", "/articles", url.Values{"source": {"City Gazette"}, "text": {"It rained."}, "published_at": {"9999-01-01"}}, "published_at", "9999-01-01"},
		{"an address that is none", "/articles", url.Values{"source": {"City Gazette"}, "text": {"It rained."}, "url": {"javascript:alert(1)"}}, "url", "javascript:alert(1)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := s.post(tt.path, tt.form).want(http.StatusUnprocessableEntity).shows(".alert", "Nothing was saved")
			if p.text("#"+tt.field+"-error") == "" {
				t.Errorf("nothing is said about %s", tt.field)
			}
			if !strings.Contains(p.attr("#"+tt.field, "aria-describedby"), tt.field+"-error") {
				t.Error("the field does not name its error")
			}
			if tt.remark != "" && len(p.all("input[value='"+tt.remark+"']")) == 0 {
				t.Errorf("what was entered is lost: %q", tt.remark)
			}
		})
	}
}

func TestDeletedStoryCanBeTakenBack(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	story := s.post("/stories", url.Values{"title": {"A storm"}}).goesTo("/stories/")
	version := s.get(story+"/delete").want(http.StatusOK).shows("h1", "Delete this story?").attr("input[name=version]", "value")
	s.post(story+"/delete", url.Values{"version": {version}}).goesTo("/")
	s.get(story).want(http.StatusNotFound).shows("h1", "Not found")
	back := s.get("/bin").want(http.StatusOK).shows(".bin", "A storm").attr(".bin form", "action")
	s.post(back, nil).goesTo(story)
	s.get(story).want(http.StatusOK)
}

func TestRenameNoticesAnotherEdit(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	story := s.post("/stories", url.Values{"title": {"A storm"}}).goesTo("/stories/")
	version := s.get(story+"/edit").want(http.StatusOK).attr("input[name=version]", "value")
	s.post(story+"/edit", url.Values{"title": {"A great storm"}, "version": {version}}).goesTo(story)
	s.get(story).shows("h1", "A great storm")
	s.post(story+"/edit", url.Values{"title": {"A small storm"}, "version": {version}}).want(http.StatusPreconditionFailed).shows("h1", "changed meanwhile")
}

func TestWhatDoesNotExist(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	for _, path := range []string{"/stories/" + unknownID, "/stories/nonsense", "/findings/" + unknownID, "/articles/" + unknownID,
		"/sources/" + unknownID, "/stories/" + unknownID + "/report.csv", "/nowhere"} {
		s.get(path).want(http.StatusNotFound).shows("h1", "Not found")
	}
}
