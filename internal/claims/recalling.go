package claims

import (
	"context"
	"slices"
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

// DefaultMemory is how much of what the language model answered an engine keeps, in
// megabytes, unless [Engine.Remember] is told otherwise.
const DefaultMemory = 120

// How many answers are kept in a megabyte, half of it vectors with their texts of some
// 2 kB, half judgements of some 400 bytes.
const (
	vectorsInMegabyte    = 250
	judgementsInMegabyte = 1250
)

func newRecalling(m *encoder.Model) *recalling {
	r := &recalling{Model: m}
	r.remember(DefaultMemory)
	return r
}

func (r *recalling) remember(megabytes int) {
	r.vectors.most, r.judgements.most = megabytes*vectorsInMegabyte, megabytes*judgementsInMegabyte
}

// Remember sets how much of what the language model answered is kept, in megabytes, about.
// What it says is the same with any. It is called before the engine is used.
func (e *Engine) Remember(megabytes int) { e.encoder.remember(megabytes) }

// embed gives a vector for each text; they are not to be changed. It stops with ctx's
// error when ctx ends.
func (r *recalling) embed(ctx context.Context, texts []string) ([][]float32, error) {
	return r.vectors.recall(ctx, texts, r.Embed)
}

// judge says of each pair of texts how they stand to one another. It stops with ctx's
// error when ctx ends.
func (r *recalling) judge(ctx context.Context, pairs [][2]string) ([]encoder.Judgement, error) {
	return r.judgements.recall(ctx, pairs, r.Judge)
}

// askedAtOnce is how much the model is asked between two looks at whether anybody still
// waits: less than half a second of its work.
const askedAtOnce = 64

// memory keeps answers by what was asked, in two generations: when the younger one is
// half of what is kept, the older one is forgotten and the younger takes its place. What
// is asked for again moves to the younger one.
type memory[Q comparable, A any] struct {
	most         int
	lock         sync.Mutex
	young, older map[Q]A
	// recalls and asks count the questions that were answered from memory, and the others.
	recalls, asks uint64
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
	return Recalled{Known: m.recalls, Asked: m.asks}
}

// recall gives the answers to all questions, of which ask is asked those that are not
// known, in their order. It stops with ctx's error when ctx ends; what was answered
// until then is kept.
func (m *memory[Q, A]) recall(ctx context.Context, all []Q, ask func([]Q) []A) ([]A, error) {
	out := make([]A, len(all))
	unknown := m.known(all, out)
	for some := range slices.Chunk(unknown, askedAtOnce) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		questions := make([]Q, len(some))
		for k, i := range some {
			questions[k] = all[i]
		}
		answers := ask(questions)
		m.lock.Lock()
		for k, i := range some {
			out[i] = answers[k]
			m.put(all[i], answers[k])
		}
		m.lock.Unlock()
	}
	return out, ctx.Err()
}

// known puts the answers that are kept into out, and gives the numbers of the questions
// that have none.
func (m *memory[Q, A]) known(all []Q, out []A) (unknown []int) {
	m.lock.Lock()
	defer m.lock.Unlock()
	for i, q := range all {
		a, ok := m.get(q)
		if !ok {
			unknown = append(unknown, i)
		}
		out[i] = a
	}
	m.recalls += uint64(len(all) - len(unknown))
	m.asks += uint64(len(unknown))
	return unknown
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
