package encoder

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"sync"
)

// Model is a loaded model. It does not change; any number of goroutines may use
// it at once.
type Model struct {
	sizes
	hash       string
	kernels    *kernels
	vocabulary *vocabulary

	words, wordScales []byte // as they lie in the file: a token needs one row
	positions, types  []float32
	norm              rowNorm
	layers            []layer
	relation, same    head

	scratches sync.Pool // of *scratch
}

// sizes are those of a model.
type sizes struct {
	hidden, inner int // width of a token outside and inside of a layer
	heads         int // of attention
	most          int // tokens of a text, or of two, with their marks
}

// layer is one step of the model: attention, then two layers of weights.
type layer struct {
	attend, mix linear // queries, keys and values together; what is made of them
	mixed       rowNorm
	up, down    linear
	out         rowNorm
}

// rowNorm are the weights that follow the normalising of a row.
type rowNorm struct{ weight, bias []float32 }

// head makes a few logits of a pair's features.
type head struct{ weight, bias []float32 }

// Hash names the file that the model was loaded from: SHA-256 in hexadecimal.
func (m *Model) Hash() string { return m.hash }

// MaxTokens is how many word pieces and marks the model reads at once.
func (m *Model) MaxTokens() int { return m.most }

// Load reads a model from the bytes of its file, which it keeps and which must
// not change. Tensors and notes that it does not know are left alone.
func Load(file []byte) (*Model, error) {
	a, err := openArchive(file)
	if err != nil {
		return nil, fmt.Errorf("load the language model: %w", err)
	}
	m := &Model{kernels: best()}
	if m.sizes, err = readSizes(a); err != nil {
		return nil, fmt.Errorf("load the language model: %w", err)
	}
	sum := sha256.Sum256(file)
	m.hash = hex.EncodeToString(sum[:])
	m.readEmbeddings(a)
	for i := range a.number("layers") {
		m.layers = append(m.layers, m.readLayer(a, "layer."+strconv.Itoa(i)+"."))
		if a.problems != nil {
			break
		}
	}
	m.relation = head{a.floats("relation.weight", relations, 2*m.hidden), a.floats("relation.bias", relations)}
	m.same = head{a.floats("same.weight", 1, 2*m.hidden), a.floats("same.bias", 1)}
	if a.problems != nil {
		return nil, fmt.Errorf("load the language model: %w", errors.Join(a.problems...))
	}
	m.scratches.New = func() any { return newScratch(m.sizes) }
	return m, nil
}

// readSizes reads the sizes and checks that the kernels can work with them.
func readSizes(a *archive) (sizes, error) {
	s := sizes{
		hidden: a.shape("embeddings.norm.weight", 1)[0],
		inner:  a.shape("layer.0.intermediate.bias", 1)[0],
		heads:  a.number("heads"),
		most:   a.number("max_tokens"),
	}
	if a.about["activation"] != "gelu_tanh" {
		a.note("the activation is %q, not gelu_tanh", a.about["activation"])
	}
	if a.number("layers") < 1 || s.heads < 1 || s.heads > mostWidth {
		a.note("no layers or no heads that can be computed")
	} else if s.hidden%(s.heads*panelWidth) != 0 || s.inner%panelWidth != 0 || max(s.hidden, s.inner) > mostWidth {
		a.note("a width of %d with %d heads and of %d inside cannot be computed", s.hidden, s.heads, s.inner)
	}
	if rows := a.shape("embeddings.position.weight", 2)[0]; s.most < leastTokens || s.most > rows {
		a.note("%d tokens are not between %d and the %d positions", s.most, leastTokens, rows)
	}
	return s, errors.Join(a.problems...)
}

// The widths and lengths that are computed.
const (
	mostWidth   = 8192
	leastTokens = 8
)

// number reads a whole number of the notes of a file, 0 where there is none.
func (a *archive) number(name string) int {
	n, err := strconv.Atoi(a.about[name])
	if err != nil {
		a.note("the note %q is %q, not a whole number", name, a.about[name])
	}
	return n
}

func (m *Model) readEmbeddings(a *archive) {
	pieces := a.shape("embeddings.word.weight", 2)[0]
	m.words = a.bytes("embeddings.word.weight", "I8", pieces, m.hidden)
	a.floats("embeddings.word.scale", pieces) // only looked through
	m.wordScales = a.bytes("embeddings.word.scale", "F32", pieces)
	m.positions = a.floats("embeddings.position.weight", a.shape("embeddings.position.weight", 2)[0], m.hidden)
	m.types = a.floats("embeddings.type.weight", 2, m.hidden)
	m.norm = m.readNorm(a, "embeddings.norm")
	var err error
	if m.vocabulary, err = newVocabulary(string(a.bytes("vocab", "U8"))); err != nil {
		a.note("%w", err)
	} else if m.vocabulary.size != pieces {
		a.note("%d word pieces, but weights of %d", m.vocabulary.size, pieces)
	}
}

func (m *Model) readNorm(a *archive, name string) rowNorm {
	return rowNorm{a.floats(name+".weight", m.hidden), a.floats(name+".bias", m.hidden)}
}
