package claims

import (
	"fmt"
	"strings"

	"corroborate/internal/claims/nlp/lexicon"
)

// terms compares what the object, the doer and what stands behind a preposition of one
// deed are called.
func (c *comparison) terms() {
	if !c.sameDeed() && c.a.slots.pred != c.b.slots.pred {
		return
	}
	for _, labels := range [][]string{{"dobj", "nsubjpass"}, {"nsubj"}} {
		x, ok := c.a.head(labels...)
		y, also := c.b.head(labels...)
		if ok && also && c.calledOtherwise(x, y) {
			return
		}
	}
	for _, x := range c.a.complements() {
		for _, y := range c.b.complements() {
			if x.preposition == y.preposition && c.calledOtherwise(x.term, y.term) {
				return
			}
		}
	}
}

// calledOtherwise records two nouns for one thing.
func (c *comparison) calledOtherwise(x, y term) bool {
	if x.ent != nil || y.ent != nil || x.pos != 'n' || y.pos != 'n' || !c.oneThingTwoWords(x, y) {
		return false
	}
	c.otherTerm(x.tok, y.tok)
	return true
}

// complement is what stands behind a preposition under the deed or its object.
type complement struct {
	term
	preposition string
}

func (s *statement) complements() []complement {
	p := s.draft.p
	var out []complement
	for _, t := range s.slots.terms {
		h := p.toks[t.tok].Head
		if p.toks[t.tok].Dep != "pobj" {
			continue
		}
		if of := p.toks[h].Head; of == s.draft.pred || p.toks[of].Dep == "acomp" && p.toks[of].Head == s.draft.pred {
			out = append(out, complement{t, p.toks[h].Norm}) // "open to students"
		}
	}
	return out
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
		fmt.Sprintf("%s calls it “%s”, %s “%s”.", c.a.art.called, va, c.b.art.called, vb))
}

// oneThingTwoWords tells two words that may name one thing: near synonyms, a word
// and a wider one ("fee", "charge"), and two words for a paper.
func (c *comparison) oneThingTwoWords(t, u term) bool {
	if sameSpelling(t.lemma, u.lemma) {
		return false
	}
	return c.al.words(t, u) >= 0.5 || c.wider(t.lemma, u.lemma) || c.bothDocuments(t, u) || c.toldForOneAnother(t, u)
}

// toldForOneAnother tells two words for a thing or a deed that news uses for one
// another. Of persons these are two offices.
func (c *comparison) toldForOneAnother(t, u term) bool {
	lex := c.al.e.lex
	return lex.Similarity(t.lemma, u.lemma, lexicon.Noun) >= nearWords && !lex.IsA(t.lemma, "person") && !lex.IsA(u.lemma, "person")
}

// nearWords is the likeness from which two words may name one thing.
const nearWords = 0.6

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
