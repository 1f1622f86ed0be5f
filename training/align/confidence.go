package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"corroborate/internal/claims"
	"corroborate/internal/claims/eval"
)

// confidences learns how likely a person confirms a verdict: from the findings of the
// stories in all folders of which the annotators speak. It prints how well that holds on
// stories that were left out, and the weights.
func confidences(engine *claims.Engine, dirs []string, penalty float64, out io.Writer) error {
	byStory, names := map[string][]pair{}, []string{}
	for _, dir := range dirs {
		folders, err := filepath.Glob(filepath.Join(dir, "*", "gold.json"))
		if err != nil {
			return err
		}
		for _, f := range folders {
			found, err := verdicts(engine, filepath.Dir(f))
			if err != nil {
				return err
			}
			// A planted story is left out together with the one that it was made of.
			name := filepath.Base(filepath.Dir(f))
			if byStory[name] == nil {
				names = append(names, name)
			}
			byStory[name] = append(byStory[name], found...)
		}
	}
	var left []judgedVerdict
	var all []pair
	for _, name := range names {
		var others []pair
		for _, other := range names {
			if other != name {
				others = append(others, byStory[other]...)
			}
		}
		r := fit(others, len(claims.SurenessNames()), penalty)
		for _, p := range byStory[name] {
			left = append(left, judgedVerdict{r.probability(p.features), p.one})
		}
		all = append(all, byStory[name]...)
	}
	reliability(left, out)
	r := fit(all, len(claims.SurenessNames()), penalty)
	fmt.Fprint(out, "var confidence = [sureFeatures + 1]float64{")
	for i := range claims.SurenessNames() {
		fmt.Fprintf(out, "%.4g, ", r.weights[i])
	}
	fmt.Fprintf(out, "%.4g}\n", r.bias)
	return nil
}

// verdicts gives the findings of a story of which the annotators speak, with whether
// they allow the verdict.
func verdicts(engine *claims.Engine, dir string) ([]pair, error) {
	a, err := eval.LoadAnnotated(os.DirFS(dir))
	if err != nil {
		return nil, err
	}
	report, found, err := engine.Surenesses(context.Background(), a.Story)
	if err != nil {
		return nil, err
	}
	right := a.Right(report)
	var out []pair
	for _, s := range found {
		if ok, known := right(s.Finding); known {
			out = append(out, pair{features: s.Features, one: ok, weight: 1})
		}
	}
	return out, nil
}

// judgedVerdict is a probability with what came of it.
type judgedVerdict struct {
	probability float64
	right       bool
}

// bins are the bounds of the table's lines.
var bins = []float64{0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.001}

// reliability prints how often verdicts of like probability were right.
func reliability(all []judgedVerdict, out io.Writer) {
	fmt.Fprintln(out, "| told | findings | mean told | right |\n|---|---|---|---|")
	off, brier := 0.0, 0.0
	for i, low := range bins[:len(bins)-1] {
		some := slices.DeleteFunc(slices.Clone(all), func(v judgedVerdict) bool { return v.probability < low || v.probability >= bins[i+1] })
		told, right := 0.0, 0.0
		for _, v := range some {
			told += v.probability
			if v.right {
				right++
			}
		}
		if n := float64(len(some)); n > 0 {
			fmt.Fprintf(out, "| %.1f to %.1f | %d | %.2f | %.2f |\n", low, min(bins[i+1], 1), len(some), told/n, right/n)
			off += max(told-right, right-told) / float64(len(all))
		}
	}
	for _, v := range all {
		d := v.probability
		if v.right {
			d = 1 - d
		}
		brier += d * d / float64(len(all))
	}
	fmt.Fprintln(out, strings.TrimSpace(fmt.Sprintf("%d findings, expected calibration error %.3f, Brier score %.3f", len(all), off, brier)))
}
