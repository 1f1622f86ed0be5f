package main

import (
	"math"
	"sort"
)

// dropTaxonomy removes the classes of biology (genus, family, order ...), which
// no news claim is about, and numbers the words and synsets that stay.
func (db *database) dropTaxonomy() {
	nouns := db.parts[noun]
	var root *synset
	if w, ok := nouns.byLemma["taxonomic_group"]; ok {
		root = w.senses[0]
	}
	var classes []*synset
	for _, s := range nouns.synsets {
		if db.ancestors(s)[root] {
			classes = append(classes, s)
		}
	}
	for _, s := range classes {
		s.dropped = true
	}
	for _, p := range db.parts {
		p.compact()
	}
}

// compact takes out the dropped synsets and the words left without a sense.
func (p *part) compact() {
	var synsets []*synset
	for _, s := range p.synsets {
		if !s.dropped {
			s.id = len(synsets)
			synsets = append(synsets, s)
		}
	}
	p.synsets = synsets
	var words []*word
	for _, w := range p.words {
		n := 0
		for i, s := range w.senses {
			if !s.dropped {
				w.senses[n], w.counts[n] = s, w.counts[i]
				n++
			}
		}
		w.senses, w.counts = w.senses[:n], w.counts[:n]
		if n == 0 {
			delete(p.byLemma, w.lemma)
			continue
		}
		w.id = len(words)
		words = append(words, w)
	}
	p.words = words
}

// target is the synset a pointer leads to, or nil when it was dropped.
func (db *database) target(ptr pointer) *synset {
	s := db.parts[ptr.part].byOffset[ptr.offset]
	if s == nil || s.dropped {
		return nil
	}
	return s
}

// parents lists the synsets directly above s; an instance stands below its class.
func (db *database) parents(s *synset) []*synset {
	return db.follow(s, "@", "@i")
}

// follow lists, without repetition, what the pointers with these symbols lead to.
func (db *database) follow(s *synset, symbols ...string) []*synset {
	var out []*synset
	seen := map[*synset]bool{}
	for _, ptr := range s.ptrs {
		for _, symbol := range symbols {
			if t := db.target(ptr); ptr.symbol == symbol && t != nil && !seen[t] {
				seen[t] = true
				out = append(out, t)
			}
		}
	}
	return out
}

// ancestors is the set of s and everything above it.
func (db *database) ancestors(s *synset) map[*synset]bool {
	seen := map[*synset]bool{s: true}
	for open := []*synset{s}; len(open) > 0; {
		top := open[len(open)-1]
		open = open[:len(open)-1]
		for _, p := range db.parents(top) {
			if !seen[p] {
				seen[p] = true
				open = append(open, p)
			}
		}
	}
	return seen
}

// narrowness gives each synset of p its intrinsic information content, from 0
// (a root with everything below it) to 255 (a leaf): 1 - log(1+below)/log(all).
// Instances do not count: a city is a narrow class, however many cities have a
// name.
func (db *database) narrowness(p *part) []byte {
	below := make([]int, len(p.synsets))
	for _, s := range p.synsets {
		if len(db.follow(s, "@i")) > 0 {
			continue
		}
		for a := range db.ancestors(s) {
			if a != s {
				below[a.id]++
			}
		}
	}
	out := make([]byte, len(p.synsets))
	for i, n := range below {
		content := 1 - math.Log(1+float64(n))/math.Log(float64(len(p.synsets)))
		out[i] = byte(math.Round(255 * content))
	}
	return out
}

// link is a derivationally related word and how it ranks: by the sense that it
// comes from, then by how often it is used.
type link struct {
	part   int
	word   *word
	rank   int
	weight int
}

// derived lists for every word of every part the words derived from it or that
// it is derived from, best first.
func (db *database) derived() map[*word][]link {
	out := map[*word][]link{}
	for from, p := range db.parts {
		for _, w := range p.words {
			for rank, s := range w.senses {
				for _, ptr := range s.ptrs {
					db.addDerived(out, derivation{from: from, word: w, synset: s, rank: rank, ptr: ptr})
				}
			}
		}
	}
	for w, links := range out {
		out[w] = bestLinks(links)
	}
	return out
}

// derivation is a pointer met while reading a sense of a word.
type derivation struct {
	from   int
	word   *word
	synset *synset
	rank   int
	ptr    pointer
}

// addDerived records a derivation. Pertainyms and participles are written in
// one direction by WordNet and are recorded in both.
func (db *database) addDerived(out map[*word][]link, d derivation) {
	bothWays := d.ptr.symbol == "\\" || d.ptr.symbol == "<"
	if d.ptr.symbol != "+" && !bothWays {
		return
	}
	target := db.target(d.ptr)
	if target == nil || d.synset.lemma(d.ptr.from) != d.word.lemma {
		return
	}
	other, ok := db.parts[d.ptr.part].byLemma[target.lemma(d.ptr.into)]
	if !ok {
		return
	}
	out[d.word] = append(out[d.word], link{d.ptr.part, other, d.rank, uses(other)})
	if bothWays {
		out[other] = append(out[other], link{d.from, d.word, other.rankOf(target), uses(d.word)})
	}
}

// lemma gives the numbered word of s, from 1, or "" when there is none.
func (s *synset) lemma(number int) string {
	if number < 1 || number > len(s.lemmas) {
		return ""
	}
	return s.lemmas[number-1]
}

// rankOf is the place of s among the senses of w.
func (w *word) rankOf(s *synset) int {
	for i, sense := range w.senses {
		if sense == s {
			return i
		}
	}
	return len(w.senses)
}

func uses(w *word) int {
	total := 0
	for _, c := range w.counts {
		total += c
	}
	return total
}

// bestLinks orders links and keeps the first of each word.
func bestLinks(links []link) []link {
	sort.SliceStable(links, func(i, j int) bool {
		a, b := links[i], links[j]
		if a.rank != b.rank {
			return a.rank < b.rank
		}
		if a.weight != b.weight {
			return a.weight > b.weight
		}
		return a.word.lemma < b.word.lemma
	})
	seen := map[*word]bool{}
	kept := links[:0]
	for _, l := range links {
		if !seen[l.word] {
			seen[l.word] = true
			kept = append(kept, l)
		}
	}
	return kept
}
