package claims

// Kappa is how far two people agree beyond what chance alone would bring: Cohen's
// kappa, with what it is made of.
type Kappa struct {
	// Pairs are the things that both judged, Same those that both judged alike.
	Pairs int
	Same  int
	// Expected is the share that two people would judge alike by chance who choose as
	// often as these two do.
	Expected float64
	// Value is 1 where they always agree, 0 where they agree as often as chance would,
	// and below where they agree less. It is nil where nothing varies: two people who
	// give one answer to everything would always agree by chance, too.
	Value *float64
}

// NewKappa measures pairs of judgements of the same things, each first by one and
// then by the other person.
func NewKappa(pairs [][2]string) Kappa {
	k := Kappa{Pairs: len(pairs)}
	if len(pairs) == 0 {
		return k
	}
	first, second := map[string]int{}, map[string]int{}
	for _, p := range pairs {
		first[p[0]]++
		second[p[1]]++
		if p[0] == p[1] {
			k.Same++
		}
	}
	byChance := 0 // of all n² ways to pair their answers; whole numbers, as sums of fractions depend on their order
	for answer, n := range first {
		byChance += n * second[answer]
	}
	all := len(pairs) * len(pairs)
	k.Expected = float64(byChance) / float64(all)
	if byChance == all {
		return k
	}
	value := float64(k.Same*len(pairs)-byChance) / float64(all-byChance)
	k.Value = &value
	return k
}

// Share is the share of the pairs that are judged alike, 0 where there is none.
func (k Kappa) Share() float64 {
	if k.Pairs == 0 {
		return 0
	}
	return float64(k.Same) / float64(k.Pairs)
}
