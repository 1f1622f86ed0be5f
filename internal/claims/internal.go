package claims

import (
	"fmt"
	"slices"
	"strings"

	"corroborate/internal/claims/values"
)

// An article that tells one fact twice and not alike contradicts itself: 14 injured
// in its headline and 41 in its text, a visit on the 12th and on the 21st. Writers
// also set like facts side by side, as news does all the time: last year's figure,
// the other party, what was planned and what came of it. So two statements of one
// article are held against one another only where they repeat one another but for a
// single slot, and nothing around them contrasts them.

const (
	// repeatScore is what such a pair scores, so that both stand in one finding.
	repeatScore = 0.95
	// repeatNear is how near each word of the shorter statement must come to one of
	// the other, repeatWords how many of them there must be.
	repeatNear  = 0.6
	repeatWords = 2
	// datedWords is that number where the day is all that differs, unless the deed is
	// done but once: councils meet on many days.
	datedWords = 3
	// longQuote is the number of words from which two quotations that are much alike are
	// one: people say a few words nearly the same twice.
	longQuote = 12
	// longRepeat is the number of words from which one may be missing.
	longRepeat = 4
)

// contrasting words set what they stand with apart from what was told before.
var contrasting = set(`another|other|others|second|third|earlier|previous|previously|formerly|later|again|also|more|further|additional|additionally|
initially|originally|instead|but|however|ago|unlike|while|whereas|than|compared|revised|updated|corrected|initial|preliminary|latest|
each|every|half|once|still|yet|both`)

// onceOnly are deeds that are done to a thing once.
var onceOnly = set(`open|begin|start|die|bear|end|crash|derail|sink|explode|resign|marry|elect|launch|found|kill|sentence|charge|arrest|appoint|name`)

// contradictions finds the pairs of statements with which an article contradicts
// itself, by their numbers, and notes what differs in them. Each scores as one fact.
func (al *aligner) contradictions(all []*statement) [][2]int {
	var out [][2]int
	for i, a := range all {
		for j := i + 1; j < len(all) && all[j].art == a.art; j++ {
			b := all[j]
			if !mayContradict(a, b) || !al.repeated(a, b) {
				continue
			}
			found := al.contradiction(a, b)
			if len(found) == 0 {
				continue
			}
			k := [2]*statement{a, b}
			al.inner[k], al.scores[k] = found, repeatScore
			out = append(out, [2]int{i, j})
		}
	}
	return out
}

// mayContradict leaves out, cheaply, what cannot be a contradiction: statements of
// one paragraph, where a writer sees both, of two speakers, inside one speech, and
// those that contrast.
func mayContradict(a, b *statement) bool {
	p, q := a.draft.p, b.draft.p
	switch {
	case p.block == q.block, p.headline && q.headline, !a.Checkable || !b.Checkable:
		return false
	case a.Attribution == Quoted && b.Attribution == Quoted:
		return false
	case a.Speaker != nil && b.Speaker != nil && *a.Speaker != *b.Speaker:
		return false
	case a.Certainty == Conditional || b.Certainty == Conditional || a.Certainty == Possible || b.Certainty == Possible:
		return false
	}
	return (p.headline || q.headline || bothMeasure(a, b)) && !contrasts(a) && !contrasts(b)
}

// bothMeasure tells two statements of which each has what the other could contradict.
func bothMeasure(a, b *statement) bool {
	x, y := a.slots, b.slots
	return len(x.numbers) > 0 && len(y.numbers) > 0 || len(x.times) > 0 && len(y.times) > 0 ||
		len(x.places) > 0 && len(y.places) > 0 || len(x.people) > 0 && len(y.people) > 0
}

func contrasts(s *statement) bool {
	p := s.draft.p
	for i := s.draft.from; i < s.draft.to; i++ {
		if contrasting[p.toks[i].Norm] || p.toks[i].Tag == "MD" && p.toks[i].Norm != "will" {
			return true
		}
	}
	return false
}

// repeated tells whether the shorter of two statements says hardly anything that the
// other does not: every word but numbers, times and one name.
func (al *aligner) repeated(a, b *statement) bool {
	ta, tb := al.toldTerms(a), al.toldTerms(b)
	if len(ta) > len(tb) {
		ta, tb = tb, ta
	}
	var met, outside, missed int
	names := map[*entity]bool{}
	for _, t := range ta {
		switch there := al.nearest(t, tb) >= repeatNear; {
		case there && t.outside:
			outside++
		case there:
			met++
		case t.ent != nil && t.role != roleSubject:
			names[t.ent] = true
		case t.role == roleSubject && (pronounSubject(a) || pronounSubject(b)):
		default:
			missed++
		}
	}
	enough := met >= repeatWords || met+outside >= repeatWords && met > 0 && sameTime(a, b)
	return enough && len(names)+missed <= 1 && (missed == 0 || met >= longRepeat)
}

// nearest gives how near a word comes to those of a statement; a name that is only
// spelled otherwise is there.
func (al *aligner) nearest(t term, others []term) float64 {
	best := 0.0
	for _, u := range others {
		if t.ent != nil && u.ent != nil && misspelled(t.ent, u.ent) {
			return 1
		}
		best = max(best, al.terms(t, u))
	}
	return best
}

// pronounSubject tells a statement whose subject the passage does not name.
func pronounSubject(s *statement) bool {
	i := s.draft.p.kid(s.draft.pred, "nsubj", "nsubjpass")
	return i < 0 || isPronoun(s.draft.p.toks[i])
}

// toldTerms gives the words of a statement that are no numbers or times, worked out
// once.
func (al *aligner) toldTerms(s *statement) []term {
	if known, ok := al.told[s]; ok {
		return known
	}
	var out []term
	for _, t := range s.slots.terms {
		if t.measure == "" && t.pos != 'c' && !slices.ContainsFunc(s.slots.numbers, func(q values.Quantity) bool { return q.From <= t.tok && t.tok < q.To }) &&
			!slices.ContainsFunc(s.slots.times, func(x values.Time) bool { return x.From <= t.tok && t.tok < x.To }) &&
			!personWords[t.lemma] {
			out = append(out, t)
		}
	}
	al.told[s] = out
	return out
}

// personWords are left out where people are counted: "injures 14", "injured 41 people".
var personWords = set(`people|person|man|woman`)

// contradiction gives what differs between two statements that repeat one another,
// nothing where it is not one slot alone.
func (al *aligner) contradiction(a, b *statement) []foundDifference {
	if d, ok := al.otherSpelling(a, b); ok {
		return []foundDifference{d}
	}
	if d, ok := al.bareCount(a, b); ok {
		return []foundDifference{d}
	}
	found := slices.DeleteFunc(al.compare(a, b).differences, func(d foundDifference) bool { return !d.kind.Material() })
	if len(found) > 1 { // what is to come may be told as planned or as set
		found = slices.DeleteFunc(found, func(d foundDifference) bool { return d.kind == KindCertainty })
	}
	if len(found) != 1 || found[0].between != BetweenSources || !al.believed(a, b, found[0]) {
		return nil
	}
	return found
}

// believed tells whether a difference of a kind speaks for a slip, and not for two
// facts.
func (al *aligner) believed(a, b *statement, d foundDifference) bool {
	headed := a.draft.p.headline || b.draft.p.headline
	own := a.Speaker == nil && b.Speaker == nil && a.Attribution == OwnVoice && b.Attribution == OwnVoice
	near, _ := al.predicates(a, b)
	switch d.kind {
	case KindNumber:
		return al.sharedDeed(a, b) && (headed || sameTime(a, b) || !farTimes(a) && !farTimes(b))
	case KindTime:
		return near >= oneDeed && (headed || onceOnly[a.slots.pred] || onceOnly[b.slots.pred] || len(al.toldTerms(a)) >= datedWords && len(al.toldTerms(b)) >= datedWords)
	case KindPlace:
		return near >= oneDeed && (headed || sameTime(a, b))
	case KindAction:
		return headed && own && al.verbsOpposed(a, b)
	case KindNegation:
		return headed && own && near >= oneDeed
	case KindCertainty:
		return headed && near >= 1
	}
	return false
}

// oneDeed is how near two deeds must be to be one, sameWord how near where a figure is
// all that differs: to grant and to allow are one deed, of two sums.
const (
	oneDeed  = 0.85
	sameWord = 0.9
)

// verbsOpposed tells whether the verbs themselves exclude one another, not a noun in
// either: who demands a resignation and who demands an ouster agree.
func (al *aligner) verbsOpposed(a, b *statement) bool {
	verb := func(s *statement) (term, bool) {
		i := slices.IndexFunc(s.slots.terms, func(t term) bool { return t.tok == s.draft.pred && t.pos == 'v' })
		if i < 0 {
			return term{}, false
		}
		return s.slots.terms[i], true
	}
	t, ok := verb(a)
	u, also := verb(b)
	return ok && also && al.opposed(t, u)
}

// sharedDeed tells whether the deed of one statement is told in the other, be it in a
// clause of it: "17 people were charged", "the 27 people charged".
func (al *aligner) sharedDeed(a, b *statement) bool {
	for _, pair := range [][2]*statement{{a, b}, {b, a}} {
		for _, t := range al.deeds(pair[0]) {
			t.lemma = verbAlone(t)
			if lightVerbs[t.lemma] || stopLemmas[t.lemma] {
				continue
			}
			for _, u := range pair[1].slots.terms {
				if u.lemma = verbAlone(u); al.words(t, u) >= sameWord {
					return true
				}
			}
		}
	}
	return false
}

// verbAlone gives a verb without its particle: "walk" for "walk out".
func verbAlone(t term) string {
	verb, _, _ := strings.Cut(t.lemma, "_")
	return verb
}

// farTimes tells a statement that is put into another time than that of the news:
// "in 2011", "five years ago".
func farTimes(s *statement) bool {
	return slices.ContainsFunc(s.slots.times, func(t values.Time) bool {
		return t.Relative != "" && t.Relative != "today" && t.Relative != "yesterday" || t.Year != 0 || t.Month != 0 && t.Day == 0
	})
}

func sameTime(a, b *statement) bool {
	return len(a.slots.times) > 0 && len(b.slots.times) > 0 && !timesApart(a, b)
}

// bareCount finds a count in a headline, which leaves out what is counted, and another
// in the text: "injures 14", "injured 41 people".
func (al *aligner) bareCount(a, b *statement) (foundDifference, bool) {
	if near, _ := al.predicates(a, b); near < verbAt || a.draft.p.headline == b.draft.p.headline || b.draft.p.headline {
		return foundDifference{}, false
	}
	for _, q := range a.slots.numbers {
		for _, r := range b.slots.numbers {
			if q.Unit != "" || r.Unit != "" || q.Noun != "" || !personWords[r.Noun] {
				continue
			}
			q.Noun = r.Noun
			if values.CompareQuantities(q, r) == values.Differs {
				return foundDifference{kind: KindNumber, rule: RuleRepeated, values: [2]string{q.Text, r.Text}, between: BetweenSources,
					marks:       [2][2]int{{q.From, q.To}, {r.From, r.To}},
					explanation: fmt.Sprintf("%s says %s in its headline and %s in its text.", a.art.called, q.Text, r.Text)}, true
			}
		}
	}
	return foundDifference{}, false
}

// otherSpelling finds a person whom an article spells in two ways where it tells one
// fact of both.
func (al *aligner) otherSpelling(a, b *statement) (foundDifference, bool) {
	for _, x := range a.slots.people {
		for _, y := range b.slots.people {
			if !misspelled(x.ent, y.ent) {
				continue
			}
			return foundDifference{kind: KindName, rule: RuleRepeated, values: [2]string{x.ent.name, y.ent.name}, between: BetweenSources,
				marks:       [2][2]int{{x.from, x.to}, {y.from, y.to}},
				explanation: fmt.Sprintf("%s writes %s in one place and %s in another.", a.art.called, x.ent.name, y.ent.name)}, true
		}
	}
	return foundDifference{}, false
}

// misspelled tells two people of one article who share one name, and of whom the
// other differs by a letter or two.
func misspelled(x, y *entity) bool {
	if x == y || x.kind != "person" || y.kind != "person" || x.given == "" || y.given == "" {
		return false
	}
	a, b := strings.Fields(fold(x.name)), strings.Fields(fold(y.name))
	if len(a) < 2 || len(b) < 2 || fold(x.given) != fold(y.given) {
		return false
	}
	return slipped(a[len(a)-1], b[len(b)-1])
}

// slipped tells two words of four letters and more that one or two letters tell apart.
func slipped(a, b string) bool {
	return a != b && min(len(a), len(b)) >= 4 && edits(a, b) <= 2
}

// edits counts the letters to change, put in or take out to make one word of another.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			last, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, last+cost)
		}
	}
	return row[len(b)]
}

// innerDifferences gives what differs between two statements of one article: a
// contradiction, another word for a thing, or two wordings of one quotation. What is
// told once in the article's own voice and once as a quotation is no difference.
func (al *aligner) innerDifferences(a, b *statement, found []foundDifference) []foundDifference {
	out := slices.Clone(al.inner[[2]*statement{a, b}])
	for _, d := range found {
		switch d.kind {
		case KindTerm:
			out = append(out, d)
		case KindQuote:
			if a.draft.p.block != b.draft.p.block && quoteShare(a, b) >= edgeQuoteAt && min(len(a.slots.quotes), len(b.slots.quotes)) >= longQuote && a.Speaker != nil && b.Speaker != nil && *a.Speaker == *b.Speaker {
				out = append(out, d)
			}
		}
	}
	return out
}
