// Command attribution learns the weights of the cues of internal/claims from
// annotated articles. README.md beside this file says where they come from.
//
//	attribution -train DIR -out internal/claims/cues.txt
package main

import (
	"bufio"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"

	"corroborate/internal/claims"
	"corroborate/internal/claims/eval"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "attribution:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	flags := flag.NewFlagSet("attribution", flag.ContinueOnError)
	dir := flags.String("train", "", "folder with text/ and attributions/")
	out := flags.String("out", "internal/claims/cues.txt", "file to write")
	hold := flags.Int("hold", 0, "leave every so many articles out, to measure settings on them; 0 for none")
	if err := flags.Parse(args); err != nil {
		return err
	}
	articles, err := eval.LoadAttributions(os.DirFS(*dir))
	if err != nil {
		return err
	}
	engine, err := claims.NewEngine()
	if err != nil {
		return err
	}
	var examples []example
	for i, a := range articles {
		if *hold > 0 && i%*hold == 0 {
			continue
		}
		examples = append(examples, label(engine.Readings(a.Text), a.Gold)...)
	}
	return write(*out, fit(examples))
}

// example is a reading that is known to be right or wrong.
type example struct {
	features []string
	right    bool
}

// label says which readings are right: those whose content is an annotated one
// but for its edges. Readings inside an annotated content say nothing: what is
// reported in somebody's words is not annotated.
func label(readings []claims.Reading, gold []eval.GoldAttribution) []example {
	var out []example
	for _, r := range readings {
		right, inside := false, false
		for _, g := range gold {
			right = right || eval.Overlap(g.Content, r.Content) >= 0.5
			inside = inside || g.Content[0] <= r.Cue[0] && r.Cue[1] <= g.Content[1] && g.Content[0] <= r.Content[0] && r.Content[1] <= g.Content[1]
		}
		if right || !inside {
			out = append(out, example{r.Features, right})
		}
	}
	return out
}

// Settings of the fit, chosen on articles that were held out of it: a feature must
// be seen in leastSeen readings, decay is the pull of a weight towards zero for
// each reading, weights below prune hundredths are left out.
const (
	leastSeen = 10
	rounds    = 12
	rate      = 0.1
	decay     = 1e-4
	prune     = 15
)

// fit gives the weights of a logistic regression by stochastic descent with
// AdaGrad, in the examples' order.
func fit(examples []example) map[string]float64 {
	seen := map[string]int{}
	for _, x := range examples {
		for _, f := range x.features {
			seen[f]++
		}
	}
	w, g := map[string]float64{}, map[string]float64{}
	for range rounds {
		for _, x := range examples {
			sum := 0.0
			for _, f := range x.features {
				sum += w[f]
			}
			err := -1 / (1 + math.Exp(-sum))
			if x.right {
				err++
			}
			for _, f := range x.features {
				if seen[f] < leastSeen {
					continue
				}
				d := err - decay*float64(len(examples))/float64(seen[f])*w[f]
				g[f] += d * d
				w[f] += rate * d / math.Sqrt(g[f]+1e-6)
			}
		}
	}
	return w
}

// write stores weights in hundredths, in the order of their names.
func write(path string, w map[string]float64) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	out := bufio.NewWriter(f)
	var names []string
	for name := range w {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if v := math.Round(100 * w[name]); math.Abs(v) >= prune {
			fmt.Fprintf(out, "%s\t%d\n", name, int(v))
		}
	}
	return out.Flush()
}
