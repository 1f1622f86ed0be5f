package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"corroborate/internal/claims"
	"corroborate/internal/claims/eval"
)

func TestLabelLeavesOutWhatStandsInsideAContent(t *testing.T) {
	t.Parallel()
	gold := []eval.GoldAttribution{{Content: [2]int{10, 50}}}
	readings := []claims.Reading{
		{Content: [2]int{10, 48}, Cue: [2]int{5, 9}, Features: []string{"near"}},
		{Content: [2]int{60, 90}, Cue: [2]int{52, 58}, Features: []string{"elsewhere"}},
		{Content: [2]int{20, 30}, Cue: [2]int{14, 18}, Features: []string{"inside"}},
	}
	got := map[string]bool{}
	for _, x := range label(readings, gold) {
		got[x.features[0]] = x.right
	}
	if len(got) != 2 || !got["near"] || got["elsewhere"] {
		t.Errorf("got %v", got)
	}
}

func TestFitWeighsAFeatureByItsAnswers(t *testing.T) {
	t.Parallel()
	var examples []example
	for range leastSeen {
		examples = append(examples, example{[]string{"say"}, true}, example{[]string{"walk"}, false})
	}
	examples = append(examples, example{[]string{"rare"}, true})
	w := fit(examples)
	if w["say"] <= 0 || w["walk"] >= 0 || w["rare"] != 0 {
		t.Errorf("got %v", w)
	}
	path := filepath.Join(t.TempDir(), "cues.txt")
	if err := write(path, map[string]float64{"b": 1.234, "a": -0.5, "small": 0.01}); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if want := "a\t-50\nb\t123\n"; err != nil || !slices.Equal(raw, []byte(want)) {
		t.Errorf("%v, got %q", err, raw)
	}
}
