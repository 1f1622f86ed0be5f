package syntax

// mix folds a value into a hash.
func mix(h, v uint32) uint32 {
	x := (uint64(h)<<32 | uint64(v)) * 0x9E3779B97F4A7C15
	x ^= x >> 29
	return uint32(x>>32) ^ uint32(x)*0x85EBCA6B
}

// hashString is FNV-1a.
func hashString(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// features collects the hashes of the features that hold. Every call of a
// method counts as a template of its own, told apart by its order, so callers
// make the same calls in the same order each time.
type features struct {
	buf      []uint32
	template uint32
}

func (f *features) add1(a uint32) {
	f.template++
	f.buf = append(f.buf, mix(f.template, a))
}

func (f *features) add2(a, b uint32) {
	f.template++
	f.buf = append(f.buf, mix(mix(f.template, a), b))
}

func (f *features) add3(a, b, c uint32) {
	f.template++
	f.buf = append(f.buf, mix(mix(mix(f.template, a), b), c))
}

func (f *features) add4(a, b, c, d uint32) {
	f.template++
	f.buf = append(f.buf, mix(mix(mix(mix(f.template, a), b), c), d))
}
