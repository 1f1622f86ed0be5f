package nlp

import (
	"strings"

	"corroborate/internal/claims/nlp/lexicon"
)

// Repairs of verbs that the parser left without a subject: news puts long phrases
// between the two.

// clauseBehindNoun: a clause behind a noun is not told by a verb that has an order to tell:
// "urged the council to change the bill, in the face of criticism that it could do harm".
func (t tree) clauseBehindNoun(i int) {
	k := t.tokens[i]
	if k.Norm != "that" || k.Dep != "mark" || k.Head <= i || i == 0 || !t.tokens[i-1].noun() {
		return
	}
	c := k.Head
	h := t.tokens[c].Head
	if t.tokens[c].Dep != "ccomp" || h > c || !t.orders(h, i-1) {
		return
	}
	for x := h + 1; x < i; x++ {
		if t.tokens[x].Head == c {
			t.attach(x, h, t.tokens[x].Dep)
		}
	}
	t.attach(c, i-1, "acl")
}

// orders tells a verb that has both an object and an infinitive before token end.
func (t tree) orders(v, end int) bool {
	whom := t.child(v, "dobj")
	what := t.child(v, "xcomp", "advcl")
	return whom > v && what > whom && what < end && t.tokens[what].Tag == "VB"
}

// lostSubject gives a finite verb without a subject the noun phrase that ends right
// before it behind a comma, where that is called the object of an earlier verb: "Since
// she used the account, a spokeswoman for the agency has described …".
func (t tree) lostSubject(v int) {
	if !t.tokens[v].verb() || t.child(v, "nsubj", "nsubjpass", "csubj", "expl") >= 0 || t.tokens[v].Dep == "conj" || t.tokens[v].Dep == "relcl" || t.tokens[v].Dep == "aux" || t.tokens[v].Dep == "auxpass" {
		return
	}
	first := t.verbGroup(v)
	if first < 1 || !t.tokens[first].finite() || !t.tokens[first-1].noun() {
		return
	}
	noun := t.phraseUpTo(first - 1)
	start := t.leftOf(noun)
	switch t.tokens[noun].Dep {
	case "dobj", "pobj", "conj", "appos", "npadvmod", "attr":
	default:
		return
	}
	if t.tokens[noun].Ent == "DATE" || t.at(start-1).Norm != "," || t.child(noun, "relcl", "acl") >= 0 || t.tokens[noun].Head >= start || t.at(t.tokens[noun].Head).Head == v && t.at(t.tokens[noun].Head).Dep == "prep" {
		return
	}
	t.attach(noun, v, "nsubj")
}

// verbGroup gives the first auxiliary or adverb of the verb v that stands without a
// gap before it.
func (t tree) verbGroup(v int) int {
	first := v
	for k := v - 1; k >= 0; k-- {
		d := t.tokens[k].Dep
		if t.tokens[k].Head != v || d != "aux" && d != "auxpass" && d != "advmod" && d != "neg" {
			break
		}
		if d == "aux" || d == "auxpass" {
			first = k
		}
	}
	return first
}

// phraseUpTo gives the head of the largest noun phrase that ends with token e.
func (t tree) phraseUpTo(e int) int {
	best := e
	for k := e; e-k < widestPhrase; {
		h := t.tokens[k].Head
		if h == k || h > e || k > e || t.tokens[h].verb() || t.rightOf(h) != e {
			return best
		}
		if t.tokens[h].noun() {
			best = h
		}
		k = h
	}
	return best
}

// widestPhrase is the number of tokens on each side of its head that a phrase is looked
// through for: no phrase of news is wider, and a hostile text costs no more.
const widestPhrase = 60

// leftOf gives the first token of the subtree of top.
func (t tree) leftOf(top int) int {
	for i := max(0, top-widestPhrase); i < top; i++ {
		if t.near(i, top) {
			return i
		}
	}
	return top
}

// rightOf gives the last token of the subtree of top.
func (t tree) rightOf(top int) int {
	for i := min(len(t.tokens)-1, top+widestPhrase); i > top; i-- {
		if t.near(i, top) {
			return i
		}
	}
	return top
}

// near tells whether token i lies in the subtree of token top, within widestPhrase steps.
func (t tree) near(i, top int) bool {
	for range widestPhrase {
		if i == top {
			return true
		}
		if t.tokens[i].Head == i {
			return false
		}
		i = t.tokens[i].Head
	}
	return false
}

// whoseClause: "Ruth Amadi, whose ferries were seen as safe, resigned" has a relative clause
// in its middle and one subject before it.
func (t tree) whoseClause(i int) {
	n := t.tokens[i].Head
	if t.tokens[i].Tag != "WP$" || n <= i || t.tokens[n].Dep != "appos" {
		return
	}
	h := t.tokens[n].Head
	v := t.tokens[h].Head
	u := t.tokens[v].Head
	label := t.tokens[h].Dep
	if label != "nsubj" && label != "nsubjpass" || v <= n || u <= v || !t.tokens[u].finite() || t.child(u, "nsubj", "nsubjpass") >= 0 {
		return
	}
	t.tokens[h].Head, t.tokens[h].Dep = u, "nsubj"
	t.tokens[v].Head, t.tokens[v].Dep = h, "relcl"
	t.tokens[n].Head, t.tokens[n].Dep = v, label
}

// dayBeforeVerb: "The rules issued Thursday said …": a day says nothing. What does is
// the noun before the participle.
func (t tree) dayBeforeVerb(i int) {
	k := t.tokens[i]
	v := k.Head
	if k.Dep != "nsubj" || v != i+1 || !weekdays[k.Norm] || !t.reports(v) {
		return
	}
	for c := range t.tokens[:i] {
		n := t.child(c, "nsubj", "nsubjpass")
		if t.tokens[c].Head != v || t.tokens[c].Tag != "VBD" && t.tokens[c].Tag != "VBN" || n != c-1 || !t.tokens[n].noun() || t.tokens[n].named() {
			continue
		}
		t.tokens[n].Head, t.tokens[n].Dep = v, "nsubj"
		t.tokens[c].Tag = "VBN"
		t.attach(c, n, "acl")
		t.attach(i, c, "npadvmod")
		return
	}
}

// forBeforeNoun: "for" opens no clause with a finite verb: in "money for campaigns
// would come from a fund" the money would.
func (t tree) forBeforeNoun(i int) {
	v := t.tokens[i].Head
	if t.tokens[i].Norm != "for" || t.tokens[i].Dep != "mark" || i == 0 || v <= i || !t.tokens[i-1].noun() || t.tokens[i-1].Head >= i || !t.tokens[t.verbGroup(v)].finite() {
		return
	}
	object := t.child(v, "nsubj", "nsubjpass")
	if object < i || object > v {
		return
	}
	noun := i - 1
	label, governor := t.tokens[object].Dep, t.tokens[noun].Head
	if t.under(governor, v) && governor != v {
		return
	}
	if t.tokens[v].Head == noun || t.under(v, noun) {
		if !t.attach(v, governor, "ccomp") {
			return
		}
	}
	if !t.attach(noun, v, label) {
		return
	}
	t.attach(i, noun, "prep")
	t.attach(object, i, "pobj")
}

// spokesman: a name behind "a lawyer for Mr. Lind," is the lawyer's: two people are
// not one.
func (t tree) spokesman(i int) {
	h := t.tokens[i].Head
	if t.tokens[i].Dep != "appos" || t.tokens[i].Ent != "PERSON" || h >= i || t.tokens[h].Ent != "PERSON" || t.tokens[h].Dep != "pobj" {
		return
	}
	role := t.tokens[t.tokens[h].Head].Head
	if t.tokens[role].noun() && !t.tokens[role].named() && role < h && t.words.IsA(t.tokens[role].Lemma, "person") {
		t.attach(i, role, "appos")
	}
}

// splitPhrase: a common noun right before "who" is whom that stands for, with the noun
// before it as a part: "by an economics professor who had never run".
func (t tree) splitPhrase(i int) {
	before := t.at(i - 1)
	if i == 0 || t.at(i+1).Tag != "WP" || !t.tokens[i].noun() || t.tokens[i].named() || !before.noun() || before.named() || before.Head >= i || t.under(i-1, i) {
		return
	}
	if d := t.tokens[i].Dep; d != "npadvmod" && d != "dep" && d != "nsubj" {
		return
	}
	if before.Dep == "compound" || before.Dep == "poss" || !t.attach(i, before.Head, before.Dep) {
		return
	}
	for k := range t.tokens[:i-1] {
		if t.tokens[k].Head == i-1 {
			t.tokens[k].Head = i
		}
	}
	t.attach(i-1, i, "compound")
	if v := t.tokens[i+1].Head; v > i+1 {
		t.attach(v, i, "relcl")
	}
}

// perfect: behind a form of "have" and beside its own object stands a participle and no
// adjective: "who had hammered him".
func (t tree) perfect(i int) {
	v := i + 1
	for t.at(v).Tag == "``" || t.at(v).Dep == "neg" {
		v++ // “had “never decided” to go”
	}
	k := t.at(v)
	object := k.Head
	pronoun := object == v+1 && t.at(object).Tag == "PRP" && k.Dep == "amod"
	if t.tokens[i].Lemma != "have" || !t.tokens[i].finite() || k.Tag != "JJ" && k.Tag != "VBN" && k.Tag != "VBD" || k.Dep == "amod" && !pronoun || strings.HasSuffix(k.Norm, "ing") ||
		!t.words.Known(k.Norm, lexicon.Verb) || t.words.Lemma(k.Norm, lexicon.Verb) == k.Norm {
		return
	}
	switch {
	case k.Head != i && t.tokens[i].Head == v: // an auxiliary already
	case t.child(i, "dobj") >= 0 || t.under(t.tokens[i].Head, v) && t.tokens[i].Head != i || !pronoun && t.child(v, "dobj", "prep", "xcomp") < 0:
		return
	default:
		t.tokens[v].Head, t.tokens[v].Dep = t.tokens[i].Head, t.tokens[i].Dep
		if t.tokens[i].Head == i {
			t.tokens[v].Head = v
		}
		for c := range t.tokens {
			if t.tokens[c].Head == i && c != v && c != i {
				t.tokens[c].Head = v
			}
		}
		t.tokens[i].Head, t.tokens[i].Dep = v, "aux"
		if pronoun {
			above := t.tokens[object].Head
			t.tokens[object].Head, t.tokens[object].Dep = v, "dobj"
			if next := t.at(object + 1); next.Dep == "prep" && next.Head == above {
				t.attach(object+1, v, "prep")
			}
		}
	}
	t.tokens[v].Tag, t.tokens[v].Lemma = "VBN", t.words.Lemma(k.Norm, lexicon.Verb)
}

// sayingParticiple: behind a comma "adding that …" goes on with who speaks in the main
// clause, not with whom is spoken of.
func (t tree) sayingParticiple(i int) {
	if t.tokens[i].Tag != "VBG" || t.tokens[i].Dep != "advcl" || t.at(i-1).Norm != "," || !sayings[t.tokens[i].Lemma] {
		return
	}
	top := t.tokens[i].Head
	for t.tokens[top].Head != top && (t.tokens[top].Dep != "conj" || !t.tokens[t.tokens[top].Head].verb() || t.child(top, "nsubj", "nsubjpass") < 0) {
		top = t.tokens[top].Head
	}
	if h := t.tokens[i].Head; top != h && top < i && t.tokens[top].verb() && t.child(top, "nsubj", "nsubjpass") >= 0 && t.tokens[h].Dep != "advcl" {
		t.attach(i, top, "advcl")
	}
}

var sayings = wordSet("say add note argue insist claim warn tell write explain suggest assert contend emphasize stress reiterate")

// infinitiveTakenForAdjective: in "is pushing the group to accept benefit cuts" the
// cuts are accepted.
func (t tree) infinitiveTakenForAdjective(i int) {
	noun := t.tokens[i].Head
	if t.tokens[i].Tag != "VB" || i == 0 || t.tokens[i-1].Tag != "TO" || noun <= i || !t.tokens[noun].noun() || t.tokens[i].Dep != "amod" && t.tokens[i].Dep != "compound" {
		return
	}
	v := t.tokens[noun].Head
	if i > 1 && t.tokens[i-2].noun() {
		if whom := t.phraseUpTo(i - 2); t.tokens[whom].Dep == "dobj" && t.tokens[whom].Head < whom {
			v = t.tokens[whom].Head
		}
	}
	if !t.tokens[v].verb() || v >= i {
		return
	}
	t.tokens[i].Head, t.tokens[i].Dep = v, "xcomp"
	t.tokens[noun].Head, t.tokens[noun].Dep = i, "dobj"
	t.attach(i-1, i, "aux")
}

// verbPrefixes stand before a verb with a hyphen.
var verbPrefixes = wordSet("re co pre de un mis over under out self")

// prefixed joins "re-open", of which the parser makes two words.
func (t tree) prefixed(i int) {
	if i+2 >= len(t.tokens) || !verbPrefixes[t.tokens[i].Norm] || t.tokens[i+1].Text != "-" || t.tokens[i].End != t.tokens[i+1].Start || t.tokens[i+1].End != t.tokens[i+2].Start {
		return
	}
	v := i + 2
	if t.tokens[i].Head == v || !strings.HasPrefix(t.tokens[i].Tag, "VB") || t.under(t.tokens[i].Head, v) {
		return
	}
	root := t.tokens[i].Head == i
	t.tokens[v].Dep, t.tokens[v].Tag = t.tokens[i].Dep, t.tokens[i].Tag
	t.tokens[v].Head = t.tokens[i].Head
	if root {
		t.tokens[v].Head = v
	}
	for k := range t.tokens {
		if k != v && (t.tokens[k].Head == i || t.tokens[k].Head == i+1) {
			t.tokens[k].Head = v
		}
	}
	t.tokens[i].Head, t.tokens[i].Dep = v, "compound"
	t.tokens[i+1].Head, t.tokens[i+1].Dep, t.tokens[i+1].Tag = v, "punct", "HYPH"
}
