package encoder

import "math"

// relations is how many relations the model tells apart.
const relations = 3

// The relations of two statements, as places in what a Judgement holds.
const (
	Agree     = iota // the two tell the same
	Diverge          // the two cannot both be right
	Unrelated        // the two tell different things
)

// Judgement is what the model says of two statements: logits, that is numbers
// that grow with how likely it holds something.
type Judgement struct {
	Relation [relations]float32 // by Agree, Diverge, Unrelated
	Same     float32            // that the two are about the same fact
}

// Relations gives how likely the model holds each relation; they add up to 1.
func (j Judgement) Relations() [relations]float64 {
	top := max(j.Relation[0], j.Relation[1], j.Relation[2])
	var out [relations]float64
	total := 0.0
	for i, x := range j.Relation {
		out[i] = float64(exponential(x - top))
		total += out[i]
	}
	for i := range out {
		out[i] /= total
	}
	return out
}

// SameFact gives how likely the model holds that the two are about the same fact.
func (j Judgement) SameFact() float64 { return 1 / (1 + float64(exponential(-j.Same))) }

// Embed gives a vector of length 1 for each text. The nearer the product of two is
// to 1, the more alike the texts are in what they say.
func (m *Model) Embed(texts []string) [][]float32 {
	out := make([][]float32, len(texts))
	m.each(len(texts), func(i int) sequence {
		pieces := m.vocabulary.single(texts[i], m.most)
		return sequence{pieces, len(pieces)}
	}, func(i int, rows []float32) {
		out[i] = make([]float32, m.hidden)
		m.mean(out[i], rows)
		unit(out[i])
	})
	return out
}

// Judge says of each pair of statements how the second stands to the first.
func (m *Model) Judge(pairs [][2]string) []Judgement {
	out := make([]Judgement, len(pairs))
	m.each(len(pairs), func(i int) sequence {
		pieces, second := m.vocabulary.pair(pairs[i][0], pairs[i][1], m.most)
		return sequence{pieces, second}
	}, func(i int, rows []float32) {
		features := make([]float32, 2*m.hidden)
		copy(features, rows[:m.hidden])
		m.mean(features[m.hidden:], rows)
		m.relation.logits(out[i].Relation[:], features)
		var same [1]float32
		m.same.logits(same[:], features)
		out[i].Same = same[0]
	})
	return out
}

// mean gives the mean of all rows.
func (m *Model) mean(to, rows []float32) {
	for at := 0; at < len(rows); at += m.hidden {
		for i, x := range rows[at:][:m.hidden] {
			to[i] += x
		}
	}
	n := float32(len(rows) / m.hidden)
	for i := range to {
		to[i] /= n
	}
}

// unit gives a vector the length 1; one of zeros stays.
func unit(x []float32) {
	total := 0.0
	for _, v := range x {
		total += float64(v) * float64(v)
	}
	if total == 0 {
		return
	}
	length := float32(math.Sqrt(total))
	for i := range x {
		x[i] /= length
	}
}

// logits computes the outputs of a head.
func (h *head) logits(to, features []float32) {
	for o := range to {
		sum := float64(h.bias[o])
		for i, w := range h.weight[o*len(features):][:len(features)] {
			sum += float64(w) * float64(features[i]) // exact, so it may be fused
		}
		to[o] = float32(sum)
	}
}
