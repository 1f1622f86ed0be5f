package claims

// tie is a pair of statements that holds two parts of a finding together.
type tie struct {
	a, b  *statement
	score float64
}

// ties gives the pairs that hold a group together: of all pairs the nearest ones by
// which each statement can be reached from each other (a maximum spanning tree, after
// Prim). They are what agglomeration joined the group by, and also says how near a group
// is that a person's review put together.
func (al *aligner) ties(group []*statement) []tie {
	best, in := make([]tie, len(group)), make([]bool, len(group))
	reach := func(from int) {
		in[from] = true
		for i := range group {
			if in[i] {
				continue
			}
			// Pairs are scored in the order of the story, as everywhere else.
			a, b := group[min(i, from)], group[max(i, from)]
			if s := al.score(a, b); best[i].a == nil || s > best[i].score {
				best[i] = tie{a: a, b: b, score: s}
			}
		}
	}
	reach(0)
	var out []tie
	for range len(group) - 1 {
		next := -1
		for i := range group {
			if !in[i] && (next < 0 || best[i].score > best[next].score) {
				next = i
			}
		}
		out = append(out, best[next])
		reach(next)
	}
	return out
}

// weakest gives the tie that most depends on, the first of equals.
func weakest(ties []tie) tie {
	least := ties[0]
	for _, l := range ties[1:] {
		if l.score < least.score {
			least = l
		}
	}
	return least
}

// closenessOf gives the score of the weakest tie as it is told: within 0 and 1, to
// three places.
func closenessOf(ties []tie) *float64 {
	if len(ties) == 0 {
		return nil
	}
	c := thousandths(min(max(weakest(ties).score, 0), 1))
	return &c
}
