package encoder

// The sizes of the blocks that every kernel works on. Buffers have room for
// whole blocks, so no kernel has an end of its own to treat.
const (
	panelWidth = 16 // outputs computed side by side
	blockRows  = 12 // the most tokens that a kernel computes at once
	mostPanels = 2  // the most panels that a kernel computes at once
	vector     = 16 // numbers of a row are a multiple of this
	lanes      = 8  // partial sums that every sum of a row is made of
)

// kernels are the inner loops of the model. There is one set in Go, which says
// what is computed and runs everywhere, and sets in assembly. All give the same
// bits: sums of integers are exact, sums of floats have one order in all sets,
// and nothing is fused. So a verdict does not depend on the machine.
//
// Arguments are not checked here: the callers in linear.go and attention.go pass
// slices of whole blocks.
type kernels struct {
	name string

	// rows is what the rows of multiply are a multiple of, panels how many panels
	// of weights it takes at once, narrow the set for the last one of an odd number.
	rows, panels int
	narrow       *kernels
	// multiply gives the exact sums of products of rows of a, pairs of numbers
	// long, with panels of b: c[panel][row][column].
	multiply func(c []int32, a []int16, b []int16, rows, pairs int)
	// scale turns sums into floats: each times the scale of its row and of its
	// column, plus the column's bias. scaleAndBias holds a panel of either.
	scale func(out []float32, stride int, c []int32, rowScale, scaleAndBias []float32)

	// outer multiplies floats: 6 rows of a, n long, with n rows of b, 16 wide.
	outer func(c, a, b matrix, n int)

	// largest gives the largest number of a row, largestSize the largest size.
	largest, largestSize func(x []float32) float32
	// round gives the whole numbers next to x times factor.
	round func(q []int16, x []float32, factor float32)
	// gelu applies the activation in its tanh form.
	gelu func(x []float32)
	// exponentials replaces x by exp(x-top) and gives their sum.
	exponentials func(x []float32, top float32) float32
	// add adds y to x and gives the sum of all.
	add func(x, y []float32) float32
	// squares gives the sum of the squares of the distances from the mean.
	squares func(x []float32, mean float32) float32
	// normalise replaces x by (x-mean)*factor*weight+bias.
	normalise func(x, weight, bias []float32, mean, factor float32)
	// times writes x times factor.
	times func(out, x []float32, factor float32)
}

// matrix is a block of floats inside a larger one with rows of that stride.
type matrix struct {
	at     []float32
	stride int
}
