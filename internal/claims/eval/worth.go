package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"corroborate/internal/claims"
	"corroborate/internal/claims/worth"
)

// labelled is a sentence that people labelled as worth checking or not.
type labelled struct {
	text  string
	worth bool
}

// readClaimBuster reads labelled sentences of debates: a JSON array of objects
// with text and label, 1 for what is worth checking.
func readClaimBuster(path string) ([]labelled, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("eval: %w", err)
	}
	var rows []struct {
		Text  string `json:"text"`
		Label int    `json:"label"`
	}
	if err := json.Unmarshal(raw, &rows); err != nil {
		return nil, fmt.Errorf("eval: %s: %w", path, err)
	}
	out := make([]labelled, len(rows))
	for i, r := range rows {
		out[i] = labelled{r.Text, r.Label == 1}
	}
	return out, nil
}

// readPoliClaim reads labelled sentences of speeches: JSON lines with sentence
// and claim, 1 for a claim.
func readPoliClaim(path string) ([]labelled, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("eval: %w", err)
	}
	var out []labelled
	for sc := bufio.NewScanner(bytes.NewReader(raw)); sc.Scan(); {
		var r struct {
			Sentence string `json:"sentence"`
			Claim    int    `json:"claim"`
		}
		if err := json.Unmarshal(sc.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("eval: %s: %w", path, err)
		}
		out = append(out, labelled{r.Sentence, r.Claim == 1})
	}
	return out, nil
}

// ClaimBuster reads sentences of debates and the features of each.
func ClaimBuster(e *claims.Engine, path string) ([]worth.Example, error) {
	rows, err := readClaimBuster(path)
	return examples(e, rows), err
}

func examples(e *claims.Engine, rows []labelled) []worth.Example {
	out := make([]worth.Example, len(rows))
	for i, r := range rows {
		out[i] = worth.Example{Features: e.WorthFeatures(r.text), Worth: r.worth}
	}
	return out
}

// Accuracy gives the share of examples whose label the model gives, with one half
// as the threshold.
func Accuracy(m *worth.Model, xs []worth.Example) float64 {
	right := 0
	for _, x := range xs {
		if (m.Probability(x.Features) >= 0.5) == x.Worth {
			right++
		}
	}
	return share(right, len(xs))
}

// BalancedAccuracy gives the mean of the shares of both labels that the model
// gives.
func BalancedAccuracy(m *worth.Model, xs []worth.Example) float64 {
	var of [2][]worth.Example
	for _, x := range xs {
		if x.Worth {
			of[1] = append(of[1], x)
		} else {
			of[0] = append(of[0], x)
		}
	}
	return (Accuracy(m, of[0]) + Accuracy(m, of[1])) / 2
}

// CalibrationError gives the mean distance between the probability that the model
// gives and the share of examples that are worth it, over tenths of probability.
func CalibrationError(m *worth.Model, xs []worth.Example) float64 {
	var n, sum, worthy [10]float64
	for _, x := range xs {
		p := m.Probability(x.Features)
		bin := min(int(p*10), 9)
		n[bin]++
		sum[bin] += p
		if x.Worth {
			worthy[bin]++
		}
	}
	total := 0.0
	for b := range n {
		total += math.Abs(sum[b] - worthy[b])
	}
	return total / float64(max(len(xs), 1))
}

// FiveFold gives the mean of measure over five folds, each measured with weights
// that were fitted on the other four. fold says in which fold the i-th of n
// examples is.
func FiveFold(xs []worth.Example, o worth.Options, fold func(i, n int) int, measure func(*worth.Model, []worth.Example) float64) float64 {
	sum := 0.0
	for k := range 5 {
		var fit, test []worth.Example
		for i, x := range xs {
			if fold(i, len(xs)) == k {
				test = append(test, x)
			} else {
				fit = append(fit, x)
			}
		}
		sum += measure(worth.Fit(fit, o), test)
	}
	return sum / 5
}

// Contiguous makes folds of neighbours: the sentences of one speech stay together.
func Contiguous(i, n int) int { return i * 5 / n }

// Interleaved puts every fifth example in one fold.
func Interleaved(i, _ int) int { return i % 5 }

// worthFigures are the measures of check-worthiness.
type worthFigures struct {
	// ClaimBuster is the accuracy on sentences of debates, Claims the same with the
	// highest score of a sentence's claims as its score.
	ClaimBuster, Claims float64
	// Calibration is the calibration error on them.
	Calibration float64
	// PoliClaim is the accuracy on sentences of speeches, with the shipped weights
	// refitted on four folds and tested on the fifth.
	PoliClaim float64
}

// scoreWorth measures check-worthiness on the test sentences of debates and on
// the sentences of speeches in a folder.
func scoreWorth(e *claims.Engine, dir string) (worthFigures, error) {
	debates, err := readClaimBuster(filepath.Join(dir, "two_class_test.json"))
	speeches, speechErr := readPoliClaim(filepath.Join(dir, "policlaim-train.jsonl"))
	shipped, loadErr := worth.Load()
	if err := errors.Join(err, speechErr, loadErr); err != nil {
		return worthFigures{}, err
	}
	xs := examples(e, debates)
	return worthFigures{
		ClaimBuster: Accuracy(shipped, xs), Claims: claimsAccuracy(e, debates), Calibration: CalibrationError(shipped, xs),
		PoliClaim: FiveFold(examples(e, speeches), worth.Options{Penalty: 10, Least: 5, From: shipped}, Contiguous, Accuracy),
	}, nil
}

// claimsAccuracy scores a sentence by the worthiest of its claims.
func claimsAccuracy(e *claims.Engine, rows []labelled) float64 {
	right := 0
	for _, r := range rows {
		most := 0.0
		for _, c := range e.Extract(claims.Article{ID: "a", Text: claims.ReadText(r.text, "")}) {
			most = max(most, c.Worth)
		}
		if (most >= 0.5) == r.worth {
			right++
		}
	}
	return share(right, len(rows))
}
