package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// The parts of speech in the order in which they are written.
const (
	noun = iota
	verb
	adjective
	adverb
)

var partNames = [4]string{"noun", "verb", "adj", "adv"}

// maxParts is the longest collocation that is kept, in words.
const maxParts = 3

// database is WordNet's data as far as the lexicon uses it.
type database struct {
	parts [4]*part
}

// part holds the words and synsets of one part of speech.
type part struct {
	name       string
	words      []*word // sorted by lemma
	byLemma    map[string]*word
	synsets    []*synset // in the order of the data file
	byOffset   map[string]*synset
	exceptions []exception // sorted by form
}

// word is a lemma with its senses, the most frequent first, and how often the
// tagged corpus uses each.
type word struct {
	lemma  string
	id     int
	senses []*synset
	counts []int
}

// synset is a meaning: its words as they stand in the data file, its
// lexicographer file and its pointers.
type synset struct {
	id      int
	lexFile int
	lemmas  []string
	ptrs    []pointer
	dropped bool
}

// pointer leads from a word of a synset (0: from all) to a word of another.
type pointer struct {
	symbol     string
	offset     string
	part       int
	from, into int
}

// exception is an irregular inflected form and its base form.
type exception struct {
	form, base string
}

// readDatabase reads the database files in dir.
func readDatabase(dir string) (*database, error) {
	db := &database{}
	for i, name := range partNames {
		p := &part{name: name, byLemma: map[string]*word{}, byOffset: map[string]*synset{}}
		db.parts[i] = p
		steps := []struct {
			file string
			line func(string) error
		}{
			{"data." + name, p.readSynset},
			{"index." + name, p.readWord},
			{name + ".exc", p.readException},
		}
		for _, s := range steps {
			if err := eachLine(filepath.Join(dir, s.file), s.line); err != nil {
				return nil, err
			}
		}
		sort.Slice(p.words, func(a, b int) bool { return p.words[a].lemma < p.words[b].lemma })
	}
	return db, eachLine(filepath.Join(dir, "cntlist.rev"), db.readCount)
}

// eachLine calls line for every line of the file that is not part of the
// licence text, which WordNet indents.
func eachLine(path string, line func(string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for n := 1; s.Scan(); n++ {
		if strings.HasPrefix(s.Text(), " ") || s.Text() == "" {
			continue
		}
		if err := line(s.Text()); err != nil {
			return fmt.Errorf("%s line %d: %w", path, n, err)
		}
	}
	return s.Err()
}

// fields walks over the fields of a line and remembers the first number that
// could not be read.
type fields struct {
	rest []string
	err  error
}

func (f *fields) text() string {
	if len(f.rest) == 0 {
		f.err = fmt.Errorf("line is too short")
		return ""
	}
	s := f.rest[0]
	f.rest = f.rest[1:]
	return s
}

func (f *fields) number(base int) int {
	n, err := strconv.ParseUint(f.text(), base, 32)
	if err != nil && f.err == nil {
		f.err = err
	}
	return int(n)
}

func (p *part) readSynset(line string) error {
	head, _, _ := strings.Cut(line, " | ")
	f := &fields{rest: strings.Fields(head)}
	offset := f.text()
	s := &synset{lexFile: f.number(10)}
	f.text() // the synset's type, which the file already tells
	for n := f.number(16); n > 0; n-- {
		lemma, _, _ := strings.Cut(strings.ToLower(f.text()), "(")
		s.lemmas = append(s.lemmas, lemma)
		f.text() // the word's id in its lexicographer file
	}
	for n := f.number(10); n > 0 && f.err == nil; n-- {
		ptr := pointer{symbol: f.text(), offset: f.text(), part: partOf(f.text())}
		ends := f.number(16)
		ptr.from, ptr.into = ends>>8, ends&0xff
		s.ptrs = append(s.ptrs, ptr)
	}
	p.synsets = append(p.synsets, s)
	p.byOffset[offset] = s
	return f.err
}

func partOf(letter string) int {
	switch letter {
	case "n":
		return noun
	case "v":
		return verb
	case "r":
		return adverb
	}
	return adjective
}

func (p *part) readWord(line string) error {
	f := &fields{rest: strings.Fields(line)}
	w := &word{lemma: f.text()}
	f.text() // part of speech
	senses := f.number(10)
	f.rest = f.rest[min(len(f.rest), f.number(10)):]
	f.text() // the number of senses once more
	f.text() // the number of senses with a count
	for ; senses > 0 && f.err == nil; senses-- {
		offset := f.text()
		s, ok := p.byOffset[offset]
		if !ok {
			return fmt.Errorf("%s: no synset %s", w.lemma, offset)
		}
		w.senses = append(w.senses, s)
	}
	w.counts = make([]int, len(w.senses))
	if wanted(w.lemma) {
		p.words = append(p.words, w)
		p.byLemma[w.lemma] = w
	}
	return f.err
}

// wanted tells whether a lemma is worth its bytes: long collocations and words
// with digits do not occur as predicates or classes of news claims.
func wanted(lemma string) bool {
	return strings.Count(lemma, "_") < maxParts && !strings.ContainsAny(lemma, "0123456789")
}

func (p *part) readException(line string) error {
	words := strings.Fields(line)
	if len(words) < 2 {
		return fmt.Errorf("exception without a base form")
	}
	for _, base := range words[1:] {
		p.exceptions = append(p.exceptions, exception{form: words[0], base: base})
	}
	return nil
}

// readCount reads how often a sense was tagged, from a line such as
// "meet%2:38:01:: 1 49": sense key, number of the sense, count.
func (db *database) readCount(line string) error {
	f := &fields{rest: strings.Fields(line)}
	lemma, kind, _ := strings.Cut(f.text(), "%")
	sense, count := f.number(10), f.number(10)
	if f.err != nil || kind == "" {
		return fmt.Errorf("bad count: %w", f.err)
	}
	p := db.parts[map[byte]int{'1': noun, '2': verb, '3': adjective, '4': adverb, '5': adjective}[kind[0]]]
	if w, ok := p.byLemma[lemma]; ok && sense >= 1 && sense <= len(w.counts) {
		w.counts[sense-1] += count
	}
	return nil
}
