package claims

import "corroborate/internal/claims/worth"

// worthOf scores how much a claim is worth checking, from 0 to 1, and says why. A
// claim that cannot be checked is worth nothing.
func (e *Engine) worthOf(d draft, reason string) (float64, []string) {
	if reason != "" {
		return 0, []string{"not checkable: " + reason}
	}
	in := func(i int) bool { return i >= d.from && i < d.to && !d.parts[i] }
	score, reasons := e.worth.Score(worth.PartFeatures(e.lex, d.p.toks, d.pred, in))
	return score, append([]string{}, reasons...)
}

// WorthFeatures gives what the check-worthiness of a bare statement is scored by:
// the features of its sentences.
func (e *Engine) WorthFeatures(statement string) []string {
	body := cleanText(statement)
	var out [][]string
	for _, s := range splitSentences(body) {
		p := newParsed(e.model, body, sentence{start: s[0], end: s[1]}, nil)
		out = append(out, worth.Features(e.lex, p.toks))
	}
	return worth.Merge(out...)
}
