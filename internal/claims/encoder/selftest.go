package encoder

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
)

// selfTestText is read by [Model.SelfTest]; it has words, numbers and a rare piece.
const selfTestText = "The ministry said on Tuesday that 1,700 people had left Bogotá after the bridge was closed."

// What the model that is built in has to be: the SHA-256 of its file, and what
// [Model.SelfTest] prints.
const (
	EmbeddedHash  = "72f24d21b36b9c5b5a2e06f867c25161bc98b42ba35d367f0d3d18bd2c4f2c33"
	EmbeddedPrint = "96087e9c2a264ff8"
)

// Kernels names the inner loops that this processor runs.
func (m *Model) Kernels() string { return m.kernels.name }

// SelfTest reads a text with the loops that this processor runs and with those that run
// everywhere, and compares the vectors bit by bit: they differ only where the processor,
// its memory or the program is damaged. It gives a short print of the vector.
func (m *Model) SelfTest() (print string, err error) {
	fast, plain := m.Embed([]string{selfTestText})[0], m.with(&generic).Embed([]string{selfTestText})[0]
	for i := range fast {
		if math.Float32bits(fast[i]) != math.Float32bits(plain[i]) {
			return "", errors.New("the loops " + m.kernels.name + " give another vector than the portable ones")
		}
	}
	h := sha256.New()
	for _, x := range fast {
		_ = binary.Write(h, binary.LittleEndian, x) // a hash takes everything
	}
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
}

// with gives a model that computes with another set of kernels.
func (m *Model) with(k *kernels) *Model {
	out := &Model{
		sizes: m.sizes, hash: m.hash, kernels: k, vocabulary: m.vocabulary,
		words: m.words, wordScales: m.wordScales, positions: m.positions, types: m.types, norm: m.norm,
		layers: m.layers, relation: m.relation, same: m.same,
	}
	out.scratches.New = func() any { return newScratch(out.sizes) }
	return out
}
