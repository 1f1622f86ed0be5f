package claims

import (
	"sync"

	"corroborate/internal/claims/encoder"
)

// recalling is the language model with a memory: a story is compared again whenever an
// article joins it, and most of its pairs were judged before. What it says is the same
// with and without. It is safe for concurrent use.
type recalling struct {
	*encoder.Model
	vectors    memory[string, []float32]
	judgements memory[[2]string, encoder.Judgement]
}

// keptVectors and keptJudgements are how many answers are kept at most: about 60 MB of
// vectors with their texts, and 60 MB of judgements.
const (
	keptVectors    = 30_000
	keptJudgements = 150_000
)

func newRecalling(m *encoder.Model) *recalling {
	return &recalling{Model: m, vectors: memory[string, []float32]{most: keptVectors}, judgements: memory[[2]string, encoder.Judgement]{most: keptJudgements}}
}

// embed gives a vector for each text; they are not to be changed.
func (r *recalling) embed(texts []string) [][]float32 { return r.vectors.recall(texts, r.Embed) }

// judge says of each pair of texts how they stand to one another.
func (r *recalling) judge(pairs [][2]string) []encoder.Judgement {
	return r.judgements.recall(pairs, r.Judge)
}

// memory keeps answers by what was asked, in two generations: when the younger one is
// half of what is kept, the older one is forgotten and the younger takes its place. What
// is asked for again moves to the younger one.
type memory[Q comparable, A any] struct {
	most         int
	lock         sync.Mutex
	young, older map[Q]A
	// known and asked count the questions that were answered from memory, and the others.
	known, asked uint64
}

// Recalled counts questions to the language model: those whose answer was known, and those
// that it was asked.
type Recalled struct{ Known, Asked uint64 }

// Recalled counts the questions that the engine had for its language model so far: for the
// vectors of texts, and for how two texts stand to one another.
func (e *Engine) Recalled() (vectors, judgements Recalled) {
	return e.encoder.vectors.recalled(), e.encoder.judgements.recalled()
}

func (m *memory[Q, A]) recalled() Recalled {
	m.lock.Lock()
	defer m.lock.Unlock()
	return Recalled{Known: m.known, Asked: m.asked}
}

// recall gives the answers to all questions, of which ask is asked those that are not
// known, in their order.
func (m *memory[Q, A]) recall(all []Q, ask func([]Q) []A) []A {
	out := make([]A, len(all))
	var unknown []Q
	var at []int
	m.lock.Lock()
	for i, q := range all {
		a, ok := m.get(q)
		if !ok {
			unknown, at = append(unknown, q), append(at, i)
		}
		out[i] = a
	}
	m.known += uint64(len(all) - len(unknown))
	m.asked += uint64(len(unknown))
	m.lock.Unlock()
	answers := ask(unknown)
	m.lock.Lock()
	defer m.lock.Unlock()
	for k, a := range answers {
		out[at[k]] = a
		m.put(unknown[k], a)
	}
	return out
}

func (m *memory[Q, A]) get(q Q) (A, bool) {
	a, ok := m.young[q]
	if ok {
		return a, true
	}
	if a, ok = m.older[q]; ok {
		m.put(q, a)
	}
	return a, ok
}

func (m *memory[Q, A]) put(q Q, a A) {
	if m.young == nil || len(m.young) >= m.most/2 {
		m.young, m.older = map[Q]A{}, m.young
	}
	m.young[q] = a
}
