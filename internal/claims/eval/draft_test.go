package eval

import (
	"os"
	"path/filepath"
	"testing"

	"corroborate/internal/claims"
)

// The least shares of claims of which the check of a draft says the same as the analysis
// with the draft as an article: the same verdict, the same verdict and kinds, and that of
// claims that other sources tell.
const (
	leastVerdict = 0.965
	leastKinds   = 0.95
	leastTold    = 0.89
)

func TestDraftStandsAsItWouldAsAnArticle(t *testing.T) {
	t.Parallel()
	engine, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	stories := map[string][]claims.Story{"sample": {sampleStory(t)}}
	for _, set := range []string{"stories", "stories-planted"} {
		dirs, _ := filepath.Glob(filepath.Join(sharedDir, set, "*", "gold.json"))
		if len(dirs) == 0 || testing.Short() && set != "stories" {
			t.Logf("SKIPPED %s", set)
			continue
		}
		for _, gold := range dirs {
			s, _, err := loadStory(os.DirFS(filepath.Dir(gold)))
			if err != nil {
				t.Fatal(err)
			}
			stories[set] = append(stories[set], s)
		}
	}
	for set, list := range stories {
		var sum draftAgreement
		for _, s := range list {
			one, err := leaveOneOut(t.Context(), engine, s)
			if err != nil {
				t.Fatal(err)
			}
			sum.add(one)
		}
		share := func(n, of int) float64 { return float64(n) / float64(max(of, 1)) }
		t.Logf("%s: %d claims: verdict %.3f, verdict and kinds %.3f, same company %.3f; %d told by others: %.3f", set, sum.claims,
			share(sum.verdict, sum.claims), share(sum.kinds, sum.claims), share(sum.finding, sum.claims), sum.told, share(sum.toldRight, sum.told))
		if share(sum.verdict, sum.claims) < leastVerdict || share(sum.kinds, sum.claims) < leastKinds || share(sum.toldRight, sum.told) < leastTold {
			t.Errorf("%s: the check of a draft says something else than the analysis too often", set)
		}
	}
}
