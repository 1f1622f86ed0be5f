package nlp

import (
	"slices"
	"strings"

	"corroborate/internal/claims/nlp/lexicon"
)

// repair mends mistakes that the parser makes where a rule sees better: it
// chooses each arc by a few words around it and at times overlooks the word that
// settles it. Every repair keeps the heads a tree with one root.
func (m *Model) repair(tokens []Token) {
	t := tree{tokens: tokens, words: m.words}
	t.verblessRoot()
	for i := range tokens {
		t.subject(i)
		t.adverbialClause(i)
		t.thatClause(i)
		t.nameTaggedVerb(i)
		t.relativeClause(i)
		t.compoundPreposition(i)
		t.splitNoun(i)
		t.party(i)
		t.dashedNoun(i)
		t.distance(i)
		t.behindDay(i)
		t.perfect(i)
		t.whoseClause(i)
		t.namedBehind(i)
		t.openingList(i)
		t.asWellAs(i)
		t.hadBeforeAdjective(i)
		t.reducedRelative(i)
		t.clauseBehindNoun(i)
		t.dayBeforeVerb(i)
		t.forBeforeNoun(i)
		t.spokesman(i)
		t.splitPhrase(i)
		t.infinitiveTakenForAdjective(i)
		t.prefixed(i)
	}
	for i := range tokens {
		t.lostSubject(i)
		t.sayingParticiple(i)
	}
	for i := range tokens {
		t.gerunds(i)
		t.list(i)
	}
}

// tree is a sentence under repair.
type tree struct {
	tokens []Token
	words  *lexicon.Lexicon
}

// attach hangs token i on head unless head lies under i.
func (t tree) attach(i, head int, label string) bool {
	if head == i || t.under(head, i) {
		return false
	}
	t.tokens[i].Head, t.tokens[i].Dep = head, label
	return true
}

// under tells whether token i lies in the subtree of token top.
func (t tree) under(i, top int) bool {
	for range t.tokens {
		if i == top {
			return true
		}
		i = t.tokens[i].Head
	}
	return i == top
}

// child gives the first child of token i with one of the labels, -1 for none.
func (t tree) child(i int, labels ...string) int {
	for c := range t.tokens {
		if t.tokens[c].Head == i && c != i && slices.Contains(labels, t.tokens[c].Dep) {
			return c
		}
	}
	return -1
}

func (t tree) at(i int) Token {
	if i < 0 || i >= len(t.tokens) {
		return Token{}
	}
	return t.tokens[i]
}

func (t Token) noun() bool { return strings.HasPrefix(t.Tag, "NN") }

func (t Token) verb() bool { return strings.HasPrefix(t.Tag, "VB") || t.Tag == "MD" }

func (t Token) finite() bool {
	return t.Tag == "VBD" || t.Tag == "VBZ" || t.Tag == "VBP" || t.Tag == "MD"
}

// subject: the subject of an auxiliary is that of its verb, and a second subject,
// behind its verb, that of the clause which the verb reports: "Prosecutors said
// the pair misled them".
func (t tree) subject(i int) {
	k := t.tokens[i]
	if k.Dep != "nsubj" && k.Dep != "nsubjpass" {
		return
	}
	h := k.Head
	if a := t.tokens[h]; (a.Dep == "aux" || a.Dep == "auxpass") && a.Head > h && !slices.ContainsFunc(t.tokens[h:a.Head], Token.opensClause) {
		t.attach(i, a.Head, k.Dep)
		return
	}
	if c := t.child(h, "ccomp"); h < i && t.reports(h) && c > i && t.child(h, "nsubj", "nsubjpass") < h && t.child(c, "nsubj", "nsubjpass") < 0 {
		t.attach(i, c, "nsubj")
	}
}

// opensClause tells a word that opens a dependent clause.
func (t Token) opensClause() bool { return t.Tag == "WRB" || t.Tag == "WDT" || t.Dep == "mark" }

// adverbialMarks begin clauses of time, cause or concession, which are never the
// object of a verb.
var adverbialMarks = wordSet("after before because although though while until unless since once whereas")

// adverbialClause: in "He resigned after the report came out" the clause of
// "after" is no object.
func (t tree) adverbialClause(i int) {
	if k := &t.tokens[i]; k.Dep == "mark" && adverbialMarks[k.Norm] && t.tokens[k.Head].Dep == "ccomp" {
		t.tokens[k.Head].Dep = "advcl"
	}
}

// thatClause: what opens with "that" under a verb of communication is what that
// verb reports, also behind a noun in between: "confirmed in a statement that …".
func (t tree) thatClause(i int) {
	k := &t.tokens[i]
	v := k.Head
	if k.Norm == "that" && (k.Tag == "IN" || occasionNouns[t.at(i-1).Lemma]) && v > i && t.tokens[v].Dep == "relcl" && t.child(v, "nsubj", "nsubjpass") > i {
		k.Dep = "mark" // "conceded for the first time that the plan existed"
	}
	if k.Norm != "that" || k.Dep != "mark" || v <= i {
		return
	}
	h := t.tokens[v].Head
	switch t.tokens[v].Dep {
	case "acl", "relcl":
		prep := t.tokens[h].Head
		if h != i-1 || t.tokens[h].Dep != "pobj" {
			return
		}
		h = t.tokens[prep].Head
		if !t.tokens[h].verb() || h > i || t.child(h, "dobj", "ccomp", "auxpass") >= 0 {
			return
		}
	case "advcl":
	default:
		return
	}
	if h < i && t.reports(h) {
		t.attach(v, h, "ccomp")
	}
}

// occasionNouns are the occasions on which something is said, behind which "that" takes up
// what.
var occasionNouns = wordSet("time statement interview speech testimony briefing tweet memo")

// reports tells a verb of saying or thinking.
func (t tree) reports(i int) bool {
	if !t.tokens[i].verb() {
		return false
	}
	class := t.words.VerbClass(t.tokens[i].Lemma)
	return class == "communication" || class == "cognition"
}

// relativeClause: a clause that opens with "which" or "who" behind a noun hangs
// on that noun, and one that opens with "that" behind an apposition hangs on the
// apposition.
func (t tree) relativeClause(i int) {
	w := t.tokens[i]
	if w.Tag != "WDT" && w.Tag != "WP" || w.Norm == "what" {
		return
	}
	v := w.Head
	if v <= i {
		return
	}
	noun := i - 1
	if t.at(noun).Norm == "," {
		noun--
	}
	if noun < 0 || !t.tokens[noun].noun() {
		return
	}
	if w.Norm == "who" || w.Norm == "whom" {
		noun = t.person(noun)
	}
	switch {
	case t.tokens[v].Dep == "relcl" && (t.tokens[v].Head > i || !t.tokens[t.tokens[v].Head].noun() || t.tokens[t.tokens[v].Head].Ent == "GPE" && w.Norm == "who"):
		t.attach(v, noun, "relcl")
	case t.tokens[v].Dep == "relcl":
		if noun == i-1 && t.tokens[noun].Dep == "appos" && t.tokens[noun].Head == t.tokens[v].Head {
			t.attach(v, noun, "relcl")
		}
	case w.Norm != "that" && (w.Dep == "nsubj" || w.Dep == "nsubjpass") && t.tokens[v].Head < i:
		t.attach(v, noun, "relcl")
	}
}

// person gives whom "who" behind a noun stands for: of "prosecutors in the north
// of California who …" the prosecutors, since a place does nothing.
func (t tree) person(noun int) int {
	for k := noun; t.tokens[k].Dep == "pobj" || t.tokens[k].Dep == "conj"; {
		if e := t.tokens[k].Ent; e == "PERSON" || e == "ORG" || e == "NORP" || e == "" && t.words.IsA(t.tokens[k].Lemma, "person") {
			return k
		}
		up := t.tokens[k].Head
		if t.tokens[k].Dep == "pobj" {
			up = t.tokens[up].Head
		}
		if !t.tokens[up].noun() || up >= k {
			break
		}
		k = up
		if !t.named(k) && t.words.IsA(t.tokens[k].Lemma, "person") {
			return k
		}
	}
	return noun
}

func (t tree) named(i int) bool { return t.tokens[i].named() }

// splitNoun: a noun is no preposition; one that is labelled so goes on with the
// noun before it: "during a news conference".
func (t tree) splitNoun(i int) {
	before := t.at(i - 1)
	if i == 0 || t.tokens[i].Dep != "prep" || !t.tokens[i].noun() || !before.noun() || before.Head >= i {
		return
	}
	if !t.attach(i, before.Head, before.Dep) {
		return
	}
	for k := range t.tokens[:i-1] {
		if t.tokens[k].Head == i-1 {
			t.tokens[k].Head = i
		}
	}
	t.attach(i-1, i, "compound")
}

// party: "(R-Calif.)" describes the name before it.
func (t tree) party(i int) {
	before := t.at(i - 2)
	if !isPartyState(t.tokens[i].Text) || !before.named() || t.at(i-1).Norm != "(" && t.at(i-1).Norm != "," {
		return
	}
	name := i - 2
	if before.Dep == "compound" && before.Head < i && t.at(before.Head).named() {
		name = before.Head
	}
	t.attach(i, name, "appos")
}

// dashedNoun: a noun phrase behind a dash is no object of the verb but an
// apposition of the noun before the dash: "won the caucus — a first".
func (t tree) dashedNoun(i int) {
	k := t.tokens[i]
	if !k.noun() || k.Dep != "dobj" && k.Dep != "attr" && k.Dep != "npadvmod" || k.Head >= i {
		return
	}
	start := i
	for t.at(start - 1).inNounPhrase() {
		start--
	}
	if d := t.at(start - 1); d.Norm != "--" && d.Norm != "—" && d.Norm != "–" && d.Norm != "―" || !t.at(start-2).noun() || k.Head > start {
		return
	}
	t.attach(i, start-2, "appos")
}

// distance hangs a span of time on what it is the distance to: "leaving, a day after
// Mattis resigned".
func (t tree) distance(i int) {
	if i+1 >= len(t.tokens) || !timeSpans[t.tokens[i].Lemma] || t.tokens[i].Dep != "npadvmod" {
		return
	}
	switch to := t.tokens[i+1]; {
	case to.Norm != "after" && to.Norm != "before":
	case to.Dep == "mark":
		if clause := &t.tokens[to.Head]; clause.Head == i && t.tokens[i].Head != i {
			clause.Head, clause.Dep = t.tokens[i].Head, "advcl"
		}
		t.attach(i, to.Head, "npadvmod")
	case to.Dep == "prep":
		t.attach(i, i+1, "npadvmod")
	}
}

var timeSpans = map[string]bool{"minute": true, "hour": true, "day": true, "week": true, "month": true, "year": true, "decade": true, "moment": true}

// behindDay makes a name that the parser took for another name of the day before it
// the subject of the sentence that has none: "In a letter Thursday, Lind, 68, said …".
func (t tree) behindDay(i int) {
	day := t.tokens[i].Head
	if t.tokens[i].Dep != "appos" || day >= i || !t.tokens[i].named() || !weekdays[t.tokens[day].Norm] {
		return
	}
	for v := i + 1; v < len(t.tokens); v++ {
		if t.tokens[v].Head != v || !t.tokens[v].verb() || t.child(v, "nsubj", "nsubjpass") >= 0 {
			continue
		}
		if t.attach(i, v, "nsubj") {
			for k := i + 1; k < v; k++ {
				if t.tokens[k].Head == day && t.tokens[k].Dep != "punct" {
					t.attach(k, i, t.tokens[k].Dep)
				}
			}
		}
		return
	}
}

var weekdays = map[string]bool{"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true}

// compoundPreposition: "in connection with", "in exchange for": the second
// preposition belongs to the bare noun between the two.
func (t tree) compoundPreposition(i int) {
	a, n := t.at(i-2), t.at(i-1)
	if t.tokens[i].Tag != "IN" || t.tokens[i].Dep != "prep" || a.Tag != "IN" || n.Tag != "NN" || n.Dep != "pobj" || n.Head != i-2 {
		return
	}
	if linkNouns[n.Norm] {
		t.attach(i, i-1, "prep")
	}
}

var linkNouns = wordSet("connection response exchange return addition accordance behalf favor favour support charge light terms front spite " +
	"place lieu violation regard reference relation contrast opposition reaction conjunction coordination cooperation consultation defiance search need")

// nameTaggedVerb: a capitalised word inside a sentence that stands before a finite
// verb without a subject is that verb's subject: "…, and Trump later tweeted that …".
func (t tree) nameTaggedVerb(i int) {
	w := t.tokens[i]
	if i == 0 || !w.verb() || w.Ent == "" || w.Text == w.Norm || t.at(i-1).Tag != "CC" && t.at(i-1).Norm != "," {
		return
	}
	v := i + 1
	for t.at(v).Tag == "RB" {
		v++
	}
	if n := t.at(v); n.Tag != "VBD" && n.Tag != "VBZ" && n.Tag != "MD" || n.Text != n.Norm || t.child(v, "nsubj", "nsubjpass") >= 0 || t.under(i, v) {
		return
	}
	if n := t.at(v); n.Tag == "MD" && n.Head > v {
		v = n.Head
	}
	head, label := w.Head, w.Dep
	if head == i || label != "conj" && label != "advcl" && label != "ccomp" {
		return
	}
	if t.under(head, v) || !t.attach(v, head, "conj") {
		return
	}
	for k := range t.tokens {
		if t.tokens[k].Head == i && k > i && k != v {
			t.tokens[k].Head = v
		}
	}
	t.tokens[i].Tag, t.tokens[i].Head, t.tokens[i].Dep, t.tokens[i].Lemma = "NNP", v, "nsubj", w.Norm
}

// verblessRoot: a noun at the root with a participle behind a comma and no other
// verb is the subject of that participle, which is a past tense: "A lawyer for the
// pair, Ana Cole of Vale & Lind, confirmed that …".
func (t tree) verblessRoot() {
	n := len(t.tokens)
	if n == 0 || t.tokens[n-1].Norm != "." && t.at(n-2).Norm != "." {
		return
	}
	root := slices.IndexFunc(t.tokens, func(k Token) bool { return k.Dep == "ROOT" })
	if root < 0 || !t.tokens[root].noun() {
		return
	}
	for v := root + 1; v < n; v++ {
		k := t.tokens[v]
		if k.Head != root || k.Dep != "acl" || k.Tag != "VBN" || t.at(v-1).Norm != "," || t.child(v, "agent") >= 0 {
			continue
		}
		if slices.ContainsFunc(t.tokens[:v], Token.finite) || t.child(root, "conj", "relcl") > v {
			return
		}
		t.tokens[v].Head, t.tokens[v].Dep, t.tokens[v].Tag = v, "ROOT", "VBD"
		t.tokens[root].Head, t.tokens[root].Dep = v, "nsubj"
		for c := v + 1; c < n; c++ {
			if t.tokens[c].Head == root && t.tokens[c].Dep != "prep" {
				t.tokens[c].Head = v
			}
		}
		return
	}
}

// gerunds: "charged with taking $250,000 and filing false records": what stands
// behind "and" in the form of the gerund before it is joined to that.
func (t tree) gerunds(i int) {
	if t.tokens[i].Tag != "CC" {
		return
	}
	g := i + 1
	for t.at(g).Tag == "RB" {
		g++
	}
	w := t.at(g)
	if !strings.HasSuffix(w.Norm, "ing") || len(w.Norm) < 6 || w.Tag != "VBG" && w.Tag != "NN" || !startsObject(t.at(g+1)) {
		return
	}
	first := -1
	for k := i - 1; k >= 0 && !t.tokens[k].finite(); k-- {
		if t.tokens[k].Tag == "VBG" && (t.tokens[k].Dep == "pcomp" || t.tokens[k].Dep == "conj" && t.at(t.tokens[k].Head).Tag == "VBG") {
			first = k
			break
		}
	}
	if first < 0 || w.Tag == "VBG" && w.Dep == "conj" && w.Head == first || !t.words.Known(w.Norm, lexicon.Verb) {
		return
	}
	t.promote(g, first)
	t.attach(i, first, "cc")
}

// startsObject tells a word that may open the object of a verb.
func startsObject(t Token) bool {
	return t.noun() || t.Tag == "DT" || t.Tag == "PRP$" || t.Tag == "CD" || t.Tag == "$" || t.Tag == "JJ"
}

// promote makes the word g, tagged as part of a noun phrase, a gerund joined to
// the gerund first, with that phrase as its object.
func (t tree) promote(g, first int) {
	noun := t.tokens[g].Head
	inside := noun > g && t.tokens[g].Tag == "NN" && t.tokens[noun].noun()
	if inside {
		if t.under(first, noun) {
			return
		}
		t.tokens[g].Head, t.tokens[g].Dep = first, "conj"
		for k := range t.tokens[:g] {
			if t.tokens[k].Head == noun && k > first && t.tokens[k].Tag == "RB" {
				t.tokens[k].Head = g
			}
		}
		t.tokens[noun].Head, t.tokens[noun].Dep = g, "dobj"
	} else if !t.attach(g, first, "conj") {
		return
	}
	t.tokens[g].Tag = "VBG"
	t.tokens[g].Lemma = t.words.Lemma(t.tokens[g].Norm, lexicon.Verb)
}
