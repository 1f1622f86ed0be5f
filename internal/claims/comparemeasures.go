package claims

import (
	"slices"
	"strings"
)

// measures compares words that tell one measure of a thing from another ("net
// profit", "operating profit"), and a narrower measure with the thing itself.
func (c *comparison) measures() bool {
	for _, x := range narrowed(c.a) {
		for _, y := range narrowed(c.b) {
			themselves := x.noun == x.tok && y.noun == y.tok && c.nearFacts()
			if x.group == y.group && x.word != y.word && (themselves || c.sameNoun(x.noun, y.noun)) {
				return c.otherScope([2]int{x.tok, x.noun + 1}, [2]int{y.tok, y.noun + 1})
			}
		}
	}
	return c.narrower(c.a, c.b, false) || c.narrower(c.b, c.a, true) || c.newOnes(c.a, c.b, false) || c.newOnes(c.b, c.a, true)
}

// newOnes tells a rule for the new things of a kind against one for all: a ban on
// "new diesel cars", and on "diesel cars".
func (c *comparison) newOnes(s, o *statement, swapped bool) bool {
	if !c.sameVerb() || !ruling[s.slots.pred] {
		return false
	}
	for i := s.draft.from; i < s.draft.to; i++ {
		x := s.draft.p.toks[i].Head
		if !onlySome[s.draft.p.toks[i].Norm] || x <= i || x >= s.draft.to || s.draft.p.toks[x].Tag != "NNS" {
			continue
		}
		for k := o.draft.from; k < o.draft.to; k++ {
			t := o.draft.p.toks[k]
			if t.Tag != "NNS" || lemmaOf(t) != lemmaOf(s.draft.p.toks[x]) || quantified(o.draft.p, k) {
				continue
			}
			a, b := [2]int{i, x + 1}, o.phraseAt(k)
			if swapped {
				a, b = b, a
			}
			return c.otherScope(a, b)
		}
	}
	return false
}

// quantified tells a noun that is limited itself: by a number, or as new ones.
func quantified(p *parsed, k int) bool {
	return slices.ContainsFunc(p.kids(k, "amod", "nummod"), func(m int) bool { return p.toks[m].Tag == "CD" || onlySome[p.toks[m].Norm] })
}

var (
	// onlySome narrow a kind to a part that a rule may be for.
	onlySome = set(`new|newly|used|existing|future|older|foreign`)
	// ruling verbs lay down what holds of a kind.
	ruling = set(`ban|forbid|prohibit|outlaw|allow|permit|require|tax|exempt|cover|subsidise|subsidize|regulate|limit|restrict|phase_out|apply|include|exclude`)
)

// narrower tells where s has a narrower measure of a noun that o has without any
// word before it.
func (c *comparison) narrower(s, o *statement, swapped bool) bool {
	for _, x := range narrowed(s) {
		if !aloneNarrow[x.word] {
			continue
		}
		for k := o.draft.from; k < o.draft.to; k++ {
			t := o.draft.p.toks[k]
			if !isNoun(t) || lemmaOf(t) != lemmaOf(s.draft.p.toks[x.noun]) || o.draft.p.kid(k, "amod", "compound", "nmod") >= 0 {
				continue
			}
			a, b := [2]int{x.tok, x.noun + 1}, [2]int{k, k + 1}
			if swapped {
				a, b = b, a
			}
			return c.otherScope(a, b)
		}
	}
	return false
}

// measureGroups hold the words that exclude one another before one noun.
var measureGroups = groups(`net|gross|operating|pre-tax|pretax|underlying`, `core|headline`, `primary|secondary|nursery|elementary|middle|high`,
	`domestic|foreign|international|overseas`, `public|private`, `urban|rural`, `male|female`, `adult|child`, `morning|afternoon|evening|night`,
	`annual|yearly|quarterly|monthly|weekly|daily|hourly`, `median|average|mean|minimum|maximum`, `civilian|military`, `import|export`,
	`first-half|full-year|half-year|first-quarter|fourth-quarter`, `temporary|permanent`,
	`partial|complete|full|total`, `legal|illegal`, `indoor|outdoor`, `commercial|residential`, `short-term|long-term`)

// aloneNarrow are those that narrow a measure which has none.
var aloneNarrow = set(`core|underlying|operating|partial`)

func groups(lists ...string) map[string]int {
	out := map[string]int{}
	for i, l := range lists {
		for w := range strings.SplitSeq(l, "|") {
			out[w] = i + 1
		}
	}
	return out
}

// narrow is a word of a measure group before its noun.
type narrow struct {
	tok, noun, group int
	word             string
}

func narrowed(s *statement) []narrow {
	var out []narrow
	toks := s.draft.p.toks
	for i := s.draft.from; i < s.draft.to; i++ {
		word, end := toks[i].Norm, i+1
		if i+2 < s.draft.to && toks[i+1].Norm == "-" {
			word, end = word+"-"+toks[i+2].Norm, i+3
		}
		g := measureGroups[word]
		if g == 0 {
			continue
		}
		noun := -1
		for k := end; k < s.draft.to && k < end+4 && phraseWord(s, k); k++ {
			if isNoun(toks[k]) {
				noun = k
			}
		}
		if noun < 0 && isNoun(toks[i]) && (word == "import" || word == "export") {
			noun = i
		}
		if noun >= 0 {
			out = append(out, narrow{tok: i, noun: noun, group: g, word: word})
		}
	}
	return out
}
