package worth

import (
	"slices"
	"strings"

	"corroborate/internal/claims/nlp"
	"corroborate/internal/claims/nlp/lexicon"
)

// Features gives the features of a parsed sentence, sorted. Their names are what
// reasons say.
func Features(lex *lexicon.Lexicon, toks []nlp.Token) []string {
	root := slices.IndexFunc(toks, func(t nlp.Token) bool { return t.Dep == "ROOT" })
	return PartFeatures(lex, toks, root, func(int) bool { return true })
}

// PartFeatures gives the features of those tokens of a parsed sentence for which
// in holds, with the token root as the main verb.
func PartFeatures(lex *lexicon.Lexicon, toks []nlp.Token, root int, in func(i int) bool) []string {
	r := reader{lex: lex, toks: toks, root: root, on: map[string]bool{}}
	for i := range toks {
		if in(i) {
			r.kept = append(r.kept, i)
		}
	}
	for _, i := range r.kept {
		r.figure(i)
		r.name(i)
		r.verb(i)
		r.mood(i)
		r.subject(i)
		r.word(i)
	}
	r.whole()
	return r.names()
}

// Merge joins the features of the sentences of one statement.
func Merge(sentences ...[]string) []string {
	out := slices.Concat(sentences...)
	slices.Sort(out)
	return slices.Compact(out)
}

// reader collects features.
type reader struct {
	lex  *lexicon.Lexicon
	toks []nlp.Token
	// kept are the tokens that count, root is the main verb among them.
	kept []int
	root int
	on   map[string]bool
}

func (r *reader) add(name string) { r.on[name] = true }

func (r *reader) names() []string {
	out := make([]string, 0, len(r.on))
	for name := range r.on {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// norm gives the lower-case form of token i, empty outside the sentence.
func (r *reader) norm(i int) string {
	if i < 0 || i >= len(r.toks) {
		return ""
	}
	return r.toks[i].Norm
}

// child gives the first kept child of token i with a label, -1 for none.
func (r *reader) child(i int, label string) int {
	for _, c := range r.kept {
		if c != i && r.toks[c].Head == i && r.toks[c].Dep == label {
			return c
		}
	}
	return -1
}

// entityFeatures name what the recogniser finds.
var entityFeatures = map[string]string{
	"DATE": "a date", "TIME": "a time of day", "MONEY": "an amount of money", "PERCENT": "a percentage",
	"QUANTITY": "a measure", "ORDINAL": "a place in an order", "PERSON": "a named person",
	"ORG": "a named organisation", "GPE": "a named place", "LOC": "a named place", "FAC": "a named place",
	"NORP": "a nationality, faith or party", "LAW": "a named law, event or work", "EVENT": "a named law, event or work",
	"WORK_OF_ART": "a named law, event or work", "PRODUCT": "a named law, event or work",
}

func (r *reader) name(i int) {
	if f := entityFeatures[r.toks[i].Ent]; f != "" {
		r.add(f)
	}
}

// figure reads numbers and amounts.
func (r *reader) figure(i int) {
	t := r.toks[i]
	switch {
	case t.Tag == "$":
		r.add("an amount of money")
	case t.Norm == "%" || t.Norm == "percent":
		r.add("a percentage")
	case scales[t.Norm]:
		r.add("hundreds, thousands or millions")
	case vagueAmounts[t.Norm]:
		r.add("a vague amount")
	}
	switch {
	case t.Tag != "CD" || t.Norm == "one" || scales[t.Norm]:
	case isYear(t.Norm):
		r.add("a year")
	case !strings.ContainsAny(t.Norm, "0123456789"):
		r.add("a number in words")
	case r.on["a figure"]:
		r.add("several figures")
	default:
		r.add("a figure")
	}
}

// isYear tells four digits that read as a year of the last or this century.
func isYear(s string) bool {
	return len(s) == 4 && (strings.HasPrefix(s, "19") || strings.HasPrefix(s, "20")) &&
		strings.Trim(s, "0123456789") == ""
}

// verb reads tense and voice.
func (r *reader) verb(i int) {
	t := r.toks[i]
	switch {
	case t.Tag == "VBD" && t.Lemma == "be":
		r.add("a state in the past")
	case t.Tag == "VBD":
		r.add("a deed in the past")
	case t.Tag == "VBN" && (r.child(i, "auxpass") >= 0 || t.Dep == "acl"):
		r.add("a passive")
	case t.Tag == "VBN" && r.child(i, "aux") >= 0:
		r.add("a deed that is done")
	case t.Tag == "VBG" && r.child(i, "aux") >= 0:
		r.add("a deed under way")
	case t.Tag == "VBZ" && t.Lemma == "be":
		r.add("a state at present")
	case t.Tag == "VBZ":
		r.add("a deed at present")
	}
	if i == r.root {
		r.main(i)
	}
}

// main reads the form of the main verb with its auxiliaries: "have + VBN".
func (r *reader) main(i int) {
	t := r.toks[i]
	if !strings.HasPrefix(t.Tag, "VB") && t.Tag != "MD" {
		r.add("no verb")
		return
	}
	form := mainVerb
	for _, c := range r.kept {
		if r.toks[c].Head == i && r.toks[c].Dep == "aux" {
			form += r.toks[c].Lemma + " + "
		}
	}
	r.add(form + verbForms[t.Tag])
	if t.Tag == "VB" && r.child(i, "nsubj") < 0 && r.child(i, "aux") < 0 {
		r.add("an order or a request")
	}
}

// mainVerb opens the names of the forms of the main verb.
const mainVerb = "main verb: "

var verbForms = map[string]string{"VB": "base form", "VBD": "past", "VBG": "-ing", "VBN": "participle", "VBP": "present",
	"VBZ": "present of one", "MD": "modal"}

// mood reads what is not told as a fact.
func (r *reader) mood(i int) {
	switch r.norm(i) {
	case "will", "'ll", "wo", "shall":
		r.add("the future")
	case "going":
		if r.norm(i+1) == "to" {
			r.add("the future")
		}
	case "would", "'d":
		r.add("“would”")
	case "may", "might", "could":
		r.add("a possibility")
	case "should", "must", "ought", "need", "needs", "let":
		r.add("an obligation")
	case "have", "has", "had", "got":
		if r.norm(i+1) == "to" {
			r.add("an obligation")
		}
	case "can", "ca":
		r.add("an ability")
	case "if", "unless":
		r.add("a condition")
	case "not", "n't", "never", "no":
		r.add("a negation")
	case "because":
		r.add("a cause")
	}
}

// subject reads who a clause is about.
func (r *reader) subject(i int) {
	t := r.toks[i]
	if t.Dep != "nsubj" && t.Dep != "nsubjpass" && t.Dep != "expl" {
		return
	}
	verb := r.toks[t.Head]
	kind := " as a subject"
	if t.Head == r.root {
		kind = " as the main subject"
	}
	switch t.Norm {
	case "i":
		r.add("“I”" + kind)
		if minds[verb.Lemma] {
			r.add("the speaker’s mind")
		} else if verb.Tag == "VBD" {
			r.add("the speaker’s own deed")
		}
	case "we", "you", "they":
		r.add("“" + t.Norm + "”" + kind)
	case "he", "she":
		r.add("he or she" + kind)
	case "it", "this", "that":
		r.add("“it” or “this”" + kind)
	case "there":
		r.add("“there is”")
	default:
		switch {
		case strings.HasPrefix(t.Tag, "NNP"):
			r.add("a name" + kind)
		case strings.HasPrefix(t.Tag, "NN"):
			r.add("a noun" + kind)
		case t.Tag == "WP" || t.Tag == "WDT":
			r.add("a clause with “who” or “which”")
		}
	}
}

// word reads single words: the classes they belong to, and the word itself where
// it is of the general vocabulary.
func (r *reader) word(i int) {
	t := r.toks[i]
	for _, c := range wordClasses {
		if c.words[t.Norm] || c.words[t.Lemma] {
			r.add(c.name)
		}
	}
	switch t.Tag {
	case "JJR", "RBR":
		if r.norm(i+1) != "than" || i+2 >= len(r.toks) || r.toks[i+2].Tag != "CD" && r.toks[i+2].Tag != "$" {
			r.add("a comparison")
		}
	case "JJS", "RBS":
		r.add("a superlative")
	case "NN", "NNS":
		for k, is := range r.lex.IsAny(t.Lemma, nounClasses...) {
			if is {
				r.add(nounFeatures[k])
			}
		}
	}
	if isVocabulary(t) {
		r.add("“" + t.Lemma + "”")
	}
}

// isVocabulary tells a noun, a verb or an adjective that is no name. Function
// words and adverbs are left out: as reasons they would say nothing.
func isVocabulary(t nlp.Token) bool {
	switch {
	case t.Tag != "NN" && t.Tag != "NNS" && !strings.HasPrefix(t.Tag, "VB") && !strings.HasPrefix(t.Tag, "JJ"),
		t.Lemma == "be" || t.Lemma == "have" || t.Lemma == "do":
		return false
	}
	return len(t.Lemma) > 1 && !strings.ContainsFunc(t.Lemma, func(c rune) bool { return c < 'a' || c > 'z' })
}

// whole reads the statement as one.
func (r *reader) whole() {
	words := 0
	for _, i := range r.kept {
		if strings.ContainsFunc(r.toks[i].Norm, func(c rune) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }) {
			words++
		}
	}
	if words <= 5 {
		r.add("few words")
	}
	if n := len(r.kept); n > 0 {
		switch r.norm(r.kept[n-1]) {
		case "?":
			r.add("a question")
		case "!":
			r.add("an exclamation")
		}
	}
	named := slices.ContainsFunc(r.kept, func(i int) bool { return strings.HasPrefix(r.toks[i].Tag, "NNP") })
	if !named && !slices.ContainsFunc(facts, func(f string) bool { return r.on[f] }) {
		r.add("no figure, date or name")
	}
}

// facts are what a statement that can be looked up usually has one of.
var facts = []string{"a figure", "a number in words", "hundreds, thousands or millions", "a percentage", "an amount of money",
	"a year", "a date", "a named person", "a named organisation", "a named place", "a nationality, faith or party"}
