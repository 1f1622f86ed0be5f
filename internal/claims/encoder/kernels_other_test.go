//go:build !amd64

package encoder

// sets are all that this processor runs, for the tests.
func sets() []*kernels { return []*kernels{&generic} }
