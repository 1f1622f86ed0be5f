package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
	"corroborate/web/views"
)

// TestErasingAsksForTheWords erases a story, removes a source and deletes a person on
// their pages: nothing goes before the right words are typed.
func TestErasingAsksForTheWords(t *testing.T) {
	t.Parallel()
	editor := newSite(t, servertest.Options{})
	s := editor.as(auth.Administrator)
	admin, err := s.App.AuthenticateKey(t.Context(), servertest.AdminKey)
	if err != nil {
		t.Fatal(err)
	}
	story, err := s.App.CreateStory(t.Context(), admin, app.StoryInput{Title: "Ferry “Alma” runs aground – off the northern pier of Port Harbour"})
	if err != nil {
		t.Fatal(err)
	}
	art, _, err := s.App.TakeArticle(t.Context(), admin, app.ArticleInput{Source: "Pier Post", Text: "The pier at Port Harbour fell on Monday."})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.App.DeleteStory(t.Context(), admin, story.ID, 0); err != nil {
		t.Fatal(err)
	}
	person, err := s.App.CreateUser(t.Context(), admin, app.UserInput{Email: "wilma@news.example", Name: "Wilma Ros", Password: servertest.Password, Role: auth.Checker})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ form, wrong, right, leads string }{
		{"/bin/" + story.ID + "/erase", "ferry", "ferry alma RUNS aground  off the", "/bin"},
		{"/sources/" + art.SourceID + "/delete", "Harbour Post", "pier post", "/sources/" + art.SourceID},
		{"/admin/users/" + person.ID + "/delete", "Wilma Ros", "wilma@news.example", "/admin/users/" + person.ID},
	} {
		editor.get(tt.form).want(http.StatusForbidden)
		s.get(tt.form).want(http.StatusOK).shows("form", "to go on")
		s.post(tt.form, url.Values{"confirm": {tt.wrong}}).want(http.StatusUnprocessableEntity).shows(".alert", "Nothing was erased")
		s.post(tt.form, url.Values{}).want(http.StatusUnprocessableEntity)
		if to := s.post(tt.form, url.Values{"confirm": {tt.right}}).want(http.StatusSeeOther).Header().Get("Location"); to != tt.leads {
			t.Errorf("%s leads to %s, want %s", tt.form, to, tt.leads)
		}
	}
	s.get("/bin").want(http.StatusOK).lacks(".binned")
	s.get("/admin/users/"+person.ID).want(http.StatusOK).shows("h1", "Former member 1").shows("main", "Deleted for good").lacks("main form")
	s.get("/sources/"+art.SourceID).want(http.StatusOK).shows("main", "being removed")
}

func TestExportOnPages(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	if p := s.get("/account/export.json").want(http.StatusOK); p.Header().Get("Cache-Control") != "no-store" || p.Header().Get("Content-Type") != "application/json" {
		t.Errorf("headers: %v", p.Header())
	}
	s.get("/account").want(http.StatusOK).shows("main", "What is held on you")
	s.as("").get("/account/export.json").want(http.StatusSeeOther)
}

func TestTypedWords(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, want string }{
		{"", "erase"}, {"… – !", "erase"}, {"Harbour Post", "Harbour Post"}, {"wilma@news.example", "wilma@news.example"},
		{"Ferry “Alma” runs aground – off the northern pier", "Ferry “Alma” runs aground – off the"},
	} {
		if got := views.TypedWords(tt.name); got != tt.want || !views.Typed(got, got) {
			t.Errorf("%q: %q, want %q", tt.name, got, tt.want)
		}
	}
	for _, typed := range []string{"", "post", "Harbour Posts"} {
		if views.Typed("Harbour Post", typed) {
			t.Errorf("%q is taken for the name", typed)
		}
	}
}
