package syntax

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// The artefact is the magic line, the names of tags, labels and types, the
// clusters, and the four tables of weights. Numbers are unsigned varints;
// hashes ascend and are written as differences.
const magic = "corroborate syntax 3\n"

var errDamaged = errors.New("artefact is damaged")

// Decode reads an artefact.
func Decode(data []byte) (*Model, error) {
	if len(data) < len(magic) || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("decode syntax model: %w", errDamaged)
	}
	r := reader{data: data[len(magic):]}
	m := &Model{Tags: r.names(), Labels: r.names(), Types: r.names()}
	m.Clusters = r.clusters()
	m.Tagger.Scorer, m.Roles.Scorer = r.weights(), r.weights()
	m.Parser.Scorer, m.Recogniser.Scorer = r.weights(), r.weights()
	m.Link()
	classes := max(m.Tagger.Classes, m.Parser.Classes, m.Recogniser.Classes)
	if r.failed || len(r.data) > 0 || classes > maxClasses {
		return nil, fmt.Errorf("decode syntax model: %w", errDamaged)
	}
	return m, nil
}

// reader takes values off the front of data; failed tells that it ran out.
type reader struct {
	data   []byte
	failed bool
}

func (r *reader) uint() uint32 {
	v, n := binary.Uvarint(r.data)
	if n <= 0 || v > 1<<32-1 {
		r.failed, r.data = true, nil
		return 0
	}
	r.data = r.data[n:]
	return uint32(v)
}

// length reads a number of things that take at least one byte each.
func (r *reader) length() int {
	n := r.uint()
	if uint64(n) > uint64(len(r.data)) {
		r.failed, r.data = true, nil
		return 0
	}
	return int(n)
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.data) {
		r.failed, r.data = true, nil
		return make([]byte, n)
	}
	out := r.data[:n]
	r.data = r.data[n:]
	return out
}

func (r *reader) names() []string {
	out := make([]string, r.length())
	for i := range out {
		out[i] = string(r.bytes(r.length()))
	}
	return out
}

func (r *reader) clusters() *Clusters {
	c := &Clusters{class: slices.Clone(r.bytes(r.length()))}
	n := r.length()
	c.hashes, c.ids = make([]uint32, n), make([]uint16, n)
	hash := uint32(0)
	for i := range n {
		hash += r.uint()
		id := r.uint()
		r.failed = r.failed || int(id) >= len(c.class)
		c.hashes[i], c.ids[i] = hash, uint16(id)
	}
	return c
}

func (r *reader) weights() *Weights {
	rows, entries := r.length(), r.length()
	w := newWeights(rows, entries)
	hash := uint32(0)
	var row [maxClasses]Entry
	for range rows {
		hash += r.uint()
		n := int(r.uint())
		if n == 0 || n >= maxClasses || 2*n > len(r.data) {
			r.failed, r.data = true, nil
			break
		}
		for i := range n {
			row[i] = decoded(r.data[2*i], r.data[2*i+1])
		}
		r.data = r.data[2*n:]
		w.add(hash, row[:n])
	}
	return w
}

// Encode writes the model as an artefact, with the given weights of the tagger,
// the roles, the parser and the recogniser.
func (m *Model) Encode(tables [4]map[uint32][]Entry) []byte {
	out := []byte(magic)
	for _, names := range [][]string{m.Tags, m.Labels, m.Types} {
		out = binary.AppendUvarint(out, uint64(len(names)))
		for _, name := range names {
			out = append(binary.AppendUvarint(out, uint64(len(name))), name...)
		}
	}
	out = m.Clusters.append(out)
	for _, table := range tables {
		out = appendTable(out, table)
	}
	return out
}

func (c *Clusters) append(out []byte) []byte {
	out = append(binary.AppendUvarint(out, uint64(len(c.class))), c.class...)
	out = binary.AppendUvarint(out, uint64(len(c.hashes)))
	last := uint32(0)
	for i, h := range c.hashes {
		out = binary.AppendUvarint(out, uint64(h-last))
		out = binary.AppendUvarint(out, uint64(c.ids[i]))
		last = h
	}
	return out
}

func appendTable(out []byte, table map[uint32][]Entry) []byte {
	hashes := make([]uint32, 0, len(table))
	entries := 0
	for h, row := range table {
		hashes = append(hashes, h)
		entries += len(row)
	}
	slices.Sort(hashes)
	out = binary.AppendUvarint(out, uint64(len(hashes)))
	out = binary.AppendUvarint(out, uint64(entries))
	last := uint32(0)
	for _, h := range hashes {
		out = binary.AppendUvarint(out, uint64(h-last))
		out = binary.AppendUvarint(out, uint64(len(table[h])))
		for _, e := range table[h] {
			out = append(out, e.Class, e.code())
		}
		last = h
	}
	return out
}
