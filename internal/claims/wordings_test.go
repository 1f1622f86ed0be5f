package claims

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// quotations makes quoted claims a, b, … of texts.
func quotations(texts ...string) []QuotedClaim {
	var out []QuotedClaim
	for i, s := range texts {
		out = append(out, QuotedClaim{ID: string(rune('a' + i)), Exact: s, Attribution: Quoted})
	}
	return out
}

// written writes a collation for a test: what all share stands as it is, variants in
// braces, "^" for outside and "-" for left out.
func written(c Collation) string {
	var out []string
	for _, s := range c.Segments {
		var all []string
		for _, v := range s.Variants {
			switch {
			case v.Outside:
				all = append(all, "^")
			case v.Text == "":
				all = append(all, "-")
			default:
				all = append(all, v.Text)
			}
		}
		if s.Common && !slices.Contains(all, "^") {
			out = append(out, all[0])
		} else {
			out = append(out, "{"+strings.Join(all, "|")+"}")
		}
	}
	return strings.Join(out, " ")
}

func TestCollateAlignsEveryWording(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		texts []string
		want  string
	}{
		{"one word changed", []string{"the pier was unsafe and should have been closed", "the pier was unfinished and should have been closed"},
			"the pier was {unsafe|unfinished} and should have been closed"},
		{"three wordings", []string{"the pier was unsafe and should have been closed", "the pier was unfinished and should have been closed", "the old pier was unsafe and had to be closed"},
			"the {-|-|old} pier was {unsafe|unfinished|unsafe} and {should have been|should have been|had to be} closed"},
		{"a shorter cut is no variant", []string{"we have lost a friend and a great teacher of our town", "lost a friend and a great teacher"},
			"{we have|^} lost a friend and a great teacher {of our town|^}"},
		{"words left out inside", []string{"we have lost a friend a neighbour and a great teacher", "we have lost a friend and a great teacher"},
			"we have lost a friend {a neighbour|-} and a great teacher"},
		{"an elision says so", []string{"we have lost a friend a neighbour and a great teacher", "we have lost a friend … and a great teacher"},
			"we have lost a friend {a neighbour|…} and a great teacher"},
		{"case and marks are no variant", []string{"The pier, sadly, was unsafe.", "the pier sadly was “unsafe”", "the pier sadly was unsafe or so"},
			"The pier, sadly, was unsafe. {^|or so}"},
		{"a stretch that some share", []string{"first of all we have lost a friend of this town", "of all we have lost a friend of this", "we have lost a friend"},
			"{first|^|^} {of all|of all|^} we have lost a friend {of this|of this|^} {town|^|^}"},
		{"spellings of one word stand against one another", []string{"the harbour is not open today they said", "the harbor is not open today they said"},
			"the {harbour|harbor} is not open today they said"},
	} {
		got := Collate(quotations(c.texts...))
		if len(got) != 1 {
			t.Errorf("%s: %d collations, want 1", c.name, len(got))
			continue
		}
		if diff := cmp.Diff(c.want, written(got[0])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestCollateTellsQuotationsApart(t *testing.T) {
	t.Parallel()
	got := Collate(append(quotations("the pier was unsafe and should have been closed", "nobody asked the council about the bridge",
		"the pier was unsafe and should have been closed", "nobody has asked the council about the bridge", "a word said alone by somebody else"),
		QuotedClaim{ID: "own", Exact: "the pier was unsafe and should have been closed", Attribution: OwnVoice}))
	var all []string
	for _, c := range got {
		all = append(all, fmt.Sprint(c.One(), c.Witnesses))
	}
	want := []string{"true [{[a c] the pier was unsafe and should have been closed}]",
		"false [{[b] nobody asked the council about the bridge} {[d] nobody has asked the council about the bridge}]"}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Errorf("collations (-want +got):\n%s", diff)
	}
}

func TestQuotedParts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   QuotedClaim
		want string
	}{
		{QuotedClaim{Exact: "we will rebuild it", Attribution: Quoted}, "we will rebuild it"},
		{QuotedClaim{Exact: "he called it “a politically driven vendetta.”", Attribution: Quoted}, "a politically driven vendetta."},
		{QuotedClaim{Before: "Berg said: “We will ", Exact: "rebuild it by May” as he", Attribution: Paraphrased}, "rebuild it by May"},
		{QuotedClaim{Before: "“Sorry,” he said. ", Exact: "The bridge is closed", Attribution: OwnVoice}, ""},
		{QuotedClaim{Exact: "\"we will\" and \"we must\"", Attribution: Quoted}, "we will we must"},
		{QuotedClaim{Exact: "the mayor wept", Attribution: Paraphrased}, ""},
	} {
		if got := strings.Join(quotedParts(c.in), " "); got != c.want {
			t.Errorf("%+v: %q, want %q", c.in, got, c.want)
		}
	}
}

// FuzzCollate asserts that every wording can be read off its collation word for word,
// that what is called common is, and that equal claims come out once.
func FuzzCollate(f *testing.F) {
	f.Add("the pier was unsafe and should have been closed", "the pier was unfinished and should be closed", "was unsafe and should have been closed … now")
	f.Add("a b c d e", "a b c d e", "d e a b c")
	f.Add("— we — have ’ lost . a friend", "\"we\" have lost a a a friend", "[we] have lost ... a friend")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if !utf8.ValidString(a+b+c) || len(a)+len(b)+len(c) > 1500 {
			t.Skip()
		}
		in := quotations(a, b, c)
		text := map[string]string{}
		for _, q := range in {
			text[q.ID] = strings.Join(quotedParts(q), " ")
		}
		all := Collate(in)
		if diff := cmp.Diff(all, Collate(in)); diff != "" {
			t.Fatalf("not the same twice:\n%s", diff)
		}
		for _, col := range all {
			for w, witness := range col.Witnesses {
				checkWitness(t, col, w)
				if witness.Text != text[witness.Claims[0]] {
					t.Fatalf("witness %d is %q, want %q", w, witness.Text, text[witness.Claims[0]])
				}
			}
		}
	})
}

func checkWitness(t *testing.T, c Collation, w int) {
	t.Helper()
	var read []string
	for _, s := range c.Segments {
		v := s.Variants[w]
		if v.Outside && v.Text != "" {
			t.Fatalf("%q stands outside of its own quotation", v.Text)
		}
		if v.Text != "" {
			read = append(read, v.Text)
		}
		for _, o := range s.Variants {
			if s.Common && !v.Outside && !o.Outside && !SameWords(v.Text, o.Text) {
				t.Fatalf("%q and %q are called common", v.Text, o.Text)
			}
		}
	}
	if got := strings.Join(read, " "); got != c.Witnesses[w].Text {
		t.Fatalf("witness %d reads %q, want %q", w, got, c.Witnesses[w].Text)
	}
}
