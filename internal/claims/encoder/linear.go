package encoder

import "math"

// linear is a layer of weights: outputs are inputs times weights plus bias.
//
// Weights are whole numbers of 8 bits with a scale for each output, as they lie
// in the file. Here they are 16 bits wide, in panels of 16 outputs: for each pair
// of inputs the two weights of each output side by side, which is how the
// instructions of the processor take them. Inputs become whole numbers too, up to
// as large as their sums allow; with 15 bits that costs nothing that could be
// seen in an answer, and the sums are exact on every machine.
type linear struct {
	inputs, outputs int
	limit           float32   // the largest whole number for an input
	weights         []int16   // panel after panel
	columns         []float32 // for each panel 16 scales, then 16 biases
}

// inputLimit is the largest whole number for an input whose products with the
// weights of an output, of that size together, add up to less than 2^31.
func inputLimit(weights int) float32 {
	return float32(min(math.MaxInt16, math.MaxInt32/max(weights, 1)))
}

// makeRoom makes room for the weights of a layer whose sizes are known.
func (l *linear) makeRoom() {
	l.limit = math.MaxInt16
	l.weights = make([]int16, l.inputs*l.outputs)
	l.columns = make([]float32, 2*l.outputs)
}

// fill packs the weights of a layer of the file, a row for each output, behind
// the first outputs. Scales and biases are taken times factor.
func (l *linear) fill(first int, weights []byte, scales, biases []float32, factor float32) {
	for o, scale := range scales {
		panel, column := (first+o)/panelWidth, (first+o)%panelWidth
		l.columns[2*panel*panelWidth+column] = scale * factor
		l.columns[(2*panel+1)*panelWidth+column] = biases[o] * factor
		to := l.weights[panel*panelWidth*l.inputs:][:panelWidth*l.inputs]
		size := 0
		for i, b := range weights[o*l.inputs:][:l.inputs] {
			w := int16(int8(b))
			to[i/2*pairsPerPanel+2*column+i%2] = w
			size += int(max(w, -w))
		}
		l.limit = min(l.limit, inputLimit(size))
	}
}

// quantised are rows of whole numbers, each with the scale that makes them floats.
type quantised struct {
	numbers []int16
	scales  []float32
	sums    []int32 // room for the sums of a kernel's panels
}

// quantise turns rows of floats into whole numbers up to a limit.
func (q *quantised) quantise(k *kernels, x []float32, rows, width int, limit float32) {
	for r := range rows {
		row := x[r*width:][:width]
		size, factor := k.largestSize(row), float32(0)
		if size > 1e-30 { // else the factor would have no room
			factor = limit / size
		}
		q.scales[r] = size / limit
		k.round(q.numbers[r*width:][:width], row, factor)
	}
}

// apply computes a layer for rows of whole numbers; out gets rows of all outputs.
// A panel of weights passes all rows before the next one is touched.
func (l *linear) apply(k *kernels, q *quantised, x []float32, rows int, out []float32) {
	q.quantise(k, x, rows, l.inputs, l.limit)
	padded := roundUp(rows, k.rows)
	for p, n := 0, 0; p < l.outputs/panelWidth; p += n {
		var set *kernels
		set, n = k.forPanels(l.outputs/panelWidth - p)
		set.multiply(q.sums, q.numbers, l.weights[p*panelWidth*l.inputs:], padded, l.inputs/2)
		for i := range n {
			set.scale(out[(p+i)*panelWidth:], l.outputs, q.sums[i*padded*panelWidth:],
				q.scales[:rows], l.columns[2*(p+i)*panelWidth:])
		}
	}
}

// forPanels gives the set that multiplies next when so many panels are left, and
// how many it takes.
func (k *kernels) forPanels(left int) (*kernels, int) {
	if k.panels > left {
		k = k.narrow
	}
	return k, k.panels
}

// roundUp gives the next multiple of n.
func roundUp(x, n int) int { return (x + n - 1) / n * n }
