package claims

// weights are the numbers by which statements are aligned: those behind the score of the
// rules were chosen one after the other, keeping what raised the sum of the pair F1 and
// the verdict score over the annotated stories, and those by which claims are joined on
// stories that the regression (weighing.go) had not learnt from. They are thirty numbers
// against some five hundred annotated pairs.
type weights struct {
	// joinAt is the score from which two statements may share a finding: the probability
	// that the regression gives.
	joinAt float64
	// holdAt is the mean score that all pairs between two groups must reach before
	// the groups become one: a third claim that is near to both does not join what
	// is far apart. repeatHold is that mean where both groups have a claim of one
	// article: a writer seldom tells a fact twice.
	holdAt, repeatHold float64
	// fullEvidence is the shared weight, in terms that no other claim of the story
	// has, from which a pair rests on enough: one shared name is no evidence.
	fullEvidence float64
	// mean is the share that what both tell has in the score; the rest is for what
	// the shorter one tells.
	mean float64
	// figure is what each shared figure adds, up to two.
	figure float64
	// strangers is what is left when the deeds have nothing in common, apart when
	// several circumstances differ, little when hardly more than the subject is
	// shared or one of two unlike deeds is denied, clash when the names differ and
	// nothing else speaks for one fact.
	strangers, apart, little, clash float64
	// twoQuotations is what is left when both quote, and not the same words.
	twoQuotations float64
	// leastSaid is the weight that both must tell of their subject: two statements
	// with one subject and nothing else in common are two facts.
	leastSaid float64
	// fullRest is the weight without names from which two reports with other names
	// may still be of one fact.
	fullRest float64
	// otherTime and otherMeasure are how near two different times are, and two
	// different numbers of one unit or noun.
	otherTime, otherMeasure float64
	// outside is how much a term counts that the passage itself does not hold.
	outside float64
	// third and deeper are the weights of terms three steps below the deed and
	// further; up to two it is 1.
	third, deeper float64
	// predicate, verb, adjective and adverb are what a word class carries; nouns,
	// names and numbers carry 1.
	predicate, verb, adjective, adverb float64
	// commonest is the weight of a term that every claim of the story has, slope
	// how fast the weight grows with rarity.
	commonest, slope float64
}

var aligning = weights{
	joinAt: 0.2, holdAt: 0.2, repeatHold: 0.4,
	fullEvidence: 7.5, mean: 0.75, figure: 0.45,
	strangers: 0.85, apart: 0.7, little: 0.75, clash: 0.15, twoQuotations: 0.6, leastSaid: 0.8, fullRest: 3,
	otherTime: 0.5, otherMeasure: 0.4,
	outside: 0.42, third: 1.2, deeper: 1.25,
	predicate: 0.55, verb: 0.5, adjective: 0.75, adverb: 0.35,
	commonest: 0.06, slope: 1.1,
}
