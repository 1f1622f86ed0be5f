package claims

import (
	"fmt"
	"slices"
	"strings"

	"corroborate/internal/claims/nlp/lexicon"
	"corroborate/internal/claims/values"
)

// hunk is a place where two wordings of one quotation part: words a[A0:A1]
// against b[B0:B1]. It is at an edge before the first or behind the last word that
// both have.
type hunk struct {
	a0, a1, b0, b1 int
	edge           bool
}

// oneQuotation tells two statements that are quotations through and through, of one
// text: what they differ in is a matter of its words.
func (c *comparison) oneQuotation() bool {
	quoted := func(s *statement) bool { return s.draft.p.quote[s.draft.pred] >= 0 }
	return c.over.quote >= quoteAt && quoted(c.a) && quoted(c.b)
}

// quotes compares the wordings of one quotation. A cut at either end, or an
// elision, is no difference in substance; a changed word is, unless it is another
// spelling or a synonym.
func (c *comparison) quotes() {
	if c.over.quote < quoteAt || len(c.a.slots.quoted) < leastQuoted || len(c.b.slots.quoted) < leastQuoted || c.twoQuotations() {
		return
	}
	wa, wb := quotedTokens(c.a), quotedTokens(c.b)
	parted := hunks(c.a.slots.quoted, c.b.slots.quoted)
	if c.retoldQuote(parted) {
		return
	}
	for _, h := range parted {
		qa, qb := c.a.slots.quoted[h.a0:h.a1], c.b.slots.quoted[h.b0:h.b1]
		if len(qa)+len(qb) > changeWords || (h.edge || max(len(qa), len(qb)) > edgeWords) && c.over.quote < edgeQuoteAt || oneSpelling(qa, qb) || onlyHolds(qa) && onlyHolds(qb) {
			continue
		}
		if (len(qa) == 0 || len(qb) == 0) && !(len(qa)+len(qb) <= denialWords && negates(qa) != negates(qb)) {
			continue // a cut or an elision
		}
		ma, mb := hunkMark(wa, h.a0, h.a1), hunkMark(wb, h.b0, h.b1)
		if !c.changesSense(qa, qb) && !c.changesNumber(ma, mb) || c.sameNumber(ma, mb) || outside(c.a, ma) && outside(c.b, mb) {
			continue
		}
		va, vb := c.a.draft.p.words(c.a.art.body, ma[0], ma[1]), c.b.draft.p.words(c.b.art.body, mb[0], mb[1])
		c.differ(KindQuote, [2]string{va, vb}, [2][2]int{ma, mb},
			fmt.Sprintf("One quotation in two wordings: %s has “%s” where %s has “%s”.", c.a.art.called, va, c.b.art.called, vb))
		return
	}
}

// outside tells a place of a quotation that lies in none of the statement's own words:
// whoever reads these does not see it, and other statements tell of it.
func outside(s *statement, mark [2]int) bool {
	return mark[1] <= s.draft.from || mark[0] >= s.draft.to
}

// retoldQuote tells two quotations that part in so many words, against those that both
// have, that one speaker has said it twice, or two have said much the same. One
// speaker's words with a long run in common are one quotation all the same.
func (c *comparison) retoldQuote(parted []hunk) bool {
	a, b := c.a.slots.quoted, c.b.slots.quoted
	changed, common := 0, 0
	for _, h := range parted {
		if x, y := a[h.a0:h.a1], b[h.b0:h.b1]; len(x) > 0 && len(y) > 0 && !oneSpelling(x, y) {
			changed += max(tellingWords(x), tellingWords(y))
		}
	}
	pairs := commonOrder(a, b)
	for _, p := range pairs {
		common += tellingWords(a[p[0] : p[0]+1])
	}
	if n := len(pairs); n > 0 { // both go on, each in its own words
		changed += min(tellingWords(a[pairs[n-1][0]+1:]), tellingWords(b[pairs[n-1][1]+1:]), 1)
	}
	oneVoice := c.a.Speaker != nil && c.b.Speaker != nil && c.sameSpeaker()
	return changed > 1 && 2*changed > common && !(oneVoice && longestRun(pairs) >= longRun)
}

// longRun is the number of words in a row that one speaker's two sayings seldom share.
const longRun = 5

// longestRun gives the length of the longest run of words in a row that two lists
// have in common.
func longestRun(pairs [][2]int) int {
	run, longest := 0, 0
	for k, p := range pairs {
		if k > 0 && pairs[k-1][0] == p[0]-1 && pairs[k-1][1] == p[1]-1 {
			run++
		} else {
			run = 1
		}
		longest = max(longest, run)
	}
	return longest
}

// onlyHolds tells words by which a speaker holds what follows, and no more: "I
// believe", "my view is that".
func onlyHolds(words []string) bool {
	held := false
	for _, w := range words {
		if tellingWord(w) && !holding[w] {
			return false
		}
		held = held || holding[w]
	}
	return held
}

var holding = set(`believe|think|feel|view|opinion|suppose|guess|reckon`)

func hunkMark(toks []int, from, to int) [2]int {
	if from >= to {
		return [2]int{}
	}
	return [2]int{toks[from], toks[to-1] + 1}
}

// twoQuotations tells words of two speakers that are only much alike.
func (c *comparison) twoQuotations() bool {
	return c.over.quote < speakersAt && c.twoSpeakers() && c.a.named && c.b.named
}

// denialWords is the number of words up to which words that one has and the other
// has not are a denial and not a cut: "do not".
const denialWords = 3

// hunkNumbers gives the quantities that lie in tokens [from, to).
func (c *comparison) hunkNumbers(s *statement, m [2]int) []values.Quantity {
	var out []values.Quantity
	for _, q := range c.al.e.quantities(s.draft.p) {
		if q.From < m[1] && q.To > m[0] {
			out = append(out, q)
		}
	}
	return out
}

// changesNumber tells a change from one number to another, sameNumber one to
// another form of it ("20", "twenty").
func (c *comparison) changesNumber(a, b [2]int) bool { return c.numberRelation(a, b) == values.Differs }
func (c *comparison) sameNumber(a, b [2]int) bool    { return c.numberRelation(a, b) == values.Same }

func (c *comparison) numberRelation(a, b [2]int) values.Relation {
	na, nb := c.hunkNumbers(c.a, a), c.hunkNumbers(c.b, b)
	if len(na) != 1 || len(nb) != 1 {
		return values.Apart
	}
	return values.CompareQuantities(na[0], nb[0])
}

func negates(words []string) bool {
	for _, w := range words {
		switch w {
		case "not", "n't", "no", "never", "nothing", "none", "nobody":
			return true
		}
	}
	return false
}

// changesSense tells a change of words that a reader would care about: a content
// word that the other wording has no synonym for, or a negation.
func (c *comparison) changesSense(a, b []string) bool {
	if negates(a) != negates(b) || c.reverses(a, b) {
		return true
	}
	return c.alien(a, b) && c.alien(b, a)
}

// reverses tells a change of one word for its opposite ("more", "fewer").
func (c *comparison) reverses(a, b []string) bool {
	for _, w := range a {
		for _, v := range b {
			if quantityOpposites[w] != "" && slices.Contains(strings.Fields(quantityOpposites[w]), v) {
				return true
			}
			for _, pos := range []lexicon.POS{lexicon.Verb, lexicon.Adjective, lexicon.Adverb} {
				if c.al.e.lex.Antonyms(c.al.e.lex.Lemma(w, pos), c.al.e.lex.Lemma(v, pos), pos) {
					return true
				}
			}
		}
	}
	return false
}

// quantityOpposites are the function words that reverse what is said when the one
// stands for the other.
var quantityOpposites = map[string]string{"more": "less fewer", "less": "more", "fewer": "more", "most": "least fewest", "all": "none some no",
	"none": "all", "always": "never sometimes", "never": "always", "before": "after", "after": "before", "must": "may could might",
	"may": "must will", "with": "without", "without": "with", "everyone": "nobody", "everything": "nothing", "first": "last", "last": "first"}

// alien tells whether a holds a content word that nothing in b stands for.
func (c *comparison) alien(a, b []string) bool {
	for _, w := range a {
		if len(w) < 3 || stopLemmas[w] || functionWords[w] {
			continue
		}
		found := false
		for _, v := range b {
			found = found || c.sameSense(w, v)
		}
		if !found {
			return true
		}
	}
	return false
}

func (c *comparison) sameSense(w, v string) bool {
	if w == v {
		return true
	}
	for _, pos := range []lexicon.POS{lexicon.Noun, lexicon.Verb, lexicon.Adjective, lexicon.Adverb} {
		lw, lv := c.al.e.lex.Lemma(w, pos), c.al.e.lex.Lemma(v, pos)
		if lw == lv || c.al.e.lex.Synonyms(lw, lv, pos) {
			return true
		}
	}
	return false
}

var functionWords = set(`the|and|that|this|these|those|with|from|for|our|your|their|his|her|its|they|them|you|she|him|who|which|what|are|was|were|been|being|has|had|but|into|onto|upon|than|then|will|would|can|could|must|need|order`)

// changeWords is the number of words, both sides together, up to which a place
// where two wordings part is a change: beyond, one has whole clauses that the
// other cuts.
const changeWords = 14

// edgeWords is the number of words up to which other words at either end of a
// quotation are a change of it, and not another sentence.
const edgeWords = 4

// hunks aligns two word lists by their longest common subsequence and gives the
// places where they part. Words that only one list has before the first or behind
// the last common word are a cut and left out; where both go on differently, that
// is a change.
func hunks(a, b []string) []hunk {
	pairs := append([][2]int{{-1, -1}}, commonOrder(a, b)...)
	pairs = append(pairs, [2]int{len(a), len(b)})
	var out []hunk
	for k := 1; k < len(pairs); k++ {
		p, q := pairs[k-1], pairs[k]
		h := hunk{a0: p[0] + 1, a1: q[0], b0: p[1] + 1, b1: q[1]}
		atEdge := k == 1 || k == len(pairs)-1
		h.edge = atEdge
		if atEdge && max(h.a1-h.a0, h.b1-h.b0) > edgeWords {
			continue
		}
		if h.a1 > h.a0 && h.b1 > h.b0 || !atEdge && (h.a1 > h.a0 || h.b1 > h.b0) {
			out = append(out, h)
		}
	}
	return out
}

// commonOrder gives the index pairs of a longest common subsequence.
func commonOrder(a, b []string) [][2]int {
	n, m := len(a), len(b)
	l := make([][]int, n+1)
	for i := range l {
		l[i] = make([]int, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if a[i] == b[j] {
				l[i][j] = l[i+1][j+1] + 1
			} else {
				l[i][j] = max(l[i+1][j], l[i][j+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case a[i] == b[j]:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case l[i+1][j] >= l[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}
