package nlp

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"

	"corroborate/internal/claims/nlp/lexicon"
	"corroborate/internal/claims/nlp/syntax"
)

// artefact is written by training/syntax, whose README is its model card.
//
//go:embed model.bin
var artefact []byte

// Model analyses sentences. It is immutable and safe for concurrent use.
type Model struct {
	syntax  *syntax.Model
	lemmas  *lemmatiser
	words   *lexicon.Lexicon
	version string
	scratch sync.Pool // of *scratch
}

// scratch is what the analysis of a sentence needs besides its tokens.
type scratch struct {
	words    []syntax.Word
	seen     []int // the tokens that the words stand for
	sentence syntax.Sentence
}

var load = sync.OnceValues(func() (*Model, error) {
	learned, err := syntax.Decode(artefact)
	if err != nil {
		return nil, fmt.Errorf("load language model: %w", err)
	}
	words, err := lexicon.Load()
	if err != nil {
		return nil, fmt.Errorf("load language model: %w", err)
	}
	learned.Tagger.Bars = bars(learned.Tags, words)
	sum := sha256.Sum256(artefact)
	return &Model{
		syntax:  learned,
		lemmas:  newLemmatiser(words),
		words:   words,
		version: hex.EncodeToString(sum[:8]),
		scratch: sync.Pool{New: func() any { return new(scratch) }},
	}, nil
})

// Load gives the model that is embedded in the binary, read once. It fails only
// when the binary is damaged.
func Load() (*Model, error) { return load() }

// Version is the hash of the artefact that the model was read from, 16 hex
// digits.
func (m *Model) Version() string { return m.version }

// Annotate analyses the tokens of one sentence and fills Tag, Lemma, Head, Dep,
// Ent and EntBegin in place. The heads form a tree with one root, which is its
// own head.
func (m *Model) Annotate(tokens []Token) {
	w := m.scratch.Get().(*scratch)
	defer m.scratch.Put(w)
	w.words, w.seen = w.words[:0], w.seen[:0]
	for i := range tokens {
		if !editors(&tokens[i]) {
			w.words = append(w.words, modelWord(&tokens[i]))
			w.seen = append(w.seen, i)
		}
	}
	m.syntax.Analyse(&w.sentence, w.words)
	for k, i := range w.seen {
		t := &tokens[i]
		t.Tag = m.syntax.Tags[w.sentence.Tags[k]]
		t.Head = w.seen[w.sentence.Heads[k]]
		t.Dep = m.syntax.Labels[w.sentence.Labels[k]]
		t.Ent, t.EntBegin = m.entity(w.sentence.Entities[k])
		t.Lemma = m.lemmas.lemma(t.Norm, t.Tag)
	}
	placeBrackets(tokens)
	m.repair(tokens)
}

// editors tells a square bracket, which marks a word that an editor put in: the
// sentence is built as if it were not there ("“[The mayor] lied,” she said").
func editors(t *Token) bool { return t.Text == "[" || t.Text == "]" }

// placeBrackets hangs each square bracket on the word beside it.
func placeBrackets(tokens []Token) {
	for i := range tokens {
		t := &tokens[i]
		if !editors(t) {
			continue
		}
		t.Tag, t.Dep, t.Lemma, t.Head, t.Ent, t.EntBegin = "-LRB-", "punct", t.Norm, i, "", false
		step := 1
		if t.Text == "]" {
			t.Tag, step = "-RRB-", -1
		}
		for k := i + step; k >= 0 && k < len(tokens); k += step {
			if !editors(&tokens[k]) {
				t.Head = k
				break
			}
		}
	}
	rootBrackets(tokens)
}

// rootBrackets hangs what brackets found no word beside them on the first token:
// a tree has one root.
func rootBrackets(tokens []Token) {
	root := -1
	for i := range tokens {
		if !editors(&tokens[i]) && tokens[i].Head == i {
			root = i
		}
	}
	for i := range tokens {
		switch {
		case !editors(&tokens[i]) || tokens[i].Head != i:
		case root < 0:
			root, tokens[i].Dep = i, "ROOT"
		default:
			tokens[i].Head = root
		}
	}
}

// modelWord gives a token as the training data write it: typed dashes, "--",
// stand there as one dash.
func modelWord(t *Token) syntax.Word {
	if len(t.Text) > 1 && strings.Trim(t.Text, "-") == "" {
		return syntax.Word{Text: "–", Norm: "–"}
	}
	return syntax.Word{Text: t.Text, Norm: t.Norm}
}

func (m *Model) entity(class uint8) (kind string, begins bool) {
	if class == syntax.Outside {
		return "", false
	}
	k, position := syntax.EntityKind(class)
	return m.syntax.Types[k], position == syntax.Begin || position == syntax.Unit
}
