package eval

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"corroborate/internal/claims"
)

// outcome is what must not depend on which statement comes first.
func outcome(c claims.Comparison) string {
	var kinds []claims.Kind
	for _, d := range c.Differences {
		kinds = append(kinds, d.Kind)
	}
	slices.Sort(kinds)
	return fmt.Sprint(c.Relation == claims.RelDiverge, slices.Compact(kinds))
}

// TestCompareIsFair swaps the sides of every pair: the same diverge, and for the
// same kinds.
func TestCompareIsFair(t *testing.T) {
	t.Parallel()
	engine, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range [][2]string{
		{"The crash injured 14 people.", "The crash injured 41 people on Monday, police said."},
		{"The council approved the loan.", "The council rejected the loan and dismissed its chair."},
		{"Shares of the ferry company rose 2 percent.", "Shares of the bank fell 16 percent, while shares of the ferry company were up 2 percent."},
		{"The mayor said on Tuesday that the pier was safe.", "“The pier was safe,” the mayor said."},
		{"All crossings were cancelled, the company said.", "The evening crossings were cancelled."},
	} {
		if x, y := outcome(engine.Compare(p[0], p[1])), outcome(engine.Compare(p[1], p[0])); x != y {
			t.Errorf("%s, swapped %s: %q", x, y, p)
		}
	}
	dir := filepath.Join(sharedDir, "data/pairs")
	if _, err := os.Stat(dir); err != nil || testing.Short() {
		t.Skipf("SKIPPED: only a few pairs were swapped; the rest takes its time and needs the data at %s", dir)
	}
	for _, set := range []string{"edits", "paraphrase"} {
		eachLine(t, filepath.Join(dir, set+".jsonl"), func(line []byte) {
			var p struct{ ID, A, B string }
			if err := json.Unmarshal(line, &p); err != nil {
				t.Fatal(err)
			}
			if x, y := outcome(engine.Compare(p.A, p.B)), outcome(engine.Compare(p.B, p.A)); x != y {
				t.Errorf("%s %s: %s, swapped %s", set, p.ID, x, y)
			}
		})
	}
}
