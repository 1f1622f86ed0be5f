package server_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/server"
	"corroborate/internal/server/servertest"
)

const (
	// alive begins the name of each element, attribute and function of the payload.
	alive = "zqx"
	// hostileText leaves every place that text can stand in: an element, an attribute in
	// either quotes, a comment, a script, a link of Markdown.
	hostileText = `--></script></title></textarea>"'><zqx-el onzqx=zqx() style=zqx:1 autofocus>` +
		`<script>zqx()</script><img src=x onerror=zqx()><a href="javascript:zqx()">[zqx](javascript:zqx())</a>{{zqx}}`
	hostileURL = "javascript:zqx()//"
)

// hostile is a service into all of whose fields somebody put markup.
type hostile struct {
	*veiled
	viewers []viewer
	// pages counts the answers that were looked at.
	pages int
}

// newHostile makes a service with something in every table that pages show.
func newHostile(t *testing.T) *hostile {
	t.Helper()
	site := hostileSite(t)
	h := &hostile{veiled: newVeiledWith(t, servertest.Options{FetchAllow: []string{strings.TrimPrefix(site, "http://")}})}
	h.mark()
	anna, bert := h.person("anna", auth.Checker), h.person("bert", auth.Checker)
	h.viewers = []viewer{h.person("cora", auth.Administrator), anna, {name: "a stranger"}}
	ctx := t.Context()
	_, card := h.share(app.ShareInput{Name: "a share"})
	_, err := h.App.AskBlind(ctx, h.admin, app.BlindInput{FindingID: h.findingBeside(), Reviewers: []string{anna.id, bert.id}, Note: "a note"})
	h.check(err)
	_, err = h.App.Assign(ctx, h.admin, app.AssignInput{FindingIDs: []string{h.finding.ID}, UserID: anna.id, Note: "a note"})
	h.check(err)
	h.addFeed(site + "/feed")
	got, err := h.App.ReceiveImport(ctx, h.admin, "name.ndjson", strings.NewReader("{\"source\":\"A\"}\nnot json\n"))
	h.check(err)
	_, err = h.App.StartImport(ctx, h.admin, got)
	h.check(err)
	saved, err := h.App.SaveSearch(ctx, h.admin, app.SavedSearchInput{Name: "A search", Query: "evacuated"})
	h.check(err)
	feed, err := h.App.MakeSearchFeed(ctx, h.admin, saved.ID)
	h.check(err)
	_, invited, err := h.App.Invite(ctx, h.admin, app.InvitationInput{Email: "ines@news.example", Name: "Ines", Role: auth.Editor})
	h.check(err)
	_, reset, err := h.App.MakeReset(ctx, h.admin, anna.id)
	h.check(err)
	preview, err := h.App.MakePreview(ctx, h.admin, app.PreviewInput{URL: site + "/page"})
	h.check(err)
	h.gather()
	for part, list := range h.more() {
		h.ids[part] = list
	}
	h.ids["cards"] = []string{strings.TrimPrefix(card, "/cards/")}
	h.ids["preview"], h.ids["invitations"], h.ids["reset"] = []string{preview}, []string{lastOf(invited)}, []string{lastOf(reset)}
	h.ids["filter-feeds"] = []string{lastOf(feed)}
	return h
}

// hostileSite is a newspaper whose feed and pages hold markup wherever text can stand.
func hostileSite(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	_ = xml.EscapeText(&text, []byte(hostileText)) // a strings.Builder takes everything
	return serveSite(t, map[string]string{
		"/robots.txt": "User-agent: *\nAllow: /\n",
		"/feed": `<feed xmlns="http://www.w3.org/2005/Atom"><title>` + text.String() + `</title><id>` + text.String() + `</id><entry><id>` + text.String() +
			`</id><title type="html">` + text.String() + `</title><author><name>` + text.String() + `</name></author><link href="` + hostileURL + `"/><link href="/page"/>` +
			`<summary type="html">` + text.String() + `</summary></entry></feed>`,
		"/page": `<html><title>` + text.String() + `</title><meta name="author" content="` + text.String() + `"><link rel="canonical" href="` + hostileURL + `">` +
			`<article><h1>` + hostileText + text.String() + `</h1><p>` + hostileText + floods[0].Text + text.String() + `</p></article>`,
	})
}

// serveSite serves texts by their path.
func serveSite(t *testing.T, pages map[string]string) string {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, found := pages[r.URL.Path]
		if !found {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, page)
	}))
	t.Cleanup(site.Close)
	return site.URL
}

// addFeed adds a feed and has it polled, so that its entries are listed.
func (h *hostile) addFeed(address string) {
	h.t.Helper()
	f, _, err := h.App.AddFeed(h.t.Context(), h.admin, app.FeedInput{URL: address, Source: "A source", Title: "A title", Folder: "A folder"})
	h.check(err)
	_, err = h.App.PollFeedNow(h.t.Context(), h.admin, f.ID)
	h.check(err)
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		var listed bool
		h.check(h.Pool.QueryRow(h.t.Context(), "SELECT EXISTS (SELECT FROM feed_entries WHERE feed_id = $1)", f.ID).Scan(&listed))
		if listed {
			return
		}
	}
	h.t.Fatal("the feed was never polled")
}

func lastOf(address string) string { return address[strings.LastIndexByte(address, '/')+1:] }

// findingBeside gives a finding that is not the veiled one.
func (h *hostile) findingBeside() (id string) {
	h.t.Helper()
	h.check(h.Pool.QueryRow(h.t.Context(), "SELECT id FROM findings WHERE id <> $1 AND story_id = $2 ORDER BY id LIMIT 1", h.finding.ID, h.story.ID).Scan(&id))
	return id
}

// more gives the ids that a walk over the veiled service does not need.
func (h *hostile) more() map[string][]string {
	h.t.Helper()
	out := map[string][]string{}
	for part, sql := range map[string]string{
		"feeds":          "SELECT id::text FROM feeds",
		"imports":        "SELECT id::text FROM imports",
		"filters":        "SELECT id::text FROM saved_searches",
		"saved-searches": "SELECT id::text FROM saved_searches",
		"keys":           "SELECT id::text FROM api_keys",
		"items":          "SELECT id::text FROM accuracy_samples",
	} {
		rows, err := h.Pool.Query(h.t.Context(), sql)
		h.check(err)
		out[part], err = pgx.CollectRows(rows, pgx.RowTo[string])
		h.check(err)
		if len(out[part]) == 0 {
			h.t.Fatalf("there are no %s", part)
		}
	}
	return out
}

// kept are columns that nothing is put into: the program's own state, and what a page
// could not be found by any more.
var kept = []string{"goose_db_version", "river_", "sessions.token", "sessions.data", "idempotency.", "users.password_hash", "users.role", "webhooks.secret", "placements.likeness", "texts.body", "claims.exact"}

// poison puts markup in front of every text of the database, past every rule of the
// service: only what the database itself refuses stays as it is.
func (h *hostile) poison() {
	h.t.Helper()
	rows, err := h.Pool.Query(h.t.Context(), `
		SELECT c.table_name, c.column_name, c.udt_name FROM information_schema.columns c
		JOIN information_schema.tables t USING (table_schema, table_name)
		WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' AND c.udt_name IN ('text', '_text', 'varchar', 'jsonb')`)
	h.check(err)
	type column struct{ Table, Column, Type string }
	columns, err := pgx.CollectRows(rows, pgx.RowToStructByPos[column])
	h.check(err)
	filled := 0
	for _, c := range columns {
		if slices.ContainsFunc(kept, func(k string) bool { return strings.HasPrefix(c.Table+"."+c.Column, k) }) {
			continue
		}
		name, bad := pgx.Identifier{c.Column}.Sanitize(), hostileText
		value := "$1 || coalesce(" + name + ", '')"
		switch {
		case strings.Contains(c.Column, "url") || c.Column == "address" || c.Column == "location":
			value, bad = "$1", hostileURL
		case c.Type == "_text":
			value = "CASE WHEN cardinality(" + name + ") = 0 THEN " + name + " ELSE array_prepend($1, " + name + ") END"
		case c.Type == "jsonb":
			value = "(SELECT coalesce(jsonb_object_agg(k, CASE jsonb_typeof(v) WHEN 'string' THEN to_jsonb($1 || (v #>> '{}')) ELSE v END), '{}') FROM jsonb_each(" + name + ") e (k, v))"
		}
		filled += h.fill("UPDATE "+pgx.Identifier{c.Table}.Sanitize()+" SET "+name+" = "+value, bad)
	}
	if filled < 60 {
		h.t.Fatalf("only %d columns were filled", filled)
	}
}

// fill runs a change that the database may refuse, and tells whether it changed a row.
func (h *hostile) fill(sql, value string) int {
	h.t.Helper()
	changed := 0
	_ = pgx.BeginFunc(h.t.Context(), h.Pool, func(tx pgx.Tx) error { // a refusal is no failure here
		tag, err := tx.Exec(h.t.Context(), sql, value)
		if err == nil && tag.RowsAffected() > 0 {
			changed = 1
		}
		return err
	})
	return changed
}

// questions are queries whose words a page shows again.
var questions = []string{"", "?" + url.Values{"q": {hostileText}, "text": {hostileText}, "then": {hostileURL}, "back": {hostileURL}, "from": {hostileText},
	"object": {hostileText}, "person": {hostileText}, "kind": {hostileText}, "sort": {hostileText}, "show": {hostileText}, "cursor": {hostileText},
	"group": {hostileText}, "name": {hostileText}, "url": {hostileURL}, "source": {hostileText}, "saved": {hostileText}, "sentence": {hostileText},
	"story_id": {hostileText}, "address": {hostileURL}, "state": {hostileText}, "page": {hostileText}, "action": {hostileText}}.Encode()}

// TestNothingHostileComesAlive fills every text of the database with markup and reads
// every page, export, card and feed: in none does the markup become an element, an
// attribute or an address.
func TestNothingHostileComesAlive(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	shown := map[string]bool{}
	for _, poisoned := range []bool{false, true} {
		if poisoned {
			h.poison()
		}
		for _, who := range h.viewers {
			for _, route := range h.Routes() {
				if route.Method != http.MethodGet || strings.HasPrefix(route.Pattern, "/static/") || strings.HasSuffix(route.Pattern, "/events") {
					continue
				}
				for _, address := range h.reachable(route) {
					for _, q := range questions {
						w := h.get(who, route, address+q)
						h.look("GET "+address+q+" as "+who.name, w)
						shown[route.Pattern] = shown[route.Pattern] || poisoned && w.Code == http.StatusOK && strings.Contains(w.Body.String(), alive)
					}
				}
			}
		}
	}
	n := 0
	for _, yes := range shown {
		if yes {
			n++
		}
	}
	t.Logf("%d answers were looked at; %d of %d addresses show what was put in", h.pages, n, len(shown))
	if n < 80 {
		t.Errorf("only %d addresses show anything of what was put in: the test would see no fault", n)
	}
}

// reachable gives every address that a route has here, and one with markup in it.
func (h *hostile) reachable(route server.Route) []string {
	if route.Pattern == "/filters/feeds/{token}.atom" {
		return []string{"/filters/feeds/" + strings.TrimSuffix(h.ids["filter-feeds"][0], ".atom") + ".atom"}
	}
	out := h.addresses(route)
	if strings.Contains(route.Pattern, "{") {
		out = append(out, placeholder.ReplaceAllString(route.Pattern, url.PathEscape(hostileText)))
	}
	return out
}

// get asks for an address as somebody.
func (h *hostile) get(who viewer, route server.Route, address string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(h.t.Context(), http.MethodGet, address, nil)
	h.reads++ // an address may make only so many calls in a minute
	r.RemoteAddr = fmt.Sprintf("198.51.%d.%d:1234", h.reads/50/250, h.reads/50%250)
	switch {
	case route.Way == server.ByKey && who.key != "":
		r.Header.Set("Authorization", "Bearer "+who.key)
	case who.cookie != nil:
		r.AddCookie(who.cookie)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// look reads an answer as a browser would and says what of the payload came alive.
func (h *hostile) look(what string, w *httptest.ResponseRecorder) {
	h.t.Helper()
	h.pages++
	if w.Code >= http.StatusInternalServerError {
		h.t.Errorf("%.300s: status %d", what, w.Code)
	}
	for name, values := range w.Header() {
		for _, v := range values {
			if strings.ContainsAny(v, "\r\n") || name != "Location" && strings.Contains(v, alive) {
				h.t.Errorf("%.300s: the header %s is %q", what, name, v)
			}
		}
	}
	kind, _, err := mime.ParseMediaType(w.Header().Get("Content-Type"))
	if w.Body.Len() > 0 && err != nil {
		h.t.Errorf("%.300s: content type %q", what, w.Header().Get("Content-Type"))
	}
	var found []string
	switch body := w.Body.String(); {
	case kind == "text/html":
		found = livingHTML(body)
	case kind == "application/atom+xml", strings.HasSuffix(kind, "opml"), strings.HasSuffix(kind, "/xml"):
		found = livingXML(body)
	case kind == "text/markdown":
		found = livingMarkdown(body)
	}
	for _, f := range found {
		h.t.Errorf("%.300s (%s): %s", what, kind, f)
	}
	if to := w.Header().Get("Location"); to != "" && !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") {
		h.t.Errorf("%.300s leads to %q", what, to)
	}
}

// addressed are the attributes that hold addresses.
var addressed = []string{"href", "src", "action", "formaction", "data", "poster", "srcset", "cite", "background", "ping", "xlink:href"}

// livingHTML gives what of a page could run: each element, attribute or address that
// the payload names, and every handler and style that stands in an attribute, of which
// the pages have none.
func livingHTML(page string) []string {
	var found []string
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.ElementNode && strings.Contains(n.Data, alive):
			found = append(found, "there is an element <"+n.Data+">")
		case n.Type == html.TextNode && strings.Contains(n.Data, alive) && (n.Parent.DataAtom == atom.Script || n.Parent.DataAtom == atom.Style):
			found = append(found, "the payload stands in a <"+n.Parent.Data+">")
		case n.Type == html.ElementNode && n.DataAtom == atom.Base, n.Type == html.ElementNode && n.DataAtom == atom.Iframe:
			found = append(found, "there is a <"+n.Data+">")
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.Contains(a.Key, alive) || a.Key == "srcdoc" {
				found = append(found, fmt.Sprintf("<%s> has %s=%q", n.Data, a.Key, a.Val))
			}
			if slices.Contains(addressed, a.Key) && !harmlessAddress(a.Val) {
				found = append(found, fmt.Sprintf("<%s> leads to %q", n.Data, a.Val))
			}
		}
	}
	return found
}

// harmlessAddress tells whether following an address runs nothing, read as browsers do:
// white space and control characters before and in the scheme count for nothing.
func harmlessAddress(s string) bool {
	s = strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, strings.ToLower(s))
	scheme, _, found := strings.Cut(s, ":")
	if !found || strings.ContainsAny(scheme, "/?#") {
		return true
	}
	return slices.Contains([]string{"http", "https", "about"}, scheme) || scheme == "data" && strings.HasPrefix(s, "data:image/")
}

// livingXML gives the elements and addresses that the payload made in a feed or list.
func livingXML(doc string) []string {
	var found []string
	d := xml.NewDecoder(strings.NewReader(doc))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			return append(found, err.Error())
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if strings.Contains(start.Name.Local, alive) || start.Name.Local == "script" || start.Name.Local == "img" {
			found = append(found, "there is an element <"+start.Name.Local+">")
		}
		for _, a := range start.Attr {
			if strings.Contains(a.Name.Local, alive) || slices.Contains([]string{"href", "src", "htmlUrl"}, a.Name.Local) && !harmlessAddress(a.Value) {
				found = append(found, fmt.Sprintf("<%s> has %s=%q", start.Name.Local, a.Name.Local, a.Value))
			}
			if a.Name.Local == "type" && strings.Contains(a.Value, "html") && start.Name.Local != "link" {
				found = append(found, "<"+start.Name.Local+"> says that it holds HTML")
			}
		}
	}
}

// livingMarkdown gives what a reader of Markdown would take for HTML or a link.
func livingMarkdown(text string) []string {
	var found []string
	for i, r := range text {
		rest := text[i:]
		switch {
		case r == '<' && !strings.HasPrefix(rest, "<http"):
			found = append(found, fmt.Sprintf("there is markup: %.40q", rest))
		case strings.HasPrefix(rest, "](") && (i == 0 || text[i-1] != '\\'):
			found = append(found, fmt.Sprintf("there is a link: %.40q", text[max(0, i-20):]))
		}
	}
	return found
}

// TestLivingMarkupIsSeen holds that the checks above would see a fault.
func TestLivingMarkupIsSeen(t *testing.T) {
	t.Parallel()
	for _, page := range []string{"<p>" + hostileText, `<a href=" java` + "\t" + `script:zqx()">x</a>`, `<img src="data:text/html,x">`, `<p onclick=1>`, `<p style="x">`, "<script>zqx</script>"} {
		if len(livingHTML(page)) == 0 {
			t.Errorf("nothing was seen in %s", page)
		}
	}
	if found := livingHTML("<p title=\"" + html.EscapeString(hostileText) + `"><a href="/x?y=javascript:1">` + html.EscapeString(hostileText)); len(found) > 0 {
		t.Errorf("in a harmless page: %q", found)
	}
	if len(livingXML("<feed><zqx-el/></feed>")) == 0 || len(livingXML(`<feed><link href="javascript:1"/></feed>`)) == 0 {
		t.Error("nothing was seen in a feed")
	}
	if len(livingMarkdown("a <b>")) == 0 || len(livingMarkdown("[a](javascript:1)")) == 0 || len(livingMarkdown(`\[a\](x)`)) > 0 {
		t.Error("Markdown is not read right")
	}
}
