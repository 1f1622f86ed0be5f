//go:build model

package encoder

import _ "embed" // for the model

// embedded is the file of the model. It stays where the program lies on disk and
// is read from there as far as it is used.
//
//go:embed model.safetensors
var embedded []byte
