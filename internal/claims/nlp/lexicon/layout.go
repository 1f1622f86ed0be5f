package lexicon

import (
	"errors"
	"hash/crc32"
)

// wordnet.bin is a magic word, the sections of the four parts of speech (nouns,
// verbs, adjectives, adverbs) one after another, and a CRC-32 of all that. A
// section is its length in four bytes, the lowest first, and its bytes. A number
// inside a section has three bytes, a count two. The sections of a part are the
// fields of the type part in their order; words, synsets and forms are numbered
// from 0 in the order of their sections.

const (
	magic        = "CORRLEX\x01"
	lengthSize   = 4
	numberSize   = 3
	countSize    = 2
	derivedShift = 20 // a derived word is its part of speech above its number
)

var errDamaged = errors.New("the file is damaged")

// part is the data of one part of speech.
type part struct {
	words      table  // lemmas, sorted
	senses     lists  // word → synsets, the most frequent first
	counts     string // how often each of senses.values was tagged
	lexFiles   string // synset → number of its lexicographer file
	narrowness string // synset → information content: 0 everything, 255 a leaf
	above      lists  // synset → hypernyms and classes of instances
	beside     lists  // synset → similar adjectives, verbs of one group
	against    lists  // synset → antonyms
	derived    lists  // word → derivationally related words, best first
	forms      table  // irregular forms, sorted
	bases      lists  // form → words
}

// numbers is a list of numbers of numberSize bytes.
type numbers struct{ raw string }

func (n numbers) at(i int) int {
	b := n.raw[numberSize*i : numberSize*i+numberSize]
	return int(b[0]) | int(b[1])<<8 | int(b[2])<<16
}

// lists holds list after list of numbers and where each starts.
type lists struct{ starts, values numbers }

// bounds says where list i lies in values.
func (l lists) bounds(i int) (from, to int) { return l.starts.at(i), l.starts.at(i + 1) }

// table holds sorted strings.
type table struct {
	starts numbers
	text   string
	// slots is open addressing by hash: the number of a string plus one, 0 for none.
	// Words are looked up so often that a search through the order would be felt.
	slots []uint32
}

func newTable(starts numbers, text string) table {
	t := table{starts: starts, text: text}
	room := 1
	for room < 2*t.size() {
		room *= 2
	}
	t.slots = make([]uint32, room)
	for i := range t.size() {
		slot := t.home(t.at(i))
		for t.slots[slot] != 0 {
			slot = (slot + 1) & uint32(room-1)
		}
		t.slots[slot] = uint32(i) + 1
	}
	return t
}

// home gives the slot where the search for s begins, by FNV-1a.
func (t table) home(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return (h ^ h>>15) & uint32(len(t.slots)-1)
}

func (t table) size() int { return max(0, len(t.starts.raw)/numberSize-1) }

func (t table) at(i int) string { return t.text[t.starts.at(i):t.starts.at(i+1)] }

// find gives the place of s, or -1.
func (t table) find(s string) int {
	if len(t.slots) == 0 {
		return -1
	}
	for slot := t.home(s); t.slots[slot] != 0; slot = (slot + 1) & uint32(len(t.slots)-1) {
		if i := int(t.slots[slot]) - 1; t.at(i) == s {
			return i
		}
	}
	return -1
}

// count tells how often the sense at place i of senses.values was tagged.
func (p *part) count(i int) int {
	return int(p.counts[countSize*i]) | int(p.counts[countSize*i+1])<<8
}

// readParts reads wordnet.bin. What it returns shares the file's memory.
func readParts(file string) ([4]part, error) {
	var parts [4]part
	end := len(file) - lengthSize
	if end < len(magic) || file[:len(magic)] != magic ||
		uint32(length(file[end:])) != crc32.ChecksumIEEE([]byte(file[:end])) {
		return parts, errDamaged
	}
	r := reader{rest: file[len(magic):end]}
	for i := range parts {
		r.part(&parts[i])
	}
	if r.failed || r.rest != "" {
		return parts, errDamaged
	}
	return parts, nil
}

// reader takes sections off the front of rest.
type reader struct {
	rest   string
	failed bool
}

func (r *reader) part(p *part) {
	p.words = r.table()
	p.senses = r.lists()
	p.counts = r.section()
	p.lexFiles = r.section()
	p.narrowness = r.section()
	p.above = r.lists()
	p.beside = r.lists()
	p.against = r.lists()
	p.derived = r.lists()
	p.forms = r.table()
	p.bases = r.lists()
}

func (r *reader) table() table { return newTable(numbers{r.section()}, r.section()) }

func (r *reader) lists() lists { return lists{numbers{r.section()}, numbers{r.section()}} }

func (r *reader) section() string {
	if len(r.rest) < lengthSize || len(r.rest)-lengthSize < length(r.rest) {
		r.failed = true
		return ""
	}
	n := length(r.rest)
	s := r.rest[lengthSize : lengthSize+n]
	r.rest = r.rest[lengthSize+n:]
	return s
}

// length reads the four bytes at the front of s.
func length(s string) int {
	return int(s[0]) | int(s[1])<<8 | int(s[2])<<16 | int(s[3])<<24
}
