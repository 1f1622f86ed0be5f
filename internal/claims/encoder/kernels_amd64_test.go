package encoder

import "golang.org/x/sys/cpu"

// sets are all that this processor runs, for the tests.
func sets() []*kernels {
	all := []*kernels{&generic}
	if cpu.X86.HasAVX2 {
		all = append(all, &avx2)
	}
	if best() == &vnni {
		all = append(all, &vnni)
	}
	return all
}
