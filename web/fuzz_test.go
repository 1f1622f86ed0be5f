package web

import (
	"net/url"
	"strings"
	"testing"

	"corroborate/web/views"
)

// FuzzLocalAddress reads where a form says to go on: it stays on this host, as a browser
// reads addresses.
func FuzzLocalAddress(f *testing.F) {
	for _, s := range []string{"/stories", "//evil.example", `/\evil.example`, "/\t/evil.example", "https:evil", "javascript:1", "/%2f%2fevil", "/a?b=//c#d", "\x01/x"} {
		f.Add(s)
	}
	here := &url.URL{Scheme: "https", Host: "news.example", Path: "/login"}
	f.Fuzz(func(t *testing.T, s string) {
		got := localAddress(s)
		// Browsers drop tabs and line ends and take a backslash for a slash.
		read := strings.NewReplacer("\t", "", "\n", "", "\r", "", `\`, "/").Replace(got)
		if !strings.HasPrefix(read, "/") || strings.HasPrefix(read, "//") {
			t.Fatalf("%q leads to %q", s, got)
		}
		to, err := here.Parse(got)
		if err != nil || to.Host != here.Host || to.Scheme != here.Scheme {
			t.Errorf("%q leads to %v (%v)", s, to, err)
		}
	})
}

// FuzzFilter reads the query of a story's page: what it makes of it says the same again.
func FuzzFilter(f *testing.F) {
	f.Add("verdict=diverge&kind=number&text=%00%ff&min_origins=99999999999999999999&sort=told")
	f.Add("text=" + strings.Repeat("a", 1000))
	f.Fuzz(func(t *testing.T, query string) {
		q, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		one := views.ParseFilter(q)
		again, err := url.ParseQuery(one.Query().Encode())
		if err != nil {
			t.Fatal(err)
		}
		if two := views.ParseFilter(again); two != one {
			t.Errorf("%q is %+v and then %+v", query, one, two)
		}
	})
}
