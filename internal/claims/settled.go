package claims

import "strings"

// What settles whether two statements are of one fact, whatever the regression finds.

// settled gives the score of a pair that needs no weighing.
func (al *aligner) settled(a, b *statement, f weighed) (score float64, ok bool) {
	switch {
	case al.sameWording(a, b):
		return sameWordingScore, true
	case sameObject(a, b):
		return surelyOne, true
	case measuresApart(a, b) || measuresApart(b, a):
		return 0, true
	case oneMeasured(a, b):
		return surelyOne, true
	}
	return 0, vetoed(a, b, f)
}

// sameWordingScore is the score of two statements in the same words.
const sameWordingScore = 0.95

// leastWording is the number of content words from which the same wording is no chance.
const leastWording = 3

// sameWording tells two statements that say one thing of somebody in the same words but
// for figures, pronouns and articles: "after he left the bureau in 2006", "when she left
// the bureau in 2002". Who is meant by a pronoun may be read wrongly; two writers who
// choose the same words tell one fact.
func (al *aligner) sameWording(a, b *statement) bool {
	if !ownSubject(a) || !ownSubject(b) {
		return false
	}
	x, y := al.plainly(a), al.plainly(b)
	return x.content >= leastWording && x.words == y.words
}

// sameObject tells two relative clauses of one deed that hang on one thing, which is named
// with a word that describes it: "a health food shop | he owned in Dover", "the health food
// shop | that he owned in Calais".
func sameObject(a, b *statement) bool {
	x, y := a.draft.object(), b.draft.object()
	if x < 0 || y < 0 || a.slots.pred != b.slots.pred || a.slots.negated != b.slots.negated {
		return false
	}
	nameX, content := nameOf(a.draft.p, x)
	nameY, _ := nameOf(b.draft.p, y)
	return content > 1 && nameX == nameY
}

// nameOf gives the content words of a noun and what stands before it, and how many they are.
func nameOf(p *parsed, noun int) (string, int) {
	var words []string
	for i := p.left[noun]; i <= noun; i++ {
		if contentWord(p.toks[i]) {
			words = append(words, lemmaOf(p.toks[i]))
		}
	}
	return strings.Join(words, " "), len(words)
}

// ownSubject tells a statement whose subject stands in its passage.
func ownSubject(s *statement) bool {
	return s.draft.subj >= s.draft.from && s.draft.subj < s.draft.to
}

// plainWords are the words of a passage, figures as one sign, and how many content words
// are among them.
type plainWords struct {
	words   string
	content int
}

// plainly gives the plain words of a statement, read once.
func (al *aligner) plainly(s *statement) plainWords {
	w, ok := al.plain[s]
	if !ok {
		w = plainWordsOf(s)
		al.plain[s] = w
	}
	return w
}

func plainWordsOf(s *statement) plainWords {
	var words strings.Builder
	content := 0
	p, d := s.draft.p, s.draft
	for i := d.from; i < d.to; i++ {
		t := p.toks[i]
		switch {
		case isPunct(t), t.Tag == "DT", t.Tag == "PRP", t.Tag == "PRP$", t.Dep == "mark", t.Dep == "cc", i == d.from && t.Tag == "WRB":
			continue
		case t.Tag == "CD":
			words.WriteString("# ")
			continue
		case isNoun(t), isVerb(t) && !stopLemmas[lemmaOf(t)], strings.HasPrefix(t.Tag, "JJ"):
			content++
		}
		words.WriteString(t.Norm)
		words.WriteByte(' ')
	}
	return plainWords{words.String(), content}
}

// measured gives the unit and the thing of a statement that is nothing but a noun phrase
// with a measure: "page" and "indictment" of "the 48-page indictment".
func (s *statement) measured() (unit, thing string, ok bool) {
	p, d := s.draft.p, s.draft
	if d.kind != appositionDraft || d.subj >= 0 {
		return "", "", false
	}
	for i := d.from; i < d.pred; i++ {
		if p.measure(i) && p.measured(i) == d.pred {
			return lemmaOf(p.toks[i+2]), lemmaOf(p.toks[d.pred]), true
		}
	}
	return "", "", false
}

// oneMeasured tells two statements that measure one kind of thing in one unit.
func oneMeasured(a, b *statement) bool {
	unitA, thingA, okA := a.measured()
	unitB, thingB, okB := b.measured()
	return okA && okB && unitA == unitB && thingA == thingB && a.slots.people == nil && b.slots.people == nil
}

// measuresApart tells a bare measure and a statement that does not tell that unit, or holds
// a bare measure itself: "the 48-page indictment" is not that somebody was indicted.
func measuresApart(a, b *statement) bool {
	unit, thing, ok := a.measured()
	if !ok {
		return false
	}
	if other, of, both := b.measured(); both {
		return other != unit || of != thing
	}
	p, d := b.draft.p, b.draft
	for i := d.from; i < d.to; i++ {
		t := p.toks[i]
		if p.quote[i] < 0 && p.measure(i) && p.measured(i) >= 0 {
			return true // which is a claim of its own
		}
		if lemmaOf(t) == unit || timeUnits[unit] && (timeUnits[lemmaOf(t)] || strings.HasSuffix(t.Norm, "long") && timeUnits[strings.TrimSuffix(strings.TrimSuffix(t.Norm, "long"), "s")]) {
			return false
		}
	}
	return true
}

// timeUnits are what spans of time are measured in; "yearlong" and "monthslong" tell
// them too.
var timeUnits = set(`hour|day|week|month|year|decade`)
