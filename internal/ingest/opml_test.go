package ingest

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestReadOPML(t *testing.T) {
	t.Parallel()
	doc := `<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.1"><head><title>Mine</title></head><body>
<outline text="Papers">
  <outline text="Harbour Post" title="The Harbour Post" type="rss" xmlUrl="https://post.example/feed" htmlUrl="https://post.example/"/>
  <outline text="Coast">
    <outline text="Courier &amp; Co" TYPE="rss" xmlurl="feed://courier.example/rss"/>
  </outline>
  <outline text="A folder that is empty"/>
</outline>
<outline text="No address" type="rss"/>
<outline text="Empty address" xmlUrl=""/>
<outline text="A file" type="rss" xmlUrl="file:///etc/passwd"/>
<outline xmlUrl="https://bare.example/feed"/>
</body></opml>`
	got, err := ReadOPML([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	want := []Outline{
		{Line: 4, Title: "The Harbour Post", URL: "https://post.example/feed", Site: "https://post.example/", Folder: "Papers"},
		{Line: 6, Title: "Courier & Co", URL: "http://courier.example/rss", Folder: "Coast"},
		{Line: 10, Title: "No address", Fault: "its xmlUrl is missing: it names no feed"},
		{Line: 11, Title: "Empty address", Fault: "its xmlUrl is missing: it names no feed"},
		{Line: 12, Title: "A file", Fault: `its xmlUrl "file:///etc/passwd" is not a web address`},
		{Line: 13, URL: "https://bare.example/feed"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outlines (-want +got):\n%s", diff)
	}
}

func TestOPMLThatIsRefused(t *testing.T) {
	t.Parallel()
	outline := `<outline xmlUrl="https://post.example/feed"/>`
	for _, c := range []struct{ name, doc, says string }{
		{"nothing", "", "no XML"},
		{"words", "my feeds", "no XML"},
		{"a page", "<html><body/></html>", "begins with <html>"},
		{"broken XML", "<opml>\n<body>\n<outline text=\"a></body></opml>", "line 3"},
		{"cut XML", "<opml><body>" + outline, "line 1"},
		{"deep", "<opml><body>" + strings.Repeat("<outline text='x'>", 40), "nested more than 32"},
		{"many", "<opml><body>" + strings.Repeat(outline, 5001), "more than 5000"},
		{"large", "<opml><body>" + strings.Repeat(" ", MaxOPML), "at most"},
		{"an entity bomb", `<!DOCTYPE opml [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><opml><body><outline text="&c;"/></body></opml>`, "line 1"},
	} {
		_, err := ReadOPML([]byte(c.doc))
		fault, ok := errors.AsType[*FeedFault](err)
		if !ok || !strings.Contains(fault.Reason, c.says) {
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
		}
	}
}

func TestOPMLIsReadBack(t *testing.T) {
	t.Parallel()
	feeds := []Outline{
		{Title: `A "quoted" <title> & more`, URL: "https://a.example/feed?a=1&b=2", Site: "https://a.example/", Source: "The A"},
		{Title: "B", URL: "https://b.example/feed", Folder: "Coast & sea"},
		{Title: "C", URL: "https://c.example/feed"},
		{Title: "D", URL: "https://d.example/feed", Folder: "Coast & sea"},
	}
	var b bytes.Buffer
	if err := WriteOPML(&b, "Feeds", time.Date(2025, 3, 27, 9, 30, 0, 0, time.UTC), feeds); err != nil {
		t.Fatal(err)
	}
	got, err := ReadOPML(b.Bytes())
	if err != nil {
		t.Fatalf("%v in\n%s", err, b.String())
	}
	for i := range got {
		got[i].Line = 0
	}
	want := []Outline{feeds[0], feeds[1], feeds[3], feeds[2]} // a folder's stand together
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}
	if !strings.Contains(b.String(), "<dateCreated>Thu, 27 Mar 2025 09:30:00 +0000</dateCreated>") {
		t.Errorf("no date in\n%s", b.String())
	}
}

func FuzzReadOPML(f *testing.F) {
	f.Add([]byte(`<opml version="2.0"><body><outline text="a"><outline xmlUrl="https://a.example/"/></outline></body></opml>`))
	f.Add([]byte(`<opml><outline type="rss" text="&#0;"/></opml></outline>`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		feeds, err := ReadOPML(doc)
		if err != nil {
			if _, ok := errors.AsType[*FeedFault](err); !ok {
				t.Errorf("%T is no fault: %v", err, err)
			}
			return
		}
		var good []Outline
		for _, o := range feeds {
			if o.Fault == "" {
				good = append(good, o)
			}
		}
		var b bytes.Buffer
		if err := WriteOPML(&b, "x", time.Time{}, good); err != nil {
			t.Fatal(err)
		}
		again, err := ReadOPML(b.Bytes())
		if b.Len() <= MaxOPML && (err != nil || len(again) != len(good)) {
			t.Errorf("%d feeds are read back as %d: %v\n%s", len(good), len(again), err, b.String())
		}
	})
}

func TestFeedLinks(t *testing.T) {
	t.Parallel()
	page := `<!DOCTYPE html><html><head><base href="/news/">
<link rel="stylesheet" href="a.css">
<link rel="alternate" hreflang="es" href="/es/">
<link rel="alternate" type="application/rss+xml" title="News &amp; views" href="feed.xml">
<LINK REL="Alternate" TYPE="application/atom+xml; charset=utf-8" HREF="https://other.example/atom">
<link rel=alternate type="application/rss+xml" href="feed.xml">
<link rel="alternate" type="application/json" href="/wp-json/1">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel="feed" href="/all">
</head><body><p>link rel="alternate" type="application/rss+xml" href="x"`
	want := []FeedLink{
		{URL: "https://post.example/news/feed.xml", Title: "News & views"},
		{URL: "https://other.example/atom"},
		{URL: "https://post.example/all"},
	}
	if diff := cmp.Diff(want, FeedLinks([]byte(page), "https://post.example/a/b")); diff != "" {
		t.Errorf("feeds (-want +got):\n%s", diff)
	}
	many := strings.Repeat(`<link rel="feed" href="/1">`, 3)
	for i := range 100 {
		many += `<link rel="feed" href="/` + strings.Repeat("x", i+1) + `">`
	}
	if got := len(FeedLinks([]byte(many), address)); got != maxFeedLinks {
		t.Errorf("%d feeds of a page, want %d", got, maxFeedLinks)
	}
}

func FuzzFeedLinks(f *testing.F) {
	f.Add([]byte(`<base href="/news/"><link rel="alternate" type="application/rss+xml" title="News" href="feed.xml">`))
	f.Add([]byte(`<link rel=feed href=//a><link rel="feed alternate" href="http://[::1">`))
	f.Fuzz(func(t *testing.T, page []byte) {
		seen := map[string]bool{}
		for _, l := range FeedLinks(page, address) {
			if !strings.HasPrefix(l.URL, "http://") && !strings.HasPrefix(l.URL, "https://") || seen[l.URL] {
				t.Errorf("link %q", l.URL)
			}
			seen[l.URL] = true
		}
	})
}
