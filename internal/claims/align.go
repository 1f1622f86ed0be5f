package claims

import (
	"math"

	"corroborate/internal/claims/nlp/lexicon"
	"corroborate/internal/claims/values"
)

// weigher gives how much a term tells two facts of one story apart: what every
// claim of the story names weighs little.
type weigher struct {
	n  float64
	df map[string]float64
}

func newWeigher(all []*statement) *weigher {
	w := &weigher{n: float64(len(all)), df: map[string]float64{}}
	for _, s := range all {
		seen := map[string]bool{}
		for _, t := range s.slots.terms {
			if k := t.key(); !seen[k] {
				seen[k] = true
				w.df[k]++
			}
		}
	}
	return w
}

// key names what a term is about, the same for all names of one entity.
func (t term) key() string {
	if t.ent != nil {
		return t.ent.kind + ":" + t.ent.key
	}
	return t.lemma
}

// outsideShare is how much a term counts that the passage itself does not hold.
const outsideShare = 0.6

// weight is the inverse document frequency of the term in the story, between
// floor and 1, times what its word class carries.
func (w *weigher) weight(t term) float64 {
	idf := 1.0
	if w.n > 12 {
		idf = math.Log((w.n+1)/(w.df[t.key()]+0.5)) / math.Log(w.n+1)
		idf = math.Max(0.1, math.Min(1, 0.1+1.1*idf))
	}
	idf *= classWeight(t) * depthWeight(t.depth)
	if t.outside {
		idf *= outsideShare
	}
	return idf
}

// depthWeight lets what hangs directly on the deed count more than what only
// modifies its arguments.
func depthWeight(depth int) float64 {
	switch {
	case depth <= 2:
		return 1
	case depth == 3:
		return 0.8
	}
	return 0.6
}

func classWeight(t term) float64 {
	switch {
	case t.ent != nil:
		return 1
	case t.pos == 'n' || t.pos == 'c':
		return 1
	case t.role == rolePredicate:
		return 0.9
	case t.pos == 'v':
		return 0.8
	case t.pos == 'a':
		return 0.6
	}
	return 0.35
}

// aligner scores how likely two statements speak of one fact.
type aligner struct {
	e     *Engine
	w     *weigher
	cache map[uint64]float64
	nouns map[string]bool
	// numbers numbers the keys of the story's terms, profiles holds the terms of
	// each statement.
	numbers  map[string]uint32
	profiles map[*statement][]weighted
}

func (e *Engine) newAligner(all []*statement) *aligner {
	return &aligner{e: e, w: newWeigher(all), cache: map[uint64]float64{}, nouns: map[string]bool{},
		numbers: map[string]uint32{}, profiles: map[*statement][]weighted{}}
}

// overlap is what the terms of two statements share.
type overlap struct {
	// a and b are what each statement has that the other tells too.
	a, b cover
	// predicate is how near the two deeds are, 0 to 1; opposed is true when they
	// exclude one another.
	predicate float64
	opposed   bool
	// clash is true when each names somebody or some place, of one kind, that the
	// other does not: another fact, unless all else is the same.
	clash bool
	// others is true when these are people whom both articles know: neither took the
	// one for the other.
	others bool
	// strangers is true when each deed is a full verb and they have nothing to do
	// with one another.
	strangers bool
	// otherDoer is true when each deed has somebody who does it, and these are two;
	// otherPolarity when one of two unlike deeds is denied.
	otherDoer, otherPolarity bool
	// apart counts the circumstances that differ: numbers, times, certainty. One is
	// a difference, several are another fact.
	apart int
	// figures counts the quantities that both tell, of one thing: that two reports
	// have one figure by chance is rare.
	figures int
	// quote is the share of the shorter quotation that the other has too, in order.
	quote float64
}

// cover is the weight of a statement's terms, and how much of it another
// statement tells too.
type cover struct {
	told, whole float64
	// said is what is told of the subject, without the subject.
	said float64
	// args and argsTold leave the deed out, plain and plainTold the names.
	args, argsTold   float64
	plain, plainTold float64
}

func (c cover) share() float64 { return ratio(c.told, c.whole) }

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// both gives the harmonic mean of two shares.
func both(a, b float64) float64 {
	if a+b == 0 {
		return 0
	}
	return 2 * a * b / (a + b)
}

// arguments says how much of what is not the deed both tell.
func (o overlap) arguments() float64 {
	return both(ratio(o.a.argsTold, o.a.args), ratio(o.b.argsTold, o.b.args))
}

// score gives how likely a and b speak of one fact, 0 to 1.
func (al *aligner) score(a, b *statement) float64 {
	return al.overlap(a, b).score()
}

const (
	// fullEvidence is the shared weight, in terms that no other claim of the story
	// has, from which a pair rests on enough: one shared name is no evidence.
	fullEvidence = 2.0
	// clashPenalty is what is left of a score when the names differ and nothing else
	// speaks for one fact.
	clashPenalty = 0.15
	// strangerPenalty is what is left when the deeds have nothing in common, nearer
	// than strangerBelow.
	strangerPenalty = 0.85
	strangerBelow   = 0.35
	// figureBonus is what each shared figure adds, up to two.
	figureBonus = 0.12
	// leastSaid is the weight that both must tell of their subject: two statements
	// with one subject and nothing else in common are two facts.
	leastSaid = 0.8
	// apartPenalty is what is left when several circumstances differ, or little but
	// the subject is shared.
	apartPenalty = 0.6
)

// score weighs an overlap: what both tell counts, and what the shorter one tells
// counts most, since a claim of one article may cover two of another.
func (o overlap) score() float64 {
	if o.quote >= 0.6 {
		return math.Max(o.quote, 0.75)
	}
	mean := both(o.a.share(), o.b.share())
	contained := math.Max(o.a.share(), o.b.share())
	evidence := math.Min(1, math.Min(o.a.told, o.b.told)/fullEvidence)
	text := (0.75*mean + 0.25*contained) * (0.4 + 0.6*evidence)
	s := 0.9*text + 0.1*o.predicate*math.Min(1, 0.3+contained)
	s = math.Min(1, s+figureBonus*float64(min(o.figures, 2)))
	if o.strangers && o.figures == 0 {
		s *= strangerPenalty
	}
	if o.apart > 1 {
		s *= apartPenalty
	}
	if o.otherPolarity || math.Min(o.a.said, o.b.said) < leastSaid && o.figures == 0 {
		s *= apartPenalty
	}
	if o.clash || o.otherDoer {
		rest := both(ratio(o.a.plainTold, o.a.plain), ratio(o.b.plainTold, o.b.plain))
		rest *= math.Min(1, math.Min(o.a.plainTold, o.b.plainTold)/fullEvidence)
		if o.others {
			rest = 0
		}
		s *= clashPenalty + (1-clashPenalty)*rest*rest
	}
	return s
}

func (al *aligner) overlap(a, b *statement) overlap {
	var o overlap
	var alienA, alienB []*entity
	pa, pb := al.profile(a), al.profile(b)
	bestA, bestB := al.matches(pa, pb)
	o.a, alienA = coverOf(pa, bestA)
	o.b, alienB = coverOf(pb, bestB)
	for _, x := range alienA {
		for _, y := range alienB {
			if x.kind == y.kind {
				o.clash = true
				o.others = o.others || x.kind == "person" && a.art.cast.knows(y) && b.art.cast.knows(x)
			}
		}
	}
	o.predicate, o.opposed = al.predicates(a, b)
	o.strangers = o.predicate < strangerBelow && fullVerb(a) && fullVerb(b)
	o.otherDoer = a.slots.doer != nil && b.slots.doer != nil && a.slots.doer.key != b.slots.doer.key
	o.otherPolarity = a.slots.negated != b.slots.negated && o.predicate < verbAt
	o.apart = circumstancesApart(a, b)
	o.figures = sameFigures(a, b)
	if len(a.slots.quoted) >= 4 && len(b.slots.quoted) >= 4 {
		o.quote = sharedOrder(a.slots.quoted, b.slots.quoted)
	}
	return o
}

// fullVerb tells a statement whose deed is a verb with a meaning of its own.
func fullVerb(s *statement) bool {
	t := s.draft.p.toks[s.draft.pred]
	return isVerb(t) && !lightVerbs[lemmaOf(t)] && !stopLemmas[lemmaOf(t)] && reportingForce(lemmaOf(t)) == notReporting
}

// circumstancesApart counts the kinds of circumstance in which two statements
// differ: every number of one unit, every time, the certainty.
func circumstancesApart(a, b *statement) int {
	n := 0
	if len(a.slots.numbers) > 0 && len(b.slots.numbers) > 0 && numbersApart(a, b) {
		n++
	}
	if len(a.slots.times) > 0 && len(b.slots.times) > 0 && timesApart(a, b) {
		n++
	}
	if (a.Certainty == Happened) != (b.Certainty == Happened) || (a.Certainty == Planned) != (b.Certainty == Planned) {
		n++
	}
	return n
}

// sameFigures counts the equal quantities of one noun, or of one unit that is
// not a mere count. Small numbers are equal by chance.
func sameFigures(a, b *statement) int {
	n := 0
	for _, qa := range a.slots.numbers {
		for _, qb := range b.slots.numbers {
			if qa.Low >= smallNumber && qa.Low == qb.Low && qa.Unit == qb.Unit && qa.Unit != "ordinal" && (qa.Noun == qb.Noun || qa.Unit != "") {
				n++
				break
			}
		}
	}
	return n
}

// smallNumber is the number under which equality means little.
const smallNumber = 10

func numbersApart(a, b *statement) bool {
	differ := false
	for _, qa := range a.slots.numbers {
		for _, qb := range b.slots.numbers {
			switch values.CompareQuantities(qa, qb) {
			case values.Same:
				return false
			case values.Differs:
				differ = true
			}
		}
	}
	return differ
}

func timesApart(a, b *statement) bool {
	differ := false
	for _, ta := range a.slots.times {
		for _, tb := range b.slots.times {
			switch values.CompareTimes(ta, tb).Relation {
			case values.Same:
				return false
			case values.Differs:
				differ = true
			}
		}
	}
	return differ
}

// matches gives, for each term of two profiles, how near its nearest term in the
// other is.
func (al *aligner) matches(a, b []weighted) (bestA, bestB []float64) {
	bestA, bestB = make([]float64, len(a)), make([]float64, len(b))
	for i, t := range a {
		for j, u := range b {
			if s := al.near(t, u); s > 0 {
				bestA[i], bestB[j] = math.Max(bestA[i], s), math.Max(bestB[j], s)
			}
		}
	}
	return bestA, bestB
}

// coverOf gives how much of a profile's weight is told by its matches, and the
// entities that have none.
func coverOf(profile []weighted, best []float64) (c cover, alien []*entity) {
	for i, t := range profile {
		w, told := t.weight, t.weight*best[i]
		c.told += told
		c.whole += w
		if t.role != roleSubject {
			c.said += told
		}
		if t.role != rolePredicate {
			c.args += w
			c.argsTold += told
		}
		if t.ent == nil {
			c.plain += w
			c.plainTold += told
		} else if best[i] == 0 && t.depth <= 3 {
			alien = append(alien, t.ent)
		}
	}
	return c, alien
}

// weighted is a term of a statement, once each, with its weight and the number
// of what it is about.
type weighted struct {
	term
	weight float64
	// about numbers what the term is about, number that and its word class.
	about, number uint32
}

// profile gives a statement's terms, once each, at their place nearest to the
// deed.
func (al *aligner) profile(s *statement) []weighted {
	if p, ok := al.profiles[s]; ok {
		return p
	}
	var out []weighted
	at := map[string]int{}
	for _, t := range s.slots.terms {
		k := t.key()
		i, seen := at[k]
		switch {
		case !seen:
			at[k] = len(out)
			out = append(out, weighted{term: t, weight: al.w.weight(t), about: al.number(k), number: al.number(k + "/" + string(t.pos))})
		case t.depth < out[i].depth:
			out[i].term, out[i].weight = t, al.w.weight(t)
		}
	}
	al.profiles[s] = out
	return out
}

// number gives each key a number of its own.
func (al *aligner) number(key string) uint32 {
	n, ok := al.numbers[key]
	if !ok {
		n = uint32(len(al.numbers))
		al.numbers[key] = n
	}
	return n
}

// near is [aligner.terms], asked once for each two terms of a story.
func (al *aligner) near(t, u weighted) float64 {
	if t.number == u.number {
		return 1
	}
	k := uint64(min(t.number, u.number))<<32 | uint64(max(t.number, u.number))
	s, ok := al.cache[k]
	if !ok {
		s = al.terms(t.term, u.term)
		al.cache[k] = s
	}
	return s
}

// terms says how near two terms are, 0 to 1.
func (al *aligner) terms(t, u term) float64 {
	if t.ent != nil && u.ent != nil {
		return al.entities(t.ent, u.ent)
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
