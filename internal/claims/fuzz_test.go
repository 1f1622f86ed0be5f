package claims

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzAnalyze asserts the report's promises on any two texts.
func FuzzAnalyze(f *testing.F) {
	f.Add("“It is over,” she said. The ferry struck 14 piers on March 27.", "The ferry struck 41 piers.")
	f.Add("- a\n- b\n“”\"\"((", "WASHINGTON (AP) — x")
	f.Add("Sign up! Should we? Let's. “I am proud that 3% of us voted", "Who? It could reshape us: yes?")
	e := testEngine(f)
	f.Fuzz(func(t *testing.T, a, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) || len(a)+len(b) > 4000 {
			t.Skip()
		}
		r, err := e.Analyze(context.Background(), Story{Articles: []Article{
			{ID: "a", Source: "A", Text: ReadText(a, "")}, {ID: "b", Source: "B", Text: ReadText(b, "")}}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzCompare asserts that any two statements stand to one another as they do
// when they are swapped, but for the differences that are told.
func FuzzCompare(f *testing.F) {
	f.Add("The ferry struck 14 piers on March 27.", "“The ferry struck 41 piers,” she said on Monday.")
	f.Add("All of it, she said", "(none) of it; nor 3%")
	e := testEngine(f)
	mirror := map[string]string{"a_tells_b": "b_tells_a", "b_tells_a": "a_tells_b", "both": "both", "none": "none"}
	f.Fuzz(func(t *testing.T, a, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) || len(a)+len(b) > 2000 {
			t.Skip()
		}
		x, y := e.Compare(a, b), e.Compare(b, a)
		if x.Direction != mirror[y.Direction] || x.Score < 0 || x.Score > 1 || x.Differences == nil {
			t.Fatalf("%+v, swapped %+v", x, y)
		}
	})
}

// FuzzGroup asserts that any article is placed, and that the same articles come
// into the same stories.
func FuzzGroup(f *testing.F) {
	f.Add("The ferry struck a pier in Halifax.", "Ferry strikes pier", "A pier in Halifax was struck by the ferry.")
	f.Add("", "", "“")
	e := testEngine(f)
	f.Fuzz(func(t *testing.T, a, title, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) || !utf8.ValidString(title) || len(a)+len(b)+len(title) > 4000 {
			t.Skip()
		}
		place := func() [2]string {
			g := NewGrouper(e)
			return [2]string{g.Add(Article{ID: "a", Title: title, Text: ReadText(a, title)}), g.Add(Article{ID: "b", Text: ReadText(b, "")})}
		}
		if first, again := place(), place(); first != again || first[0] == "" || first[1] == "" {
			t.Fatalf("%q, again %q", first, again)
		}
	})
}

// Two texts share what they share in whichever order they are given, and what is
// shared stands in both.
func FuzzOverlap(f *testing.F) {
	f.Add(wireText, otherText)
	f.Add(wireText, paragraphs(wireText, 1, 3))
	f.Add("“a b c d e f", "\u0e01\u0e02 日本語 b c d")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := ReadText(strings.ToValidUTF8(a, ""), ""), ReadText(strings.ToValidUTF8(b, ""), "")
		one, two := NewCopyText(x), NewCopyText(y)
		o, back := one.Overlap(two), two.Overlap(one)
		if o.Copy != back.Copy || o.Words != back.Words && len(one.text.words) != len(two.text.words) {
			t.Errorf("%+v one way, %+v the other", o, back)
		}
		if o.ShareA < 0 || o.ShareA > 1 || o.ShareB < 0 || o.ShareB > 1 {
			t.Errorf("shares %v and %v", o.ShareA, o.ShareB)
		}
		for _, p := range o.Passages {
			for i, body := range []string{x.Body, y.Body} {
				if n := len([]rune(body)); p[i].Start < 0 || p[i].Start >= p[i].End || p[i].End > n {
					t.Errorf("passage %v of a text of %d code points", p[i], n)
				}
			}
		}
		if same := one.Overlap(NewCopyText(x)); len(one.text.words) >= copyProse && !same.Copy {
			t.Errorf("%q is no copy of itself: %+v", x.Body, same)
		}
	})
}
