package syntax

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// toy is a model that knows one feature of each part.
func toy() (*Model, [4]map[uint32][]Entry) {
	m := &Model{
		Tags: []string{"NN", "VBD"}, Labels: []string{"ROOT", "nsubj"}, Types: []string{"ORG"},
		Clusters: NewClusters(map[string]uint16{"court": 1, "ruled": 0}, []uint8{0, 1}),
	}
	m.Link()
	return m, [4]map[uint32][]Entry{
		{hashString("a"): {NewEntry(0, 4), NewEntry(1, -9)}}, {7: {NewEntry(1, 1)}}, {}, {9: {NewEntry(2, 16129)}},
	}
}

func TestCodec(t *testing.T) {
	t.Parallel()
	m, tables := toy()
	got, err := Decode(m.Encode(tables))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{m.Tags, m.Labels, m.Types}, [][]string{got.Tags, got.Labels, got.Types}); diff != "" {
		t.Error(diff)
	}
	var scores Scores
	got.Tagger.Scorer.Score([]uint32{hashString("a"), 12345}, &scores)
	got.Recogniser.Scorer.Score([]uint32{9}, &scores)
	if scores[0] != 4 || scores[1] != -9 || scores[2] != MaxWeight {
		t.Errorf("scores = %v, want 4, -9, %d", scores[:3], MaxWeight)
	}
	cluster, class := got.Clusters.find(Word{Text: "Court", Norm: "court"})
	if cluster != 1 || class != 1 {
		t.Errorf("cluster = %d, %d, want 1, 1", cluster, class)
	}
}

func TestDecodeDamaged(t *testing.T) {
	t.Parallel()
	m, tables := toy()
	data := m.Encode(tables)
	for n := range len(data) {
		if _, err := Decode(data[:n]); err == nil {
			t.Errorf("no error for the first %d bytes of %d", n, len(data))
		}
	}
	if _, err := Decode(append(data, 0)); err == nil {
		t.Error("no error for a byte too many")
	}
}

func TestNewEntry(t *testing.T) {
	t.Parallel()
	for weight, want := range map[float64]int16{0.2: 0, 1: 1, -1.2: -1, 3.9: 4, -100: -100, 110: 100, 1e9: MaxWeight, math.Inf(-1): -MaxWeight} {
		e := NewEntry(3, weight)
		if e.Weight != want || decoded(3, e.code()) != e {
			t.Errorf("NewEntry(%v) = %v, read back as %v; want weight %d", weight, e, decoded(3, e.code()), want)
		}
	}
}

// Court ruled → the left arc of "Court", then "ruled" is the root.
func TestStateActions(t *testing.T) {
	t.Parallel()
	m, _ := toy()
	var s Sentence
	s.Reset([]Word{{"Court", "court"}, {"ruled", "ruled"}, {".", "."}}, m.Clusters)
	st := s.Begin()
	for _, a := range []Action{Shift, LeftArc(1), Shift, Shift, RightArc(0)} {
		if st.Done() {
			t.Fatal("done too early")
		}
		st.Apply(a)
	}
	if !st.Done() || st.CanShift() || st.CanRight() {
		t.Error("want a state in which nothing is left to do")
	}
	st.finish(m.Parser.Root)
	if diff := cmp.Diff([]int32{1, 1, 1}, s.Heads); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]uint8{1, 0, 0}, s.Labels); diff != "" {
		t.Error(diff)
	}
}

func TestBestEntityKeepsTypesWhole(t *testing.T) {
	t.Parallel()
	var s Sentence
	s.Reset(make([]Word, 3), &Clusters{})
	s.Entities[0] = EntityClass(0, Begin)
	var scores Scores
	scores[Outside], scores[EntityClass(1, Unit)] = 90, 80
	scores[EntityClass(0, Inside)], scores[EntityClass(0, Last)] = 5, 4
	if got := s.BestEntity(1, &scores, 9); got != EntityClass(0, Inside) {
		t.Errorf("behind a beginning: class %d, want inside", got)
	}
	s.Entities[1] = EntityClass(0, Inside)
	if got := s.BestEntity(2, &scores, 9); got != EntityClass(0, Last) {
		t.Errorf("at the end: class %d, want last", got)
	}
	s.Entities[1] = Outside
	if got := s.BestEntity(2, &scores, 9); got != Outside {
		t.Errorf("outside: class %d, want outside", got)
	}
}

func TestShape(t *testing.T) {
	t.Parallel()
	same := [][2]string{{"Cole", "Lopez"}, {"NATO", "FIFA"}, {"U.S.", "U.N."}, {"12", "1999"}}
	for _, p := range same {
		if shape(p[0]) != shape(p[1]) {
			t.Errorf("shapes of %q and %q differ", p[0], p[1])
		}
	}
	differ := [][2]string{{"Cole", "cole"}, {"US", "U.S."}, {"“", "”"}, {"COVID-19", "COVID"}}
	for _, p := range differ {
		if shape(p[0]) == shape(p[1]) {
			t.Errorf("shapes of %q and %q are the same", p[0], p[1])
		}
	}
}
