package claims

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

const (
	// wordsSearched is how many words of a claim it is searched by: all of them have to be
	// there, so that a few rare ones find it in another wording.
	wordsSearched = 3
	// claimsSearched is the most claims of a draft that are searched by, those that tell
	// most.
	claimsSearched = 40
)

// Terms gives the base forms of the words of a draft's claims, to be counted in an
// archive.
func (d *Draft) Terms() []string {
	seen := map[string]bool{}
	for _, s := range d.art.claims {
		for term := range d.claimTerms(s) {
			seen[term] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// Searches gives, for each claim of a draft that tells enough, the words that are rarest
// in an archive, as the draft writes them: what tells the same elsewhere is likely to have
// them all. Those that tell most come first.
func (d *Draft) Searches(in Archive) []string {
	type search struct {
		words string
		tells float64
	}
	rarity := remembered(d.e.rarity(in))
	var all []search
	for _, s := range d.art.claims {
		words := d.claimTerms(s)
		terms := slices.Sorted(maps.Keys(words))
		slices.SortStableFunc(terms, func(a, b string) int { return cmp.Compare(rarity(b), rarity(a)) })
		x := search{}
		var chosen []string
		for _, t := range terms[:min(len(terms), wordsSearched)] {
			chosen = append(chosen, words[t])
			x.tells += rarity(t)
		}
		if x.words = strings.Join(chosen, " "); x.tells >= leastShared && len(chosen) == wordsSearched {
			all = append(all, x)
		}
	}
	slices.SortStableFunc(all, func(a, b search) int { return cmp.Compare(b.tells, a.tells) })
	var out []string
	for _, x := range all[:min(len(all), claimsSearched)] {
		out = added(out, x.words)
	}
	return out
}

// claimTerms gives the words of a claim that tell something, by their base forms.
func (d *Draft) claimTerms(s *statement) map[string]string {
	c := termCount{lex: d.e.lex}
	out := map[string]string{}
	for _, t := range s.draft.p.toks[s.draft.from:s.draft.to] {
		if isPunct(t) {
			continue
		}
		word := strings.TrimSuffix(strings.TrimSuffix(t.Text, "'s"), "’s")
		if term := c.term(fold(word)); term != "" {
			out[term] = word
		}
	}
	return out
}

// Nearness gives how near an article is to each of the candidate stories, from 0 to 1:
// by which [Engine.Place] chooses.
func (e *Engine) Nearness(p Placing) []float64 {
	m := e.newMeasure(p)
	out := make([]float64, len(p.Candidates))
	for i, c := range p.Candidates {
		out[i] = min(m.story(c).score, 1)
	}
	return out
}

// Fingerprint counts the names and terms of a draft.
func (d *Draft) Fingerprint() Fingerprint { return d.e.Fingerprint(d.art.Article) }
