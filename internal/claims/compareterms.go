package claims

import (
	"fmt"
	"strings"
)

// terms compares what the doer and the object of one deed are called.
func (c *comparison) terms() {
	if !c.sameDeed() {
		return
	}
	for _, heads := range []func(*statement) (term, bool){object, subject} {
		ta, oka := heads(c.a)
		tb, okb := heads(c.b)
		if oka && okb && ta.ent == nil && tb.ent == nil && ta.pos == 'n' && tb.pos == 'n' && c.oneThingTwoWords(ta, tb) {
			c.otherTerm(ta.tok, tb.tok)
			return
		}
	}
}

// otherTerm records two words for one thing, once.
func (c *comparison) otherTerm(x, y int) {
	for _, d := range c.out.differences {
		if d.kind == KindTerm {
			return
		}
	}
	pa, pb := c.a.draft.p, c.b.draft.p
	fa, toa := c.a.art.nounPhrase(pa, x)
	fb, tob := c.b.art.nounPhrase(pb, y)
	va, vb := pa.words(c.a.art.body, fa, toa), pb.words(c.b.art.body, fb, tob)
	c.differ(KindTerm, [2]string{va, vb}, [2][2]int{{fa, toa}, {fb, tob}},
		fmt.Sprintf("%s calls it “%s”, %s “%s”.", c.a.art.Source, va, c.b.art.Source, vb))
}

// oneThingTwoWords tells two words that may name one thing: near synonyms, a word
// and a wider one ("fee", "charge"), and two words for a paper.
func (c *comparison) oneThingTwoWords(t, u term) bool {
	if sameSpelling(t.lemma, u.lemma) {
		return false
	}
	return c.al.words(t, u) >= 0.5 || c.wider(t.lemma, u.lemma) || c.bothDocuments(t, u)
}

// wider tells two nouns of which one is a kind of the other.
func (c *comparison) wider(a, b string) bool {
	return c.al.e.lex.IsA(a, b) || c.al.e.lex.IsA(b, a)
}

// bothDocuments tells two words for something that is written, signed or said:
// one paper is a letter of intent here and a memorandum there.
func (c *comparison) bothDocuments(t, u term) bool {
	return c.sameArguments() && c.al.e.lex.IsA(t.lemma, "communication") && c.al.e.lex.IsA(u.lemma, "communication")
}

// object gives the term that heads what a statement's deed is done to: its direct
// object, or the subject of a passive.
func object(s *statement) (term, bool) { return s.head("dobj", "nsubjpass") }

// subject gives the term that heads who does it.
func subject(s *statement) (term, bool) { return s.head("nsubj") }

func (s *statement) head(labels ...string) (term, bool) {
	o := s.draft.p.kid(s.draft.pred, labels...)
	for _, t := range s.slots.terms {
		if t.tok == o && o >= 0 {
			return t, true
		}
	}
	return term{}, false
}

// spellings turns British spellings into American ones.
var spellings = strings.NewReplacer("our", "or", "isation", "ization", "ise", "ize", "yse", "yze", "ogue", "og", "amme", "am",
	"ence", "ense", "tre", "ter", "-", "", "ll", "l")

// sameSpelling tells two spellings of one word.
func sameSpelling(a, b string) bool {
	return a == b || len(a) > 3 && len(b) > 3 && spellings.Replace(a) == spellings.Replace(b)
}
