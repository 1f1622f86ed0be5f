package main

import (
	"testing"

	"corroborate/internal/claims/nlp/syntax"
)

func TestPerceptronAverages(t *testing.T) {
	t.Parallel()
	p := newPerceptron(2)
	p.count([]uint32{1 << 20, 2 << 20})
	p.count([]uint32{1 << 20})
	p.update([]uint32{1 << 20, 2 << 20}, 3, 5) // at step 1
	p.step = 4
	p.update([]uint32{1 << 20}, 3, 5)
	p.step = 5
	var scores syntax.Scores
	p.Score([]uint32{1 << 20, 2 << 20, 3 << 20}, &scores)
	if scores[3] != 2 || scores[5] != -2 {
		t.Errorf("scores = %d, %d, want 2, -2", scores[3], scores[5])
	}
	got := p.averages()
	// The weight was 1 for three steps and 2 for one; a feature met once is not learned.
	if len(got) != 2 || got[0].feature != 1<<20 || got[0].mean*got[0].mean != 1 {
		t.Errorf("averages = %+v, want ±1 for the first feature", got)
	}
}

func TestPerceptronGrows(t *testing.T) {
	t.Parallel()
	p := newPerceptron(0)
	for f := range uint32(70_000) {
		p.update([]uint32{f * 2654435761}, uint8(f%100), 100)
	}
	for f := range uint32(70_000) {
		var scores syntax.Scores
		p.Score([]uint32{f * 2654435761}, &scores)
		if scores[f%100] != 1 || scores[100] != -1 {
			t.Fatalf("feature %d lost its weights", f)
		}
	}
}

func TestTableKeepsTheLimit(t *testing.T) {
	t.Parallel()
	averages := []average{{1, 2, 8, 9}, {1, 1, -4, 4}, {2, 1, 1, 1}}
	got := table(averages, 2)
	if len(got) != 1 || len(got[1]) != 2 || got[1][0].Class != 1 || got[1][0].Weight >= 0 || got[1][1].Weight != syntax.MaxWeight {
		t.Errorf("table = %v", got)
	}
}
