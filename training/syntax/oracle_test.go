package main

import (
	"testing"

	"corroborate/internal/claims/nlp/syntax"
	"github.com/google/go-cmp/cmp"
)

// trees are heads of projective trees, with a label for each word.
var trees = map[string]struct {
	heads  []int32
	labels []uint8
}{
	"one word":        {[]int32{0}, []uint8{0}},
	"all to the left": {[]int32{0, 0, 0, 0}, []uint8{0, 1, 2, 3}},
	"chain":           {[]int32{1, 2, 3, 3}, []uint8{1, 2, 3, 0}},
	"mixed":           {[]int32{1, 2, 2, 5, 5, 2, 5}, []uint8{1, 2, 0, 1, 3, 2, 1}},
}

func testExample(heads []int32, labels []uint8) *example {
	return &example{words: make([]syntax.Word, len(heads)), heads: heads, labels: labels}
}

// Following the oracle rebuilds the tree.
func TestOracleRebuildsTrees(t *testing.T) {
	t.Parallel()
	for name, tree := range trees {
		e := testExample(tree.heads, tree.labels)
		o := newOracle(e)
		var s syntax.Sentence
		s.Reset(e.words, &syntax.Clusters{})
		for i, h := range e.heads { // the root is set by the parser, not by an arc
			s.Heads[i], s.Labels[i] = -1, 99
			if int(h) == i {
				s.Heads[i], s.Labels[i] = h, tree.labels[i]
			}
		}
		for st := s.Begin(); !st.Done(); {
			a := o.best(st, &syntax.Scores{}, 9)
			if !o.right(st, a) {
				t.Fatalf("%s: best action %d is not right", name, a)
			}
			st.Apply(a)
		}
		if diff := cmp.Diff(tree.heads, s.Heads); diff != "" {
			t.Errorf("%s: heads\n%s", name, diff)
		}
		if diff := cmp.Diff(tree.labels, s.Labels); diff != "" {
			t.Errorf("%s: labels\n%s", name, diff)
		}
	}
}

// After a wrong action the oracle still finds the best tree within reach.
func TestOracleCosts(t *testing.T) {
	t.Parallel()
	tree := trees["mixed"]
	e := testExample(tree.heads, tree.labels)
	o := newOracle(e)
	var s syntax.Sentence
	s.Reset(e.words, &syntax.Clusters{})
	st := s.Begin()
	st.Apply(syntax.Shift)
	// Word 0 hangs on word 1: shifting word 1 loses that arc.
	if got, want := o.costs(st), (costs{shift: 1, left: 0, right: impossible}); got != want {
		t.Errorf("costs = %+v, want %+v", got, want)
	}
	st.Apply(syntax.Shift)
	// The arc is lost whatever follows; word 1 under word 0 would lose 1 → 2 too.
	if got, want := o.costs(st), (costs{shift: 1, left: 0, right: 1}); got != want {
		t.Errorf("after the error: costs = %+v, want %+v", got, want)
	}
}
