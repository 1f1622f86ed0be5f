package encoder

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"
)

// description gives the length of the description of a file and the description.
func description(file []byte) (int, string) {
	n := int(binary.LittleEndian.Uint64(file))
	return n, string(file[8 : 8+n])
}

// described gives a file with another description.
func described(file []byte, text string) []byte {
	n, _ := description(file)
	out := binary.LittleEndian.AppendUint64(nil, uint64(len(text)))
	return append(append(out, text...), file[8+n:]...)
}

// TestBrokenFiles asserts that each fault of a file is named.
func TestBrokenFiles(t *testing.T) {
	file := read(t, "testdata/tiny.safetensors")
	n, text := description(file)
	replaced := func(old, new string) []byte {
		if !strings.Contains(text, old) {
			t.Fatalf("%q is not in the description", old)
		}
		return described(file, strings.Replace(text, old, new, 1))
	}
	spoiled := bytes.Clone(file) // the last number is one of a head that is not known
	from := bytes.Index(spoiled[:n], []byte(`"relation.weight"`))
	at := binary.LittleEndian.AppendUint32(nil, math.Float32bits(float32(math.NaN())))
	copy(spoiled[8+n+offset(t, text[from-8:]):], at)
	for _, c := range []struct {
		name, want string
		file       []byte
	}{
		{"empty", "no length", nil},
		{"long description", "does not fit", bytes.Repeat([]byte{255}, 100)},
		{"no JSON", "the description", described(file, "{]")},
		{"cut", "not in the file", file[:len(file)-4]},
		{"description alone", "not in the file", file[:8+n]},
		{"wrong shape", "bytes for", replaced(`"shape": [3, 64]`, `"shape": [3, 65]`)},
		{"huge shape", "bytes for", replaced(`"shape": [3, 64]`, `"shape": [4611686018427387904, 4]`)},
		{"negative offset", "not in the file", replaced(`"data_offsets": [0,`, `"data_offsets": [-1,`)},
		{"other type", "relation.weight is I32", replaced(`"relation.weight": {"dtype": "F32"`, `"relation.weight": {"dtype": "I32"`)},
		{"missing head", "same.bias is missing", replaced(`"same.bias"`, `"some.bias"`)},
		{"missing layer", "layer.1.key.weight is missing", replaced(`"layer.1.key.weight"`, `"layer.1.kay.weight"`)},
		{"more layers", "layer.2.", replaced(`"layers": "2"`, `"layers": "9"`)},
		{"no layers", "no layers", replaced(`"layers": "2"`, `"layers": "0"`)},
		{"heads", "cannot be computed", replaced(`"heads": "2"`, `"heads": "3"`)},
		{"many heads", "no heads", replaced(`"heads": "2"`, `"heads": "1152921504606846976"`)},
		{"tokens", "positions", replaced(`"max_tokens": "24"`, `"max_tokens": "33"`)},
		{"note", "not a whole number", replaced(`"heads": "2"`, `"heads": "two"`)},
		{"activation", "gelu_tanh", replaced("gelu_tanh", "relu")},
		{"marks", "lacks [SEP]", bytes.Replace(file, []byte("[SEP]"), []byte("[SOP]"), 1)},
		{"vocabulary", "word pieces", bytes.Replace(file, []byte("mayor\n"), []byte("may\nr\n"), 1)},
		{"not a number", "relation.weight holds NaN", spoiled},
	} {
		if _, err := Load(c.file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, not one that says %q", c.name, err, c.want)
		}
	}
}

// offset gives where the first tensor of a description begins.
func offset(t *testing.T, text string) int {
	t.Helper()
	_, rest, _ := strings.Cut(text, `"data_offsets": [`)
	n := 0
	for _, c := range rest {
		if c < '0' || c > '9' {
			return n
		}
		n = 10*n + int(c-'0')
	}
	t.Fatal("no offset")
	return 0
}

// FuzzLoad asserts that no file breaks the program: it is refused or it answers.
// A file is a good one with a stretch replaced; the length of its description is
// that of the new one, or stays. Whole files as inputs would take the fuzzer
// minutes to make small.
func FuzzLoad(f *testing.F) {
	file := read(f, "testdata/tiny.safetensors")
	n, text := description(file)
	at := func(part string) uint16 { return uint16(strings.Index(text, part)) }
	f.Add(at(`2", "max`), uint16(1), []byte("1"), true)
	f.Add(at(`24", "act`), uint16(2), []byte("1000000000000"), true)
	f.Add(at(`[32, 32]`), uint16(8), []byte("[16, 64]"), true)
	f.Add(at(`"layers": "2`)+11, uint16(1), []byte("-1"), true)
	f.Add(uint16(0), uint16(len(text)), []byte("{}"), true)
	f.Add(uint16(n+300), uint16(1), []byte("\n"), false)
	f.Add(uint16(n+4000), uint16(4), []byte{0, 0, 128, 127}, false)
	f.Fuzz(func(t *testing.T, at, cut uint16, with []byte, measured bool) {
		body := file[8:]
		from := min(int(at), len(body))
		to := min(from+int(cut), len(body))
		length := n
		if measured && to <= n {
			length += len(with) - (to - from)
		}
		raw := binary.LittleEndian.AppendUint64(nil, uint64(length))
		m, err := Load(slices.Concat(raw, body[:from], with, body[to:]))
		if err != nil {
			return
		}
		if got := m.Judge([][2]string{{"the mayor", "a, b"}, {"", "x1"}}); len(got) != 2 {
			t.Errorf("%d answers", len(got))
		}
		m.Embed([]string{"mayor"})
	})
}
