package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/sample"
	"corroborate/internal/server/servertest"
)

// unknownID is an id that nothing has.
const unknownID = "01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"

// site is a service whose pages are asked for by one person.
type site struct {
	*servertest.Service
	t      testing.TB
	cookie *http.Cookie
}

// newSite starts a private service that an editor is signed in to.
func newSite(t testing.TB, opts servertest.Options) site {
	t.Helper()
	s := site{Service: servertest.New(t, opts), t: t}
	s.cookie = s.SignIn(s.User(auth.Editor))
	return s
}

// as gives the site as another person sees it; an empty role is nobody.
func (s site) as(role auth.Role) site {
	s.t.Helper()
	s.cookie = nil
	if role != "" {
		s.cookie = s.SignIn(s.User(role))
	}
	return s
}

// page is an answer with its document.
type page struct {
	*httptest.ResponseRecorder
	t   testing.TB
	doc *html.Node
}

func (s site) get(path string) page { return s.call(http.MethodGet, path, nil) }

func (s site) post(path string, form url.Values) page { return s.call(http.MethodPost, path, form) }

func (s site) call(method, path string, form url.Values) page {
	s.t.Helper()
	return s.send(servertest.Call{Method: method, Path: path, Body: form.Encode(), Cookie: s.cookie,
		Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}})
}

// send makes a call and reads the document that it gives.
func (s site) send(c servertest.Call) page {
	s.t.Helper()
	w := s.Do(c)
	doc, err := html.Parse(strings.NewReader(w.Body.String()))
	if err != nil {
		s.t.Fatal(err)
	}
	return page{ResponseRecorder: w, t: s.t, doc: doc}
}

// want checks the status.
func (p page) want(status int) page {
	p.t.Helper()
	if p.Code != status {
		p.t.Fatalf("status %d, want %d: %s", p.Code, status, p.text("main"))
	}
	return p
}

// all gives the nodes that a selector finds.
func (p page) all(selector string) []*html.Node {
	p.t.Helper()
	return cascadia.QueryAll(p.doc, cascadia.MustCompile(selector))
}

// text gives the words of the nodes that a selector finds, spaces made one.
func (p page) text(selector string) string {
	p.t.Helper()
	var b strings.Builder
	var write func(*html.Node)
	write = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			write(c)
		}
	}
	for _, n := range p.all(selector) {
		write(n)
		b.WriteString(" ")
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// shows fails unless the words stand where the selector finds them.
func (p page) shows(selector, words string) page {
	p.t.Helper()
	if got := p.text(selector); !strings.Contains(got, words) {
		p.t.Errorf("%s: %q lacks %q", selector, got, words)
	}
	return p
}

// lacks fails where the selector finds something.
func (p page) lacks(selector string) page {
	p.t.Helper()
	if n := len(p.all(selector)); n > 0 {
		p.t.Errorf("%s: found %d, want none", selector, n)
	}
	return p
}

// path gives where the first element that a selector finds leads to, without the query.
func (p page) path(selector string) string {
	p.t.Helper()
	path, _, _ := strings.Cut(p.attr(selector, "href"), "?")
	return path
}

// attr gives an attribute of the first node that a selector finds.
func (p page) attr(selector, name string) string {
	p.t.Helper()
	nodes := p.all(selector)
	if len(nodes) == 0 {
		p.t.Fatalf("%s: nothing found", selector)
	}
	for _, a := range nodes[0].Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// goesTo checks a redirect and gives its address.
func (p page) goesTo(prefix string) string {
	p.t.Helper()
	to := p.want(http.StatusSeeOther).Header().Get("Location")
	if !strings.HasPrefix(to, prefix) {
		p.t.Fatalf("goes to %q, want %q", to, prefix)
	}
	return to
}

// loadSample stores the sample story, waits for its analysis, and gives its
// address.
func (s site) loadSample() string {
	s.t.Helper()
	story, err := sample.Load()
	if err != nil {
		s.t.Fatal(err)
	}
	in := app.StoryInput{Title: story.Title}
	for _, a := range story.Articles {
		in.Articles = append(in.Articles, app.ArticleInput{Text: a.Text, Source: a.Source, Title: a.Title, URL: a.URL, PublishedAt: a.PublishedAt})
	}
	if _, err := s.App.LoadSample(s.t.Context(), in); err != nil {
		s.t.Fatal(err)
	}
	admin, err := s.App.AuthenticateKey(s.t.Context(), servertest.AdminKey)
	if err != nil {
		s.t.Fatal(err)
	}
	list, err := s.App.Stories(s.t.Context(), admin, app.Page{})
	if err != nil || len(list.Items) != 1 {
		s.t.Fatalf("stories: %d, %v", len(list.Items), err)
	}
	steps, err := s.App.WatchStory(s.t.Context(), admin, list.Items[0].ID)
	if err != nil {
		s.t.Fatal(err)
	}
	for p := range steps {
		if p.Status != app.Working {
			if p.Status == app.Failed {
				s.t.Fatalf("analysis: %s", p.Reason)
			}
			break
		}
	}
	return "/stories/" + list.Items[0].ID
}

// textOf gives the words of a node.
func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}
