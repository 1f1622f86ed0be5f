package encoder

import (
	"math"
)

// readLayer reads the weights of one step. The three layers of attention become
// one, and queries are taken by the root of their width at once, so that their
// products with keys need no scaling.
func (m *Model) readLayer(a *archive, name string) layer {
	l := layer{
		attend: newLinear(m.hidden, 3*m.hidden), mix: newLinear(m.hidden, m.hidden),
		up: newLinear(m.hidden, m.inner), down: newLinear(m.inner, m.hidden),
		mixed: m.readNorm(a, name+"attention_norm"), out: m.readNorm(a, name+"output_norm"),
	}
	root := float32(1 / math.Sqrt(float64(m.hidden/m.heads)))
	for _, part := range []struct {
		name           string
		to             *linear
		first, outputs int
		factor         float32
	}{
		{"query", &l.attend, 0, m.hidden, root},
		{"key", &l.attend, m.hidden, m.hidden, 1},
		{"value", &l.attend, 2 * m.hidden, m.hidden, 1},
		{"attention", &l.mix, 0, m.hidden, 1},
		{"intermediate", &l.up, 0, m.inner, 1},
		{"output", &l.down, 0, m.hidden, 1},
	} {
		weights := a.bytes(name+part.name+".weight", "I8", part.outputs, part.to.inputs)
		scales := a.floats(name+part.name+".scale", part.outputs)
		biases := a.floats(name+part.name+".bias", part.outputs)
		if weights != nil && len(scales) == part.outputs && len(biases) == part.outputs {
			part.to.fill(part.first, weights, scales, biases, part.factor)
		}
	}
	return l
}

// sequence is what the model reads at once: word pieces with their marks, and
// from where on they belong to the second text of a pair.
type sequence struct {
	pieces []int32
	second int
}

// forward computes the last layer for sequences that lie one behind the other in
// the rows of s. Nothing but attention looks beyond its row, and attention stays
// inside its sequence: so no row depends on its neighbours, and sequences of
// different lengths need no filling up.
func (m *Model) forward(s *scratch, sequences []sequence) {
	rows := 0
	for _, q := range sequences {
		for at, piece := range q.pieces {
			m.embedPiece(s.x[rows*m.hidden:][:m.hidden], int(piece), at, at >= q.second)
			rows++
		}
	}
	for i := range m.layers {
		m.layer(&m.layers[i], s, sequences, rows)
	}
}

// embedPiece fills the row of a piece: its word, its position and its text.
func (m *Model) embedPiece(x []float32, piece, at int, second bool) {
	scale, kind := floatAt(m.wordScales, piece), m.types[:m.hidden]
	if second {
		kind = m.types[m.hidden:]
	}
	position := m.positions[at*m.hidden:]
	for i, w := range m.words[piece*m.hidden:][:m.hidden] {
		x[i] = float32(float32(int8(w))*scale) + position[i]
	}
	m.addNorm(x, kind, &m.norm)
}

// layer computes one step, in place.
func (m *Model) layer(l *layer, s *scratch, sequences []sequence, rows int) {
	k := m.kernels
	l.attend.apply(k, &s.quantised, s.x, rows, s.wide)
	start := 0
	for _, q := range sequences {
		m.attention(s, start, len(q.pieces))
		start += len(q.pieces)
	}
	l.mix.apply(k, &s.quantised, s.y, rows, s.y)
	m.addNorms(s, &l.mixed, rows)

	l.up.apply(k, &s.quantised, s.x, rows, s.wide)
	k.gelu(s.wide[:rows*m.inner])
	l.down.apply(k, &s.quantised, s.wide, rows, s.y)
	m.addNorms(s, &l.out, rows)
}

// addNorms adds the rows of y to those of x and normalises them.
func (m *Model) addNorms(s *scratch, n *rowNorm, rows int) {
	for at := 0; at < rows*m.hidden; at += m.hidden {
		m.addNorm(s.x[at:][:m.hidden], s.y[at:], n)
	}
}

// addNorm adds y to x, then gives x the mean 0 and the deviation 1 before its
// weights.
func (m *Model) addNorm(x, y []float32, n *rowNorm) {
	width := float32(len(x))
	mean := m.kernels.add(x, y[:len(x)]) / width
	variance := m.kernels.squares(x, mean) / width
	factor := float32(1 / math.Sqrt(float64(variance)+1e-12))
	m.kernels.normalise(x, n.weight, n.bias, mean, factor)
}
