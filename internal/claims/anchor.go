package claims

import "strings"

// anchor gives the verb or noun that tokens [from, to) of a statement tell a
// circumstance of: the first word up the tree that is no preposition and no mere part of
// what stands in it. In "a grand jury in Dover indicted him on Monday" that is "jury" for
// Dover and "indicted" for Monday; in "Staten Island and part of Queens" it is "Island".
func (s *statement) anchor(from, to int) int {
	toks := s.draft.p.toks
	at := from
	for i := from; i < to; i++ {
		if h := toks[i].Head; h < from || h >= to || h == i {
			at = i
			break
		}
	}
	for steps := 0; steps < len(toks); steps++ {
		at = toks[at].Head
		noun := strings.HasPrefix(toks[at].Tag, "NN") && !(steps > 0 && partitives[lemmaOf(toks[at])])
		if toks[at].Head == at || noun || strings.HasPrefix(toks[at].Tag, "VB") {
			break
		}
	}
	return at
}

// partitives are nouns for a part of the place that stands behind them.
var partitives = set(`part|portion|section|swath|stretch`)

// preposition gives the preposition that governs tokens [from, to), empty without
// one. A name in a list stands under that of the first.
func (s *statement) preposition(from, to int) string {
	toks := s.draft.p.toks
	for i := from; i < to; i++ {
		for k, steps := i, 0; steps < len(toks); steps++ {
			if h := toks[k].Head; toks[k].Dep == "pobj" {
				if h < s.draft.from || h >= s.draft.to {
					return ""
				}
				return toks[h].Norm
			}
			if toks[k].Dep != "conj" && toks[k].Dep != "appos" || toks[k].Head == k {
				break
			}
			k = toks[k].Head
		}
	}
	return ""
}

// ofThing tells a circumstance that is told of a thing and not of the deed: it
// stands before a noun ("Thursday's announcement", "the 2003 invasion"), in the
// subject, or behind a noun that names a deed itself. Behind any other noun the
// parser may only have hung it there.
func (c *comparison) ofThing(s *statement, span [2]int) bool {
	p := s.draft.p
	at := s.anchor(span[0], span[1])
	switch {
	case span[0] >= 2 && p.toks[span[0]-2].Norm == "," && span[1] < len(p.toks) && p.toks[span[1]].Norm == ",":
		return false // between commas: "the eruption, in 1902, destroyed"
	case span[0] <= 1 && span[1] < len(p.toks) && p.toks[span[1]].Norm == ",":
		return false // "In 1902, …"
	case roleOf(p, s.draft, at) == rolePredicate:
		return false
	case at == s.draft.pred:
		return false
	case isVerb(p.toks[at]):
		d := p.toks[at].Dep
		return p.toks[at].Head != s.draft.pred || d == "relcl" || d == "advcl" || d == "acl" && !lightVerbs[lemmaOf(p.toks[at])]
	case !isNoun(p.toks[at]):
		return false
	}
	if underOtherDeed(s, at) {
		return true
	}
	return at >= span[1] || s.draft.subj >= 0 && p.within(at, s.draft.subj) || c.al.deedNoun(lemmaOf(p.toks[at]))
}

// underOtherDeed tells a noun that belongs to a clause of its own within the statement:
// "why she gave false information on four occasions in 2012".
func underOtherDeed(s *statement, at int) bool {
	p := s.draft.p
	for steps := 0; steps < len(p.toks) && at != s.draft.pred && p.toks[at].Head != at; steps++ {
		at = p.toks[at].Head
		if isVerb(p.toks[at]) && at != s.draft.pred && p.kid(at, "nsubj", "nsubjpass") >= 0 {
			return true
		}
	}
	return false
}

// anchorAt is the nearness from which two words are one anchor.
const anchorAt = 0.7

// sameAnchor tells whether two circumstances, given by their tokens, are told of
// one deed or of one thing.
func (c *comparison) sameAnchor(a, b [2]int) bool {
	x, y := c.a.anchor(a[0], a[1]), c.b.anchor(b[0], b[1])
	return c.sameWord(x, y) || x == c.a.draft.pred && y == c.b.draft.pred && c.sameDeed()
}

// sameWord tells whether token x of the one statement and y of the other mean one
// thing or deed.
func (c *comparison) sameWord(x, y int) bool {
	t, u := c.a.draft.p.toks[x], c.b.draft.p.toks[y]
	if posOf(t) == 0 || posOf(u) == 0 || stopLemmas[lemmaOf(t)] {
		return false
	}
	return c.al.words(term{lemma: lemmaOf(t), pos: posOf(t)}, term{lemma: lemmaOf(u), pos: posOf(u)}) >= anchorAt
}

// nearFacts tells whether what both statements tell is so much alike that a
// circumstance of one thing in both is told of one and the same.
func (c *comparison) nearFacts() bool { return c.over.arguments() >= nearFactsAt }

// nearFactsAt is the share of the arguments from which that holds.
const nearFactsAt = 0.3
