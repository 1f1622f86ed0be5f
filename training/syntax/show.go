package main

import (
	"bufio"
	"fmt"
	"io"

	"corroborate/internal/claims/nlp"
)

// show analyses one sentence a line with the embedded model and writes a token
// a line, for looking at what it does.
func show(r io.Reader, w io.Writer) error {
	m, err := nlp.Load()
	if err != nil {
		return err
	}
	for lines := bufio.NewScanner(r); lines.Scan(); fmt.Fprintln(w) {
		toks := nlp.Tokenize(lines.Text(), 0, len(lines.Text()))
		m.Annotate(toks)
		for i, t := range toks {
			fmt.Fprintf(w, "%3d %-16s %-14s %-5s %3d %-10s %-10s %s\n", i, t.Text, t.Lemma, t.Tag, t.Head, t.Dep,
				toks[t.Head].Text, t.Ent)
		}
	}
	return nil
}
