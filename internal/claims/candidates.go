package claims

import "slices"

const (
	// rareAt is the weight from which a shared term makes a pair worth scoring.
	rareAt = 0.15
	// candidateShare and repeatShare are the parts of the lighter statement that a
	// pair must share, word for word, to be worth scoring: for two articles, and
	// within one.
	candidateShare = 0.04
	repeatShare    = 0.45
)

// sharedTerms finds the pairs that share rare terms.
type sharedTerms struct{ *closeness }

// candidates gives the pairs of statements worth scoring: they share terms that
// are rare enough in the story to tell facts apart, and these are a fair part of
// the lighter statement. Of two statements of one article, most of it must be
// shared: a writer repeats a fact in other words, not by the way.
func (f sharedTerms) candidates(all []*statement, from int) [][2]int {
	whole := make([]float64, len(all))
	holders := map[uint32][]int{}
	for i, s := range all {
		for _, t := range f.profile(s) {
			whole[i] += t.weight
			if t.weight >= rareAt {
				holders[t.about] = append(holders[t.about], i)
			}
		}
	}
	var out [][2]int
	shared := make([]float64, len(all))
	for i, s := range all {
		var touched []int
		for _, t := range f.profile(s) {
			for _, j := range after(holders[t.about], max(i, from-1)) {
				if shared[j] == 0 {
					touched = append(touched, j)
				}
				shared[j] += t.weight
			}
		}
		slices.Sort(touched)
		for _, j := range touched {
			least := candidateShare
			if all[i].art == all[j].art {
				least = repeatShare
			}
			if shared[j] >= least*min(whole[i], whole[j]) && mayShare(all[i], all[j]) {
				out = append(out, [2]int{i, j})
			}
			shared[j] = 0
		}
	}
	return out
}

// after gives the part of a sorted list behind i.
func after(list []int, i int) []int {
	at, _ := slices.BinarySearch(list, i+1)
	return list[at:]
}

// mayShare tells pairs that may share a finding from those that never do: of
// two claims of one article, one must not lie inside the other.
func mayShare(a, b *statement) bool {
	return a.art != b.art || a.End <= b.Start || b.End <= a.Start
}
