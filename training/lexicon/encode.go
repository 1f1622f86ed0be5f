package main

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"sort"
)

// magic opens the file; the last byte is the version of the layout. The layout
// is described where it is read: internal/claims/nlp/lexicon/layout.go.
const magic = "CORRLEX\x01"

// numberSize is the size of a number in bytes, the lowest byte first.
const numberSize = 3

// writer collects the sections of the file.
type writer struct {
	buf []byte
	err error
}

// encode writes db in the order in which layout.go reads it, with a checksum at
// the end.
func encode(db *database) ([]byte, error) {
	w := &writer{buf: []byte(magic)}
	derived := db.derived()
	for _, p := range db.parts {
		w.words(p)
		w.synsets(db, p)
		w.derived(p, derived)
		w.exceptions(p)
	}
	sum := crc32.ChecksumIEEE(w.buf)
	return binary.LittleEndian.AppendUint32(w.buf, sum), w.err
}

// words writes the lemmas and, for each, its senses with their counts.
func (w *writer) words(p *part) {
	lemmas := make([]string, len(p.words))
	senses := make([][]int, len(p.words))
	var counts []byte
	for i, word := range p.words {
		lemmas[i] = word.lemma
		for j, s := range word.senses {
			senses[i] = append(senses[i], s.id)
			count := min(word.counts[j], math.MaxUint16)
			counts = binary.LittleEndian.AppendUint16(counts, uint16(count))
		}
	}
	w.strings(lemmas)
	w.lists(senses)
	w.section(counts)
}

// synsets writes what is kept of each synset: lexicographer file, narrowness,
// what stands above it, beside it and against it.
func (w *writer) synsets(db *database, p *part) {
	files := make([]byte, len(p.synsets))
	above := make([][]int, len(p.synsets))
	beside := make([][]int, len(p.synsets))
	against := make([][]int, len(p.synsets))
	for i, s := range p.synsets {
		files[i] = byte(s.lexFile)
		above[i] = ids(db.parents(s))
		beside[i] = ids(db.follow(s, "&", "$"))
		against[i] = ids(db.follow(s, "!"))
	}
	w.section(files)
	w.section(db.narrowness(p))
	w.lists(above)
	w.lists(beside)
	w.lists(against)
}

func ids(synsets []*synset) []int {
	var out []int
	for _, s := range synsets {
		out = append(out, s.id)
	}
	return out
}

// derived writes for each word its related words: the part of speech above the
// lowest 20 bits, which hold the word's number.
func (w *writer) derived(p *part, derived map[*word][]link) {
	lists := make([][]int, len(p.words))
	for i, word := range p.words {
		for _, l := range derived[word] {
			lists[i] = append(lists[i], l.part<<20|l.word.id)
		}
	}
	w.lists(lists)
}

// misleading are irregular forms of rare verbs that news writes as the base form
// of another: "wound" means to hurt, not to have wound a clock.
var misleading = map[exception]bool{
	{form: "wound", base: "wind"}:   true,
	{form: "ground", base: "grind"}: true,
}

// exceptions writes the irregular forms whose base form is a known word.
func (w *writer) exceptions(p *part) {
	known := p.exceptions[:0]
	for _, e := range p.exceptions {
		if p.byLemma[e.base] != nil && e.form != e.base && !misleading[e] {
			known = append(known, e)
		}
	}
	sort.SliceStable(known, func(i, j int) bool { return known[i].form < known[j].form })
	var forms []string
	var bases [][]int
	for _, e := range known {
		id := p.byLemma[e.base].id
		if n := len(forms); n > 0 && forms[n-1] == e.form {
			bases[n-1] = append(bases[n-1], id)
			continue
		}
		forms = append(forms, e.form)
		bases = append(bases, []int{id})
	}
	w.strings(forms)
	w.lists(bases)
}

// strings writes sorted strings: where each starts, then their bytes.
func (w *writer) strings(list []string) {
	var starts, text []byte
	for _, s := range list {
		starts = w.number(starts, len(text))
		text = append(text, s...)
	}
	w.section(w.number(starts, len(text)))
	w.section(text)
}

// lists writes lists of numbers: where each starts, then the numbers.
func (w *writer) lists(lists [][]int) {
	var starts, values []byte
	for _, list := range lists {
		starts = w.number(starts, len(values)/numberSize)
		for _, v := range list {
			values = w.number(values, v)
		}
	}
	w.section(w.number(starts, len(values)/numberSize))
	w.section(values)
}

// number appends n in numberSize bytes.
func (w *writer) number(b []byte, n int) []byte {
	if n < 0 || n >= 1<<(8*numberSize) {
		w.err = fmt.Errorf("%d does not fit into %d bytes", n, numberSize)
	}
	return append(b, byte(n), byte(n>>8), byte(n>>16))
}

// section writes a length and the bytes.
func (w *writer) section(b []byte) {
	if uint64(len(b)) > math.MaxUint32 {
		w.err = fmt.Errorf("section of %d bytes is too long", len(b))
	}
	w.buf = binary.LittleEndian.AppendUint32(w.buf, uint32(len(b)))
	w.buf = append(w.buf, b...)
}
