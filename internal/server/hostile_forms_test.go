package server_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"corroborate/internal/server"
)

// form is a form of a page with what it would send.
type form struct {
	action    string
	multipart bool
	values    url.Values
	files     []string
	// foreign counts the fields that markup was put into.
	foreign int
}

// ending are the forms that end things, and so come last; the session stays.
var ending = regexp.MustCompile(`/(delete|close|drop|revoke|remove|end|off|cancel|withdraw|undo|merge|password|codes)$`)

// formsOn gives the forms of a page, filled in by somebody hostile.
func formsOn(page string) []form {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil
	}
	var forms []form
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.DataAtom != atom.Form || attr(n, "method") != "post" {
			continue
		}
		f := fillIn(n)
		for _, action := range append(actionsOf(n), f.action) {
			if f.action = action; action != "" {
				forms = append(forms, f)
			}
		}
	}
	return forms
}

// actionsOf gives where the buttons of a form lead that lead elsewhere.
func actionsOf(n *html.Node) []string {
	var out []string
	for c := range n.Descendants() {
		if action := attr(c, "formaction"); action != "" {
			out = append(out, action)
		}
	}
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// fillIn puts markup into every field that takes words, and chooses something in all
// others.
func fillIn(n *html.Node) form {
	action, _, _ := strings.Cut(attr(n, "action"), "#") // a browser keeps that to itself
	f := form{action: action, multipart: attr(n, "enctype") == "multipart/form-data", values: url.Values{}}
	for c := range n.Descendants() {
		name := attr(c, "name")
		if c.Type != html.ElementNode || name == "" {
			continue
		}
		switch {
		case c.DataAtom == atom.Textarea:
			f.values.Set(name, hostileText)
			f.foreign++
		case c.DataAtom == atom.Select:
			for o := range c.Descendants() {
				if o.DataAtom == atom.Option {
					f.values.Set(name, attr(o, "value"))
				}
			}
		case c.DataAtom == atom.Input:
			f.fillInput(name, attr(c, "type"), attr(c, "value"))
		}
	}
	return f
}

func (f *form) fillInput(name, kind, value string) {
	switch kind {
	case "hidden", "number", "submit":
		f.values.Set(name, value)
	case "checkbox", "radio":
		f.values.Add(name, value)
	case "file":
		f.files = append(f.files, name)
		f.foreign++
	case "email":
		f.values.Set(name, `"<zqx-el>"@news.example`)
		f.foreign++
	case "url":
		f.values.Set(name, hostileURL)
		f.foreign++
	case "password":
		f.values.Set(name, hostileText)
	default:
		f.values.Set(name, hostileText)
		f.foreign++
	}
}

// body gives what a browser sends.
func (f form) body() (contentType, body string) {
	if !f.multipart {
		return "application/x-www-form-urlencoded", f.values.Encode()
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, values := range f.values {
		for _, v := range values {
			_ = w.WriteField(name, v) // a bytes.Buffer takes everything
		}
	}
	for _, name := range f.files {
		part, _ := w.CreateFormFile(name, "../../"+hostileText+"\r\nX-Zqx: 1")
		_, _ = part.Write([]byte(hostileText))
	}
	_ = w.Close()
	return w.FormDataContentType(), b.String()
}

// send sends a form as somebody.
func (h *hostile) send(who viewer, f form) *httptest.ResponseRecorder {
	kind, body := f.body()
	r := httptest.NewRequestWithContext(h.t.Context(), http.MethodPost, f.action, strings.NewReader(body))
	h.reads++
	r.RemoteAddr = fmt.Sprintf("203.0.113.%d:1234", h.reads%250)
	r.Header.Set("Content-Type", kind)
	if !apart.MatchString(f.action) { // a link makes the session another person's
		r.AddCookie(who.cookie)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// forms gives the forms of all pages that somebody can open, those that end things last.
func (h *hostile) forms(who viewer) []form {
	var all []form
	seen := map[string]bool{}
	for _, route := range h.Routes() {
		if route.Method != http.MethodGet || route.Way != server.BySession || strings.HasSuffix(route.Pattern, "/events") {
			continue
		}
		for _, address := range h.addresses(route) {
			for _, f := range formsOn(h.get(who, route, address).Body.String()) {
				if key := f.action + fmt.Sprint(len(f.values)); !seen[key] && f.action != "/logout" {
					seen[key] = true
					all = append(all, f)
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b form) int { return order(a) - order(b) })
	return all
}

func order(f form) int {
	if ending.MatchString(f.action) {
		return 1
	}
	return 0
}

// TestHostileFormsDoNoHarm fills every form of every page with markup and sends it:
// neither the form that comes back nor the page that it leads to brings it alive, nor
// any page that shows what was stored.
func TestHostileFormsDoNoHarm(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	boss := h.viewers[0]
	sent, echoed := 0, 0
	for _, f := range h.forms(boss) {
		if f.foreign == 0 && order(f) > 0 {
			continue
		}
		w := h.send(boss, f)
		h.look("POST "+f.action, w)
		sent++
		if strings.Contains(w.Body.String(), alive) {
			echoed++
		}
		if to := w.Header().Get("Location"); to != "" {
			h.look("GET "+to+" after POST "+f.action, h.get(boss, server.Route{Way: server.BySession}, to))
		}
	}
	t.Logf("%d forms were sent, %d came back with what was put in", sent, echoed)
	if sent < 40 || echoed < 10 {
		t.Errorf("only %d forms were sent and %d came back: the test would see no fault", sent, echoed)
	}
	for _, route := range h.Routes() {
		if route.Method != http.MethodGet || route.Way != server.BySession || strings.HasSuffix(route.Pattern, "/events") {
			continue
		}
		for _, address := range h.reachable(route) {
			h.look("GET "+address+" after the forms", h.get(boss, route, address))
		}
	}
}
