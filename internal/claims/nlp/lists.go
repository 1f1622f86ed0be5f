package nlp

import "strings"

// item is one part of a list of nouns: its first token and the tokens that may
// head it, the outermost last.
type item struct {
	start int
	heads []int
	// links are the prepositions between the heads.
	links []int
}

// list: in "trips to Italy, school tuition, dental work and travel" the nouns are
// joined to one another, whatever the parser made of the commas. cc is the "and"
// before the last one. Lists of two are left as they are.
func (t tree) list(cc int) {
	if k := t.tokens[cc]; k.Tag != "CC" || k.Norm != "and" && k.Norm != "or" {
		return
	}
	items := t.itemsBefore(cc)
	last, ok := t.itemAfter(cc)
	if !ok || len(items) < 2 {
		return
	}
	items = append(items, last)
	named := t.tokens[items[1].heads[len(items[1].heads)-1]].named()
	var heads []int
	for k, it := range items {
		h := it.heads[len(it.heads)-1]
		if k == 0 {
			h = t.headLike(it, named)
		}
		if h < 0 || t.tokens[h].named() != named {
			return
		}
		heads = append(heads, h)
	}
	if len(items) == 3 && t.describes(items[1], heads[1]) {
		return
	}
	for k := 1; k < len(heads); k++ {
		if t.tokens[heads[k]].Dep == "nsubj" || t.tokens[heads[k]].Dep == "nsubjpass" {
			return // the subject of another clause
		}
	}
	for k := 1; k < len(heads); k++ {
		if h := t.tokens[heads[k]]; h.Dep != "conj" || h.Head != heads[k-1] && h.Head != heads[0] {
			t.attach(heads[k], heads[k-1], "conj")
		}
	}
	for _, it := range items {
		for _, link := range it.links {
			if t.tokens[link].Head > link {
				t.attach(link, link-1, "prep")
			}
		}
	}
	t.attach(cc, heads[len(heads)-2], "cc")
	t.lastItemsPhrase(heads[len(heads)-1], heads[0])
}

// lastItemsPhrase hangs the phrase right behind the last item, which the parser
// likes to hang on the verb, on that item: "…, tuition and travel for a dozen
// relatives".
func (t tree) lastItemsPhrase(last, first int) {
	prep := last + 1
	if k := t.at(prep); k.Dep != "prep" || !itemPrepositions[k.Norm] || k.Head >= first || t.at(t.child(prep, "pobj")).Ent == "DATE" {
		return
	}
	t.attach(prep, last, "prep")
}

var itemPrepositions = wordSet("of for to between against from with")

// describes tells an item that may be an apposition of the one before it: "the
// minister, a former judge, and the mayor".
func (t tree) describes(it item, head int) bool {
	return t.tokens[head].Dep == "appos" && (t.tokens[it.start].Tag == "DT" || t.tokens[it.start].Tag == "JJ")
}

// named tells a name.
func (t Token) named() bool { return strings.HasPrefix(t.Tag, "NNP") }

// headLike gives the innermost head of an item that is a name or is none, as the
// other items are: "trips to Italy, tuition and …" joins trips to tuition.
func (t tree) headLike(it item, named bool) int {
	for _, h := range it.heads {
		if t.tokens[h].named() == named {
			return h
		}
	}
	return -1
}

// itemsBefore gives the items that stand, with commas between them, before token
// end, in their order. It gives nil where there is no comma.
func (t tree) itemsBefore(end int) []item {
	var out []item
	e := end - 1
	if t.at(e).Norm == "," {
		e--
	}
	for {
		it, ok := t.itemUpTo(e)
		if !ok {
			return nil
		}
		out = append([]item{it}, out...)
		if t.at(it.start-1).Norm != "," || !t.at(it.start-2).noun() {
			return out
		}
		e = it.start - 2
	}
}

// itemUpTo reads a noun phrase backwards from its last noun, with the phrases
// that it hangs on by a preposition: "trips to Italy and Spain".
func (t tree) itemUpTo(e int) (item, bool) {
	if !t.at(e).noun() {
		return item{}, false
	}
	it := item{heads: []int{e}}
	for {
		it.start = e
		for t.inItem(it.start - 1) {
			it.start--
		}
		if !t.at(it.start - 2).noun() {
			return it, true
		}
		switch t.at(it.start - 1).Tag {
		case "IN":
			e = it.start - 2
			it.heads = append(it.heads, e)
			it.links = append(it.links, it.start-1)
		case "CC":
			e = it.start - 2
			it.heads[len(it.heads)-1] = e
		default:
			return it, true
		}
	}
}

// inItem tells a token that belongs to the noun phrase behind it: "even", and the
// "and" of "domestic and international travel", too.
func (t tree) inItem(i int) bool {
	switch k := t.at(i); k.Tag {
	case "RB":
		return t.at(i-1).Norm == ","
	case "CC":
		return strings.HasPrefix(t.at(i-1).Tag, "JJ") && strings.HasPrefix(t.at(i+1).Tag, "JJ")
	default:
		return k.inNounPhrase()
	}
}

// itemAfter reads the noun phrase behind token cc.
func (t tree) itemAfter(cc int) (item, bool) {
	i := cc + 1
	for t.at(i).Tag == "RB" {
		i++
	}
	start, head := i, -1
	for ; i < len(t.tokens) && t.inItem(i); i++ {
		if t.tokens[i].noun() {
			head = i
		}
	}
	return item{start: start, heads: []int{head}}, head >= 0
}

// inNounPhrase tells a word that may stand before or in a noun phrase's head.
func (t Token) inNounPhrase() bool {
	switch t.Tag {
	case "DT", "PRP$", "CD", "$", "JJ", "JJR", "JJS", "HYPH", "POS", "NN", "NNS", "NNP", "NNPS":
		return true
	}
	return false
}
