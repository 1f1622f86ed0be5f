// Command syntax trains the tagger, the parser and the entity recogniser of
// internal/claims/nlp. README.md beside this file is the model card; run.sh is
// the whole recipe.
//
//	syntax tokens < texts.jsonl > tokens.jsonl
//	syntax train -silver silver.jsonl -clusters clusters.tsv -model model.bin
//	syntax evaluate -silver silver.jsonl -model model.bin
//	syntax show < sentences.txt
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"corroborate/internal/claims/nlp/syntax"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "syntax:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("want a command: tokens, train, evaluate or show")
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	silver := flags.String("silver", "silver.jsonl", "labelled sentences, from silver.py")
	clusters := flags.String("clusters", "clusters.tsv", "word clusters, from clusters.py")
	model := flags.String("model", "internal/claims/nlp/model.bin", "artefact to write or to evaluate")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	switch args[0] {
	case "tokens":
		return tokens(os.Stdin, os.Stdout)
	case "show":
		return show(os.Stdin, os.Stdout)
	case "train":
		return train(*silver, *clusters, *model)
	case "evaluate":
		return evaluateFile(*silver, *model)
	}
	return fmt.Errorf("unknown command %q", args[0])
}

// train writes the artefact and then measures it as it was written.
func train(silver, clusters, model string) error {
	c, err := readCorpus(silver)
	if err != nil {
		return err
	}
	groups, err := readClusters(clusters)
	if err != nil {
		return err
	}
	start := time.Now()
	t := newTrainer(c, groups, func(format string, args ...any) {
		fmt.Fprintf(os.Stderr, "%5.0fs  %s\n", time.Since(start).Seconds(), fmt.Sprintf(format, args...))
	})
	data := t.train()
	if err := os.WriteFile(model, data, 0o644); err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	return measure(data, c)
}

func evaluateFile(silver, model string) error {
	c, err := readCorpus(silver)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(model)
	if err != nil {
		return fmt.Errorf("read model: %w", err)
	}
	return measure(data, c)
}

func measure(data []byte, c *corpus) error {
	m, err := syntax.Decode(data)
	if err != nil {
		return err
	}
	fmt.Printf("artefact: %d bytes\n", len(data))
	evaluate(os.Stdout, m, c.held)
	return nil
}
