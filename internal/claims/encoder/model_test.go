package encoder

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// loaded is the model that is built in; without one, that whose file is named in
// the environment.
var loaded = sync.OnceValues(func() (*Model, error) {
	if len(embedded) > 0 {
		return Default()
	}
	file, err := os.ReadFile(os.Getenv("ENCODER_MODEL"))
	if err != nil {
		return nil, err
	}
	return Load(file)
})

func model(t testing.TB) *Model {
	t.Helper()
	if len(embedded) == 0 && os.Getenv("ENCODER_MODEL") == "" {
		t.Skip("SKIPPED: no model is built in, and ENCODER_MODEL names no file")
	}
	m, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// tiny is a model with made-up weights; it runs everywhere.
func tiny(t testing.TB) *Model {
	t.Helper()
	m, err := Load(read(t, "testdata/tiny.safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// answer is a line of training/judge/reference.py.
type answer struct {
	Model     string
	Texts     [2]string
	IDs       []int32
	Embedding []float32
	Relation  [relations]float32
	Same      float32
}

func answers(t *testing.T, name string) (hash string, all []answer) {
	t.Helper()
	for line := range bytes.Lines(read(t, "testdata/"+name)) {
		var a answer
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	return all[0].Model, all[1:]
}

// TestReference compares with an implementation in floats, and the sets of
// kernels with each other.
func TestReference(t *testing.T) {
	t.Run("tiny", func(t *testing.T) { compareAnswers(t, tiny(t), "tiny.jsonl") })
	t.Run("whole", func(t *testing.T) { compareAnswers(t, model(t), "reference.jsonl") })
}

func compareAnswers(t *testing.T, m *Model, name string) {
	hash, want := answers(t, name)
	if hash != m.Hash() {
		if len(embedded) == 0 {
			t.Skip("SKIPPED: the answers are those of another model than ENCODER_MODEL names")
		}
		t.Fatal("the answers are those of another model: run training/judge/reference.py")
	}
	if testing.Short() && name != "tiny.jsonl" {
		want = want[:4]
	}
	var pairs [][2]string
	var texts []string
	for _, a := range want {
		pairs, texts = append(pairs, a.Texts), append(texts, a.Texts[0])
	}
	judged, vectors := m.Judge(pairs), m.Embed(texts)
	worst := 0.0 // of a number up to 1, or of the share of a larger one
	for i, a := range want {
		got := slices.Concat(vectors[i], judged[i].Relation[:], []float32{judged[i].Same})
		for j, x := range slices.Concat(a.Embedding, a.Relation[:], []float32{a.Same}) {
			worst = max(worst, math.Abs(float64(got[j]-x))/max(1, math.Abs(float64(x))))
		}
		if ids, _ := m.vocabulary.pair(a.Texts[0], a.Texts[1], m.most); !slices.Equal(ids, a.IDs) {
			t.Errorf("pair %d gives pieces %v, not %v", i, ids, a.IDs)
		}
	}
	t.Logf("the largest difference is %.1e", worst)
	if !(worst < 1e-3) {
		t.Error("that is too much")
	}
	for i := range want {
		if m.Judge(pairs[i : i+1])[0] != judged[i] || !slices.Equal(m.Embed(texts[i : i+1])[0], vectors[i]) {
			t.Errorf("pair %d gives another answer alone", i)
		}
	}
	for _, k := range sets() {
		n := len(want)
		if k == &generic {
			n = min(n, 3) // it is slow
		}
		other := m.with(k)
		if !slices.Equal(other.Judge(pairs[:n]), judged[:n]) || !slices.EqualFunc(other.Embed(texts[:n]), vectors[:n], slices.Equal) {
			t.Errorf("%s gives other answers", k.name)
		}
	}
}

// TestCompany asserts that an answer depends neither on what else is asked, nor on
// the order, nor on how many processors there are.
func TestCompany(t *testing.T) {
	m := tiny(t)
	var pairs [][2]string
	for i := range 200 {
		pairs = append(pairs, [2]string{strings.Repeat("a ", i%17), strings.Repeat("mayor ", i%5) + "x"})
	}
	var want []Judgement
	for i := range pairs {
		want = append(want, m.Judge(pairs[i:i+1])...)
	}
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for _, n := range []int{1, 2, 3, 8} {
		runtime.GOMAXPROCS(n)
		if !slices.Equal(m.Judge(pairs), want) {
			t.Errorf("other answers on %d processors", n)
		}
		for _, count := range []int{0, 2, 7, 33} {
			if !slices.Equal(m.Judge(pairs[:count]), want[:count]) {
				t.Errorf("other answers for %d pairs on %d processors", count, n)
			}
		}
	}
}

// TestTogether asks from several goroutines at once.
func TestTogether(t *testing.T) {
	m := tiny(t)
	texts := []string{"the mayor", "", "a long line of words that ends where it has to end", "x"}
	want := m.Embed(texts)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				if !slices.EqualFunc(m.Embed(texts), want, slices.Equal) {
					t.Error("other answers in company")
				}
			}
		})
	}
	all.Wait()
}

// TestProbabilities asserts what is read off logits.
func TestProbabilities(t *testing.T) {
	for _, c := range []struct {
		logits [relations]float32
		want   [relations]float64
	}{
		{[3]float32{0, 0, 0}, [3]float64{1 / 3., 1 / 3., 1 / 3.}},
		{[3]float32{1, 0, -1}, [3]float64{0.66524, 0.24473, 0.09003}},
		{[3]float32{500, -500, 0}, [3]float64{1, 0, 0}},
	} {
		for i, p := range (Judgement{Relation: c.logits}).Relations() {
			if math.Abs(p-c.want[i]) > 1e-5 {
				t.Errorf("%v gives %g at %d, not %g", c.logits, p, i, c.want[i])
			}
		}
	}
	for logit, want := range map[float32]float64{0: 0.5, 2: 0.880797, -2: 0.119203, 200: 1, -200: 0} {
		if got := (Judgement{Same: logit}).SameFact(); math.Abs(got-want) > 1e-6 {
			t.Errorf("%g gives %g, not %g", logit, got, want)
		}
	}
}
