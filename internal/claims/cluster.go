package claims

import (
	"cmp"
	"context"
	"slices"
)

// edge is a scored pair of statements, by their numbers.
type edge struct {
	a, b  int
	score float64
}

// grouping is what is settled before statements are joined: those that stand together
// from the start, by number, and which two groups may become one.
type grouping struct {
	given [][]int
	may   func(a, b []int) bool
}

// cluster puts statements that speak of one fact together: average-link
// agglomeration from the best of the candidate pairs down. It stops with ctx's error
// when ctx ends.
func (al *aligner) cluster(ctx context.Context, all []*statement, candidates [][2]int, settled grouping) ([][]int, error) {
	group := make([]int, len(all))
	members := make([][]int, len(all))
	for i := range all {
		group[i], members[i] = i, []int{i}
	}
	for _, given := range settled.given {
		for _, i := range given {
			if group[i] != group[given[0]] {
				members[group[given[0]]] = append(members[group[given[0]]], i)
				members[group[i]] = nil
				group[i] = group[given[0]]
			}
		}
	}
	edges, err := al.edges(ctx, all, candidates)
	if err != nil {
		return nil, err
	}
	for _, e := range edges {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		ga, gb := group[e.a], group[e.b]
		if ga == gb || !settled.may(members[ga], members[gb]) || !al.holds(all, members[ga], members[gb]) {
			continue
		}
		members[ga] = append(members[ga], members[gb]...)
		for _, i := range members[gb] {
			group[i] = ga
		}
		members[gb] = nil
	}
	return slices.DeleteFunc(members, func(m []int) bool { return len(m) == 0 }), nil
}

// holds tells whether two groups are near enough as wholes.
func (al *aligner) holds(all []*statement, a, b []int) bool {
	sum := 0.0
	for _, i := range a {
		for _, j := range b {
			sum += al.score(all[min(i, j)], all[max(i, j)])
		}
	}
	need := aligning.holdAt
	if oneArticle(all, a, b) {
		need = aligning.repeatHold
	}
	return sum >= need*float64(len(a)*len(b))
}

// oneArticle tells whether both groups have a claim of one article.
func oneArticle(all []*statement, a, b []int) bool {
	return slices.ContainsFunc(a, func(i int) bool {
		return slices.ContainsFunc(b, func(j int) bool { return all[i].art == all[j].art })
	})
}

// edges scores the candidates and gives those that may join, the best first.
func (al *aligner) edges(ctx context.Context, all []*statement, candidates [][2]int) ([]edge, error) {
	var out []edge
	for i, c := range candidates {
		if i%scoredAtOnce == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if s := al.score(all[c[0]], all[c[1]]); s >= aligning.joinAt {
			out = append(out, edge{a: c[0], b: c[1], score: s})
		}
	}
	slices.SortFunc(out, compareEdges)
	return out, nil
}

// compareEdges puts the best first.
func compareEdges(x, y edge) int {
	return cmp.Or(-cmp.Compare(x.score, y.score), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
}
