package encoder

// outerRows is how many rows the kernel of floats takes at once.
const outerRows = 6

// The constants of the exponential function (Cephes, expf.c) and of the
// activation: x/(1+exp(-2u)) is x(1+tanh u)/2, with u = √(2/π)(x+0.044715x³).
const (
	expLeast = -87.33654
	expMost  = 88
	log2e    = 1.44269504088896341
	ln2High  = 0.693359375
	ln2Low   = -2.12194440e-4
	expTerm0 = 1.9875691500e-4
	expTerm1 = 1.3981999507e-3
	expTerm2 = 8.3334519073e-3
	expTerm3 = 4.1665795894e-2
	expTerm4 = 1.6666665459e-1
	expTerm5 = 5.0000001201e-1

	geluLinear = -2 * 0.7978845608028654
	geluCube   = geluLinear * 0.044715
)
