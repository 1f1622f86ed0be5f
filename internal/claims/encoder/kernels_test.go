package encoder

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// random gives numbers that differ from run to run of no test.
func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

func randomFloats(r *rand.Rand, n int, size float32) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64()) * size
	}
	return x
}

// multiplied gives what a set makes of rows and panels, for all panels.
func multiplied(k *kernels, a, b []int16, rows, pairs, panels int) []int32 {
	padded := (rows + blockRows - 1) / blockRows * blockRows
	c := make([]int32, padded*panelWidth*panels)
	for p := 0; p < panels; {
		kernel, n := k.forPanels(panels - p)
		kernel.multiply(c[p*padded*panelWidth:], a, b[p*pairs*pairsPerPanel:], padded, pairs)
		p += n
	}
	return c
}

// TestMultiply asserts that all sets give the same sums, for the sizes of the
// model, the smallest ones and the largest numbers.
func TestMultiply(t *testing.T) {
	for _, size := range []struct{ rows, pairs, panels int }{
		{12, 8, 1}, {24, 8, 2}, {12, 16, 3}, {36, 192, 24}, {12, 768, 24}, {24, 192, 96}, {132, 24, 5},
	} {
		for _, most := range []int{1, 127, 32767} {
			t.Run(fmt.Sprint(size, most), func(t *testing.T) {
				a, b := randomProduct(random(1), size.rows, size.pairs, size.panels, most)
				compareProducts(t, a, b, size.rows, size.pairs, size.panels)
			})
		}
	}
}

// randomProduct gives rows with numbers up to most and panels of weights, the
// extremes among them.
func randomProduct(r *rand.Rand, rows, pairs, panels, most int) (a, b []int16) {
	most = min(most, int(inputLimit(128*2*pairs)))
	a, b = make([]int16, rows*2*pairs), make([]int16, panels*pairs*pairsPerPanel)
	for i := range a {
		a[i] = int16(r.IntN(2*most+1) - most)
	}
	for i := range b {
		b[i] = int16(r.IntN(255) - 127)
	}
	for i := range 2 * pairs { // the first row has the largest sum there is
		a[i] = int16(most)
	}
	for i := range pairs {
		b[i*pairsPerPanel], b[i*pairsPerPanel+1] = -128, -128
	}
	return a, b
}

func compareProducts(t *testing.T, a, b []int16, rows, pairs, panels int) {
	t.Helper()
	want := multiplied(&generic, a, b, rows, pairs, panels)
	if exact := int64(a[0]) * -128 * int64(2*pairs); int64(want[0]) != exact {
		t.Fatalf("the largest sum is %d, not %d", want[0], exact)
	}
	for _, k := range sets()[1:] {
		if !slices.Equal(multiplied(k, a, b, rows, pairs, panels), want) {
			t.Errorf("%s gives other sums", k.name)
		}
	}
}

// FuzzMultiply compares the sums for any size.
func FuzzMultiply(f *testing.F) {
	f.Add(uint64(1), uint8(1), uint8(1), uint8(1), uint16(100))
	f.Add(uint64(2), uint8(3), uint8(24), uint8(3), uint16(65535))
	f.Fuzz(func(t *testing.T, seed uint64, rows, pairs, panels uint8, most uint16) {
		n, k, p := (int(rows)%6+1)*blockRows, (int(pairs)%100+1)*vector/2, int(panels)%5+1
		a, b := randomProduct(random(seed), n, k, p, int(most)/2+1)
		compareProducts(t, a, b, n, k, p)
	})
}

// rowKernels runs every kernel of rows on x and gives all that they say.
func rowKernels(k *kernels, x, y, z []float32) []float32 {
	n := len(x)
	out := []float32{k.largest(x), k.largestSize(x), k.squares(x, 0.3)}
	q := make([]int16, n)
	k.round(q, x, inputLimit(128*n)/max(k.largestSize(x), 1e-20))
	for _, v := range q {
		out = append(out, float32(v))
	}
	add, gelu, exp, norm, times := slices.Clone(x), slices.Clone(x), slices.Clone(x), slices.Clone(x), make([]float32, n)
	out = append(out, k.add(add, y), k.exponentials(exp, k.largest(x)))
	k.gelu(gelu)
	k.normalise(norm, y, z, 0.1, 1.7)
	k.times(times, x, 0.77)
	return slices.Concat(out, add, gelu, exp, norm, times)
}

// TestRows asserts that all sets give the same bits for rows of floats.
func TestRows(t *testing.T) {
	for _, n := range []int{16, 32, 48, 384, 1536} {
		for _, size := range []float32{0, 1e-30, 0.01, 1, 20, 1e4} {
			r := random(uint64(n))
			x, y, z := randomFloats(r, n, size), randomFloats(r, n, 1), randomFloats(r, n, 1)
			want := rowKernels(&generic, x, y, z)
			for _, k := range sets()[1:] {
				for i, got := range rowKernels(k, x, y, z) {
					if got != want[i] { // never for numbers that are none
						t.Fatalf("%s, %d numbers of size %g: number %d is %g, not %g", k.name, n, size, i, got, want[i])
					}
				}
			}
		}
	}
}

// TestBlocks asserts the same for blocks of floats.
func TestBlocks(t *testing.T) {
	r := random(5)
	a := matrix{randomFloats(r, outerRows*200, 1), 200}
	b := matrix{randomFloats(r, 200*70, 1), 70}
	sums, scales, columns := make([]int32, 24*panelWidth), randomFloats(r, 17, 1), randomFloats(r, 2*panelWidth, 1)
	for i := range sums {
		sums[i] = r.Int32() - 1<<30
	}
	for _, n := range []int{1, 2, 32, 79, 200} {
		var all [][]float32
		for _, k := range sets() {
			c := matrix{make([]float32, outerRows*40), 40}
			k.outer(c, a, b, n)
			scaled := make([]float32, 24*50)
			k.scale(scaled, 50, sums, scales, columns)
			all = append(all, append(c.at, scaled...))
		}
		for i, got := range all[1:] {
			if !slices.Equal(got, all[0]) {
				t.Errorf("%s differs for %d", sets()[i+1].name, n)
			}
		}
	}
}

// TestFunctions compares the activation and the exponential with exact ones.
func TestFunctions(t *testing.T) {
	for x := float32(-90); x < 90; x += 0.0137 {
		y := []float32{x}
		geluGo(y)
		v := float64(x)
		want := v / 2 * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(v+0.044715*v*v*v)))
		if math.Abs(float64(y[0])-want) > 1e-6+1e-6*math.Abs(want) {
			t.Fatalf("the activation of %g is %g, not %g", x, y[0], want)
		}
		if x < expLeast || x > expMost {
			continue
		}
		if got, want := float64(exponential(x)), math.Exp(v); math.Abs(got/want-1) > 5e-7 {
			t.Fatalf("the exponential of %g is %g, not %g", x, got, want)
		}
	}
}

func BenchmarkMultiply(b *testing.B) {
	const rows, pairs, panels = 240, 192, 24
	x, w := randomProduct(random(1), rows, pairs, panels, 32767)
	for _, k := range sets() {
		b.Run(k.name, func(b *testing.B) {
			for b.Loop() {
				multiplied(k, x, w, rows, pairs, panels)
			}
			b.ReportMetric(float64(rows*pairs*2*panels*panelWidth)*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gmul/s")
		})
	}
}
