package app_test

import (
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
	"corroborate/internal/claims"
	"corroborate/internal/ingest"
)

// endlessFeed writes a feed without an end.
func endlessFeed(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/rss+xml")
	fmt.Fprint(w, "<rss version='2.0'><channel><title>")
	line := strings.Repeat("more ", 10_000)
	for {
		if _, err := fmt.Fprint(w, line); err != nil {
			return
		}
	}
}

// bomb is a small body that unpacks to a large one.
func bomb(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/rss+xml")
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	line := []byte(strings.Repeat(" ", 1<<20))
	for range 64 {
		if _, err := z.Write(line); err != nil {
			return
		}
	}
	_ = z.Close()
}

// drip writes a letter now and then.
func drip(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/rss+xml")
	for {
		if _, err := fmt.Fprint(w, "<"); err != nil {
			return
		}
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
			return
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// TestBrokenFeedSaysWhy has a feed that was good answer in many wrong ways. Each
// ends in a state that says what is wrong, and none holds up the feed beside it.
func TestBrokenFeedSaysWhy(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/feed", rss(item(1, "a pier")))
	n.site.put("/good", rss(item(2, "its deck")))
	f, good := n.addFeed("/feed"), n.addFeed("/good")
	for _, c := range []struct {
		name   string
		answer http.HandlerFunc
		says   string
	}{
		{"an endless body", endlessFeed, "too large"},
		{"ten megabytes", text("application/rss+xml", "<rss><channel>"+strings.Repeat("x", 10<<20)+"</channel></rss>"), "too large"},
		{"a gzip bomb", bomb, "too large"},
		{"a page", text("text/html", "<!DOCTYPE html><title>News</title><link rel=alternate type=application/rss+xml href=/good>"), "web page"},
		{"broken XML", text("application/rss+xml", "<rss version='2.0'><channel>\n< item></channel></rss>"), "broken in line 2"},
		{"nothing", text("application/rss+xml", ""), "empty"},
		{"a picture", text("image/png", "\x89PNG\r\n\x1a\n"), "no text"},
		{"another format", text("application/json", `[1, 2]`), "neither"},
		{"no permission", status(http.StatusForbidden), "403"},
		{"not there", status(http.StatusNotFound), "404"},
		{"broken server", status(http.StatusBadGateway), "502"},
		{"redirects without an end", status(http.StatusFound, "Location", "/feed"), "from address to address"},
		{"a redirect into another network", status(http.StatusFound, "Location", "http://169.254.169.254/latest/"), "private network"},
	} {
		n.site.put("/feed", c.answer)
		f = n.polled(f.ID)
		if f.Health != app.HealthFailing || !strings.Contains(f.Fault, c.says) || f.Articles != 1 || !f.NextPollAt.After(n.clock.now()) {
			t.Errorf("%s: %s, %q, next poll %s", c.name, f.Health, f.Fault, f.NextPollAt)
		}
		n.site.put("/feed", rss(item(1, "a pier")))
		if f = n.polled(f.ID); f.Health != app.HealthOK || f.Fault != "" {
			t.Errorf("after %s: %s, %q", c.name, f.Health, f.Fault)
		}
	}
	if good = n.until(good.ID, func(f app.Feed) bool { return !f.Queued }); good.Health != app.HealthOK {
		t.Errorf("the feed beside it: %+v", good)
	}
}

// TestSlowFeedIsGivenUp has a feed answer a letter at a time.
func TestSlowFeedIsGivenUp(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t, func(c *app.Config) {
		c.Fetcher = ingest.NewFetcher(ingest.Config{AllowHosts: []string{"127.0.0.1"}, Gap: time.Millisecond,
			Timeouts: ingest.Timeouts{Whole: 3 * time.Second}})
	})
	n.site.put("/feed", rss(item(1, "a pier")))
	f := n.addFeed("/feed")
	n.site.put("/feed", drip)
	if f = n.polled(f.ID); f.Health != app.HealthFailing || !strings.Contains(f.Fault, "too long") {
		t.Errorf("%s, %q", f.Health, f.Fault)
	}
}

// TestOddFeedsAreRead has feeds that are wrong in ways that can be mended.
func TestOddFeedsAreRead(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	body := func(s string) string { return "<content:encoded>" + words(s) + "</content:encoded>" }
	for i, c := range []struct {
		name, contentType, doc, title, published string
	}{
		{"the wrong charset", "application/rss+xml; charset=iso-8859-1", "<item><guid>1</guid><title>Café</title>" + body("Café 1") + "</item>", "Café", ""},
		{"no charset", "text/plain", "<item><guid>2</guid><title>Caf\xe9</title>" + body("Caf\xe9 2") + "</item>", "Café", ""},
		{"a date to come", "text/xml", "<item><guid>3</guid><title>To come</title><pubDate>Thu, 27 Mar 2099 09:00:00 GMT</pubDate>" + body("3") + "</item>", "To come", ""},
		{"no date", "text/xml", "<item><title>No date</title>" + body("4") + "</item>", "No date", ""},
		{"an address without an end", "text/xml", "<item><title>Far</title><link>https://post.example/" + strings.Repeat("é", 900) + "</link>" + body("6") + "</item>", "Far", ""},
		{"a day", "text/xml", "<item><title>A day</title><pubDate>2025-03-27</pubDate>" + body("5") + "</item>", "A day", "2025-03-27"},
	} {
		path := fmt.Sprint("/feed", i)
		n.site.put(path, text(c.contentType, `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title>`+c.doc+`</channel></rss>`))
		f := n.addFeed(path)
		entries := n.entries(f.ID)
		if len(entries) != 1 || entries[0].State != app.EntryStored {
			t.Errorf("%s: %+v", c.name, entries)
			continue
		}
		art, err := n.Article(t.Context(), n.admin, entries[0].ArticleID)
		if err != nil || art.Title != c.title || art.Published.String() != c.published {
			t.Errorf("%s: title %q, published %q, %v", c.name, art.Title, art.Published, err)
		}
	}
}

func TestFeedWithManyNewEntries(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t, func(c *app.Config) { c.Feeds.NewEntries = 3 })
	var items []string
	for i := range 5 {
		items = append(items, item(i, fmt.Sprint("pier ", i)))
	}
	feed := rss(items...)
	n.site.put("/feed", func(w http.ResponseWriter, r *http.Request) {
		if w.Header().Set("ETag", `"x"`); r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		feed(w, r)
	})
	f := n.addFeed("/feed")
	if f.Entries != 3 || f.LeftOut != 2 {
		t.Errorf("%d entries, %d left out", f.Entries, f.LeftOut)
	}
	if f = n.polled(f.ID); f.Entries != 5 || f.LeftOut != 0 || f.Articles != 5 {
		t.Errorf("then %d entries, %d left out, %d articles", f.Entries, f.LeftOut, f.Articles)
	}
}

func TestAddFeedFindsIt(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	const link = `<link rel="alternate" type="application/rss+xml" title="A feed" href="%s">`
	n.site.put("/feed", rss(item(1, "a pier")))
	n.site.put("/", text("text/html", fmt.Sprintf("<!DOCTYPE html><head>"+link, "/feed")))
	n.site.put("/many", text("text/html", fmt.Sprintf("<!DOCTYPE html><head>"+link+link, "/feed", "/comments")))
	n.site.put("/none", text("text/html", "<!DOCTYPE html><head><title>x</title>"))
	n.site.put("/dead", text("text/html", fmt.Sprintf("<!DOCTYPE html><head>"+link, "/nothing")))
	f, known, err := n.AddFeed(t.Context(), n.admin, app.FeedInput{URL: " " + n.site.URL, Source: "The Post", Title: "Harbour", Folder: "Coast"})
	if err != nil || known || f.URL != n.site.URL+"/feed" || f.Source != "The Post" || f.Title != "Harbour" || f.Folder != "Coast" {
		t.Fatalf("%+v, %v, %v", f, known, err)
	}
	for _, again := range []string{n.site.URL + "/feed", n.site.URL, n.site.URL + "/feed?utm_source=x"} {
		if g, known, err := n.AddFeed(t.Context(), n.admin, app.FeedInput{URL: again}); err != nil || !known || g.ID != f.ID {
			t.Errorf("%s again: %+v, %v, %v", again, g, known, err)
		}
	}
	for path, says := range map[string]string{"/many": "2 feeds", "/none": "names no feed", "/dead": "404", "/nowhere": "404"} {
		_, _, err := n.AddFeed(t.Context(), n.admin, app.FeedInput{URL: n.site.URL + path})
		shown, ok := errors.AsType[*claims.Error](err)
		if !ok || shown.Kind != claims.Invalid || !strings.Contains(shown.Fields["url"], says) {
			t.Errorf("%s: %v, want %q", path, err, says)
		}
		if many, ok := errors.AsType[*app.ManyFeeds](err); path == "/many" && (!ok || len(many.Links) != 2 || many.Links[1].URL != n.site.URL+"/comments") {
			t.Errorf("%s names %v", path, many)
		}
	}
	for _, wrong := range []app.FeedInput{{}, {URL: "feed"}, {URL: "ftp://post.example/"}, {URL: n.site.URL, Source: strings.Repeat("x", 201)}} {
		_, _, err := n.AddFeed(t.Context(), n.admin, wrong)
		wantKind(t, err, claims.Invalid)
	}
	if got := n.count("SELECT count(*) FROM feeds"); got != 1 {
		t.Errorf("%d feeds, want 1", got)
	}
}

func TestFeedsOfAList(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.site.put("/a", rss(item(1, "a pier")))
	n.site.put("/page", text("text/html", `<!DOCTYPE html><link rel="alternate" type="application/rss+xml" href="/b">`))
	n.site.put("/b", rss(item(2, "its deck")))
	list := fmt.Sprintf(`<opml version="2.0"><body>
<outline text="Coast"><outline text="A" xmlUrl="%[1]s/a"/></outline>
<outline text="By its page" xmlUrl="%[1]s/page"/>
<outline text="A again" xmlUrl="%[1]s/a"/>
<outline text="Broken" type="rss"/>
</body></opml>`, n.site.URL)
	got, err := n.ImportFeeds(t.Context(), n.admin, []byte(list))
	if err != nil || got.Added != 2 || got.Known != 1 || got.Wrong != 1 || len(got.Lines) != 4 {
		t.Fatalf("%+v, %v", got, err)
	}
	if l := got.Lines[2]; l.Result != "known" || l.FeedID != got.Lines[0].FeedID || got.Lines[3].Line != 5 || got.Lines[3].Reason == "" {
		t.Errorf("lines %+v", got.Lines)
	}
	for _, l := range got.Lines[:2] {
		f := n.until(l.FeedID, func(f app.Feed) bool { return f.Articles == 1 && f.Health == app.HealthOK })
		if f.URL == n.site.URL+"/page" {
			t.Errorf("the page is polled: %+v", f)
		}
	}
	opml, err := n.ExportFeeds(t.Context(), n.admin)
	if err != nil {
		t.Fatal(err)
	}
	again, err := n.ImportFeeds(t.Context(), n.admin, opml)
	if err != nil || again.Known != 2 || again.Added+again.Wrong != 0 {
		t.Errorf("the export is read back as %+v, %v:\n%s", again, err, opml)
	}
	for _, broken := range []string{"", "<opml><body>", "<html/>", `<opml><body><outline text="x"/></body></opml>`} {
		_, err := n.ImportFeeds(t.Context(), n.admin, []byte(broken))
		wantKind(t, err, claims.Invalid)
	}
}

func TestFeedsAreForEditors(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for role, want := range map[auth.Role]claims.ErrorKind{"": claims.Unauthenticated, auth.Reader: claims.Forbidden, auth.Checker: claims.Forbidden} {
		who := f.Anonymous()
		if role != "" {
			who = f.person(role)
		}
		for name, call := range map[string]func() error{
			"add": func() error {
				_, _, err := f.AddFeed(t.Context(), who, app.FeedInput{URL: "https://post.example/"})
				return err
			},
			"list":    func() error { _, err := f.Feeds(t.Context(), who, app.FeedFilter{}); return err },
			"counts":  func() error { _, err := f.FeedCounts(t.Context(), who); return err },
			"get":     func() error { _, err := f.Feed(t.Context(), who, ""); return err },
			"entries": func() error { _, err := f.FeedEntries(t.Context(), who, app.EntryFilter{}); return err },
			"edit":    func() error { _, err := f.EditFeed(t.Context(), who, "", app.FeedEdit{}); return err },
			"delete":  func() error { return f.DeleteFeed(t.Context(), who, "", 0) },
			"poll":    func() error { _, err := f.PollFeedNow(t.Context(), who, ""); return err },
			"import":  func() error { _, err := f.ImportFeeds(t.Context(), who, nil); return err },
			"export":  func() error { _, err := f.ExportFeeds(t.Context(), who); return err },
		} {
			if err := call(); claims.KindOf(err) != want {
				t.Errorf("%s as %q: %v, want %s", name, role, err, want)
			}
		}
	}
	editor := f.person(auth.Editor)
	if _, err := f.Feeds(t.Context(), editor, app.FeedFilter{}); err != nil {
		t.Error(err)
	}
	_, err := f.Feeds(t.Context(), editor, app.FeedFilter{Health: "fine"})
	wantKind(t, err, claims.Invalid)
}
