//go:build !amd64

package encoder

// best gives the set that runs everywhere.
func best() *kernels { return &generic }

// sets are all that this processor runs, for the tests.
func sets() []*kernels { return []*kernels{&generic} }
