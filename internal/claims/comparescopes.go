package claims

import "fmt"

// scopes compares of how much of a thing a statement holds: of all of it, or
// only of some.
func (c *comparison) scopes() {
	for _, qa := range quantifiers(c.a) {
		for _, qb := range quantifiers(c.b) {
			na, nb := c.a.draft.p.toks[qa.noun], c.b.draft.p.toks[qb.noun]
			if lemmaOf(na) != lemmaOf(nb) || qa.whole == qb.whole {
				continue
			}
			va, vb := qa.words(c.a), qb.words(c.b)
			c.differ(KindScope, [2]string{va, vb}, [2][2]int{{qa.word, qa.noun + 1}, {qb.word, qb.noun + 1}},
				fmt.Sprintf("%s says it of “%s”, %s of “%s”.", c.a.art.Source, va, c.b.art.Source, vb))
			return
		}
	}
}

var (
	whole = set(`all|every|each|entire|whole|any`)
	parts = set(`some|most|many|several|few|part|half|certain|only|solely|partly|partially`)
)

// quantifier is a word that says how much of a noun is meant.
type quantifier struct {
	word, noun int
	whole      bool
}

func (q quantifier) words(s *statement) string {
	return s.draft.p.words(s.art.body, q.word, q.noun+1)
}

// quantifiers gives the quantifiers of a statement with their nouns: the next
// noun that no other noun follows.
func quantifiers(s *statement) []quantifier {
	var out []quantifier
	toks := s.draft.p.toks
	for i := s.draft.from; i < s.draft.to; i++ {
		if !whole[toks[i].Norm] && !parts[toks[i].Norm] {
			continue
		}
		noun := -1
		for k := i + 1; k < s.draft.to && k <= i+5 && (posOf(toks[k]) != 0 && posOf(toks[k]) != 'v' || toks[k].Tag == "PRP$" || toks[k].Tag == "DT"); k++ {
			if isNoun(toks[k]) {
				noun = k
			}
		}
		if noun >= 0 {
			out = append(out, quantifier{word: i, noun: noun, whole: whole[toks[i].Norm]})
		}
	}
	return out
}
