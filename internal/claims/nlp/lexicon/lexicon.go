// Package lexicon knows English words: their base forms, which of them mean the
// same or the opposite, which class of things a noun names and what kind of
// action a verb tells. It is what the engine compares the predicates and nouns
// of two claims with.
//
// # Data
//
// Three files are embedded in the binary:
//
//   - wordnet.bin is WordNet 3.0 without glosses, in a flat form that is read in
//     place (layout.go); training/lexicon builds it. WORDNET-LICENSE is its
//     licence.
//   - synonyms.txt adds the paraphrases of news reports that WordNet lacks
//     (officials / authorities, step down / quit).
//   - opposites.txt adds the predicates that exclude one another in news reports
//     (sign / reject, reinstate / suspend).
//
// The two text files are written for this package and explain their format at
// their head. Where they speak of a pair of words, they win over WordNet.
//
// # Senses
//
// Most words have meanings that news never uses ("meet" has thirteen). Every
// comparison reads only a word's frequent senses, as counted in WordNet's tagged
// texts: the first sense, and further ones among the first five whose count is
// at least a tenth of the word's whole. A word without any count has its first
// three.
//
// Words are given in lower case. Collocations may be joined by spaces or by
// underscores ("step down", "step_down"), and inflected forms are led back to
// their base form, so Synonyms("sacked", "fire", Verb) holds.
//
// Some of WordNet's antonyms are opposites of a kind that seldom makes two
// reports conflict: man / woman, east / west, ask / answer. Antonyms reports them
// all the same; Conflict tells the pairs that cannot both hold.
package lexicon

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"sync"
)

// POS is a part of speech, by WordNet's letter.
type POS byte

// The parts of speech that the lexicon holds.
const (
	Noun      POS = 'n'
	Verb      POS = 'v'
	Adjective POS = 'a'
	Adverb    POS = 'r'
)

var (
	//go:embed wordnet.bin
	wordnetFile string
	//go:embed synonyms.txt
	synonymsFile string
	//go:embed opposites.txt
	oppositesFile string
)

// Lexicon answers questions about words. It is immutable and safe for
// concurrent use.
type Lexicon struct {
	parts   [4]part
	news    news
	classes map[string][]int
	version string
}

var load = sync.OnceValues(func() (*Lexicon, error) {
	return parse(wordnetFile, synonymsFile, oppositesFile)
})

// Load gives the lexicon that is embedded in the binary, read once. It fails
// only when the binary is damaged.
func Load() (*Lexicon, error) { return load() }

// parse reads a lexicon from the contents of its three files.
func parse(wordnet, synonyms, opposites string) (*Lexicon, error) {
	parts, err := readParts(wordnet)
	if err != nil {
		return nil, fmt.Errorf("lexicon: wordnet.bin: %w", err)
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%08x\n%s\n%s", crc32.ChecksumIEEE([]byte(wordnet)), synonyms, opposites))
	l := &Lexicon{parts: parts, version: hex.EncodeToString(sum[:8])}
	l.classes = l.classTops()
	if l.news.groups, err = readSynonyms(synonyms, l.Lemma); err != nil {
		return nil, fmt.Errorf("lexicon: synonyms.txt: %w", err)
	}
	if l.news.opposites, err = readOpposites(opposites, l.Lemma, l.news.groups); err != nil {
		return nil, fmt.Errorf("lexicon: opposites.txt: %w", err)
	}
	return l, nil
}

// Version is a hash of the data: two lexicons with one version answer alike.
func (l *Lexicon) Version() string { return l.version }

// part gives the data of a part of speech; an unknown one has no words.
func (l *Lexicon) part(pos POS) *part {
	if i := partIndex(pos); i >= 0 {
		return &l.parts[i]
	}
	return &part{}
}

// partIndex is the place of a part of speech in wordnet.bin, or -1.
func partIndex(pos POS) int {
	switch pos {
	case Noun:
		return 0
	case Verb:
		return 1
	case Adjective:
		return 2
	case Adverb:
		return 3
	}
	return -1
}
