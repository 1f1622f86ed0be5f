package web_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
	"corroborate/web/views"
)

// TestEveryActionHasItsWords reads the use cases for what they note in the history.
func TestEveryActionHasItsWords(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../internal/app/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	action := regexp.MustCompile(`"((?:story|article|finding|claim|review|blind|desk|accuracy|search|filter|sample|feed|import|user|invitation|key)\.[a-z_]+)"`)
	seen := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range action.FindAllStringSubmatch(string(source), -1) {
			seen++
			if !views.KnowsAction(m[1]) {
				t.Errorf("%s notes %q, for which the history has no words", filepath.Base(file), m[1])
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d actions were found: is the test looking in the right place?", seen)
	}
}

func TestHistoryTellsWhoDidWhat(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	story := s.post("/stories", url.Values{"title": {"A storm"}}).goesTo("/stories/")
	s.post(story+"/edit", url.Values{"title": {"A great storm"}}).goesTo(story)
	s.post("/articles", url.Values{"text": {"The storm hit on Monday."}, "source": {"City Gazette"}, "title": {"Storm"}, "story_id": {strings.TrimPrefix(story, "/stories/")}}).goesTo(story)
	one := "/history?object=" + strings.TrimPrefix(story, "/stories/")
	p := s.get(one).want(http.StatusOK).shows("h1", "History of this story").lacks(".filter")
	p.shows(".history", "editor added the article Storm of City Gazette").shows(".history", "renamed the story A great storm, which was called “A storm”").shows(".history", "added the story A great storm")
	if p.attr(".history li:last-child a", "href") != story {
		t.Errorf("the entry leads to %q", p.attr(".history li:last-child a", "href"))
	}
	s.get("/history").want(http.StatusOK).shows(".empty", "Whose history?").lacks(".history").lacks(".filter")

	admin := s.as(auth.Administrator)
	admin.get(one).want(http.StatusOK).shows(".history", "editor added the story")
	all := admin.get("/history").want(http.StatusOK)
	all.shows(".history", "Administrator by API key made the account of editor as editor").shows(".history", "editor signed in").shows(".history", "service")
	editor := strings.TrimPrefix(admin.userOf("editor"), "/admin/users/")
	admin.get("/history?person="+editor).want(http.StatusOK).shows(".history", "signed in").lacks(".history a[href^='/admin/users/']")
	only := admin.get("/history?action=story&person=" + editor).want(http.StatusOK)
	if n := len(only.all(".history li")); n != 2 {
		t.Errorf("%d entries about stories, want 2", n)
	}
	admin.get("/history?action=story.add&day=1999-01-01").want(http.StatusOK).shows(".empty", "another day").shows(".filter-go a", "Show all")
	admin.get("/history?person=service").want(http.StatusOK).shows(".history", "service made the account of Administrator")
	admin.get("/history?day=yesterday").want(http.StatusUnprocessableEntity).shows("#day-error", "is not a day")

	// An editor sees nothing of people, and nothing of what does not exist.
	for _, object := range []string{editor, unknownID, "nonsense"} {
		s.get("/history?object=" + object).want(http.StatusNotFound)
	}
	s.as(auth.Checker).get(one).want(http.StatusForbidden)
}

func TestHistoryComesInParts(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	for range 30 {
		story := s.post("/stories", url.Values{"title": {"A storm"}}).goesTo("/stories/")
		s.post(story+"/delete", nil).goesTo("/")
	}
	admin := s.as(auth.Administrator)
	p := admin.get("/history?action=story").want(http.StatusOK).shows(".history", "added the story A storm (in the bin)").shows(".history", "put the story A storm into the bin")
	if n := len(p.all(".history li")); n != 50 {
		t.Fatalf("%d entries in the first part", n)
	}
	rest := admin.get(p.attr("a[rel=next]", "href")).want(http.StatusOK).shows(".pager", "Back to the newest")
	if n := len(rest.all(".history li")); n != 10 {
		t.Errorf("%d entries in the second part, want 10", n)
	}
	rest.lacks("a[rel=next]")
}

// TestHistoryTellsNoDecision looks for the verdict of a review in the history.
func TestHistoryTellsNoDecision(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	address := s.get(s.loadSample() + "?verdict=diverge").path(".row-link")
	s.post(address+"/reviews", url.Values{"verdict": {"single"}, "note": {"a note on it"}}).goesTo(address)
	id := strings.TrimPrefix(address, "/findings/")
	p := s.get("/history?object="+id).want(http.StatusOK).shows(".history", "editor changed the verdict of")
	for _, secret := range []string{"single", "diverge", "a note on it"} {
		if strings.Contains(p.text(".history"), secret) {
			t.Errorf("the history tells %q: %s", secret, p.text(".history"))
		}
	}

	// Whom the finding is veiled from learns that somebody answered, and no more.
	if _, err := s.Pool.Exec(t.Context(), `
		WITH b AS (INSERT INTO blind_reviews (id, story_id, finding_id, asked_by, created_at)
			SELECT gen_random_uuid(), story_id, id, (SELECT id FROM users WHERE role = 'administrator'), now() FROM findings WHERE id = $1 RETURNING id)
		INSERT INTO blind_reviewers (blind_id, user_id) SELECT b.id, u.id FROM b, users u WHERE u.role = 'administrator'`, id); err != nil {
		t.Fatal(err)
	}
	s.as(auth.Administrator).get("/history?object="+id).want(http.StatusOK).shows(".history", "editor reviewed the finding")
}

func TestBinTellsWhoAndHowLong(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	s.get("/bin").want(http.StatusOK).shows(".empty", "The bin is empty").lacks(".bin")
	story := s.post("/stories", url.Values{"title": {"A storm"}}).goesTo("/stories/")
	for _, text := range []string{"The storm hit on Monday.", "A tree fell."} {
		s.post("/articles", url.Values{"text": {text}, "source": {"City Gazette"}, "title": {text}, "story_id": {strings.TrimPrefix(story, "/stories/")}}).goesTo(story)
	}
	first := s.get(story).attr(".articles a", "href")
	s.post(first+"/delete", nil).goesTo(story)
	p := s.get("/bin").want(http.StatusOK).shows(".bin", "article of City Gazette · from A storm").shows(".bin", "by editor · 29 days left")
	if n := len(p.all(".bin li")); n != 1 {
		t.Errorf("%d things in the bin", n)
	}
	s.post(story+"/delete", nil).goesTo("/")
	p = s.get("/bin").want(http.StatusOK).shows(".bin li:first-child", "story · with 1 article").shows(".bin li:last-child", "take that back first")
	if n := len(p.all(".bin form")); n != 1 {
		t.Errorf("%d things can be taken back, want the story alone", n)
	}
	if _, err := s.Pool.Exec(t.Context(), `
		WITH s AS (UPDATE stories SET deleted_at = deleted_at - interval '29 days' RETURNING id, deleted_at)
		UPDATE articles a SET deleted_at = s.deleted_at FROM s WHERE a.story_id = s.id AND a.id <> $1`, strings.TrimPrefix(first, "/articles/")); err != nil {
		t.Fatal(err)
	}
	s.get("/bin").shows(".bin .left-short", "within a day")
	s.post(p.attr(".bin form", "action"), nil).goesTo(story)
	s.post(first+"/restore", nil).goesTo(first)
	s.get("/bin").shows(".empty", "The bin is empty")
	for _, role := range []auth.Role{auth.Reader, auth.Checker} {
		s.as(role).get("/bin").want(http.StatusForbidden)
	}
}
