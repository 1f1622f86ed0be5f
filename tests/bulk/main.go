// Command bulk writes plausible articles for measuring bulk imports, one JSON object
// a line: events of one to six articles by different papers over three months, which
// retell one another and sometimes differ in a number, a day or a denial. The same
// seed gives the same bytes.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
)

func main() {
	n := flag.Int("n", 10_000, "how many articles")
	seed := flag.Uint64("seed", 1, "which articles")
	flag.Parse()
	if err := write(os.Stdout, *n, *seed); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// write writes n articles.
func write(w io.Writer, n int, seed uint64) error {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	r := rand.New(rand.NewPCG(seed, 7))
	for made := 0; made < n; {
		e := newEvent(r, made)
		for i := range min(1+r.IntN(6), n-made) {
			if err := enc.Encode(e.article(r, i)); err != nil {
				return err
			}
			made++
		}
	}
	return out.Flush()
}

// article is a line.
type article struct {
	ExternalID  string `json:"external_id"`
	Source      string `json:"source"`
	Title       string `json:"title"`
	URL         string `json:"url"`
	Byline      string `json:"byline"`
	PublishedAt string `json:"published_at"`
	Text        string `json:"text"`
}
