package app_test

import (
	"testing"

	"corroborate/internal/claims"
)

func TestStoryFromArticlesToFindings(t *testing.T) {
	t.Parallel()
	f := started(t)
	s := f.story(gazette, courier, herald)
	if s.Articles != 3 || s.Sources != 3 || s.Diverge == 0 || s.Open != s.Diverge {
		t.Errorf("story %+v", s)
	}
	var evacuated *claims.Finding
	for _, x := range f.findings(s.ID) {
		t.Logf("%s %q %d", x.Verdict, x.Summary, len(x.Claims))
		for _, d := range x.Differences {
			if d.Kind == claims.KindNumber {
				evacuated = &x.Finding
			}
		}
	}
	if evacuated == nil || evacuated.Verdict != claims.Diverge || evacuated.Sources != 3 || len(evacuated.Positions) != 2 {
		t.Fatalf("the number of people is no divergence of three sources in two positions: %+v", evacuated)
	}
}
