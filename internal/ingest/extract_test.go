package ingest

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/claims"
)

// harbour is a page with its article and much around it.
const harbour = `<!DOCTYPE html><html lang="en-GB"><head>
<title>Bridge shut after crack is found | Harbour Post</title>
<link rel="canonical" href="/news/bridge?id=7#top">
<meta property="og:site_name" content="Harbour Post | All the news">
<meta name="author" content="By Ana Reyes, Ben Okoro">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Harbour Post"},
{"@type": ["NewsArticle"], "headline": "Bridge shut after crack is found", "author": [{"@type": "Person", "name": "Ana Reyes"}, {"name": "Ben Okoro"}],
"datePublished": "2025-03-27T09:30:00-05:00", "dateModified": "2025-03-27T11:00:00-05:00"}]}</script></head>
<body><header><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/weather">Weather</a></header><main><article>
<h1>Bridge shut after crack is found</h1><p class="byline">By Ana Reyes and Ben Okoro</p><p>March 27, 2025</p>
<figure><img src="b.jpg"><figcaption>The bridge on Thursday, seen from the harbour. Photo: Harbour Post</figcaption></figure>
<p>The harbour bridge was closed on Thursday after engineers found a crack in its western pier, the port authority said.</p>
<p>Some 4,000 cars cross the bridge every day. They will be sent over the <a href="/old">old road</a> until the pier has been mended.</p>
<h2>Inspected in January</h2>
<p>Read more: <a href="/ferry">Ferry to run at night</a></p>
<p>The mayor, Tom Weaver, said that the bridge had been inspected in January and that nothing had been found at that time.</p>
<p style="display: none">This paragraph is hidden from readers, and no extractor should take it for a part of the article that was printed.</p>
<p>Sign up for our newsletter and get the news of the harbour every morning.</p>
</article></main><aside><h3>Most read</h3><ul><li><a href="/1">Cat found in harbour after three weeks</a></li>
<li><a href="/2">Ferry to run at night from Monday on</a></li></ul></aside>
<footer>Copyright 2025 Harbour Post. All rights reserved.</footer></body></html>`

func TestExtract(t *testing.T) {
	t.Parallel()
	got, err := Extract([]byte(harbour), "https://www.harbourpost.example/bridge?utm_source=x")
	if err != nil {
		t.Fatal(err)
	}
	published, _ := claims.ParsePublished("2025-03-27T09:30:00-05:00")
	modified, _ := claims.ParsePublished("2025-03-27T11:00:00-05:00")
	want := Page{Title: "Bridge shut after crack is found", Byline: "Ana Reyes and Ben Okoro", Published: published, Modified: modified,
		Site: "Harbour Post", URL: "https://www.harbourpost.example/news/bridge?id=7", Language: "en",
		Text: "The harbour bridge was closed on Thursday after engineers found a crack in its western pier, the port authority said.\n\n" +
			"Some 4,000 cars cross the bridge every day. They will be sent over the old road until the pier has been mended.\n\n" +
			"Inspected in January\n\n" +
			"The mayor, Tom Weaver, said that the bridge had been inspected in January and that nothing had been found at that time."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := Canonical([]byte(harbour), "https://www.harbourpost.example/x"); got != want.URL {
		t.Errorf("canonical %s", got)
	}
}

func TestPagesWithoutArticle(t *testing.T) {
	t.Parallel()
	for name, page := range map[string]string{"empty": "", "links": "<nav><a href=/>Home</a></nav>", "scripts": "<script>var a = 'a text';</script>",
		"hidden": "<p hidden>The harbour bridge was closed on Thursday after engineers found a crack.</p>"} {
		if got, err := Extract([]byte(page), ""); !errors.Is(err, ErrNoArticle) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestMoments(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"2025-03-27T09:30:00-05:00":      "2025-03-27T09:30:00-05:00",
		"2025-03-27T09:30:00-0500":       "2025-03-27T09:30:00-05:00",
		"2025-03-27T09:30:00.123Z":       "2025-03-27T09:30:00Z",
		" 2025-03-27 09:30:00 -0500 ":    "2025-03-27T09:30:00-05:00",
		"Thu, 27 Mar 2025 09:30:00 GMT":  "2025-03-27T09:30:00Z",
		"2025-03-27T09:30:00":            "2025-03-27", // of an unknown zone
		"2025-03-27T00:00:00Z":           "2025-03-27", // a date in disguise
		"2025-03-27T00:00:00-05:00":      "2025-03-27T00:00:00-05:00",
		"March 27, 2025":                 "2025-03-27",
		"27 March 2025":                  "2025-03-27",
		"20250327":                       "2025-03-27",
		"0001-01-01T00:00:00Z":           "",
		"yesterday":                      "",
		"":                               "",
		"03/04/2025":                     "", // March or April
		"2025-13-27":                     "",
		"1025-03-27T09:30:00Z":           "",
		strings.Repeat("2025-03-27", 50): "",
	} {
		if got := parseMoment(in).String(); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	if got := firstMoment("", "2025-03-27", "x", "2025-03-26T09:30:00Z", "2025-03-27T09:30:00Z").String(); got != "2025-03-27T09:30:00Z" {
		t.Errorf("the finer of two is %s", got)
	}
	for in, want := range map[string]string{"https://a.example/2019/11/18/x": "2019-11-18", "https://a.example/2019/nov/8/x/": "2019-11-08",
		"https://a.example/news-20191118/": "2019-11-18", "https://a.example/x-32220191118": "", "https://a.example/2019/11/": "",
		"https://a.example/x?d=/2019/11/18/": "", "https://a.example/2019/02/31/": ""} {
		if got := momentOfAddress(in).String(); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestBylines(t *testing.T) {
	t.Parallel()
	for markup, want := range map[string]string{
		`<meta name=author content="By Ana Reyes">`:                                                                           "Ana Reyes",
		`<meta name=author content="https://a.example/ana"><a rel=author href=/ana>Ana Reyes</a>`:                             "Ana Reyes",
		`<meta property="og:site_name" content="Sky News"><meta name=author content=Sky>`:                                     "",
		`<meta name=author content=admin>`:                                                                                    "",
		`<p class=byline>By <b>Ana Reyes</b> | March 27, 2025</p>`:                                                            "Ana Reyes",
		`<p class=byline>Analysis by Ana Reyes</p>`:                                                                           "Ana Reyes",
		`<div class=comments><a rel=author>A reader</a></div>`:                                                                "",
		`<meta name=author content="Ana Reyes"><meta name=author content="Ana Reyes, Staff of the paper">`:                    "Ana Reyes",
		`<script type="application/ld+json">[{"@type":"Article","author":{"@type":"Person","name":"Zoë &amp; Co"}}]</script>`: "Zoë & Co",
		`<script type="application/ld+json">{"@type":"NewsArticle","author":"Ana
Reyes"}</script>`: "Ana Reyes",
	} {
		doc, _, err := parsePage([]byte(markup))
		if err != nil {
			t.Fatal(err)
		}
		if got := readHead(doc, "").byline(); got != want {
			t.Errorf("%s: %q, want %q", markup, got, want)
		}
	}
}

func TestTitles(t *testing.T) {
	t.Parallel()
	for markup, want := range map[string]string{
		`<title>Bridge shut - Harbour Post</title><meta property="og:site_name" content="Harbour Post">`:                                            "Bridge shut",
		`<title>Harbour Post: Bridge shut</title>`:                                                                                                  "Harbour Post: Bridge shut",
		`<title>The Post | Bridge shut | Politics</title><h1>Bridge shut</h1>`:                                                                      "Bridge shut",
		`<title>Bridge closed by crack | Post</title><meta property="og:title" content="Why we shut the bridge"><h1>Why we shut the bridge</h1>`:    "Why we shut the bridge",
		`<title>Bridge shut | India Post</title><meta property="og:title" content="India Post"><meta property="og:site_name" content="India Post">`: "Bridge shut",
		`<title>Bridge &amp;amp; pier shut</title>`:                                                                                                 "Bridge & pier shut",
		``: "",
	} {
		doc, _, err := parsePage([]byte(markup))
		if err != nil {
			t.Fatal(err)
		}
		if got := readHead(doc, "").title(); got != want {
			t.Errorf("%s: %q, want %q", markup, got, want)
		}
	}
}
