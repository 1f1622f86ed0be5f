package encoder

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
)

// mostHeader bounds what is read as the description of a file.
const mostHeader = 1 << 20

// archive is a file in the safetensors format: eight bytes with the length of a
// description in JSON, the description, and the numbers of all tensors behind it.
// What is asked for and is not there as expected is noted in problems, so that
// one reading names all of them.
type archive struct {
	about    map[string]string
	tensors  map[string]tensor
	data     []byte
	problems []error
}

// tensor is what the description says of a tensor.
type tensor struct {
	Type    string `json:"dtype"`
	Shape   []int  `json:"shape"`
	Offsets [2]int `json:"data_offsets"`
}

// widths are the bytes of a number of each type that is read.
var widths = map[string]int{"U8": 1, "I8": 1, "F32": 4}

// openArchive reads the description of a file and checks that it fits the file.
func openArchive(file []byte) (*archive, error) {
	if len(file) < 8 {
		return nil, errors.New("the file has no length of its description")
	}
	n := binary.LittleEndian.Uint64(file)
	if n > mostHeader || n > uint64(len(file)-8) {
		return nil, fmt.Errorf("a description of %d bytes does not fit a file of %d", n, len(file))
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(file[8:8+n], &raw); err != nil {
		return nil, fmt.Errorf("the description: %w", err)
	}
	a := &archive{tensors: make(map[string]tensor, len(raw)), data: file[8+n:]}
	for name, text := range raw {
		if err := a.describe(name, text); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return a, nil
}

// describe reads one entry of the description. Tensors of types that the model
// does not use may be of any kind; nobody asks for them.
func (a *archive) describe(name string, text json.RawMessage) error {
	if name == "__metadata__" {
		return json.Unmarshal(text, &a.about)
	}
	var t tensor
	if err := json.Unmarshal(text, &t); err != nil {
		return err
	}
	from, to := t.Offsets[0], t.Offsets[1]
	if from < 0 || from > to || to > len(a.data) {
		return fmt.Errorf("bytes %d to %d are not in the file", from, to)
	}
	a.tensors[name] = t
	if width, ok := widths[t.Type]; ok && !fills(t.Shape, width, to-from) {
		return fmt.Errorf("%d bytes for %v of %s", to-from, t.Shape, t.Type)
	}
	return nil
}

// fills says whether numbers of a shape and width take exactly so many bytes.
func fills(shape []int, width, bytes int) bool {
	total := width
	for _, n := range shape {
		if n <= 0 || total > bytes/n {
			return false
		}
		total *= n
	}
	return total == bytes
}

// note keeps a problem for the end.
func (a *archive) note(format string, args ...any) {
	a.problems = append(a.problems, fmt.Errorf(format, args...))
}

// shape gives the shape of a tensor with so many dimensions, ones where there is
// none such.
func (a *archive) shape(name string, dimensions int) []int {
	if t, ok := a.tensors[name]; ok && len(t.Shape) == dimensions && widths[t.Type] > 0 {
		return t.Shape
	}
	a.note("%s is missing or has not %d dimensions", name, dimensions)
	return slices.Repeat([]int{1}, dimensions)
}

// bytes gives a tensor as it lies in the file, nil where there is none such.
func (a *archive) bytes(name, kind string, shape ...int) []byte {
	t, ok := a.tensors[name]
	switch {
	case !ok:
		a.note("%s is missing", name)
		return nil
	case t.Type != kind || shape != nil && !slices.Equal(t.Shape, shape):
		a.note("%s is %s %v, not %s %v", name, t.Type, t.Shape, kind, shape)
		return nil
	}
	return a.data[t.Offsets[0]:t.Offsets[1]]
}

// floats gives a tensor of floats; where there is none such, of zeros.
func (a *archive) floats(name string, shape ...int) []float32 {
	raw := a.bytes(name, "F32", shape...)
	out := make([]float32, len(raw)/4)
	for i := range out {
		out[i] = floatAt(raw, i)
		if x := float64(out[i]); math.IsNaN(x) || math.IsInf(x, 0) {
			a.note("%s holds %g", name, x)
			break
		}
	}
	return out
}

// floatAt gives a number of a tensor of floats.
func floatAt(raw []byte, i int) float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
}
