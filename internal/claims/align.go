package claims

import (
	"cmp"
	"context"
	"slices"

	"corroborate/internal/claims/encoder"
)

// aligner puts the statements of a story that speak of one fact together. Rules find
// pairs by the terms that they share and the language model by what it finds near; a
// pair's score, 0 to 1, says how surely both speak of one fact (weighing.go). Of the
// pairs that came together the model says how they stand to one another.
type aligner struct {
	*closeness
	surroundings *surroundings
	// likeness holds what pairs score by the rules, scores what they score.
	likeness, scores map[[2]*statement]float64
	// said is what the model says of the pairs that it was asked about, by number.
	said map[[2]int]encoder.Judgement
	// inner holds what differs between two statements of one article that tell one fact.
	inner map[[2]*statement][]foundDifference
	// told holds what the statements tell beside numbers and times.
	told map[*statement][]term
	// plain holds the statements' words as they are compared for being the same.
	plain map[*statement]plainWords
}

// newAligner has the language model read all statements. It stops with ctx's error when
// ctx ends.
func (e *Engine) newAligner(ctx context.Context, all []*statement) (*aligner, error) {
	al := &aligner{closeness: e.newCloseness(all), likeness: map[[2]*statement]float64{}, scores: map[[2]*statement]float64{},
		said: map[[2]int]encoder.Judgement{}, inner: map[[2]*statement][]foundDifference{}, told: map[*statement][]term{}, plain: map[*statement]plainWords{}}
	var err error
	al.surroundings, err = newSurroundings(ctx, al, e.encoder, all)
	return al, err
}

// scoredAtOnce is how many pairs are scored between two looks at whether anybody still
// waits.
const scoredAtOnce = 256

// candidates gives the pairs of statements that may be of one fact, by their numbers,
// each once and the lower number first; only those of which the higher number is from
// or more. It stops with ctx's error when ctx ends.
func (al *aligner) candidates(ctx context.Context, all []*statement, from int) ([][2]int, error) {
	shared := sharedTerms{al.closeness}.candidates(all, from)
	for i, c := range shared {
		if i%scoredAtOnce == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		al.alike(all[c[0]], all[c[1]])
	}
	al.surroundings.survey(shared, from)
	pairs := slices.Concat(shared, al.surroundings.neighbours())
	slices.SortFunc(pairs, byNumbers)
	pairs = slices.Compact(pairs)
	return pairs, ctx.Err()
}

func byNumbers(x, y [2]int) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) }

// ask has the model judge pairs, until ctx ends.
func (al *aligner) ask(ctx context.Context, all []*statement, pairs [][2]int) error {
	texts := make([][2]string, len(pairs))
	for i, p := range pairs {
		texts[i] = [2]string{plainText(all[p[0]]), plainText(all[p[1]])}
	}
	judged, err := al.e.encoder.judge(ctx, texts)
	for i, j := range judged {
		al.said[pairs[i]] = j
	}
	return err
}

// readGroups sorts the groups' members and has the model judge the pairs of two articles
// in them that it has not judged yet, the nearest for large groups.
func (al *aligner) readGroups(ctx context.Context, all []*statement, groups [][]int) error {
	var pairs [][2]int
	for _, g := range groups {
		slices.Sort(g)
		for _, p := range al.pairs(membersOf(all, g), nil, 0) {
			k := [2]int{al.surroundings.number[p[0]], al.surroundings.number[p[1]]}
			if _, ok := al.said[k]; !ok && p[0].art != p[1].art {
				pairs = append(pairs, k)
			}
		}
	}
	return al.ask(ctx, all, pairs)
}

// membersOf gives the statements of a group of numbers.
func membersOf(all []*statement, group []int) []*statement {
	out := make([]*statement, len(group))
	for k, i := range group {
		out[k] = all[i]
	}
	return out
}

// score says how surely a and b speak of one fact, at most 1; of two statements of one
// article, what they score by the rules. Joining, judging and looking for look-alikes
// ask for the same pairs, so it is worked out once.
func (al *aligner) score(a, b *statement) float64 {
	k := [2]*statement{a, b}
	s, ok := al.scores[k]
	if !ok {
		if s = al.alike(a, b); a.art != b.art {
			s = al.weighed(a, b)
		}
		al.scores[k] = s
	}
	return s
}

// weighed gives the score of a pair of two articles: the probability that the regression
// gives, where no rule settles it.
func (al *aligner) weighed(a, b *statement) float64 {
	f := al.surroundings.weigh(al.surroundings.number[a], al.surroundings.number[b])
	if s, ok := al.settled(a, b, f); ok {
		return s
	}
	return weighing.probability(f)
}

// alike gives what a pair scores by the rules, worked out once.
func (al *aligner) alike(a, b *statement) float64 {
	k := [2]*statement{a, b}
	s, ok := al.likeness[k]
	if !ok {
		s = al.overlap(a, b).score()
		al.likeness[k] = s
	}
	return s
}
