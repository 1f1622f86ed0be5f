package encoder

import "math"

// generic is the set in Go. Products are converted before they are added: that
// keeps the compiler from fusing the two on machines that can.
var generic = kernels{
	name: "generic", rows: 1, panels: 1,
	multiply: multiplyGo, scale: scaleGo, outer: outerGo, largest: largestGo, largestSize: largestSizeGo,
	round: roundGo, gelu: geluGo, exponentials: exponentialsGo, add: addGo, squares: squaresGo,
	normalise: normaliseGo, times: timesGo,
}

// pairsPerPanel is how many numbers of b belong to one pair of a.
const pairsPerPanel = 2 * panelWidth

// goPairs is how many pairs of weights multiplyGo lays out at a time.
const goPairs = 64

// multiplyGo takes two outputs in one product of 64 bits: their weights lie 32 bits
// apart. The sums of either are smaller than that, so the lower one is cut off the
// whole and what is left is the upper one.
func multiplyGo(c []int32, a, b []int16, rows, pairs int) {
	clear(c[:rows*panelWidth])
	var wide [2 * goPairs][panelWidth / 2]int64
	for from := 0; from < pairs; from += goPairs {
		n := min(goPairs, pairs-from)
		for p := range n {
			w := b[(from+p)*pairsPerPanel:][:pairsPerPanel]
			for j := range panelWidth / 2 {
				wide[2*p][j] = int64(w[4*j]) + int64(w[4*j+2])<<32
				wide[2*p+1][j] = int64(w[4*j+1]) + int64(w[4*j+3])<<32
			}
		}
		for r := range rows {
			addProducts(c[r*panelWidth:], a[2*(r*pairs+from):][:2*n], wide[:2*n])
		}
	}
}

// addProducts adds the products of a row with laid out weights to its sums. The
// sums have names so that they stay in registers.
func addProducts(c []int32, a []int16, wide [][panelWidth / 2]int64) {
	var s0, s1, s2, s3, s4, s5, s6, s7 int64
	for k, number := range a {
		x, w := int64(number), &wide[k]
		s0 += x * w[0]
		s1 += x * w[1]
		s2 += x * w[2]
		s3 += x * w[3]
		s4 += x * w[4]
		s5 += x * w[5]
		s6 += x * w[6]
		s7 += x * w[7]
	}
	for j, s := range [panelWidth / 2]int64{s0, s1, s2, s3, s4, s5, s6, s7} {
		low := int32(s)
		c[2*j] += low
		c[2*j+1] += int32((s - int64(low)) >> 32)
	}
}

func scaleGo(out []float32, stride int, c []int32, rowScale, scaleAndBias []float32) {
	scale, bias := scaleAndBias[:panelWidth], scaleAndBias[panelWidth:2*panelWidth]
	for r, s := range rowScale {
		sums, to := c[r*panelWidth:][:panelWidth], out[r*stride:][:panelWidth]
		for j, sum := range sums {
			to[j] = float32(float32(float32(sum)*scale[j])*s) + bias[j]
		}
	}
}

func outerGo(c, a, b matrix, n int) {
	for r := range outerRows {
		var sums [panelWidth]float32
		for k := range n {
			x, row := a.at[r*a.stride+k], b.at[k*b.stride:][:panelWidth]
			for j := range sums {
				sums[j] += float32(x * row[j])
			}
		}
		copy(c.at[r*c.stride:], sums[:])
	}
}

func largestGo(x []float32) float32 {
	top := x[0]
	for _, v := range x {
		top = max(top, v)
	}
	return top
}

func largestSizeGo(x []float32) float32 {
	top := float32(0)
	for _, v := range x {
		top = max(top, float32(math.Abs(float64(v))))
	}
	return top
}

func roundGo(q []int16, x []float32, factor float32) {
	for i, v := range x {
		q[i] = int16(whole(float32(v * factor)))
	}
}

// whole gives the nearest whole number, the even one of two: adding 1.5*2^23
// leaves no room for a fraction.
func whole(x float32) float32 {
	const shift = 3 << 22
	return float32(x+shift) - shift
}

func geluGo(x []float32) {
	for i, v := range x {
		t := float32(float32(v*v)*geluCube) + geluLinear
		x[i] = v / (1 + exponential(float32(t*v)))
	}
}

func exponentialsGo(x []float32, top float32) float32 {
	var sums [lanes]float32
	for i, v := range x {
		x[i] = exponential(v - top)
		sums[i%lanes] += x[i]
	}
	return fold(sums)
}

// exponential is expf of the Cephes library (Moshier): a power of two times a
// polynomial of what is left, right to the last bit or two. It ends at the
// smallest normal number and before the largest.
func exponential(x float32) float32 {
	x = min(max(x, expLeast), expMost)
	n := whole(float32(x * log2e))
	x -= float32(n * ln2High)
	x -= float32(n * ln2Low)
	y := float32(expTerm0)
	y = float32(y*x) + expTerm1
	y = float32(y*x) + expTerm2
	y = float32(y*x) + expTerm3
	y = float32(y*x) + expTerm4
	y = float32(y*x) + expTerm5
	y = float32(y*float32(x*x)) + x + 1
	return float32(y * math.Float32frombits(uint32(int32(n)+127)<<23))
}

// fold adds the partial sums the way the registers of a processor are halved.
func fold(s [lanes]float32) float32 {
	return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))
}

func addGo(x, y []float32) float32 {
	var sums [lanes]float32
	for i, v := range y {
		x[i] += v
		sums[i%lanes] += x[i]
	}
	return fold(sums)
}

func squaresGo(x []float32, mean float32) float32 {
	var sums [lanes]float32
	for i, v := range x {
		d := v - mean
		sums[i%lanes] += float32(d * d)
	}
	return fold(sums)
}

func normaliseGo(x, weight, bias []float32, mean, factor float32) {
	for i, v := range x {
		x[i] = float32(float32((v-mean)*factor)*weight[i]) + bias[i]
	}
}

func timesGo(out, x []float32, factor float32) {
	for i, v := range x {
		out[i] = v * factor
	}
}
