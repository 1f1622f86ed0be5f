package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"github.com/gomlx/gomlx/backends"
	. "github.com/gomlx/gomlx/pkg/core/graph"
	"github.com/gomlx/gomlx/pkg/core/tensors"
)

// The sizes of the model.
const (
	layers, heads, head, hidden = 6, 12, 32, 384
)

// weights are the tensors of a model file as floats.
type weights map[string]*tensors.Tensor

// readWeights reads all tensors; whole numbers are taken times their scales.
func readWeights(file []byte) (weights, error) {
	n := 8 + binary.LittleEndian.Uint64(file)
	var about map[string]struct {
		DType   string `json:"dtype"`
		Shape   []int  `json:"shape"`
		Offsets [2]int `json:"data_offsets"`
	}
	if err := json.Unmarshal(file[8:n], &about); err != nil {
		return nil, err
	}
	data := file[n:]
	floats := func(name string) []float32 {
		t := about[name]
		out := make([]float32, (t.Offsets[1]-t.Offsets[0])/4)
		for i := range out {
			out[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[t.Offsets[0]+4*i:]))
		}
		return out
	}
	all := weights{}
	for name, t := range about {
		switch t.DType {
		case "F32":
			all[name] = tensors.FromFlatDataAndDimensions(floats(name), t.Shape...)
		case "I8":
			scales := floats(name[:len(name)-len("weight")] + "scale")
			out := make([]float32, t.Offsets[1]-t.Offsets[0])
			for i := range out {
				out[i] = float32(int8(data[t.Offsets[0]+i])) * scales[i/t.Shape[1]]
			}
			all[name] = tensors.FromFlatDataAndDimensions(out, t.Shape...)
		}
	}
	return all, nil
}

// newGraph builds the model for rows of pieces of one length. What it gives runs
// it, and gives the relation of the last row.
func newGraph(backend backends.Backend, w weights, rows [][]int32) (func() ([3]float32, error), error) {
	exec, err := NewExec(backend, func(ids, types *Node) *Node { return w.relation(ids, types) })
	if err != nil {
		return nil, err
	}
	var ids, types []int32
	for _, row := range rows {
		second := int32(0)
		for _, id := range row {
			ids, types = append(ids, id), append(types, second)
			if id == 102 { // [SEP]
				second = 1
			}
		}
	}
	batch, length := len(rows), len(rows[0])
	a := tensors.FromFlatDataAndDimensions(ids, batch, length, 1)
	b := tensors.FromFlatDataAndDimensions(types, batch, length, 1)
	return func() (last [3]float32, err error) {
		out, err := exec.Exec(a, b)
		if err != nil {
			return last, err
		}
		flat, err := tensors.CopyFlatData[float32](out[0])
		if err == nil && len(flat) != 3*batch {
			err = fmt.Errorf("%d logits", len(flat))
		}
		copy(last[:], flat[max(len(flat)-3, 0):])
		return last, err
	}, nil
}

func (w weights) get(g *Graph, name string) *Node { return Const(g, w[name]) }

// relation is the model: [batch, length, 1] pieces and texts to [batch, 3] logits.
func (w weights) relation(ids, types *Node) *Node {
	g := ids.Graph()
	batch, length := ids.Shape().Dim(0), ids.Shape().Dim(1)
	x := Gather(w.get(g, "embeddings.word.weight"), ids)
	places := Slice(w.get(g, "embeddings.position.weight"), AxisRange(0, length))
	x = Add(x, BroadcastToDims(Reshape(places, 1, length, hidden), batch, length, hidden))
	x = Add(x, Gather(w.get(g, "embeddings.type.weight"), types))
	x = w.norm(x, "embeddings.norm")
	for n := range layers {
		name := fmt.Sprintf("layer.%d.", n)
		x = w.norm(Add(x, w.attention(x, name)), name+"attention_norm")
		inner := gelu(w.linear(x, name+"intermediate"))
		x = w.norm(Add(x, w.linear(inner, name+"output")), name+"output_norm")
	}
	first := Reshape(Slice(x, AxisRange(), AxisRange(0, 1)), batch, hidden)
	features := Concatenate([]*Node{first, ReduceMean(x, 1)}, 1)
	logits := Einsum("bf,rf->br", features, w.get(g, "relation.weight"))
	return Add(logits, BroadcastToDims(Reshape(w.get(g, "relation.bias"), 1, 3), batch, 3))
}

func (w weights) linear(x *Node, name string) *Node {
	g := x.Graph()
	y := Einsum("bli,oi->blo", x, w.get(g, name+".weight"))
	bias := w.get(g, name+".bias")
	return Add(y, BroadcastToDims(Reshape(bias, 1, 1, bias.Shape().Dim(0)), y.Shape().Dimensions...))
}

func (w weights) norm(x *Node, name string) *Node {
	g, dims := x.Graph(), x.Shape().Dimensions
	x = Sub(x, BroadcastToDims(ReduceAndKeep(x, ReduceMean, -1), dims...))
	factor := Rsqrt(AddScalar(ReduceAndKeep(Mul(x, x), ReduceMean, -1), 1e-12))
	wide := func(part string) *Node { return BroadcastToDims(Reshape(w.get(g, name+part), 1, 1, hidden), dims...) }
	return Add(Mul(Mul(x, BroadcastToDims(factor, dims...)), wide(".weight")), wide(".bias"))
}

func (w weights) attention(x *Node, name string) *Node {
	batch, length := x.Shape().Dim(0), x.Shape().Dim(1)
	cut := func(part string) *Node {
		return TransposeAllDims(Reshape(w.linear(x, name+part), batch, length, heads, head), 0, 2, 1, 3)
	}
	shares := Softmax(MulScalar(Einsum("bhqd,bhkd->bhqk", cut("query"), cut("key")), 1/math.Sqrt(head)), -1)
	taken := Einsum("bhqk,bhkd->bhqd", shares, cut("value"))
	return w.linear(Reshape(TransposeAllDims(taken, 0, 2, 1, 3), batch, length, hidden), name+"attention")
}

func gelu(x *Node) *Node {
	cube := Mul(Mul(x, x), x)
	t := Tanh(MulScalar(Add(x, MulScalar(cube, 0.044715)), math.Sqrt(2/math.Pi)))
	return Mul(MulScalar(x, 0.5), AddScalar(t, 1))
}
