// Command bulk writes plausible articles for measuring bulk imports, one JSON object
// a line: events over three months, as package papers tells them.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"corroborate/tests/size/papers"
)

func main() {
	n := flag.Int("n", 10_000, "how many articles")
	seed := flag.Uint64("seed", 1, "which articles")
	flag.Parse()
	o := papers.Options{Articles: *n, Seed: *seed, From: time.Date(2025, 1, 6, 6, 0, 0, 0, time.UTC), Days: 90}
	if err := papers.Write(os.Stdout, o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
