package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server/servertest"
)

// upload sends a file by the form of imports; an empty field sends none.
func (s site) upload(field, name, content string) page {
	s.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	if field != "" {
		part, err := form.CreateFormFile(field, name)
		if err != nil {
			s.t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			s.t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		s.t.Fatal(err)
	}
	w := s.Do(servertest.Call{Method: http.MethodPost, Path: "/imports", Body: b.String(), Cookie: s.cookie,
		Header: http.Header{"Content-Type": {form.FormDataContentType()}}})
	doc, err := html.Parse(strings.NewReader(w.Body.String()))
	if err != nil {
		s.t.Fatal(err)
	}
	return page{ResponseRecorder: w, t: s.t, doc: doc}
}

func TestImportByForm(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	s.get("/imports").want(http.StatusOK).shows("main .quiet", "Nothing was imported yet")
	const bad = "<img src=x>"
	address := s.upload("file", bad+".ndjson", `{"text": "It rained in Marrow.", "source": "`+bad+`"}`+"\n"+`{"colour`+bad+`": 1}`+"\n").goesTo("/imports/")
	var p page
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if p = s.get(address).want(http.StatusOK); len(p.all(".progress")) == 0 {
			break
		}
	}
	p.shows("h1", bad).shows(".result-created a", "Untitled, "+bad).shows(".result-failed", "colour"+bad+" is not a field").lacks("main img")
	s.get(address + "?outcome=created").want(http.StatusOK).lacks(".result-failed")
	s.get(address + "?outcome=none").want(http.StatusUnprocessableEntity)
	s.get("/imports").want(http.StatusOK).shows(".list tbody th", bad)
	s.as(auth.Checker).get(address).want(http.StatusForbidden)
}

func TestUploadsThatCannotBeTaken(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{})
	for name, c := range map[string]struct{ field, content, says string }{
		"no file":      {"", "", "Choose a file first"},
		"other field":  {"other", "{}", "Choose a file first"},
		"empty":        {"file", "\n\n", "has no line"},
		"many lines":   {"file", strings.Repeat("{}\n", app.MaxImportLines+1), "more than 10000 lines"},
		"a large file": {"file", strings.Repeat("x", app.MaxImportBytes+1), "64 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			s.upload(c.field, "a.ndjson", c.content).want(http.StatusUnprocessableEntity).shows("main .alert", c.says)
		})
	}
	s.post("/imports", url.Values{"file": {"{}"}}).want(http.StatusUnprocessableEntity)
	s.get("/imports").lacks(".list")
}

func TestHistoryOfAnArticle(t *testing.T) {
	t.Parallel()
	s := newSite(t, servertest.Options{Jobs: true})
	send := func(text string) string {
		s.t.Helper()
		to := s.post("/articles", url.Values{"text": {text}, "source": {"Gazette"}, "url": {"https://gazette.example/1"}}).goesTo("/")
		if path, ok := strings.CutPrefix(to, "/articles/"); ok {
			return path
		}
		return ""
	}
	id := send("The ferry struck 14 piers on Monday. <b>It rained.</b>")
	s.get("/articles/"+id+"/revisions").want(http.StatusOK).shows(".revisions", "as it first came").lacks(".edits")
	send("The ferry struck 41 piers on Monday. <b>It rained.</b>")
	p := s.get("/articles/" + id + "/revisions").want(http.StatusOK)
	p.shows(".edit-fact del", "14").shows(".edit-fact ins", "41").shows(".edit-head", "number").lacks(".edit b")
	s.get("/articles/"+id+"/revisions?from=2&to=1").want(http.StatusOK).shows(".alert", "From is not before to").lacks(".edits")
	s.get("/articles/"+id+"/revisions?from=1&to=9").want(http.StatusOK).shows(".alert", "it has 1 to 2")
	s.get("/articles/"+id).want(http.StatusOK).shows(".notice", "Changed since. This is revision 2")
	s.as(auth.Reader).get("/articles/" + id + "/revisions").want(http.StatusOK)
	s.get("/articles/01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11/revisions").want(http.StatusNotFound)
}
