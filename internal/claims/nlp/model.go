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
	w.words = w.words[:0]
	for i := range tokens {
		w.words = append(w.words, modelWord(&tokens[i]))
	}
	m.syntax.Analyse(&w.sentence, w.words)
	for i := range tokens {
		t := &tokens[i]
		t.Tag = m.syntax.Tags[w.sentence.Tags[i]]
		t.Head = int(w.sentence.Heads[i])
		t.Dep = m.syntax.Labels[w.sentence.Labels[i]]
		t.Ent, t.EntBegin = m.entity(w.sentence.Entities[i])
		t.Lemma = m.lemmas.lemma(t.Norm, t.Tag)
	}
	m.repair(tokens)
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
