package claims

import (
	"cmp"
	"math"
	"slices"
)

// Archive tells how common terms are: in how many of its articles each occurs.
// Terms that are not in it occur in none.
type Archive struct {
	Articles int
	With     map[string]int
}

// Count takes an article in.
func (a *Archive) Count(f Fingerprint) {
	if a.With == nil {
		a.With = map[string]int{}
	}
	a.Articles++
	for t := range f.Terms {
		a.With[t]++
	}
}

const (
	// background is the number of imaginary articles that stand behind an archive,
	// with the frequencies that WordNet's tagged texts give words: in a young archive
	// every word would look rare.
	background = 200
	// taggedWords is the number of words of WordNet's tagged texts, and textWords that
	// of words of an article that are counted as if they were drawn at random.
	taggedWords = 230_000
	textWords   = 150
	// unknownShare is the share of articles that hold a word which those texts lack.
	unknownShare = 2e-3
	// rarestShare is the share from which a term is as rare as can be: what one in two
	// thousand articles has tells events apart, and typing errors tell no more.
	rarestShare = 5e-4
	// rarityPower dampens rarity, as events are told by several rare words together,
	// not by the rarest.
	rarityPower = 0.7
)

// rarity gives the information in the presence of a term, in nats: minus the
// logarithm of the share of articles that hold it.
func (e *Engine) rarity(a Archive) func(term string) float64 {
	return func(term string) float64 {
		share := (float64(a.With[term]) + background*e.usualShare(term)) / (float64(a.Articles) + background)
		return -math.Log(min(max(share, rarestShare), 1))
	}
}

// usualShare is the share of texts at large that hold a term.
func (e *Engine) usualShare(term string) float64 {
	uses := float64(e.lex.Uses(term)) / taggedWords
	return max(unknownShare, 1-math.Exp(-uses*textWords))
}

// weightOf is the weight of a rarity in comparisons.
func weightOf(rarity float64) float64 { return math.Pow(rarity, rarityPower) }

// heaviest gives the terms by weight, the heaviest first; those of one weight
// stand in the order of the alphabet.
func heaviest(weights map[string]float64) []string {
	out := sortedKeys(weights)
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(weights[b], weights[a]) })
	return out
}

const (
	// IndexKeys is the number of terms under which an article is found again.
	IndexKeys = 16
	// SearchKeys is the number of terms with which its like are searched: more, as what
	// is rare in one report may stand at the edge of another.
	SearchKeys = 40
)

// Keys gives the terms that tell an article apart in an archive with what each of
// them tells, in nats, the most telling first, at most SearchKeys. The first
// IndexKeys of them are to be indexed.
func (e *Engine) Keys(f Fingerprint, in Archive) (keys []string, tell []float64) {
	m := e.newMeasure(Placing{Fingerprint: f, Archive: in})
	keys = heaviest(m.weights)
	keys = keys[:min(len(keys), SearchKeys)]
	tell = make([]float64, len(keys))
	for i, k := range keys {
		tell[i] = m.rarity(k)
	}
	return keys, tell
}
