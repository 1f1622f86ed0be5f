package encoder

import "golang.org/x/sys/cpu"

// best gives the fastest set that this processor and its system run.
func best() *kernels {
	switch {
	case cpu.X86.HasAVX2 && cpu.X86.HasAVX512F && cpu.X86.HasAVX512VNNI:
		return &vnni
	case cpu.X86.HasAVX2:
		return &avx2
	}
	return &generic
}

// avx2 is the set for nearly every processor since 2013.
var avx2 = kernels{
	name: "AVX2", rows: 6, panels: 1,
	multiply: func(c []int32, a, b []int16, rows, pairs int) {
		multiplyAVX2(&c[0], &a[0], &b[0], rows, pairs)
	},
	scale: func(out []float32, stride int, c []int32, rowScale, scaleAndBias []float32) {
		scaleAVX2(&out[0], stride, &c[0], len(rowScale), &rowScale[0], &scaleAndBias[0])
	},
	outer: func(c, a, b matrix, n int) {
		outerAVX2(&c.at[0], c.stride, &a.at[0], a.stride, &b.at[0], b.stride, n)
	},
	largest:     func(x []float32) float32 { return largestAVX2(&x[0], len(x)) },
	largestSize: func(x []float32) float32 { return largestSizeAVX2(&x[0], len(x)) },
	round:       func(q []int16, x []float32, factor float32) { roundAVX2(&q[0], &x[0], len(x), factor) },
	gelu:        func(x []float32) { geluAVX2(&x[0], len(x), &constants[0][0]) },
	exponentials: func(x []float32, top float32) float32 {
		return exponentialsAVX2(&x[0], len(x), &constants[0][0], top)
	},
	add:     func(x, y []float32) float32 { return addAVX2(&x[0], &y[0], len(x)) },
	squares: func(x []float32, mean float32) float32 { return squaresAVX2(&x[0], len(x), mean) },
	normalise: func(x, weight, bias []float32, mean, factor float32) {
		normaliseAVX2(&x[0], &weight[0], &bias[0], len(x), mean, factor)
	},
	times: func(out, x []float32, factor float32) { timesAVX2(&out[0], &x[0], len(x), factor) },
}

// vnni multiplies and adds whole numbers in one instruction, 32 outputs at a time.
var vnni = func() kernels {
	k := avx2
	k.name, k.rows, k.panels, k.narrow = "AVX512-VNNI", 12, 2, &avx2
	k.multiply = func(c []int32, a, b []int16, rows, pairs int) {
		multiplyVNNI(&c[0], &a[0], &b[0], rows, pairs)
	}
	return k
}()

// constants holds those of constants.go as the assembly reads them, each in all lanes.
var constants = func() (all [14][lanes]float32) {
	for i, c := range []float32{
		expLeast, expMost, log2e, ln2High, ln2Low, expTerm0, expTerm1, expTerm2, expTerm3, expTerm4, expTerm5,
		1, geluLinear, geluCube,
	} {
		for lane := range all[i] {
			all[i][lane] = c
		}
	}
	return all
}()

//go:noescape
func multiplyAVX2(c *int32, a, b *int16, rows, pairs int)

//go:noescape
func multiplyVNNI(c *int32, a, b *int16, rows, pairs int)

//go:noescape
func scaleAVX2(out *float32, stride int, c *int32, rows int, rowScale, scaleAndBias *float32)

//go:noescape
func outerAVX2(c *float32, cStride int, a *float32, aStride int, b *float32, bStride, n int)

//go:noescape
func largestAVX2(x *float32, n int) float32

//go:noescape
func largestSizeAVX2(x *float32, n int) float32

//go:noescape
func roundAVX2(q *int16, x *float32, n int, factor float32)

//go:noescape
func geluAVX2(x *float32, n int, constants *float32)

//go:noescape
func exponentialsAVX2(x *float32, n int, constants *float32, top float32) float32

//go:noescape
func addAVX2(x, y *float32, n int) float32

//go:noescape
func squaresAVX2(x *float32, n int, mean float32) float32

//go:noescape
func normaliseAVX2(x, weight, bias *float32, n int, mean, factor float32)

//go:noescape
func timesAVX2(out, x *float32, n int, factor float32)
