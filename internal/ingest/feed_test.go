package ingest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/claims"
)

// address is where the feeds of these tests are served.
const address = "https://post.example/news/feed.xml"

// sampleFeed reads a feed of testdata.
func sampleFeed(t *testing.T, name string) []byte {
	t.Helper()
	doc, err := os.ReadFile(filepath.Join("testdata", "feeds", name))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func parse(t *testing.T, doc string) Feed {
	t.Helper()
	f, err := ParseFeed([]byte(doc), address)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// brief is what tests compare of an entry.
type brief struct {
	GUID, Link, Title, Byline, Published, Updated string
	Whole                                         bool
}

func briefs(f Feed) []brief {
	var out []brief
	for _, e := range f.Entries {
		out = append(out, brief{e.GUID, e.Link, e.Title, e.Byline, e.Published.String(), e.Updated.String(), e.Whole})
	}
	return out
}

// TestFeedKinds reads the same two entries from each kind of feed.
func TestFeedKinds(t *testing.T) {
	t.Parallel()
	const title, bridge, ferry = "Harbour Post & Mail", "https://post.example/bridge", "https://post.example/ferry?id=2"
	want := []brief{
		{"post-1", bridge, "Bridge shut “for weeks”", "Ana Reyes", "2025-03-27T09:30:00-05:00", "", true},
		{"post-2", ferry, "Ferry fares rise", "", "2025-03-26", "", false},
	}
	for _, name := range []string{"rss2.xml", "rdf.xml", "atom.xml", "feed.json"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, err := ParseFeed(sampleFeed(t, name), address)
			if err != nil {
				t.Fatal(err)
			}
			if f.Title != title || f.Site != "https://post.example/" {
				t.Errorf("title %q, site %q", f.Title, f.Site)
			}
			got := briefs(f)
			for i := range got {
				got[i].Updated = "" // each kind has its own idea of it
				if name == "rdf.xml" {
					got[i].GUID = fmt.Sprintf("post-%d", i+1) // it knows no ids
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("entries (-want +got):\n%s", diff)
			}
			if text := f.Entries[0].Text; !strings.HasPrefix(text, "The harbour bridge was closed on Thursday.\n\nInspectors") || strings.ContainsAny(text, "<&") {
				t.Errorf("text %q", text)
			}
		})
	}
}

// rss wraps items into a feed.
func rss(items ...string) string {
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>https://post.example/</link>` + strings.Join(items, "") + `</channel></rss>`
}

func TestFeedLinksAreCompleted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, doc, want string }{
		{"rooted", rss(`<item><link>/a</link></item>`), "https://post.example/a"},
		{"beside the channel's page", rss(`<item><link>a?b=1#c</link></item>`), "https://post.example/a?b=1"},
		{"without a scheme", rss(`<item><link>//other.example/a</link></item>`), "https://other.example/a"},
		{"by the id", rss(`<item><guid isPermaLink="true">https://post.example/g</guid></item>`), "https://post.example/g"},
		{"an id that is no address", rss(`<item><guid>tag:1</guid></item>`), ""},
		{"a script", rss(`<item><link>javascript:alert(1)</link></item>`), ""},
		{"with a password", rss(`<item><link>https://a:b@post.example/</link></item>`), ""},
		{"Atom beside the feed", `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><link href="a"/></entry></feed>`, "https://post.example/news/a"},
		{"Atom with a base", `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/x/"><title>T</title><entry><link href="a"/></entry></feed>`, "https://b.example/x/a"},
	} {
		if got := parse(t, c.doc).Entries[0].Link; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFeedTimes(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		"Thu, 27 Mar 2025 09:30:00 -0500": "2025-03-27T09:30:00-05:00",
		"Thu, 27 Mar 2025 09:30:00 GMT":   "2025-03-27T09:30:00Z",
		"Thu, 27 Mar 2025 09:30:00 EST":   "2025-03-27T09:30:00-05:00",
		"Thu, 27 Mar 2025 09:30:00 AEST":  "2025-03-27", // a zone that is not known
		"2025-03-27T09:30:00+05:45":       "2025-03-27T09:30:00+05:45",
		"2025-03-27T09:30:00Z":            "2025-03-27T09:30:00Z",
		"2025-03-27 09:30:00":             "2025-03-27", // no zone
		"2025-03-27":                      "2025-03-27",
		"yesterday":                       "",
		"":                                "",
	} {
		got := parse(t, rss(`<item><title>x</title><pubDate>`+written+`</pubDate></item>`)).Entries[0].Published
		if got.String() != want {
			t.Errorf("%q is %q, want %q", written, got, want)
		}
	}
	if got := feedTime("0001-01-01", &time.Time{}); got != (claims.Published{}) {
		t.Errorf("the zero time is %v", got)
	}
}

func TestRepeatedGUIDsNameNothing(t *testing.T) {
	t.Parallel()
	f := parse(t, rss(`<item><guid>x</guid><link>/a</link></item>`, `<item><guid>x</guid><link>/b</link></item>`,
		`<item><guid>y</guid><link>/c</link></item>`, `<item><guid>y</guid><link>/c</link></item>`))
	for i, want := range []string{"", "", "y", "y"} {
		if got := f.Entries[i].GUID; got != want {
			t.Errorf("entry %d has the id %q, want %q", i, got, want)
		}
	}
}

func TestWhatIsNoFeed(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("<a>", 100_000)
	for _, c := range []struct {
		name, doc, says string
		page            bool
	}{
		{"nothing", "  \n", "empty", false},
		{"words", "Not found", "neither XML nor JSON", false},
		{"a page", "<!DOCTYPE html><html><head><title>News</title></head><body><p>x<br>y", "web page", true},
		{"a page without a doctype", "<HTML><body>", "web page", true},
		{"a page in XML", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>`, "web page", true},
		{"other XML", `<sitemap><url/></sitemap>`, "neither RSS nor Atom", false},
		{"a list of feeds", `<opml version="2.0"><body/></opml>`, "OPML", false},
		{"other JSON", `{"articles": 1}`, "", false},
		{"broken JSON", `{"version": "https://jsonfeed.org/version/1.1", "items": [`, "cannot be read", false},
		{"broken XML", "<rss version='2.0'><channel>\n< item></channel></rss>", "broken in line 2", false},
		{"cut XML", "<rss version='2.0'><channel>\n<item><title>x", "", false},
		{"deep XML", "<rss><channel>" + deep, "nested", false},
		{"deep extensions", "<rss><channel><item><x:y xmlns:x='u'>" + deep, "nested", false},
		{"binary", "\x89PNG\x00", "neither", false},
	} {
		f, err := ParseFeed([]byte(c.doc), address)
		var fault *FeedFault
		switch {
		case c.says == "" && err == nil && len(f.Entries) == 0: // an empty feed is one
		case !errors.As(err, &fault):
			t.Errorf("%s: %+v, %v; want a fault", c.name, f, err)
		case !strings.Contains(fault.Reason, c.says) || fault.Page != c.page:
			t.Errorf("%s: %+v, want %q", c.name, fault, c.says)
		}
	}
}

func TestSlipsOfFeedsAreForgiven(t *testing.T) {
	t.Parallel()
	for name, doc := range map[string]string{
		"a bare ampersand":     rss(`<item><title>A & B</title></item>`),
		"an HTML entity":       rss(`<item><title>A &amp; B</title><description>caf&eacute;</description></item>`),
		"a control character":  rss("<item><title>A &amp;\x08 B</title></item>"),
		"a markup title":       rss(`<item><title><![CDATA[<b>A</b> &amp; B]]></title></item>`),
		"XML 1.1":              strings.Replace(rss(`<item><title>A &amp; B</title></item>`), "1.0", "1.1", 1),
		"a declared encoding":  strings.Replace(rss(`<item><title>A &amp; B</title></item>`), `"1.0"`, `"1.0" encoding="klingon"`, 1),
		"words before the XML": "\n\n" + rss(`<item><title>A &amp; B</title></item>`),
	} {
		f, err := ParseFeed([]byte(doc), address)
		if err != nil || len(f.Entries) != 1 || f.Entries[0].Title != "A & B" {
			t.Errorf("%s: %+v, %v", name, f.Entries, err)
		}
	}
}

func TestHashChangesWithTheEntry(t *testing.T) {
	t.Parallel()
	hash := func(item string) [32]byte { return parse(t, rss(item)).Entries[0].Hash }
	first := hash(`<item><guid>1</guid><title>A</title><description>B</description></item>`)
	if again := hash(`<item><guid>1</guid><description>B</description><title>A</title></item>`); again != first {
		t.Error("the order of elements changes the hash")
	}
	for _, other := range []string{`<item><guid>1</guid><title>AB</title></item>`, `<item><guid>1</guid><title>A</title><description>C</description></item>`,
		`<item><guid>1</guid><title>A</title><description>B</description><pubDate>2025-03-27</pubDate></item>`} {
		if hash(other) == first {
			t.Errorf("%s has the same hash", other)
		}
	}
}

func TestOnlySoManyEntries(t *testing.T) {
	t.Parallel()
	doc := rss(strings.Repeat("<item><title>x</title></item>", maxEntries+10))
	if got := len(parse(t, doc).Entries); got != maxEntries {
		t.Errorf("%d entries, want %d", got, maxEntries)
	}
}

func FuzzParseFeed(f *testing.F) {
	for _, name := range []string{"rss2.xml", "rdf.xml", "atom.xml", "feed.json"} {
		doc, err := os.ReadFile(filepath.Join("testdata", "feeds", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(doc)
	}
	f.Add([]byte(rss(`<item><guid>x</guid><link>//a</link><pubDate>2025-03-27</pubDate></item>`)))
	f.Add([]byte(`{"items":[null,{"id":1,"authors":[null]}]}`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		doc, _ = toUTF8(doc, "")
		feed, err := ParseFeed(doc, address)
		if err != nil {
			if _, ok := errors.AsType[*FeedFault](err); !ok {
				t.Errorf("%T is no fault: %v", err, err)
			}
			return
		}
		for _, e := range feed.Entries {
			if e.Link != "" && !strings.HasPrefix(e.Link, "http") {
				t.Errorf("link %q", e.Link)
			}
			if got, err := claims.ParsePublished(e.Published.String()); err != nil || !got.At.Equal(e.Published.At) && e.Published.Precision == claims.Minute {
				t.Errorf("time %v is read back as %v, %v", e.Published, got, err)
			}
			if strings.ContainsRune(e.Text+e.Title+e.Byline, 0) {
				t.Errorf("U+0000 in %+v", e)
			}
		}
	})
}
