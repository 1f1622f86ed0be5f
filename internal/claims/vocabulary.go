package claims

import (
	"cmp"
	"math"
	"slices"

	"corroborate/internal/claims/nlp"
)

// vocabulary knows which words, whatever they mean, the passages and the sentences of a
// story share. Reports take over words with the facts: what no other sentence of the story
// says but these two is rarely two facts.
type vocabulary struct {
	// passage holds the words of each statement, sentence those of each sentence, around
	// those of the sentences next to it, by number, in order and each once.
	passage, sentence, around [][]spoken
	// tellers is how many sentences tell each word, rarity what it weighs by that: 1 for
	// one that two sentences tell or fewer, next to nothing for one that all do.
	tellers []int
	rarity  []float64
	// phrases holds the phrases of each statement, phraseTellers how many sentences tell
	// each.
	phrases       [][]spoken
	phraseTellers []int
}

// spoken is a word, by its number, with its share of the name that it is part of: the
// words of a name are one thing that is shared, however many they are. Other words, and
// phrases, are whole.
type spoken struct {
	number int32
	share  float64
}

// newVocabulary reads the words of statements and of their sentences, which are given by
// number with the statements that they hold; article gives that of a sentence.
func newVocabulary(all []*statement, held [][]int, article func(sentence int) int) *vocabulary {
	v := &vocabulary{passage: make([][]spoken, len(all)), phrases: make([][]spoken, len(all)),
		sentence: make([][]spoken, len(held)), around: make([][]spoken, len(held))}
	number := numbersOfWords(all, held)
	v.tellers, v.rarity = make([]int, len(number)), make([]float64, len(number))
	pairs := map[[2]int32]int32{}
	for n, h := range held {
		p := all[h[0]].draft.p
		whole := draft{p: p, to: len(p.toks)}
		v.sentence[n] = whole.words(number)
		for _, w := range v.sentence[n] {
			v.tellers[w.number]++
		}
		phrases := whole.phrases(number, pairs)
		for _, i := range h {
			v.passage[i], v.phrases[i] = all[i].draft.words(number), all[i].draft.phrases(number, pairs)
			phrases = append(phrases, v.phrases[i]...)
		}
		v.phraseTellers = append(v.phraseTellers, make([]int, len(pairs)-len(v.phraseTellers))...)
		for _, ph := range eachOnce(phrases) {
			v.phraseTellers[ph.number]++
		}
	}
	sentences := float64(max(len(held), 2))
	for word, n := range v.tellers {
		v.rarity[word] = math.Log((sentences+1)/float64(max(n, 2))) / math.Log((sentences+1)/2)
	}
	for n := range held {
		for _, next := range []int{n - 1, n + 1} {
			if next >= 0 && next < len(held) && article(next) == article(n) {
				v.around[n] = eachOnce(append(v.around[n], v.sentence[next]...))
			}
		}
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

// contentWord tells a noun, verb, adjective, adverb or number that is not found in any
// sentence.
func contentWord(t nlp.Token) bool { return posOf(t) != 0 && !stopLemmas[lemmaOf(t)] }

// tells gives the tokens of content words that a draft tells itself: what lies inside it
// and is told by a claim of its own is left out.
func (d draft) tells() []int {
	var out []int
	for i := d.from; i < d.to; i++ {
		if contentWord(d.p.toks[i]) && !d.parts[i] {
			out = append(out, i)
		}
	}
	return out
}

// words gives the content words of a draft, with the number of each.
func (d draft) words(number map[string]int32) []spoken {
	var out []spoken
	tells := d.tells()
	for len(tells) > 0 {
		end := 1
		for end < len(tells) && tells[end] == tells[end-1]+1 && isName(d.p.toks[tells[end-1]]) && isName(d.p.toks[tells[end]]) {
			end++
		}
		for _, i := range tells[:end] {
			out = append(out, spoken{number[lemmaOf(d.p.toks[i])], 1 / float64(end)})
		}
		tells = tells[end:]
	}
	return eachOnce(out)
}

// phraseReach is how many content words the second word of a phrase may stand behind the
// first.
const phraseReach = 2

// phrases gives the phrases of a draft: two content words that stand near each other, in
// either order. New ones get the next number of pairs.
func (d draft) phrases(number map[string]int32, pairs map[[2]int32]int32) []spoken {
	var words []int32
	var out []spoken
	for _, i := range d.tells() {
		w := number[lemmaOf(d.p.toks[i])]
		for _, before := range words[max(0, len(words)-phraseReach):] {
			k := [2]int32{min(w, before), max(w, before)}
			n, ok := pairs[k]
			if !ok {
				n = int32(len(pairs))
				pairs[k] = n
			}
			out = append(out, spoken{n, 1})
		}
		words = append(words, w)
	}
	return eachOnce(out)
}

// eachOnce sorts words. One that stands there twice has the larger of its shares.
func eachOnce(words []spoken) []spoken {
	slices.SortFunc(words, func(a, b spoken) int { return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(b.share, a.share)) })
	return slices.CompactFunc(words, func(a, b spoken) bool { return a.number == b.number })
}

// rareWords gives how many rare words two statements share, rarePhrases how many phrases.
func (v *vocabulary) rareWords(i, j int) float64 { return rare(v.passage[i], v.passage[j], v.tellers) }

func (v *vocabulary) rarePhrases(i, j int) float64 {
	return rare(v.phrases[i], v.phrases[j], v.phraseTellers)
}

// rareAround gives how many rare words the sentences next to two sentences share.
func (v *vocabulary) rareAround(x, y int) float64 { return rare(v.around[x], v.around[y], v.tellers) }

// rare gives how many rare words two lists share: each counts one, a name too, divided
// among the sentences beside the first that tell it.
func rare(a, b []spoken, tellers []int) float64 {
	sum := 0.0
	inBoth(a, b, func(x, y spoken) { sum += max(x.share, y.share) / float64(max(tellers[x.number]-1, 1)) })
	return sum
}

// told gives how much of the words of statement i, by rarity, a sentence has.
func (v *vocabulary) told(i, sentence int) float64 {
	shared, all := 0.0, 0.0
	for _, w := range v.passage[i] {
		all += float64(v.rarity[w.number] * w.share)
	}
	inBoth(v.passage[i], v.sentence[sentence], func(own, _ spoken) {
		shared += float64(v.rarity[own.number] * own.share)
	})
	return ratio(shared, all)
}

// inBoth calls back with each word that both lists hold.
func inBoth(a, b []spoken, each func(x, y spoken)) {
	for len(a) > 0 && len(b) > 0 {
		switch c := cmp.Compare(a[0].number, b[0].number); {
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
