package encoder

import (
	"math"
	"strings"
)

// readLayer reads the weights of one step. The three layers of attention become
// one.
func (m *Model) readLayer(a *archive, name string) layer {
	read := func(inputs, outputs int, parts ...string) linear {
		l := linear{inputs: inputs, outputs: outputs}
		for i, part := range parts {
			parts[i] = name + part
		}
		m.readLinear(a, &l, parts)
		return l
	}
	return layer{
		attend: read(m.hidden, 3*m.hidden, "query", "key", "value"),
		mix:    read(m.hidden, m.hidden, "attention"),
		mixed:  m.readNorm(a, name+"attention_norm"),
		up:     read(m.hidden, m.inner, "intermediate"),
		down:   read(m.inner, m.hidden, "output"),
		out:    m.readNorm(a, name+"output_norm"),
	}
}

// readLinear reads a layer that the file holds in equal parts. Queries are taken
// by the root of their width at once, so that their products with keys need no
// scaling.
func (m *Model) readLinear(a *archive, l *linear, parts []string) {
	outputs := l.outputs / len(parts)
	type part struct {
		weights        []byte
		scales, biases []float32
	}
	var all []part
	for _, name := range parts {
		all = append(all, part{
			a.bytes(name+".weight", "I8", outputs, l.inputs),
			a.floats(name+".scale", outputs), a.floats(name+".bias", outputs),
		})
	}
	if a.problems != nil {
		return // no room is made for what is not there
	}
	l.makeRoom()
	for i, p := range all {
		factor := float32(1)
		if strings.HasSuffix(parts[i], ".query") {
			factor = float32(1 / math.Sqrt(float64(m.hidden/m.heads)))
		}
		l.fill(i*outputs, p.weights, p.scales, p.biases, factor)
	}
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
