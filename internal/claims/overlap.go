package claims

import (
	"math"
	"slices"
	"strings"

	"corroborate/internal/claims/values"
)

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
	// oneAge is true when both say no more than how old one person is.
	oneAge bool
	// quote is the share of the shorter quotation that the other has too, in order.
	quote float64
	// twoQuotations is true when both quote, and not the same.
	twoQuotations bool
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

// strangersBelow is the nearness of two deeds under which they have nothing in
// common.
const strangersBelow = 0.35

// score weighs an overlap: what both tell counts, and what the shorter one tells
// counts most, since a claim of one article may cover two of another.
func (o overlap) score() float64 {
	if o.quote >= quoteAt {
		return math.Max(o.quote, 0.75)
	}
	if o.oneAge {
		return surelyOne
	}
	mean := both(o.a.share(), o.b.share())
	contained := math.Max(o.a.share(), o.b.share())
	evidence := math.Min(1, math.Log1p(math.Min(o.a.told, o.b.told))/math.Log1p(aligning.fullEvidence))
	s := (aligning.mean*mean + (1-aligning.mean)*contained) * evidence
	s = math.Min(1, s*(1+aligning.figure*float64(min(o.figures, 2))))
	if o.twoQuotations {
		s *= aligning.twoQuotations
	}
	if o.strangers && o.figures == 0 {
		s *= aligning.strangers
	}
	if o.apart > 1 {
		s *= aligning.apart
	}
	if o.otherPolarity || math.Min(o.a.said, o.b.said) < aligning.leastSaid && o.figures == 0 {
		s *= aligning.little
	}
	if o.clash || o.otherDoer {
		rest := both(ratio(o.a.plainTold, o.a.plain), ratio(o.b.plainTold, o.b.plain))
		rest *= math.Min(1, math.Min(o.a.plainTold, o.b.plainTold)/aligning.fullRest)
		if o.others {
			rest = 0
		}
		s *= aligning.clash + (1-aligning.clash)*rest*rest
	}
	return s
}

func (cl *closeness) overlap(a, b *statement) overlap {
	var o overlap
	var alienA, alienB []*entity
	pa, pb := cl.profile(a), cl.profile(b)
	bestA, bestB := cl.matches(pa, pb)
	o.a, alienA = coverOf(pa, bestA)
	o.b, alienB = coverOf(pb, bestB)
	for _, x := range alienA {
		for _, y := range alienB {
			if x.kind == y.kind && !oneOffice(a, b, x, y) {
				o.clash = true
				o.others = o.others || x.kind == "person" && a.art.cast.knows(y) && b.art.cast.knows(x)
			}
		}
	}
	o.predicate, o.opposed = cl.predicates(a, b)
	o.strangers = o.predicate < strangersBelow && fullVerb(a) && fullVerb(b)
	o.otherDoer = a.slots.doer != nil && b.slots.doer != nil && a.slots.doer.key != b.slots.doer.key && !oneOffice(a, b, a.slots.doer, b.slots.doer)
	o.otherPolarity = a.slots.negated != b.slots.negated && o.predicate < verbAt
	o.apart = circumstancesApart(a, b)
	o.figures = sameFigures(a, b) + sameAges(a, b)
	o.oneAge = sameAges(a, b) > 0 && bareAge(a) && bareAge(b)
	o.quote = quoteShare(a, b)
	o.twoQuotations = min(len(a.slots.quotes), len(b.slots.quotes)) >= leastQuoted && o.quote < quoteAt
	return o
}

// oneOffice tells two people to whom two articles give one office, neither of which
// knows the other's: more likely two names for its holder than two people.
func oneOffice(a, b *statement, x, y *entity) bool {
	if x.kind != "person" || y.kind != "person" || a.art.cast.knows(y) || b.art.cast.knows(x) {
		return false
	}
	return slices.ContainsFunc(x.titles, func(t string) bool {
		return strings.Contains(t, " ") && slices.ContainsFunc(y.titles, func(u string) bool {
			return strings.HasSuffix(u, t) || strings.HasSuffix(t, u) && strings.Contains(u, " ")
		})
	})
}

// fullVerb tells a statement whose deed is a verb with a meaning of its own.
func fullVerb(s *statement) bool {
	t := s.draft.p.toks[s.draft.pred]
	if s.slots.pred != lemmaOf(t) {
		return true
	}
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
			if qa.Low >= smallNumber && qa.Low == qb.Low && qa.Unit == qb.Unit && qa.Unit != "ordinal" &&
				(qa.Noun == qb.Noun || qa.Unit != "" || b.tells(qa.Noun) || a.tells(qb.Noun)) {
				n++
				break
			}
		}
	}
	return n
}

// sameAges is 1 for two statements that tell how old one person is, whatever they
// say: a person has one age.
func sameAges(a, b *statement) int {
	if !hasAge(a) || !hasAge(b) {
		return 0
	}
	for _, x := range a.slots.people {
		for _, y := range b.slots.people {
			if x.ent.key == y.ent.key {
				return 1
			}
		}
	}
	return 0
}

// surelyOne is the score of two statements that tell one attribute of one person: a
// person has but one age.
const surelyOne = 0.75

// bareAge tells a statement that is nothing but a name and an age: "Ruth Amadi, 68".
func bareAge(s *statement) bool {
	d := s.draft
	return d.kind == appositionDraft && hasAge(s) && len(s.slots.people) == 1 && d.p.wordsIn(d.from, d.to)-len(s.slots.people) <= bareAgeWords
}

// bareAgeWords are the words that a name with its title and an age may have.
const bareAgeWords = 5

func hasAge(s *statement) bool {
	return slices.ContainsFunc(s.slots.numbers, func(q values.Quantity) bool { return q.Unit == "age" })
}

// tells tells whether a statement has a word.
func (s *statement) tells(lemma string) bool {
	return slices.ContainsFunc(s.slots.terms, func(t term) bool { return t.lemma == lemma })
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
