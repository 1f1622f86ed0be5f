package claims

import (
	"slices"
	"strings"
	"testing"
)

// TestPronounInQuotation has texts and what their last claim reads as: "he" in a
// speaker's words is somebody else.
func TestPronounInQuotation(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for text, want := range map[string]string{
		`Peter Lind was charged on Friday. "When the dust settles, he will be cleared," his lawyer Jan Holm said.`:                 "[Peter Lind] will be cleared",
		`Peter Lind was charged on Friday. "He will be cleared," said his lawyer, Jan Holm. "Until then, he will serve the town."`: "[Peter Lind] will serve the town",
		`Anna Berg met Lena Voss on Monday. "She has seen the papers," Berg said.`:                                                 "[Lena Voss] has seen the papers",
		`Anna Berg spoke on Monday. "She has seen the papers," Berg said.`:                                                         "She has seen the papers",
		`Anna Berg met Lena Voss on Monday. Berg said she had seen the papers.`:                                                    "[Anna Berg] had seen the papers",
	} {
		cs := e.Extract(Article{ID: "a", Source: "Post", Text: ReadText(text, "")})
		if got := cs[len(cs)-1].Text; !strings.Contains(got, want) {
			t.Errorf("%s: %q lacks %q", text, got, want)
		}
	}
}

// TestPronounsOfOneSentence has texts in which a second pronoun stands for whom the first
// does.
func TestPronounsOfOneSentence(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for text, want := range map[string]string{
		`Peter Lind was charged on Friday. Jan Holm said so. The charges against Lind focus on his conduct at a shop he owned in Dover.`: "Peter Lind",
		`Jan Holm spoke on Friday. Holm was brief. The court began an inquiry into Peter Lind on claims that he sold a ferry in Dover.`:  "Peter Lind",
		`Peter Lind was charged on Friday. Lind spoke of his shop, and Jan Holm said he owned a ferry in Dover.`:                         "Jan Holm",
	} {
		x := e.read(t.Context(), Article{ID: "a", Source: "Post", Text: ReadText(text, "")})
		p := x.sents[len(x.sents)-1]
		for i, tok := range p.toks {
			if tok.Norm != "he" {
				continue
			}
			if got := x.cast.pronouns[p][i]; got == nil || got.name != want {
				t.Errorf("%s: he is %+v, want %s", text, got, want)
			}
		}
	}
}

// TestNamesStandFor has pairs of sentences of two articles of which the second
// names somebody or something in another way.
func TestNamesStandFor(t *testing.T) {
	t.Parallel()
	e := testEngine(t)
	for _, c := range []struct{ what, text, want string }{
		{"family", "Peter Lind and his wife, Ana, bought the ferry. The Linds sold it in May.", "person/lind"},
		{"no family", "Peter Berg bought the ferry. The Linds sold it in May.", ""},
		{"party and state", "Rep. Peter Lind (R-Calif.) resigned.", "republican place/us/ca"},
		{"party and state", "Sen. Ana Cole, D-N.Y., resigned.", "democrat place/us/ny"},
		{"neither", "The R-17 (R-Type) engine failed on Monday.", ""},
	} {
		x := e.read(t.Context(), Article{ID: "a", Source: "Post", Text: ReadText(c.text, "")})
		var got []string
		for _, s := range x.claims {
			for _, term := range s.slots.terms {
				got = append(got, term.lemma)
				if term.ent != nil {
					got = append(got, term.ent.kind+"/"+term.ent.key)
				}
			}
		}
		for _, w := range strings.Fields(c.want) {
			if !slices.Contains(got, w) {
				t.Errorf("%s: %v lacks %s", c.what, got, w)
			}
		}
		if c.want == "" && (slices.Contains(got, "person/lind") || slices.Contains(got, "republican")) {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}
