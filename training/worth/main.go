// Command worth fits the weights of check-worthiness on labelled sentences of
// debates; README.md tells how and with what.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"corroborate/internal/claims"
	"corroborate/internal/claims/eval"
	"corroborate/internal/claims/worth"
)

// options were chosen by five-fold cross-validation on the training sentences.
var options = worth.Options{Penalty: 10, Least: 20, Even: true}

func main() {
	log.SetFlags(0)
	data := flag.String("data", "../shared/data/checkworthy", "folder with two_class_train.json and two_class_test.json")
	out := flag.String("o", "internal/claims/worth/weights.tsv", "file to write the weights to")
	flag.Parse()
	if err := run(*data, *out); err != nil {
		log.Fatal(err)
	}
}

func run(data, out string) error {
	engine, err := claims.NewEngine()
	if err != nil {
		return err
	}
	train, err := eval.ClaimBuster(engine, filepath.Join(data, "two_class_train.json"))
	if err != nil {
		return err
	}
	test, err := eval.ClaimBuster(engine, filepath.Join(data, "two_class_test.json"))
	if err != nil {
		return err
	}
	fmt.Printf("five-fold on train: accuracy %.3f, balanced %.3f\n",
		eval.FiveFold(train, options, eval.Interleaved, eval.Accuracy), eval.FiveFold(train, options, eval.Interleaved, eval.BalancedAccuracy))
	file := worth.Fit(train, options).Format("Log odds of check-worthiness, written by training/worth; made from ClaimBuster, CC BY 4.0.")
	m, err := worth.Parse(file)
	if err != nil {
		return err
	}
	fmt.Printf("test: accuracy %.3f, calibration error %.3f, %d weights\n",
		eval.Accuracy(m, test), eval.CalibrationError(m, test), len(m.Weights))
	return os.WriteFile(out, []byte(file), 0o644)
}
