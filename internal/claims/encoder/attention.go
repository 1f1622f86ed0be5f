package encoder

// unseen is what stands for a key that is not there: its share is next to nothing.
const unseen = -1e30

// attention computes what the tokens of one sequence take from each other. It
// reads queries, keys and values from the rows of s.wide and writes s.y.
//
// The heads work one after the other: keys are turned so that the products of a
// query with 16 keys lie side by side, then exponentials take the place of the
// products, then the values are added up by their shares.
func (m *Model) attention(s *scratch, start, n int) {
	k, width, padded := m.kernels, m.hidden/m.heads, roundUp(n, panelWidth)
	for h := range m.heads {
		from := start*3*m.hidden + h*width
		turn(s.keys, s.wide[from+m.hidden:], matrixSize{n, width}, 3*m.hidden, padded)
		queries := matrix{s.wide[from:], 3 * m.hidden}
		product(k, matrix{s.shares, padded}, queries, matrix{s.keys, padded}, matrixSize{n, padded}, width)
		for r := range n {
			row := s.shares[r*padded:][:padded]
			for i := n; i < padded; i++ {
				row[i] = unseen
			}
			s.totals[r] = k.exponentials(row, k.largest(row))
		}
		values := matrix{s.wide[from+2*m.hidden:], 3 * m.hidden}
		product(k, matrix{s.taken, width}, matrix{s.shares, padded}, values, matrixSize{n, width}, n)
		for r := range n {
			k.times(s.y[(start+r)*m.hidden+h*width:][:width], s.taken[r*width:][:width], 1/s.totals[r])
		}
	}
}

// matrixSize is the size of a block of floats.
type matrixSize struct{ rows, columns int }

// turn writes the columns of a block as rows.
func turn(to, from []float32, size matrixSize, stride, toStride int) {
	for r := range size.rows {
		for c, x := range from[r*stride:][:size.columns] {
			to[c*toStride+r] = x
		}
	}
}

// product multiplies blocks of floats with n numbers inside. The last rows of c
// and a may be more than there are: they belong to others or to nobody, and what
// comes of them is not read.
func product(k *kernels, c, a, b matrix, size matrixSize, n int) {
	for r := 0; r < size.rows; r += outerRows {
		for column := 0; column < size.columns; column += panelWidth {
			k.outer(matrix{c.at[r*c.stride+column:], c.stride}, matrix{a.at[r*a.stride:], a.stride},
				matrix{b.at[column:], b.stride}, n)
		}
	}
}
