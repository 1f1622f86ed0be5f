package claims

import (
	"math"
	"strings"

	"corroborate/internal/claims/nlp/lexicon"
)

// otherUse is how near one word is to itself where it measures, or dates, in only
// one of two statements.
const otherUse = 0.3

// terms says how near two terms are, 0 to 1.
func (cl *closeness) terms(t, u term) float64 {
	if t.ent != nil && u.ent != nil {
		return cl.entities(t.ent, u.ent)
	}
	if t.lemma != u.lemma && t.measure != "" && t.measure == u.measure {
		if t.measure == "time" {
			return aligning.otherTime
		}
		return aligning.otherMeasure
	}
	if t.lemma == u.lemma && t.measure != u.measure {
		return otherUse // "six months", "this month"
	}
	if t.pos == 'c' && u.pos == 'c' {
		if t.lemma == u.lemma {
			return 1
		}
		return 0.3
	}
	if t.ent != nil || u.ent != nil {
		if t.lemma == u.lemma {
			return 0.7
		}
		return 0
	}
	return cl.words(t, u)
}

func (cl *closeness) entities(a, b *entity) float64 {
	switch {
	case a.kind == b.kind && a.key == b.key:
		return 1
	case a.kind == "place" && b.kind == "place" && (cl.e.gaz.Contains(a.key, b.key) || cl.e.gaz.Contains(b.key, a.key)):
		return 0.6
	case a.kind != "person" && b.kind != "person" && a.kind != "place" && b.kind != "place":
		return partlyNamed(a.key, b.key)
	}
	return 0
}

// partlyNamed gives how near two names of organisations or things are that share
// half of their words: "Justice Department", "Department of Justice".
func partlyNamed(a, b string) float64 {
	shared, na, nb := wordsInCommon(a, b)
	if 2*shared < max(na, nb) || shared == 0 {
		return 0
	}
	return 0.8
}

// wordsInCommon counts the words that two names share, and those of each.
func wordsInCommon(a, b string) (shared, na, nb int) {
	wa, wb := nameWords(a), nameWords(b)
	for w := range wa {
		if wb[w] {
			shared++
		}
	}
	return shared, len(wa), len(wb)
}

func nameWords(name string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(name) {
		if w = strings.Trim(w, ".,'’"); len(w) > 2 && w != "the" && w != "and" && w != "for" {
			out[w] = true
		}
	}
	return out
}

// words says how near two words are, by what the lexicon knows of them.
func (cl *closeness) words(t, u term) float64 {
	if t.lemma == u.lemma {
		return 1
	}
	return math.Max(cl.lookup(t, u), oneStem(t.lemma, u.lemma))
}

// stemLeast and stemShare are the letters that two words must have in common from
// the first on, and their share of the shorter word, to be taken for one stem.
const (
	stemLeast = 5
	stemShare = 0.7
	stemNear  = 0.6
)

// oneStem gives how near two words of one stem are: "migrant", "migration".
func oneStem(a, b string) float64 {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	if n < stemLeast || float64(n) < stemShare*float64(min(len(a), len(b))) {
		return 0
	}
	return stemNear
}

func (cl *closeness) lookup(t, u term) float64 {
	lex := cl.e.lex
	if t.pos == 'c' || u.pos == 'c' {
		return 0
	}
	tp, up := lexicon.POS(t.pos), lexicon.POS(u.pos)
	if tp == up {
		switch {
		case lex.Conflict(t.lemma, u.lemma, tp):
			return 0.6
		case lex.Synonyms(t.lemma, u.lemma, tp):
			return 0.85
		}
		if s := lex.Similarity(t.lemma, u.lemma, tp); s >= 0.6 {
			return 0.7 * s
		}
		return 0
	}
	best := 0.0
	for _, w := range lex.Derived(t.lemma, tp, up) {
		switch {
		case w == u.lemma:
			return 0.9
		case lex.Synonyms(w, u.lemma, up):
			best = math.Max(best, 0.7)
		}
	}
	for _, w := range lex.Derived(u.lemma, up, tp) {
		switch {
		case w == t.lemma:
			return 0.9
		case lex.Synonyms(w, t.lemma, tp):
			best = math.Max(best, 0.7)
		}
	}
	return best
}

// predicates says how near the deeds of two statements are, and whether they
// exclude one another. The deed may be carried by a noun on either side ("met",
// "held a meeting", "the signing of").
func (cl *closeness) predicates(a, b *statement) (near float64, opposed bool) {
	pa, pb := cl.numberedDeeds(a), cl.numberedDeeds(b)
	for _, t := range pa {
		for _, u := range pb {
			r := cl.deedsNear(t, u)
			near, opposed = math.Max(near, r.near), opposed || r.opposed
		}
	}
	return near, opposed && near <= opposedNear
}

// opposedNear is how near two deeds are that exclude one another.
const opposedNear = 0.8

// deed is a term that can carry a deed, with a number for its word and word class.
type deed struct {
	term
	number uint32
}

// numberedDeeds is [closeness.deeds], worked out once for each statement.
func (cl *closeness) numberedDeeds(s *statement) []deed {
	out, ok := cl.deedsOf[s]
	if !ok {
		for _, t := range cl.deeds(s) {
			out = append(out, deed{t, cl.number("deed/" + t.lemma + "/" + string(t.pos))})
		}
		cl.deedsOf[s] = out
	}
	return out
}

// deedRelation is how two words for deeds stand to one another.
type deedRelation struct {
	near    float64
	opposed bool
}

// deedsNear says how two deeds stand to one another, asked once for each two words of
// a story.
func (cl *closeness) deedsNear(t, u deed) deedRelation {
	k := bothNumbers(t.number, u.number)
	r, ok := cl.relations[k]
	if !ok {
		if r = (deedRelation{near: opposedNear, opposed: true}); t.pos != u.pos || !cl.opposed(t.term, u.term) {
			r = deedRelation{near: cl.words(t.term, u.term)}
		}
		cl.relations[k] = r
	}
	return r
}

// opposed tells two words that exclude one another; nouns for deeds also where the verbs
// that they come from do ("resumption", "halt").
func (cl *closeness) opposed(t, u term) bool {
	lex := cl.e.lex
	switch {
	case t.lemma == u.lemma:
		return false
	case lex.Conflict(t.lemma, u.lemma, lexicon.POS(t.pos)):
		return true
	case t.pos != 'n':
		return lex.Antonyms(t.lemma, u.lemma, lexicon.POS(t.pos))
	case !cl.deedNoun(t.lemma) || !cl.deedNoun(u.lemma):
		return false
	}
	for _, x := range lex.Derived(t.lemma, lexicon.Noun, lexicon.Verb) {
		for _, y := range lex.Derived(u.lemma, lexicon.Noun, lexicon.Verb) {
			if x != y && lex.Conflict(x, y, lexicon.Verb) {
				return true
			}
		}
	}
	return false
}

// deeds gives the terms that can carry a statement's deed: its predicate, the
// verb under it, and near them the nouns that name a deed, for news says "announced
// his resignation" as often as "resigned".
func (cl *closeness) deeds(s *statement) []term {
	var verbs, nouns []term
	verb := cl.e.phrasal(s.draft.p, s.draft.pred)
	light := lightVerbs[verb]
	carries := light || cl.e.lex.VerbClass(verb) == "communication"
	of := partOfWhat(s)
	for _, t := range s.slots.terms {
		switch {
		case t.ent != nil || t.outside:
		case t.tok == of:
			nouns = append(nouns, t)
		case t.role == rolePredicate:
			verbs = append(append(verbs, t), cl.fuller(s, t)...)
		case t.pos == 'n' && t.depth <= 2 && (light && t.role == roleObject || carries && cl.deedNoun(t.lemma)):
			nouns = append(nouns, t)
		}
	}
	if light && len(nouns) > 0 {
		return nouns
	}
	return append(verbs, nouns...)
}

// partOfWhat gives the noun that a statement says somebody is one of, -1 for others:
// "Lind was one of its earliest supporters".
func partOfWhat(s *statement) int {
	p, v := s.draft.p, s.draft.pred
	if x := p.kid(v, "attr"); x >= 0 && lemmaOf(p.toks[v]) == "be" {
		v = x
	}
	of := p.kid(v, "prep")
	if w := p.toks[v].Norm; w != "one" && w != "two" && w != "member" && w != "some" || of < 0 || p.toks[of].Norm != "of" {
		return -1
	}
	return p.kid(of, "pobj")
}

// fuller gives the longer forms of a deed that the lexicon knows as a word of its own:
// what is suffered ("was killed") and what is refused ("declined to comment").
func (cl *closeness) fuller(s *statement, t term) []term {
	p := s.draft.p
	var out []term
	add := func(lemma string) {
		if cl.e.lex.Known(lemma, lexicon.Verb) {
			out = append(out, term{tok: t.tok, lemma: lemma, pos: 'v', role: t.role, depth: t.depth})
		}
	}
	if p.toks[t.tok].Tag == "VBN" && p.kid(t.tok, "auxpass", "nsubjpass") >= 0 {
		add("be_" + p.toks[t.tok].Norm)
	}
	if x := aimOf(p, t.tok); x >= 0 && refusing[lemmaOf(p.toks[t.tok])] {
		add(lemmaOf(p.toks[t.tok]) + "_to_" + lemmaOf(p.toks[x]))
	}
	return out
}

// phrasal gives the lemma of a word, of a verb with a particle that makes it
// another verb the two together: "pull out", "call off".
func (e *Engine) phrasal(p *parsed, i int) string {
	lemma := lemmaOf(p.toks[i])
	if !isVerb(p.toks[i]) {
		return lemma
	}
	particle := p.kid(i, "prt")
	if out := p.kid(i, "prep"); particle < 0 && out >= 0 && p.kid(out, "prep") >= 0 {
		particle = out // "pulled its troops out of the province"
	}
	if particle < 0 {
		return lemma
	}
	if whole := lemma + "_" + p.toks[particle].Norm; e.lex.Known(whole, lexicon.Verb) {
		return whole
	}
	return lemma
}

// deedNoun tells a noun that names what somebody does: it is derived from a verb
// and means an act.
func (cl *closeness) deedNoun(lemma string) bool {
	known, ok := cl.nouns[lemma]
	if !ok {
		known = cl.e.lex.IsA(lemma, "act") && len(cl.e.lex.Derived(lemma, lexicon.Noun, lexicon.Verb)) > 0
		cl.nouns[lemma] = known
	}
	return known
}

var lightVerbs = set(`be|have|do|get|go|make|take|hold|give|reach|conduct|carry|issue|file|lead|follow|include|see|mark|represent|signify|involve|bring|announce|express`)

// sharedOrder gives the length of the longest common subsequence of two word
// lists over the length of the shorter.
func sharedOrder(a, b []string) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	row := make([]int, len(a)+1)
	for _, w := range b {
		diag := 0
		for j, v := range a {
			up := row[j+1]
			if v == w {
				row[j+1] = diag + 1
			} else if row[j] > up {
				row[j+1] = row[j]
			}
			diag = up
		}
	}
	return float64(row[len(a)]) / float64(len(a))
}
