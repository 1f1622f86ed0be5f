// Command pairs measures the constants of Engine.Compare on pairs of sentences that
// people have labelled. README.md beside this file is its card.
//
//	pairs -data train.jsonl.gz
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"

	"corroborate/internal/claims"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "pairs:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("pairs", flag.ContinueOnError)
	data := flags.String("data", "../shared/data/nli/train.jsonl.gz", "labelled pairs")
	sources := flags.String("sources", "lingnli,openie-mnli,climate-fever,healthver", "whose pairs are used, by commas")
	most := flags.Int("most", 3000, "how many pairs of a source are used")
	if err := flags.Parse(args); err != nil {
		return err
	}
	pairs, err := read(*data, strings.Split(*sources, ","), *most)
	if err != nil {
		return err
	}
	engine, err := claims.NewEngine()
	if err != nil {
		return err
	}
	var t tally
	for _, p := range pairs {
		t.add(p.Label, engine.Compare(p.Premise, p.Hypothesis))
	}
	t.write(out)
	return nil
}

// pair is one labelled pair: the premise is the text, the hypothesis the statement.
type pair struct{ Source, Premise, Hypothesis, Label string }

// seed makes the choice of pairs the same each time.
const seed = 11

// read gives at most most pairs of each source.
func read(file string, sources []string, most int) ([]pair, error) {
	f, err := os.Open(file) //nolint:gosec // the file that the caller names
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	bySource := map[string][]pair{}
	for lines := json.NewDecoder(bufio.NewReader(z)); ; {
		var p pair
		if err := lines.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if slices.Contains(sources, p.Source) {
			bySource[p.Source] = append(bySource[p.Source], p)
		}
	}
	random := rand.New(rand.NewPCG(seed, seed)) //nolint:gosec // repeatable on purpose
	var out []pair
	for _, s := range sources {
		list := bySource[s]
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		out = append(out, list[:min(most, len(list))]...)
	}
	return out, nil
}

// tally counts what Compare says of the pairs.
type tally struct {
	// told holds, for entailed and for neutral pairs without a difference, the share of
	// the hypothesis that the premise tells.
	entailed, neutral []float64
	// kinds counts the pairs by the kind of their first difference and by their label.
	kinds map[claims.Kind]map[string]int
}

func (t *tally) add(label string, c claims.Comparison) {
	if c.Relation == claims.RelDiverge {
		if t.kinds == nil {
			t.kinds = map[claims.Kind]map[string]int{}
		}
		k := c.Differences[0].Kind
		if t.kinds[k] == nil {
			t.kinds[k] = map[string]int{}
		}
		t.kinds[k][label]++
		return
	}
	told := c.Score
	if c.Relation == claims.RelUnrelated {
		told = 1 - c.Score
	}
	switch label {
	case "entailment":
		t.entailed = append(t.entailed, told)
	case "neutral":
		t.neutral = append(t.neutral, told)
	}
}

// write prints, for each threshold, how often an entailed pair lies above it and a
// neutral one below, and for each kind of difference how often the pair is labelled a
// contradiction.
func (t *tally) write(out io.Writer) {
	fmt.Fprintf(out, "%d entailed, %d neutral\nthreshold  entailed above  neutral below  mean\n", len(t.entailed), len(t.neutral))
	for k := 50; k <= 90; k += 2 {
		at := float64(k) / 100
		above, below := share(t.entailed, at), 1-share(t.neutral, at)
		fmt.Fprintf(out, "%.2f       %.3f           %.3f          %.3f\n", at, above, below, (above+below)/2)
	}
	fmt.Fprintln(out, "first difference  pairs  contradictions")
	for _, k := range claims.Kinds() {
		n := 0
		for _, m := range t.kinds[k] {
			n += m
		}
		if n > 0 {
			fmt.Fprintf(out, "%-17s %5d  %.3f\n", k, n, float64(t.kinds[k]["contradiction"])/float64(n))
		}
	}
}

// share gives the part of the values that are at least at.
func share(values []float64, at float64) float64 {
	n := 0
	for _, v := range values {
		if v >= at {
			n++
		}
	}
	return float64(n) / float64(max(1, len(values)))
}
