//go:build !model

package encoder

// embedded is empty until the trained file is there; then this file goes, and the
// build line of embedded.go.
var embedded []byte
