package app

import (
	"testing"
	"unicode/utf8"
)

// FuzzImportLine reads lines of imports that somebody made up: what is taken is text, and
// what is refused is said in one line.
func FuzzImportLine(f *testing.F) {
	f.Add([]byte(`{"text": "The bridge was closed.", "source": "Post", "published_at": "2025-03-28"}`))
	f.Add([]byte(`{"html": "<p>x", "source": "\u0000", "id": "7"}`))
	f.Add([]byte(`{"text": "a", "text": "b", "source": "\ud800"}`))
	f.Add([]byte(`[[[[[[`))
	f.Add([]byte("\xff"))
	f.Fuzz(func(t *testing.T, line []byte) {
		in, err := parseLine(line)
		if err != nil {
			if why := err.Error(); why == "" || !utf8.ValidString(why) {
				t.Errorf("%q is refused with %q", line, why)
			}
			return
		}
		for _, s := range []string{in.Text, in.Source, in.URL, in.Title, in.Byline, in.PublishedAt, in.StoryID, in.ExternalID} {
			if !utf8.ValidString(s) {
				t.Errorf("%q gives %q", line, s)
			}
		}
	})
}

// FuzzAccountKey holds that an account is known by one spelling of its address: counting
// tries by it twice counts the same.
func FuzzAccountKey(f *testing.F) {
	f.Add("Ana@News.example")
	f.Add(" \u200bana@news.example\u00ad")
	f.Add("İ\u0307@x\xff")
	f.Fuzz(func(t *testing.T, email string) {
		key := AccountKey(email)
		if again := AccountKey(key); again != key {
			t.Errorf("%q is known as %q and that as %q", email, key, again)
		}
	})
}
