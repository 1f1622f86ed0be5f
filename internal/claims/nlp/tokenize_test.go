package nlp

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTokenize(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want string
	}{
		{"U.S. Homeland Security chief", "U.S.|Homeland|Security|chief"},
		{"Noem’s plan", "Noem|’s|plan"},
		{"They can't go.", "They|ca|n't|go|."},
		{"He won’t, she didn’t", "He|wo|n’t|,|she|did|n’t"},
		{"worth $43,350, up 3.5%", "worth|$|43,350|,|up|3.5|%"},
		{"between 25%-50% of", "between|25|%|-|50|%|of"},
		{"“frank and candid,” he said.", "“|frank|and|candid|,|”|he|said|."},
		{"on Jan. 6, 2021.", "on|Jan.|6|,|2021|."},
		{"Bashar al-Assad fled", "Bashar|al|-|Assad|fled"},
		{"at 5 p.m. on Feb. 3", "at|5|p.m.|on|Feb.|3"},
		{"at 10:30am", "at|10:30|am"},
		{"Sen. Tom Cotton (D-Ark.) spoke", "Sen.|Tom|Cotton|(|D-Ark.|)|spoke"},
		{"the post-Sept. 11 law of mid-Sept.", "the|post|-|Sept.|11|law|of|mid|-|Sept|."},
		{"the 18-year-old man", "the|18|-|year|-|old|man"},
		{"COVID-19 and F-16s", "COVID-19|and|F-16s"},
		{"the U.S.-led bid", "the|U.S.|-|led|bid"},
		{"and/or 24/7 on 9/11", "and|/|or|24/7|on|9/11"},
		{"a 7-2 vote", "a|7|-|2|vote"},
		{"write to a.b@example.org, or https://example.org/x?y=1.", "write|to|a.b@example.org|,|or|https://example.org/x?y=1|."},
		{"It was—he said--over...", "It|was|—|he|said|--|over|..."},
		{"wait… what?!", "wait|…|what|?|!"},
		{"the states' rights", "the|states|'|rights"},
		{"rock 'n' roll in the '90s", "rock|'n'|roll|in|the|'90s"},
		{"cannot say", "can|not|say"},
		{"He said no.", "He|said|no|."},
		{"the No. 2 official", "the|No.|2|official"},
		{"US$5bn, £43m and €1.2m", "US$|5|bn|,|£|43|m|and|€|1.2|m"},
		{"John F. Kennedy took vitamin A.", "John|F.|Kennedy|took|vitamin|A|."},
		{"It ended.The next", "It|ended|.|The|next"},
		{"AT&T and O'Brien's", "AT&T|and|O'Brien|'s"},
		{"I'd say we're done; they've left", "I|'d|say|we|'re|done|;|they|'ve|left"},
		{"(Reuters) - Ten", "(|Reuters|)|-|Ten"},
		{"1,700 people at -5 degrees", "1,700|people|at|-5|degrees"},
		{"in the U.S.", "in|the|U.S."},
		{"#MeToo @user", "#|MeToo|@user"},
		{"Acme Inc. said", "Acme|Inc.|said"},
		{"'We will not go,' he said", "'|We|will|not|go|,|'|he|said"},
		{"\"Stop\", she said", "\"|Stop|\"|,|she|said"},
		{"Israel’s “right”", "Israel|’s|“|right|”"},
		{"2019-20 season", "2019|-|20|season"},
		{"a 20th-century 1990s act", "a|20th|-|century|1990s|act"},
		{"", ""},
		{" \n ", ""},
	}
	for _, tt := range tests {
		if got := strings.Join(texts(Tokenize(tt.text, 0, len(tt.text))), "|"); got != tt.want {
			t.Errorf("Tokenize(%q)\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func texts(tokens []Token) []string {
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = t.Text
	}
	return out
}

func TestTokenizeOffsets(t *testing.T) {
	t.Parallel()
	text := "Skip this. Noem’s aide can’t go. And not this."
	got := Tokenize(text, 11, 34)
	want := []Token{
		{Start: 11, End: 15, Text: "Noem", Norm: "noem"},
		{Start: 15, End: 19, Text: "’s", Norm: "'s"},
		{Start: 20, End: 24, Text: "aide", Norm: "aide"},
		{Start: 25, End: 27, Text: "ca", Norm: "ca"},
		{Start: 27, End: 32, Text: "n’t", Norm: "n't"},
		{Start: 33, End: 34, Text: "g", Norm: "g"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzTokenize(f *testing.F) {
	for _, s := range []string{"Noem’s “plan” can't—fail...", "$43,350 a.b@c.org U.S.-led", "\xff’s\xe2\x80", "((--'s", "D-Ark.'s 5p.m.."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at := 0
		for _, tok := range Tokenize(s, 0, len(s)) {
			if tok.Start < at || tok.End <= tok.Start || s[tok.Start:tok.End] != tok.Text {
				t.Fatalf("token %+v after offset %d of %q", tok, at, s)
			}
			if gap := strings.TrimFunc(s[at:tok.Start], isSpace); gap != "" {
				t.Fatalf("%q lost before token %+v of %q", gap, tok, s)
			}
			at = tok.End
		}
		if rest := strings.TrimFunc(s[at:], isSpace); rest != "" {
			t.Fatalf("%q lost at the end of %q", rest, s)
		}
	})
}
