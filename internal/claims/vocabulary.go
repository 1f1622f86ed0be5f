package claims

import (
	"cmp"
	"math"
	"slices"

	"corroborate/internal/claims/nlp"
)

// vocabulary knows which words, whatever they mean, the passages and the sentences of a
// story share. Reports take over words with the facts: what no other sentence of the story
// says but these two is rarely two facts. Words are lemmas of nouns, verbs, adjectives,
// adverbs and numbers.
type vocabulary struct {
	// passage holds the words of each statement, sentence those of each sentence, by
	// number, in order and each once.
	passage, sentence [][]spoken
	// tellers is how many sentences tell each word, rarity what it weighs by that: 1 for
	// one that two sentences tell or fewer, next to nothing for one that all do.
	tellers []int
	rarity  []float64
}

// spoken is a word, by its number, with its share of the name that it is part of: the
// words of a name are one thing that is shared, however many they are. Other words are
// whole.
type spoken struct {
	word  int32
	share float64
}

// newVocabulary reads the words of statements and of their sentences, which are given by
// number with the statements that they hold.
func newVocabulary(all []*statement, held [][]int) *vocabulary {
	v := &vocabulary{passage: make([][]spoken, len(all)), sentence: make([][]spoken, len(held))}
	number := numbersOfWords(all, held)
	v.tellers, v.rarity = make([]int, len(number)), make([]float64, len(number))
	for n, h := range held {
		p := all[h[0]].draft.p
		v.sentence[n] = spokenWords(p, 0, len(p.toks), number)
		for _, w := range v.sentence[n] {
			v.tellers[w.word]++
		}
	}
	sentences := float64(max(len(held), 2))
	for word, n := range v.tellers {
		v.rarity[word] = math.Log((sentences+1)/float64(max(n, 2))) / math.Log((sentences+1)/2)
	}
	for i, s := range all {
		v.passage[i] = spokenWords(s.draft.p, s.draft.from, s.draft.to, number)
	}
	return v
}

// numbersOfWords numbers the words of all sentences, in their order, so that the order of
// the articles does not matter.
func numbersOfWords(all []*statement, held [][]int) map[string]int32 {
	number := map[string]int32{}
	for _, h := range held {
		for _, t := range all[h[0]].draft.p.toks {
			if contentWord(t) {
				number[lemmaOf(t)] = 0
			}
		}
	}
	words := make([]string, 0, len(number))
	for w := range number {
		words = append(words, w)
	}
	slices.Sort(words)
	for n, w := range words {
		number[w] = int32(n)
	}
	return number
}

// contentWord tells a noun, verb, adjective, adverb or number word that is not found in any sentence.
func contentWord(t nlp.Token) bool { return posOf(t) != 0 && !stopLemmas[lemmaOf(t)] }

// spokenWords gives the telling words among the tokens from one up to another. A word that
// stands there twice has the larger of its shares.
func spokenWords(p *parsed, from, to int, number map[string]int32) []spoken {
	var out []spoken
	for i := from; i < to; {
		if !contentWord(p.toks[i]) {
			i++
			continue
		}
		end := i + 1
		for isName(p.toks[i]) && end < to && isName(p.toks[end]) && contentWord(p.toks[end]) {
			end++
		}
		for _, t := range p.toks[i:end] {
			out = append(out, spoken{number[lemmaOf(t)], 1 / float64(end-i)})
		}
		i = end
	}
	slices.SortFunc(out, func(a, b spoken) int { return cmp.Or(cmp.Compare(a.word, b.word), cmp.Compare(b.share, a.share)) })
	return slices.CompactFunc(out, func(a, b spoken) bool { return a.word == b.word })
}

// rare gives how many rare words two statements share: each counts one, a name too, divided
// among the sentences beside the first that tell it.
func (v *vocabulary) rare(i, j int) float64 {
	sum := 0.0
	inBoth(v.passage[i], v.passage[j], func(x, y spoken) {
		sum += max(x.share, y.share) / float64(max(v.tellers[x.word]-1, 1))
	})
	return sum
}

// told gives how much of the words of statement i, by rarity, a sentence has.
func (v *vocabulary) told(i, sentence int) float64 {
	shared, all := 0.0, 0.0
	for _, w := range v.passage[i] {
		all += float64(v.rarity[w.word] * w.share)
	}
	inBoth(v.passage[i], v.sentence[sentence], func(own, _ spoken) {
		shared += float64(v.rarity[own.word] * own.share)
	})
	return ratio(shared, all)
}

// inBoth calls back with each word that both lists hold.
func inBoth(a, b []spoken, each func(x, y spoken)) {
	for len(a) > 0 && len(b) > 0 {
		switch c := cmp.Compare(a[0].word, b[0].word); {
		case c < 0:
			a = a[1:]
		case c > 0:
			b = b[1:]
		default:
			each(a[0], b[0])
			a, b = a[1:], b[1:]
		}
	}
}
