package eval

import (
	"context"
	"os"
	"strings"
	"testing"

	"corroborate/internal/claims"
)

// TestInternalDifferences reads articles that were written with one contradiction in
// them, and articles that look as if they had one. What is found may not fall, and
// what is found falsely may not grow.
func TestInternalDifferences(t *testing.T) {
	t.Parallel()
	engine, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []struct {
		file                     string
		found, kinds, falseFinds int
	}{
		{"testdata/internal.txt", 14, 14, 0},
		// Written after the rules: they were not changed for it.
		{"testdata/internal-held.txt", 6, 6, 0},
	} {
		raw, err := os.ReadFile(set.file)
		if err != nil {
			t.Fatal(err)
		}
		found, kinds, falseFinds := countInternal(t, engine, string(raw))
		if found < set.found || kinds < set.kinds || falseFinds > set.falseFinds {
			t.Errorf("%s: worse than before: %d, %d and %d", set.file, found, kinds, falseFinds)
		}
	}
}

// countInternal counts the contradictions that are found in the articles of a file, the
// kinds that are right, and the articles without one in which one is found.
func countInternal(t *testing.T, engine *claims.Engine, raw string) (found, kindRight, falseOnes int) {
	t.Helper()
	planted, clean := 0, 0
	for block := range strings.SplitSeq(strings.TrimPrefix(raw, "== "), "\n== ") {
		kind, text, _ := strings.Cut(block, "\n")
		got := internalKinds(t, engine, text)
		switch {
		case kind == "none":
			clean++
			if len(got) > 0 {
				falseOnes++
				t.Logf("FALSE %v: %s", got, text)
			}
		default:
			planted++
			if len(got) > 0 {
				found++
			} else {
				t.Logf("missed %s: %s", kind, text)
			}
			if strings.Contains(strings.Join(got, " "), kind) {
				kindRight++
			}
		}
	}
	t.Logf("%d of %d contradictions found, %d of the kind; %d of %d clean articles with one", found, planted, kindRight, falseOnes, clean)
	return found, kindRight, falseOnes
}

// internalKinds gives the kinds of the material differences inside one article, with
// the values.
func internalKinds(t *testing.T, engine *claims.Engine, text string) []string {
	t.Helper()
	published, err := claims.ParsePublished("2031-05-20")
	if err != nil {
		t.Fatal(err)
	}
	r, err := engine.Analyze(context.Background(), claims.Story{Articles: []claims.Article{
		{ID: "a", Source: "Post", Published: published, Text: claims.ReadText(text, "")}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range r.Findings {
		for _, d := range f.Differences {
			if d.Internal && d.Material {
				out = append(out, string(d.Kind)+" "+d.Values[0]+"/"+d.Values[1])
			}
			if f.Verdict != claims.Single {
				t.Errorf("one article has the verdict %s", f.Verdict)
			}
		}
	}
	return out
}
