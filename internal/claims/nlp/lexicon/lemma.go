package lexicon

import "strings"

// detachment is a regular ending and what stands in its place in the base form.
type detachment struct{ ending, base string }

var (
	nounDetachments = []detachment{
		{"s", ""}, {"ses", "s"}, {"xes", "x"}, {"zes", "z"}, {"ches", "ch"}, {"shes", "sh"},
		{"men", "man"}, {"ies", "y"},
	}
	verbDetachments = []detachment{
		{"s", ""}, {"ies", "y"}, {"es", "e"}, {"es", ""}, {"ed", "e"}, {"ed", ""},
		{"ing", "e"}, {"ing", ""},
	}
	adjectiveDetachments = []detachment{{"er", ""}, {"est", ""}, {"er", "e"}, {"est", "e"}}
)

func detachments(pos POS) []detachment {
	switch pos {
	case Noun:
		return nounDetachments
	case Verb:
		return verbDetachments
	case Adjective:
		return adjectiveDetachments
	}
	return nil
}

// Lemma gives the base form of a word: "signed" → "sign", "men" → "man",
// "stepped down" → "step_down". Among the base forms that WordNet's exceptions
// and endings allow, the word itself included, it takes the one that is used
// most ("found" → "find"). A word that is not known comes back as it is, in
// lower case and with underscores.
func (l *Lexicon) Lemma(word string, pos POS) string {
	word = normal(word)
	p := l.part(pos)
	if id := p.lookup(word, pos); id >= 0 {
		return p.words.at(id)
	}
	if base := l.inflectedCollocation(word, pos); base != "" {
		return base
	}
	return word
}

// Known tells whether the word, or a word that it is an inflected form of, is
// in WordNet or in the news word lists.
func (l *Lexicon) Known(word string, pos POS) bool {
	lemma := l.Lemma(word, pos)
	return l.part(pos).words.find(lemma) >= 0 || l.news.has(lemma, pos)
}

// normal brings a word into the form of the data: lower case, underscores.
func normal(word string) string {
	for i := range len(word) {
		if c := word[i]; c == ' ' || c >= 0x80 || 'A' <= c && c <= 'Z' {
			if words := strings.Fields(word); len(words) > 0 {
				return strings.ToLower(strings.Join(words, "_"))
			}
		}
	}
	return word
}

// lookup gives the number of the word's base form, or -1.
func (p *part) lookup(word string, pos POS) int {
	best := p.words.find(word)
	uses := p.uses(best)
	try := func(id int) {
		if id < 0 {
			return
		}
		if n := p.uses(id); best < 0 || n > uses {
			best, uses = id, n
		}
	}
	if form := p.forms.find(word); form >= 0 {
		from, to := p.bases.bounds(form)
		for i := from; i < to; i++ {
			try(p.bases.values.at(i))
		}
		return best
	}
	if pos == Verb && best >= 0 {
		return best // a verb that looks inflected and is not: need, bring, seed
	}
	for _, d := range detachments(pos) {
		if stem, ok := detach(word, d, pos); ok {
			try(p.joined(stem, d.base))
		}
	}
	return best
}

// detach takes the ending off a word that can have it.
func detach(word string, d detachment, pos POS) (string, bool) {
	if pos == Noun && strings.HasSuffix(word, "ss") || len(word) <= len(d.ending)+1 {
		return "", false
	}
	return strings.CutSuffix(word, d.ending)
}

// joined finds the word made of a stem and an ending.
func (p *part) joined(stem, ending string) int {
	if ending == "" {
		return p.words.find(stem)
	}
	return p.words.find(stem + ending)
}

// uses tells how often a word was tagged in any sense; a word that is not there
// has -1 uses.
func (p *part) uses(word int) int {
	if word < 0 {
		return -1
	}
	total := 0
	from, to := p.senses.bounds(word)
	for i := from; i < to; i++ {
		total += p.count(i)
	}
	return total
}

// inflectedCollocation gives the base form of a collocation whose first word
// (of verbs: "stepped_down") or last word (of nouns: "prime_ministers") is
// inflected, or "" when there is no such collocation.
func (l *Lexicon) inflectedCollocation(word string, pos POS) string {
	if l.news.has(word, pos) {
		return ""
	}
	var base string
	switch i := strings.IndexByte(word, '_'); {
	case i <= 0:
		return ""
	case pos == Verb:
		base = l.Lemma(word[:i], pos) + word[i:]
	case pos == Noun:
		last := strings.LastIndexByte(word, '_') + 1
		base = word[:last] + l.Lemma(word[last:], pos)
	}
	if l.part(pos).words.find(base) < 0 && !l.news.has(base, pos) {
		return ""
	}
	return base
}
