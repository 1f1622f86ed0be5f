package claims

import (
	"fmt"
	"slices"
)

// certaintyRank groups certainties that do not exclude one another.
var certaintyRank = map[Certainty]int{Happened: 0, Planned: 1, Conditional: 1, Possible: 1, Alleged: 2, Denied: 3}

var certaintyWords = map[Certainty]string{Happened: "something that happened", Planned: "something that is planned",
	Alleged: "an allegation", Possible: "a possibility", Conditional: "something that depends on a condition", Denied: "something denied"}

// certainty compares how surely one deed is told: as happened by the one, as planned,
// possible or alleged by the other.
func (c *comparison) certainty() {
	ca, cb := c.a.Certainty, c.b.Certainty
	if certaintyRank[ca] == certaintyRank[cb] || ca == Denied || cb == Denied || ca != Happened && cb != Happened {
		return
	}
	if c.undecided() || c.otherCast() || !c.sameCore() {
		return
	}
	if !c.sameArguments() || both(c.over.a.share(), c.over.b.share()) < certainAt {
		return
	}
	c.differ(KindCertainty, [2]string{string(ca), string(cb)}, [2][2]int{verbGroup(c.a), verbGroup(c.b)},
		fmt.Sprintf("%s tells it as %s, %s as %s.", c.a.art.called, certaintyWords[ca], c.b.art.called, certaintyWords[cb]))
}

// certainAt is the share of both that must be common for their certainty to be of
// one fact, sameDeed the nearness of their deeds: what is planned of one thing and
// what happened to another differ in more than certainty.
const (
	certainAt = 0.35
	sameDeed  = 0.7
)

// undecided tells pairs of which the one that is told as happened leaves it open
// whether it is done, or does not state it itself: somebody's words stand against
// an allegation as one holder's against another's.
func (c *comparison) undecided() bool {
	told, other := c.a, c.b
	if told.Certainty != Happened {
		told, other = other, told
	}
	return openTense(told) || presentOf(told, other) || decided(c.a) || decided(c.b) ||
		other.Certainty == Alleged && told.Attribution != OwnVoice
}

// openTense tells a statement whose deed may be done, under way or to come: "is
// nominating", "to use", "facing"; and what is only demanded: "that he resign".
func openTense(s *statement) bool {
	p, v := s.draft.p, s.draft.pred
	if _, ok := governed(p, v); ok {
		return false
	}
	tag := p.toks[v].Tag
	return tag == "VBG" || tag == "VB" && (p.kid(v, "aux", "auxpass") < 0 || hasTo(p, v)) || demanded(s)
}

// demanded tells a bare verb beside one subject: "that Congress approve the plan".
func demanded(s *statement) bool {
	p, v := s.draft.p, s.draft.pred
	x := p.kid(v, "nsubj")
	return x >= 0 && p.toks[v].Tag == "VBP" && p.kid(v, "aux") < 0 && p.kid(x, "conj") < 0 && lemmaOf(p.toks[v]) != "be" &&
		(p.toks[x].Tag == "NN" || p.toks[x].Tag == "NNP") && p.toks[v].Norm == lemmaOf(p.toks[v])
}

// presentOf tells a present tense against a plan: "the bridge opens on Friday" is one.
// In a headline the present tells of the past.
func presentOf(told, other *statement) bool {
	p, v := told.draft.p, told.draft.pred
	if other.Certainty != Planned || p.headline {
		return false
	}
	tag := p.toks[v].Tag
	if aux := p.kid(v, "aux", "auxpass"); aux >= 0 {
		tag = p.toks[aux].Tag
		if lemmaOf(p.toks[aux]) == "have" {
			return false // "has opened"
		}
	}
	return tag == "VBZ" || tag == "VBP"
}

// decided tells what somebody has resolved to do: the resolution is taken, and the
// deed is to come or follows from it at once.
func decided(s *statement) bool {
	p, v := s.draft.p, s.draft.pred
	x := p.kid(v, "xcomp", "advcl", "ccomp")
	return resolving[lemmaOf(p.toks[v])] && x > v && hasTo(p, x)
}

var resolving = set(`decide|agree|vote|resolve|choose|opt|elect|rule|order|determine`)

// otherCast tells pairs whose deeds are done by two, or of which one tells of another
// deed of the kind: "more resignations", "a second operation". Of two quotations that
// are not one each has its own.
func (c *comparison) otherCast() bool {
	return c.over.otherDoer || c.over.twoQuotations || another(c.a) != another(c.b) || byBody(c.a, c.b) || byBody(c.b, c.a)
}

// byBody tells a deed done by a person in the one statement and by a body that votes in
// the other: what the mayor is to approve the council has approved before.
func byBody(s, o *statement) bool {
	x, ok := s.head("nsubj", "nsubjpass")
	y, also := o.head("nsubj", "agent")
	return ok && also && x.ent != nil && x.ent.kind == "person" && (votingBodies[y.lemma] || y.ent != nil && votingBodies[fold(y.ent.name)])
}

var votingBodies = set(`council|parliament|congress|senate|house|court|jury|board|panel|committee|commission|assembly|legislature|voter`)

// another tells whether the deed's subject or object is marked as a further one.
func another(s *statement) bool {
	p := s.draft.p
	for _, x := range append(p.kids(s.draft.pred, "nsubj", "nsubjpass", "dobj"), s.draft.pred) {
		if slices.ContainsFunc(p.kids(x, "amod", "det", "nummod"), func(k int) bool { return furtherWords[p.toks[k].Norm] }) {
			return true
		}
	}
	return false
}

var furtherWords = set(`another|second|third|further|additional|more|other`)

// sameCore tells whether the deeds that the certainties are about are one: in
// "was slated to meet" that is the meeting. Where both deeds aim at another ("voted to
// advance"), these have to be one too.
func (c *comparison) sameCore() bool {
	x, y := coreOf(c.a), coreOf(c.b)
	for _, t := range c.core(c.a, x) {
		for _, u := range c.core(c.b, y) {
			if c.al.words(t, u) >= sameDeed {
				return c.oneAim(aimOf(c.a.draft.p, x), aimOf(c.b.draft.p, y))
			}
		}
	}
	return false
}

// oneAim compares what two deeds aim at; a deed without an aim leaves it open.
func (c *comparison) oneAim(x, y int) bool {
	if x < 0 || y < 0 {
		return true
	}
	t, u := c.a.draft.p.toks[x], c.b.draft.p.toks[y]
	return c.al.words(term{lemma: c.al.e.phrasal(c.a.draft.p, x), pos: posOf(t)}, term{lemma: c.al.e.phrasal(c.b.draft.p, y), pos: posOf(u)}) >= strangersBelow
}

// aimOf gives the infinitive under a verb, -1 without one.
func aimOf(p *parsed, v int) int {
	if x := p.kid(v, "xcomp"); x >= 0 && hasTo(p, x) {
		return x
	}
	return -1
}

// coreOf gives the token of the deed that a statement's certainty is about: what a
// governing verb introduces, else its predicate.
func coreOf(s *statement) int {
	p, v := s.draft.p, s.draft.pred
	for range 3 {
		if _, ok := governed(p, v); !ok {
			break
		}
		next := introduced(p, v)
		if next < 0 {
			break
		}
		v = next
	}
	return v
}

// introduced gives what a governing verb introduces: the infinitive under it or under
// its object, what somebody is accused of, or the object that is planned.
func introduced(p *parsed, v int) int {
	for _, x := range p.kids(v, "xcomp", "advcl", "oprd") {
		if hasTo(p, x) {
			return x
		}
	}
	for _, k := range p.kids(v, "acomp", "attr", "dobj", "nsubj") {
		w := lemmaOf(p.toks[k])
		for _, x := range p.kids(k, "xcomp", "acl", "ccomp", "relcl", "advcl", "prep") {
			if hasTo(p, x) || isVerb(p.toks[x]) && (doubtNouns[w] || claimNouns[w]) {
				return x
			}
		}
	}
	for _, x := range p.kids(v, "xcomp", "dobj") {
		if planning[lemmaOf(p.toks[v])] || planVerbs[lemmaOf(p.toks[v])] {
			return x
		}
	}
	for _, x := range p.kids(v, "prep") {
		if o := p.kid(x, "pcomp", "pobj"); o >= 0 && accusingOf[p.toks[x].Norm] {
			return o
		}
	}
	return p.kid(v, "nsubjpass")
}

// core gives the terms of the deed at a token: a verb, and where it means little by
// itself or only announces, the nouns under it that name a deed ("held a meeting").
func (c *comparison) core(s *statement, at int) []term {
	p := s.draft.p
	verb := c.al.e.phrasal(p, at)
	var out []term
	if pos := posOf(p.toks[at]); pos != 0 && !(pos == 'v' && stopLemmas[verb]) {
		out = append(out, term{tok: at, lemma: verb, pos: pos})
	}
	if !isVerb(p.toks[at]) || !lightVerbs[verb] && !performing[verb] {
		return out
	}
	for _, x := range p.kids(at, "dobj", "nsubjpass", "attr") {
		if isNoun(p.toks[x]) && (lightVerbs[verb] || c.al.deedNoun(lemmaOf(p.toks[x]))) {
			out = append(out, term{tok: x, lemma: lemmaOf(p.toks[x]), pos: 'n'})
		}
	}
	return out
}

// performing are the verbs whose object is done by saying so: "announced his
// resignation".
var performing = set(`announce|tender|submit|declare|confirm|begin|start|complete|finish|impose|launch|place|commit|suffer|receive|win`)
