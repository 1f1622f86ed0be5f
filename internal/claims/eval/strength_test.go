package eval

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"corroborate/internal/claims"
)

// judged counts findings that are right and all of which people's word is known.
type judged struct{ right, all int }

// TestStrongerFindingsAreRightMoreOften measures, over all annotated stories, how
// often the verdict of a strong, a fair and a weak finding is right. The figures stand
// in docs/engine.md.
func TestStrongerFindingsAreRightMoreOften(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: -short leaves out what reads every story")
	}
	if _, err := os.Stat(filepath.Join(sharedDir, "stories")); err != nil {
		t.Skipf("SKIPPED: the annotated data is not at %s", sharedDir)
	}
	engine, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []string{"stories", "stories-planted"} {
		by := map[claims.Strength]*judged{claims.Strong: {}, claims.Fair: {}, claims.Weak: {}}
		unknown := 0
		dirs, err := filepath.Glob(filepath.Join(sharedDir, set, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, dir := range dirs {
			unknown += judgeByStrength(t, engine, dir, by)
		}
		t.Logf("%s: strong %v, fair %v, weak %v; %d that the annotators do not speak of", set, *by[claims.Strong], *by[claims.Fair], *by[claims.Weak], unknown)
		share := func(s claims.Strength) float64 { return share(by[s].right, by[s].all) }
		if share(claims.Strong) <= share(claims.Weak) || share(claims.Fair) < share(claims.Weak) {
			t.Errorf("%s: right are %.2f of the strong, %.2f of the fair, %.2f of the weak findings", set, share(claims.Strong), share(claims.Fair), share(claims.Weak))
		}
	}
}

// judgeByStrength counts the findings of a story that two or more sources tell, and
// gives the number of those that gold does not speak of.
func judgeByStrength(t *testing.T, engine *claims.Engine, dir string, by map[claims.Strength]*judged) int {
	t.Helper()
	story, g, err := loadStory(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	r, err := engine.Analyze(context.Background(), story, nil)
	if err != nil {
		t.Fatal(err)
	}
	s, unknown := newScorer(r, g), 0
	for _, f := range r.Findings {
		if f.Sources < 2 {
			continue
		}
		right, known := s.rightVerdict(f)
		if !known {
			unknown++
			continue
		}
		j := by[f.Strength()]
		j.all++
		if right {
			j.right++
		}
	}
	return unknown
}
