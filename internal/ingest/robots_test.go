package ingest

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestRobotsMatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, path string
		want          bool
	}{
		{"/", "/a", true},
		{"/a", "/ab", true},
		{"/a", "/b/a", false},
		{"/a$", "/a", true},
		{"/a$", "/ab", false},
		{"/*.pdf$", "/x/y.pdf", true},
		{"/*.pdf$", "/x.pdf?y", false},
		{"/*.pdf$", "/x.pdf/y.pdf", true},
		{"/a*b*c", "/a1b2c3", true},
		{"/a*b*c", "/a1c2b3", false},
		{"*", "/a", true},
		{"/a*$", "/abc", true},
		{"/*?sort=", "/list?sort=up", true},
	} {
		if got := robotsMatch(c.pattern, c.path); got != c.want {
			t.Errorf("%q on %q: %v", c.pattern, c.path, got)
		}
	}
}

func TestParseRobots(t *testing.T) {
	t.Parallel()
	const shop = `nonsense
Disallow: /before-any-agent
User-Agent: *
Disallow: /
Crawl-delay: 90

User-agent: Other
User-agent: CORROBORATE/2.0
Sitemap: https://example.org/map
Disallow: /private # and all below
Allow: /private/news
Disallow:
Crawl-delay: x
Crawl-delay: 2.5
User-agent: third
Disallow: /third
User-agent: corroborate
Disallow: /more`
	ours := parseRobots([]byte("\xef\xbb\xbf" + strings.ReplaceAll(shop, "\n", "\r\n")))
	for path, want := range map[string]bool{"/": true, "/private": false, "/private/x": false, "/private/news/1": true,
		"/third": true, "/more/1": false, "/before-any-agent": true} {
		if got := ours.allows(path); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
	if ours.delay != 2500*time.Millisecond {
		t.Errorf("delay %v", ours.delay)
	}
	others := parseRobots([]byte("User-agent: *\nDisallow: /x\nCrawl-delay: 90"))
	if others.allows("/x") || !others.allows("/y") || others.delay != maxCrawlDelay {
		t.Errorf("got %+v", others)
	}
	if same := parseRobots([]byte("User-agent: *\nDisallow: /x\nAllow: /x")); !same.allows("/x") {
		t.Error("the rule that allows does not win")
	}
}

func TestRobotsDenied(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	asked := atomic.Int32{}
	s.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = w.Write([]byte("User-agent: *\nDisallow: /no\nAllow: /no/but\n"))
	})
	s.serve("/", "text")
	s.fails(t, "/no/page", RobotsDenied)
	s.get(t, "/no/but/yes")
	s.get(t, "/yes")
	s.status("/redirect", http.StatusFound, "Location: /no/page")
	s.fails(t, "/redirect", RobotsDenied)
	if asked.Load() != 1 {
		t.Errorf("asked for robots.txt %d times", asked.Load())
	}
}

func TestRobotsFaults(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]FetchKind{500: ServerFault, 429: ServerFault, 403: "", 404: "", 410: ""} {
		s := newSite(t)
		s.status("/robots.txt", status)
		s.serve("/page", "text")
		if want != "" {
			s.fails(t, "/page", want)
			continue
		}
		s.get(t, "/page")
	}
	endless := newSite(t)
	endless.serve("/robots.txt", strings.Repeat("Disallow: /\n", maxRobots))
	endless.serve("/page", "text")
	endless.get(t, "/page")
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*a$\nCrawl-delay: 1", "/a")
	f.Add("user-agent:corroborate\nallow:*\n#", "/?q=*")
	f.Fuzz(func(t *testing.T, body, path string) {
		rules := parseRobots([]byte(body))
		if rules.delay < 0 || rules.delay > maxCrawlDelay {
			t.Errorf("delay %v", rules.delay)
		}
		rules.allows(path)
	})
}
