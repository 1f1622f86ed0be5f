package worth

import (
	"cmp"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Model is a bias and a weight for each feature, in log odds.
type Model struct {
	Bias    float64
	Weights map[string]float64
}

// biasName stands for the bias in a file of weights.
const biasName = "(always)"

// weightsFile is written by training/worth.
//
//go:embed weights.tsv
var weightsFile string

// Load gives the model that is embedded in the binary, read once.
var Load = sync.OnceValues(func() (*Model, error) { return Parse(weightsFile) })

// File gives the embedded file of weights as it is.
func File() string { return weightsFile }

// Parse reads a file of weights: a feature, a tab and a weight a line; lines that
// begin with # are skipped.
func Parse(file string) (*Model, error) {
	m := &Model{Weights: map[string]float64{}}
	n := 0
	for line := range strings.Lines(file) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		name, value, _ := strings.Cut(line, "\t")
		w, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return nil, fmt.Errorf("weights of check-worthiness, line %d: %w", n, err)
		}
		if name == biasName {
			m.Bias = w
		} else {
			m.Weights[name] = w
		}
	}
	return m, nil
}

// Format writes a file of weights that [Parse] reads, the weightiest first.
// Weights that round to nothing are left out.
func (m *Model) Format(head string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n%s\t%.2f\n", head, biasName, m.Bias)
	var names []string
	for n, w := range m.Weights {
		if math.Abs(w) >= leastWeight {
			names = append(names, n)
		}
	}
	slices.SortFunc(names, func(x, y string) int {
		return cmp.Or(cmp.Compare(math.Round(100*m.Weights[y]), math.Round(100*m.Weights[x])), cmp.Compare(x, y))
	})
	for _, n := range names {
		fmt.Fprintf(&b, "%s\t%.2f\n", n, m.Weights[n])
	}
	return b.String()
}

// leastWeight is the size from which a weight is kept.
const leastWeight = 0.02

// Probability gives the probability that a fact-checker would pick a statement
// with these features, where every second statement is picked.
func (m *Model) Probability(features []string) float64 {
	z := m.Bias
	for _, f := range features {
		z += m.Weights[f]
	}
	return sigmoid(z)
}

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// What reasons tell: at most so many features for and against, each with at least
// this weight in log odds.
const (
	mostFor, mostAgainst = 3, 2
	tellingWeight        = 0.25
)

// Score gives the probability, rounded to hundredths, and the features that
// moved it most: those for it first. The form of the main verb is not told, for
// the tenses tell it in plainer words.
func (m *Model) Score(features []string) (float64, []string) {
	sorted := slices.Clone(features)
	slices.SortStableFunc(sorted, func(x, y string) int {
		return cmp.Compare(math.Abs(m.Weights[y]), math.Abs(m.Weights[x]))
	})
	var pro, con []string
	for _, f := range sorted {
		switch w := m.Weights[f]; {
		case strings.HasPrefix(f, mainVerb):
		case w >= tellingWeight && len(pro) < mostFor:
			pro = append(pro, "for: "+f)
		case w <= -tellingWeight && len(con) < mostAgainst:
			con = append(con, "against: "+f)
		}
	}
	return math.Round(100*m.Probability(features)) / 100, append(pro, con...)
}
