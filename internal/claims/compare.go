package claims

import (
	"fmt"
	"slices"
	"strings"
)

// pairResult is what the comparison of two aligned statements finds.
type pairResult struct {
	differences []foundDifference
	cleared     []foundClear
}

// foundDifference is a difference in the making; marks are token ranges in each
// statement's sentence.
type foundDifference struct {
	kind        Kind
	rule        Rule
	values      [2]string
	marks       [2][2]int
	between     Between
	explanation string
}

type foundClear struct {
	kind   Kind
	reason string
}

// comparison is one pair under comparison.
type comparison struct {
	al   *aligner
	a, b *statement
	over overlap
	// rule is the one that is asked at present.
	rule Rule
	out  pairResult
}

// by asks one rule.
func (c *comparison) by(r Rule, ask func()) {
	c.rule = r
	ask()
}

// compare goes through the slots of two aligned statements.
func (al *aligner) compare(a, b *statement) pairResult {
	c := &comparison{al: al, a: a, b: b, over: al.overlap(a, b)}
	if c.oneWording() {
		c.by(RuleNames, c.names)
		c.by(RuleCauses, c.causes)
		if (c.a.Certainty == Alleged) != (c.b.Certainty == Alleged) {
			c.by(RuleCertainty, c.certainty)
		}
		c.by(RuleAttribution, c.attribution)
		return c.out
	}
	c.by(RuleQuotation, c.quotes)
	if c.oneQuotation() {
		c.by(RuleNames, c.names)
		c.by(RuleAttribution, c.attribution)
		return c.out
	}
	c.by(RuleNegation, c.negation)
	c.by(RuleOpposites, c.actions)
	c.by(RuleDeniedNoun, c.nominalDenials)
	c.by(RuleCertainty, c.certainty)
	c.by(RuleQuantities, c.numbers)
	c.by(RuleTimes, c.times)
	c.by(RulePlaces, c.places)
	c.by(RuleNames, c.names)
	c.by(RuleCauses, c.causes)
	c.by(RuleScopes, c.scopes)
	c.by(RuleReworded, c.substitutions)
	c.by(RuleTerms, c.terms)
	c.by(RuleAttribution, c.attribution)
	return c.out
}

// oneWording tells two passages that say the same in the same words: they differ
// at most in who says it, and with what force.
func (c *comparison) oneWording() bool {
	return slices.Equal(c.a.wording().lemmas(), c.b.wording().lemmas())
}

// differ records a difference. A difference between what two speakers say stands
// between the speakers.
func (c *comparison) differ(k Kind, values [2]string, marks [2][2]int, explanation string) {
	between := BetweenSources
	if k != KindName && k != KindQuote && k != KindAttribution && (c.twoSpeakers() || c.partisan()) {
		between = BetweenSpeakers
	}
	if slices.ContainsFunc(c.out.differences, func(d foundDifference) bool { return d.kind == k && d.values == values }) {
		return // said once: a figure may stand twice in a passage
	}
	c.out.differences = append(c.out.differences, foundDifference{kind: k, rule: c.rule, values: values,
		marks: marks, between: between, explanation: explanation})
}

func (c *comparison) clear(k Kind, reason string) {
	c.out.cleared = append(c.out.cleared, foundClear{kind: k, reason: reason})
}

// twoSpeakers tells whether each statement is somebody's, and these are two. A
// document, or a spokesman whom nobody names, may speak for either.
func (c *comparison) twoSpeakers() bool {
	a, b := c.a.Speaker, c.b.Speaker
	return a != nil && b != nil && !faceless(*a) && !faceless(*b) && !c.sameSpeaker()
}

// partisan tells whether one statement is what a side says that nobody names: what
// critics hold is theirs and no source's.
func (c *comparison) partisan() bool {
	sided := func(s *statement) bool {
		return s.Speaker != nil && slices.ContainsFunc(strings.Fields(strings.ToLower(*s.Speaker)), func(w string) bool { return partisans[w] })
	}
	return sided(c.a) != sided(c.b)
}

var partisans = set(`critics|opponents|supporters|backers|detractors|skeptics|sceptics|proponents|advocates|defenders|foes|rivals|activists|
allies|sympathizers|sympathisers`)

// faceless tells a speaker that could be anybody.
func faceless(s string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(s)) {
		if facelessWords[strings.Trim(w, ",.")] {
			return true
		}
	}
	return false
}

var facelessWords = set(`official|officials|source|sources|authorities|spokesman|spokeswoman|spokesperson|aide|aides|prosecutors|investigators|
people|person|statement|report|reports|document|documents|lawyers|lawyer|attorney|attorneys|indictment|letter|complaint|filing|release|memo|
he|she|they|it|who`)

// sameSpeaker compares speakers by surname, or by what they are.
func (c *comparison) sameSpeaker() bool {
	last := func(s string) string {
		// "The governor of the province" is the governor.
		for _, cut := range []string{",", " of ", " for "} {
			s, _, _ = strings.Cut(s, cut)
		}
		f := strings.Fields(fold(s))
		if len(f) == 0 {
			return ""
		}
		return f[len(f)-1]
	}
	return last(*c.a.Speaker) == last(*c.b.Speaker)
}

// near is the nearness of the deeds from which their certainty, negation and
// circumstances are compared: other deeds have other circumstances.
const near = 0.6

// sameDeed tells whether the deeds are one, and what they aim at where both aim at
// another: who "voted to block" and who "voted to advance" did two things.
func (c *comparison) sameDeed() bool {
	return c.over.predicate >= near && c.oneAim(aimOf(c.a.draft.p, c.a.draft.pred), aimOf(c.b.draft.p, c.b.draft.pred))
}

// verbAt is the nearness from which two predicates are one, so that denying the
// one denies the other.
const verbAt = 0.8

// sameVerb compares the predicates themselves, to which a negation belongs.
func (c *comparison) sameVerb() bool {
	t := term{lemma: c.a.slots.pred, pos: posOf(c.a.draft.p.toks[c.a.slots.predTok])}
	u := term{lemma: c.b.slots.pred, pos: posOf(c.b.draft.p.toks[c.b.slots.predTok])}
	return t.pos != 0 && u.pos != 0 && c.al.words(t, u) >= verbAt
}

// sameThing is the share of the arguments from which two statements with "is"
// speak of one thing.
const sameThing = 0.75

// argumentsAt is the share of the arguments that both must tell for opposite
// deeds, or a denied one, to be a conflict: one may accept this and refuse that.
const argumentsAt = 0.4

// measuredAt is that share for numbers that hang on nothing both name.
const measuredAt = 0.5

func (c *comparison) sameArguments() bool { return c.over.arguments() >= argumentsAt }

func predMark(s *statement) [2]int { return [2]int{s.slots.predTok, s.slots.predTok + 1} }

// actions compares what was done: opposite deeds to one thing. Of which just one is
// negated, they say the same; told of two days, they are two deeds.
func (c *comparison) actions() {
	if !c.over.opposed || c.a.slots.negated != c.b.slots.negated || !c.sameArguments() {
		return
	}
	if c.over.otherDoer || c.twoDeeds() {
		return
	}
	va, vb := c.deedWords()
	c.differ(KindAction, [2]string{va, vb}, [2][2]int{predMark(c.a), predMark(c.b)},
		fmt.Sprintf("%s says “%s”, %s says “%s”: both cannot be.", c.a.art.called, va, c.b.art.called, vb))
}

// twoDeeds tells opposite deeds that are done to two things or on two days, that are
// one deed seen from both ends, or of which one is only demanded.
func (c *comparison) twoDeeds() bool {
	return c.otherObject() || c.converse() || timesApart(c.a, c.b) || demanded(c.a) || demanded(c.b)
}

// otherObject tells deeds done to two things: who opposes a marriage may support an
// amendment.
func (c *comparison) otherObject() bool {
	for _, label := range []string{"dobj", "nsubjpass"} {
		x, ok := c.a.head(label)
		y, also := c.b.head(label)
		if ok && also && c.al.terms(x, y) < strangersBelow {
			return true
		}
	}
	return false
}

// converse tells one deed from both its ends: the buyer of the one is whom the seller
// of the other sells to.
func (c *comparison) converse() bool {
	x, ok := subject(c.a)
	y, also := subject(c.b)
	if !ok || !also || c.al.terms(x, y) >= near {
		return false
	}
	return c.among(x, c.b) && c.among(y, c.a)
}

// among tells whether a statement has a word near to a term outside its subject.
func (c *comparison) among(t term, s *statement) bool {
	return slices.ContainsFunc(s.slots.terms, func(u term) bool { return u.role != roleSubject && c.al.terms(t, u) >= near })
}

// deedWords gives the two deeds that oppose one another, as written.
func (c *comparison) deedWords() (string, string) {
	for _, t := range c.al.deeds(c.a) {
		for _, u := range c.al.deeds(c.b) {
			if t.pos == u.pos && c.al.opposed(t, u) {
				return wordsOf(c.a, t), wordsOf(c.b, u)
			}
		}
	}
	return spelled(c.a.slots.pred), spelled(c.b.slots.pred)
}

// wordsOf gives a word of a statement as written, a verb with its particle.
func wordsOf(s *statement, t term) string {
	text := s.draft.p.toks[t.tok].Text
	if _, rest, ok := strings.Cut(t.lemma, "_"); ok && !strings.HasPrefix(t.lemma, "be_") {
		return text + " " + spelled(rest) // "pulled out", "declined to comment"
	}
	return text
}

// spelled writes a lemma of several words with spaces.
func spelled(lemma string) string { return strings.ReplaceAll(lemma, "_", " ") }

// verbGroup gives the tokens of a statement's verb with its auxiliaries, its
// negation and the verb that it governs.
func verbGroup(s *statement) [2]int {
	p, v := s.draft.p, s.draft.pred
	from, to := v, v+1
	for _, a := range p.kids(v, "aux", "auxpass", "neg") {
		from, to = min(from, a), max(to, a+1)
	}
	if x := p.kid(v, "xcomp"); x >= 0 {
		to = max(to, x+1)
	}
	return [2]int{max(from, s.draft.from), min(to, s.draft.to)}
}

func (c *comparison) attribution() {
	if c.a.Attribution == c.b.Attribution {
		return
	}
	c.differ(KindAttribution, [2]string{voucher(c.a), voucher(c.b)}, [2][2]int{{}, {}},
		fmt.Sprintf("In %s: %s. In %s: %s.", c.a.art.called, voucher(c.a), c.b.art.called, voucher(c.b)))
}

func voucher(s *statement) string {
	who := ""
	if s.Speaker != nil {
		who = " " + *s.Speaker
	}
	switch s.Attribution {
	case Quoted:
		return "quoted:" + who
	case Paraphrased:
		return "paraphrased:" + who
	case Officials:
		return "unnamed:" + who
	}
	return "in its own voice"
}

func tokenMark(p *parsed, body *runeIndex, m [2]int) []Mark {
	if m[0] >= m[1] {
		return []Mark{}
	}
	return []Mark{{Start: body.rune(p.toks[m[0]].Start), End: body.rune(p.toks[m[1]-1].End)}}
}
