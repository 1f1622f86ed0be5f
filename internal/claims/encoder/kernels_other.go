//go:build !amd64

package encoder

// best gives the set that runs everywhere.
func best() *kernels { return &generic }
