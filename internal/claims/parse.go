package claims

import (
	"strings"

	"corroborate/internal/claims/nlp"
	"corroborate/internal/claims/values"
)

// parsed is a sentence with its dependency tree.
type parsed struct {
	sentence
	toks     []nlp.Token
	children [][]int
	// left and right bound each token's subtree, by token.
	left, right []int
	// quote numbers the quotation that each token stands in, -1 outside.
	quote []int
	// numbers and dates are what values reads, nil before.
	numbers []values.Quantity
	dates   []values.Time
}

// newParsed annotates one sentence.
func newParsed(m *nlp.Model, body string, s sentence, quotes []quotation) *parsed {
	p := &parsed{sentence: s, toks: nlp.Tokenize(body, s.start, s.end)}
	p.quote = make([]int, len(p.toks))
	q := 0
	for i, t := range p.toks {
		for q < len(quotes) && quotes[q].end <= t.Start {
			q++
		}
		p.quote[i] = -1
		if q < len(quotes) && quotes[q].start <= t.Start {
			p.quote[i] = q
		}
	}
	p.annotate(m)
	p.link()
	return p
}

// annotate gives the tokens their tags and their tree. What a colon introduces as
// the words of somebody is a sentence of its own, which the parser reads better by
// itself: it then hangs on the root of what leads it in.
func (p *parsed) annotate(m *nlp.Model) {
	k := p.ledIn()
	if k < 0 {
		m.Annotate(p.toks)
		return
	}
	lead, said := p.toks[:k], p.toks[k+1:p.lastQuoted()+1]
	m.Annotate(lead)
	m.Annotate(said)
	from, to := rootOf(lead), k+1+rootOf(said)
	for i := range said {
		said[i].Head += k + 1
	}
	p.toks[to].Head, p.toks[to].Dep = from, "parataxis"
	for i := range p.toks {
		if i == k || i > p.lastQuoted() {
			p.toks[i].Tag, p.toks[i].Dep, p.toks[i].Head = "''", "punct", to
		}
	}
}

// lastQuoted gives the last token inside a quotation.
func (p *parsed) lastQuoted() int {
	i := len(p.toks) - 1
	for p.quote[i] < 0 {
		i--
	}
	return i
}

// shortSpeech is the number of words under which a quotation behind a colon is a
// term and no sentence.
const shortSpeech = 5

// ledIn gives the token at which the quotation begins that a colon introduces and
// that ends the sentence, -1 for none.
func (p *parsed) ledIn() int {
	for i := 2; i+shortSpeech < len(p.toks); i++ {
		if p.toks[i-1].Text != ":" || p.quote[i-1] >= 0 || !isPunct(p.toks[i]) {
			continue
		}
		if q := p.quote[i+1]; q >= 0 && p.endsIn(i+1, q) && p.wordsIn(i+1, len(p.toks)) >= shortSpeech {
			return i
		}
	}
	return -1
}

// endsIn tells whether from token i on there is nothing outside quotation q but
// marks.
func (p *parsed) endsIn(i, q int) bool {
	for ; i < len(p.toks); i++ {
		if p.quote[i] != q && !isPunct(p.toks[i]) {
			return false
		}
	}
	return true
}

// rootOf gives the token on which all others hang, the last where there is none.
func rootOf(toks []nlp.Token) int {
	for i, t := range toks {
		if t.Head == i && !isPunct(t) {
			return i
		}
	}
	return len(toks) - 1
}

func (p *parsed) link() {
	n := len(p.toks)
	p.children = make([][]int, n)
	p.left, p.right = make([]int, n), make([]int, n)
	for i := range p.toks {
		p.left[i], p.right[i] = i, i
		if h := p.toks[i].Head; h != i && h >= 0 && h < n {
			p.children[h] = append(p.children[h], i)
		}
	}
	for i := range p.toks {
		for h, steps := i, 0; p.toks[h].Head != h && steps < n; steps++ {
			h = p.toks[h].Head
			p.left[h], p.right[h] = min(p.left[h], i), max(p.right[h], i)
		}
	}
}

// root gives the sentence's root token, -1 for an empty sentence.
func (p *parsed) root() int { return rootOf(p.toks) }

// kid gives the first child of token i with one of the labels, -1 for none.
func (p *parsed) kid(i int, labels ...string) int {
	for _, c := range p.children[i] {
		for _, l := range labels {
			if p.toks[c].Dep == l {
				return c
			}
		}
	}
	return -1
}

// kids gives the children of token i with one of the labels.
func (p *parsed) kids(i int, labels ...string) []int {
	var out []int
	for _, c := range p.children[i] {
		for _, l := range labels {
			if p.toks[c].Dep == l {
				out = append(out, c)
			}
		}
	}
	return out
}

// within tells whether token i lies in the subtree of token top.
func (p *parsed) within(i, top int) bool {
	for steps := 0; steps <= len(p.toks); steps++ {
		if i == top {
			return true
		}
		if p.toks[i].Head == i {
			return false
		}
		i = p.toks[i].Head
	}
	return false
}

// depth gives the number of steps from token i up to token top, the sentence's
// length when top is not above it.
func (p *parsed) depth(i, top int) int {
	for n := 0; n <= len(p.toks); n++ {
		if i == top {
			return n
		}
		if p.toks[i].Head == i {
			break
		}
		i = p.toks[i].Head
	}
	return len(p.toks)
}

// words gives the wording of tokens [from, to).
func (p *parsed) words(body string, from, to int) string {
	if from >= to {
		return ""
	}
	return strings.Join(strings.Fields(body[p.toks[from].Start:p.toks[to-1].End]), " ")
}

// isVerb tells a verb or an auxiliary that heads a clause.
func isVerb(t nlp.Token) bool { return strings.HasPrefix(t.Tag, "VB") || t.Tag == "MD" }

func isNoun(t nlp.Token) bool { return strings.HasPrefix(t.Tag, "NN") }

func isName(t nlp.Token) bool { return strings.HasPrefix(t.Tag, "NNP") }

func isPronoun(t nlp.Token) bool {
	return t.Tag == "PRP" || t.Tag == "PRP$" || t.Tag == "WP" || t.Tag == "WDT"
}

// isPunct tells a token without a letter, digit or currency or percent sign.
func isPunct(t nlp.Token) bool {
	return !strings.ContainsFunc(t.Text, func(r rune) bool { return isWordRune(r) || strings.ContainsRune("$€£¥%&", r) })
}

func (p *parsed) wordCount(i int) int { return p.wordsIn(p.left[i], p.right[i]+1) }

// wordsIn counts the words among tokens [from, to): "don't" is one.
func (p *parsed) wordsIn(from, to int) int {
	n := 0
	for k := from; k < to; k++ {
		if t := p.toks[k]; !isPunct(t) && !strings.HasPrefix(t.Norm, "'") && t.Norm != "n't" {
			n++
		}
	}
	return n
}

// dashBefore tells whether a dash opens the subtree at i.
func (p *parsed) dashBefore(i int) bool {
	k := p.left[i] - 1
	return k >= 0 && (p.toks[k].Norm == "--" || p.toks[k].Norm == "—" || p.toks[k].Norm == "–" || p.toks[k].Norm == "―")
}

// commaBefore tells whether a comma, dash or bracket opens the subtree at i.
func (p *parsed) commaBefore(i int) bool {
	k := p.left[i] - 1
	if k < 0 {
		return false
	}
	switch p.toks[k].Norm {
	case ",", "-", "--", "—", "–", "―", "(", ";", ":":
		return true
	}
	return false
}

// negated tells whether a clause is negated: by its verb, or by a subject or
// object that is nothing.
func (p *parsed) negated(v int) bool {
	if n := p.kid(v, "neg"); n >= 0 && (n+1 >= len(p.toks) || !weakNegation[p.toks[n+1].Norm]) {
		return true
	}
	for _, c := range p.kids(v, "nsubj", "nsubjpass", "dobj", "attr", "advmod") {
		switch p.toks[c].Norm {
		case "nobody", "none", "nothing", "neither", "never", "nowhere", "noone":
			return true
		}
		if d := p.kid(c, "det", "neg"); d >= 0 && (p.toks[d].Norm == "no" || p.toks[d].Norm == "neither") {
			return true
		}
	}
	if x := p.toks[v].Head; x != v && p.toks[v].Dep == "xcomp" && refusing[p.toks[x].Lemma] {
		return true
	}
	return false
}

// weakNegation follows a "not" that denies nothing: "not only", "not just".
var weakNegation = set(`only|just|merely|simply|necessarily`)

var refusing = set(`fail|refuse|decline|neglect`)
