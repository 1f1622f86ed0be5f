package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"corroborate/internal/claims/nlp"
)

type text struct {
	Source string `json:"source"`
	Text   string `json:"text"`
}

// tokenised is a text as spaCy takes words that another tokeniser has cut.
type tokenised struct {
	Source string   `json:"source"`
	Words  []string `json:"words"`
	Spaces []bool   `json:"spaces"` // whether a space follows the word
}

// tokens cuts one text a line, so that the silver labels stand on the same
// tokens that the model meets later.
func tokens(r io.Reader, w io.Writer) error {
	out := bufio.NewWriter(w)
	dec, enc := json.NewDecoder(r), json.NewEncoder(out)
	for {
		var t text
		if err := dec.Decode(&t); err == io.EOF {
			return out.Flush()
		} else if err != nil {
			return fmt.Errorf("read text: %w", err)
		}
		cut := tokenised{Source: t.Source}
		toks := nlp.Tokenize(t.Text, 0, len(t.Text))
		for i, tok := range toks {
			cut.Words = append(cut.Words, tok.Text)
			cut.Spaces = append(cut.Spaces, i+1 < len(toks) && toks[i+1].Start > tok.End)
		}
		if err := enc.Encode(cut); err != nil {
			return fmt.Errorf("write tokens: %w", err)
		}
	}
}
