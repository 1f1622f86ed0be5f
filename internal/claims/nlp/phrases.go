package nlp

import "strings"

// Repairs of noun phrases that the parser tied to the wrong word.

// namedBehind: "A former diver, Ruth Amadi was …" has one subject, whom the phrase before
// it describes.
func (t tree) namedBehind(b int) {
	v := t.tokens[b].Head
	if d := t.tokens[b].Dep; d != "nsubj" && d != "nsubjpass" || !t.tokens[b].named() {
		return
	}
	a := t.child(v, "nsubj", "nsubjpass")
	if a < 0 || a >= b || !t.tokens[a].noun() || t.tokens[a].Ent == "PERSON" || t.at(t.leftOf(b)-1).Norm != "," || !indefinite[t.at(t.leftOf(a)).Norm] || !t.words.IsA(t.tokens[a].Lemma, "person") || t.rightOf(a) != t.leftOf(b)-2 {
		return
	}
	t.attach(a, b, "appos")
}

var indefinite = wordSet("a an")

// openingList: what "and" adds to a noun of the phrase that opens a sentence is no
// subject where a name behind a comma is: "In a move to help trade and farm exports, Ruth
// Amadi signed …".
func (t tree) openingList(n int) {
	v := t.tokens[n].Head
	start := t.leftOf(n)
	if d := t.tokens[n].Dep; d != "nsubj" && d != "nsubjpass" || t.tokens[n].named() || start < 3 || t.tokens[start-1].Tag != "CC" {
		return
	}
	if t.tokens[0].Tag != "IN" || t.tokens[0].Head != v || !t.under(t.tokens[start-1].Head, 0) || t.tokens[start-1].Head == v {
		return
	}
	name := t.child(n, "conj")
	if name < 0 || !t.tokens[name].named() || t.at(t.leftOf(name)-1).Norm != "," || name > v {
		return
	}
	noun := start - 2
	if !t.tokens[noun].noun() {
		return
	}
	label := t.tokens[n].Dep
	for c := range t.tokens {
		if t.tokens[c].Head == n && c > n && t.tokens[c].Dep != "punct" {
			t.tokens[c].Head = name
		}
	}
	t.tokens[name].Head, t.tokens[name].Dep = v, label
	t.attach(n, noun, "conj")
}

// asWellAs: "opposed the ban, as well as the use of force": what "as well as" adds to the
// object is a second one.
func (t tree) asWellAs(i int) {
	if t.tokens[i].Norm != "as" || t.at(i-1).Norm != "well" || t.at(i-2).Norm != "as" {
		return
	}
	v := t.tokens[i].Head
	if !t.tokens[v].verb() {
		return
	}
	object := t.child(v, "dobj")
	for c := i + 1; c < len(t.tokens) && object >= 0 && object < i; c++ {
		if t.tokens[c].Head == v && t.tokens[c].Dep == "conj" && t.tokens[c].noun() {
			t.attach(c, object, "conj")
			for k := i - 2; k <= i; k++ {
				t.attach(k, c, "cc")
			}
			return
		}
	}
}

// reducedRelative: a relative clause without a word that opens it hangs on the common noun
// right before it: "in connection with a shop he owned".
func (t tree) reducedRelative(v int) {
	if t.tokens[v].Dep != "relcl" || !t.tokens[v].verb() {
		return
	}
	subject := t.child(v, "nsubj", "nsubjpass")
	if subject < 1 || subject > v || strings.HasPrefix(t.tokens[subject].Tag, "W") {
		return
	}
	start := t.leftOf(subject)
	if start == 0 || t.leftOf(v) != start || strings.HasPrefix(t.tokens[start].Tag, "W") {
		return
	}
	for k := start - 1; k > t.tokens[v].Head; k-- {
		if n := t.tokens[k]; n.noun() && !n.named() {
			t.attach(v, k, "relcl")
			return
		} else if !n.inNounPhrase() && n.Tag != "IN" {
			return
		}
	}
}

// hadBeforeAdjective: "he had differing views" has an object and no auxiliary.
func (t tree) hadBeforeAdjective(i int) {
	had, noun := i-1, t.tokens[i].Head
	if i == 0 || t.tokens[i].Tag != "VBG" || t.tokens[i].Dep != "amod" || noun <= i || t.tokens[had].Head != i || t.tokens[had].Lemma != "have" || t.under(t.tokens[noun].Head, noun) && t.tokens[noun].Head != noun {
		return
	}
	t.tokens[had].Head, t.tokens[had].Dep = t.tokens[noun].Head, "ccomp"
	if t.tokens[noun].Head == noun {
		t.tokens[had].Head, t.tokens[had].Dep = had, "ROOT"
	}
	for c := range t.tokens {
		if t.tokens[c].Head == i && c != had {
			t.tokens[c].Head = had
		}
	}
	t.tokens[noun].Head, t.tokens[noun].Dep = had, "dobj"
}
