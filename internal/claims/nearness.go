package claims

import (
	"math"

	"corroborate/internal/claims/nlp/lexicon"
)

// terms says how near two terms are, 0 to 1.
func (al *aligner) terms(t, u term) float64 {
	if t.ent != nil && u.ent != nil {
		return al.entities(t.ent, u.ent)
	}
	if t.lemma != u.lemma && t.measure != "" && t.measure == u.measure {
		if t.measure == "time" {
			return aligning.otherTime
		}
		return aligning.otherMeasure
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
	return al.words(t, u)
}

func (al *aligner) entities(a, b *entity) float64 {
	switch {
	case a.kind == b.kind && a.key == b.key:
		return 1
	case a.kind == "place" && b.kind == "place" && (al.e.gaz.Contains(a.key, b.key) || al.e.gaz.Contains(b.key, a.key)):
		return 0.6
	}
	return 0
}

// words says how near two words are, by what the lexicon knows of them.
func (al *aligner) words(t, u term) float64 {
	if t.lemma == u.lemma {
		return 1
	}
	return al.lookup(t, u)
}

func (al *aligner) lookup(t, u term) float64 {
	lex := al.e.lex
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
func (al *aligner) predicates(a, b *statement) (near float64, opposed bool) {
	pa, pb := al.deeds(a), al.deeds(b)
	for _, t := range pa {
		for _, u := range pb {
			if t.pos == u.pos && al.opposed(t, u) {
				opposed = true
				near = math.Max(near, 0.8)
				continue
			}
			near = math.Max(near, al.words(t, u))
		}
	}
	return near, opposed && near <= 0.8
}

func (al *aligner) opposed(t, u term) bool {
	return t.lemma != u.lemma && (al.e.lex.Conflict(t.lemma, u.lemma, lexicon.POS(t.pos)) || t.pos != 'n' && al.e.lex.Antonyms(t.lemma, u.lemma, lexicon.POS(t.pos)))
}

// deeds gives the terms that can carry a statement's deed: its predicate, the
// verb under it, and near them the nouns that name a deed, for news says "announced
// his resignation" as often as "resigned".
func (al *aligner) deeds(s *statement) []term {
	var verbs, nouns []term
	verb := lemmaOf(s.draft.p.toks[s.draft.pred])
	light := lightVerbs[verb]
	carries := light || al.e.lex.VerbClass(verb) == "communication"
	for _, t := range s.slots.terms {
		switch {
		case t.ent != nil || t.outside:
		case t.role == rolePredicate:
			verbs = append(verbs, t)
		case t.pos == 'n' && t.depth <= 2 && (light && t.role == roleObject || carries && al.deedNoun(t.lemma)):
			nouns = append(nouns, t)
		}
	}
	if light && len(nouns) > 0 {
		return nouns
	}
	return append(verbs, nouns...)
}

// deedNoun tells a noun that names what somebody does: it is derived from a verb
// and means an act.
func (al *aligner) deedNoun(lemma string) bool {
	known, ok := al.nouns[lemma]
	if !ok {
		known = al.e.lex.IsA(lemma, "act") && len(al.e.lex.Derived(lemma, lexicon.Noun, lexicon.Verb)) > 0
		al.nouns[lemma] = known
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
