// Package encoder runs the language model that is built into the program: a
// small BERT (6 layers, 384 wide, 12 heads) that reads a text or a pair of texts
// and gives a vector, or logits for how two statements stand to each other.
//
// It is pure Go with some assembly, without cgo, network, clock or randomness.
// The same text and the same file give the same bits on every machine, whatever
// else is asked at the same time:
//
//   - Layers of weights work on whole numbers (linear.go), so sums are exact.
//   - Floats are added in one order and never fused (kernels.go), in Go as in
//     assembly.
//   - Texts share nothing but the weights (layers.go, batch.go).
//
// The way of a pair of texts: vocabulary.go cuts them into word pieces, batch.go
// puts several behind each other and shares them out to the processors, layers.go
// and attention.go compute the last layer, answers.go reads off what was asked.
// model.go and safetensors.go read the file. training/judge tells how the file and
// the answers in testdata are made.
package encoder
