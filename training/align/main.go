// Command align learns the weights by which pairs of claims are joined, from annotated
// stories. README.md beside this file is its card.
//
//	align -stories ../shared/stories -out internal/claims/weighing.tsv
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"corroborate/internal/claims"
	"corroborate/internal/claims/eval"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "align:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("align", flag.ContinueOnError)
	dir := flags.String("stories", "../shared/stories", "folder with a folder for each story")
	file := flags.String("out", "", "file to write, none where it is empty")
	penalty := flags.Float64("penalty", 2000, "strength of the quadratic penalty on weights of standardised features")
	sure := flags.Bool("confidence", false, "learn the confidence in verdicts in place of the joining, from the stories and the planted ones beside them")
	if err := flags.Parse(args); err != nil {
		return err
	}
	engine, err := claims.NewEngine()
	if err != nil {
		return err
	}
	if *sure {
		return confidences(engine, []string{*dir, *dir + "-planted"}, surePenalty, out)
	}
	stories, err := load(engine, *dir)
	if err != nil {
		return err
	}
	for i, s := range stories {
		w := learn(slices.Concat(stories[:i], stories[i+1:]), *penalty)
		fmt.Fprintf(out, "%-24s %6d pairs, %4d of one fact; average precision, learnt from the others: %.3f; by the rules: %.3f\n",
			s.name, len(s.pairs), s.count(), s.precision(func(p pair) float64 { return w.probability(p.features) }), s.precision(func(p pair) float64 { return p.features[0] }))
	}
	if *file == "" {
		return nil
	}
	return os.WriteFile(*file, []byte(learn(stories, *penalty).lines()), 0o644) //nolint:gosec // a file of the project
}

// surePenalty is the strength of the penalty on the weights of the confidence.
const surePenalty = 5

// story is a story's pairs of claims.
type story struct {
	name  string
	pairs []pair
}

// pair is a pair of claims with whether they tell one fact, or a finding with whether
// its verdict is right.
type pair struct {
	features []float64
	one      bool
	// weight is how much it counts in learning.
	weight float64
}

func (s story) count() (n int) {
	for _, p := range s.pairs {
		if p.one {
			n++
		}
	}
	return n
}

// load reads the stories and has the engine weigh their pairs.
func load(engine *claims.Engine, dir string) ([]story, error) {
	folders, err := filepath.Glob(filepath.Join(dir, "*", "gold.json"))
	if err != nil || len(folders) == 0 {
		return nil, errors.Join(err, fmt.Errorf("no story in %s", dir))
	}
	var out []story
	for _, f := range folders {
		a, err := eval.LoadAnnotated(os.DirFS(filepath.Dir(f)))
		if err != nil {
			return nil, err
		}
		report, weighings, err := engine.Weighings(context.Background(), a.Story)
		if err != nil {
			return nil, err
		}
		facts := a.Facts(report)
		s := story{name: filepath.Base(filepath.Dir(f))}
		var told [][]int
		for _, w := range weighings {
			told = append(told, facts(w.Claims[0], w.Claims[1]))
			s.pairs = append(s.pairs, pair{features: w.Features, one: len(told[len(told)-1]) > 0, weight: 1})
		}
		s.alike(told)
		out = append(out, s)
	}
	return out, nil
}

// alike lets each fact of a story count alike, however many pairs of claims tell it; the
// pairs of one fact weigh together what they did. A pair of several facts has their mean.
func (s story) alike(told [][]int) {
	pairs := map[int]float64{}
	for _, facts := range told {
		for _, f := range facts {
			pairs[f]++
		}
	}
	sum := 0.0
	for i, facts := range told {
		if len(facts) == 0 {
			continue
		}
		s.pairs[i].weight = 0
		for _, f := range facts {
			s.pairs[i].weight += 1 / pairs[f] / float64(len(facts))
		}
		sum += s.pairs[i].weight
	}
	for i, facts := range told {
		if len(facts) > 0 {
			s.pairs[i].weight *= float64(s.count()) / sum
		}
	}
}

// precision gives the average precision of an order of the pairs.
func (s story) precision(score func(pair) float64) float64 {
	order := make([]int, len(s.pairs))
	scores := make([]float64, len(s.pairs))
	for i, p := range s.pairs {
		order[i], scores[i] = i, score(p)
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case scores[i] > scores[j]:
			return -1
		case scores[i] < scores[j]:
			return 1
		}
		return 0
	})
	found, sum := 0, 0.0
	for n, i := range order {
		if s.pairs[i].one {
			found++
			sum += float64(found) / float64(n+1)
		}
	}
	return sum / float64(max(found, 1))
}

func learn(stories []story, penalty float64) regression {
	var all []pair
	for _, s := range stories {
		all = append(all, s.pairs...)
	}
	return fit(all, len(claims.FeatureNames()), penalty)
}

// lines gives the lines of weighing.tsv.
func (r regression) lines() string {
	var b strings.Builder
	for i, name := range claims.FeatureNames() {
		fmt.Fprintf(&b, "%s\t%.4g\n", name, r.weights[i])
	}
	fmt.Fprintf(&b, "bias\t%.4g\n", r.bias)
	return b.String()
}
