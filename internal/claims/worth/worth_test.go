package worth

import (
	"math"
	"slices"
	"testing"

	"corroborate/internal/claims/nlp"
	"corroborate/internal/claims/nlp/lexicon"
)

func featuresOf(t *testing.T, sentence string) []string {
	t.Helper()
	m, err := nlp.Load()
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	toks := nlp.Tokenize(sentence, 0, len(sentence))
	m.Annotate(toks)
	return Features(lex, toks)
}

func TestFeatures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sentence    string
		has, hasNot []string
	}{
		{"The city spent $4 million on the pier in 2019.",
			[]string{"a figure", "an amount of money", "hundreds, thousands or millions", "a year", "a deed in the past", "a noun as the main subject"},
			[]string{"no figure, date or name", "several figures", "a question"}},
		{"More than 40 of 60 boats sank.", []string{"several figures"}, []string{"a comparison", "an amount of money"}},
		{"Unemployment fell by 3 percent.", []string{"a percentage", "a rise or fall"}, []string{"the first person"}},
		{"I think we should leave.", []string{"the speaker’s mind", "an obligation", "the first person", "no figure, date or name", "few words"}, []string{"a figure"}},
		{"Will they ever come back?", []string{"a question", "the future"}, []string{"an exclamation"}},
		{"Two ferries were sold to Lisbon.", []string{"a passive", "a number in words", "a named place"}, []string{"a figure"}},
	} {
		got := featuresOf(t, c.sentence)
		if !slices.IsSorted(got) {
			t.Errorf("%q: not sorted: %q", c.sentence, got)
		}
		for _, f := range c.has {
			if !slices.Contains(got, f) {
				t.Errorf("%q lacks %q: %q", c.sentence, f, got)
			}
		}
		for _, f := range c.hasNot {
			if slices.Contains(got, f) {
				t.Errorf("%q has %q", c.sentence, f)
			}
		}
	}
}

func TestPartFeaturesReadThePartAlone(t *testing.T) {
	t.Parallel()
	m, err := nlp.Load()
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	s := "The mayor resigned because 14 boats sank."
	toks := nlp.Tokenize(s, 0, len(s))
	m.Annotate(toks)
	got := PartFeatures(lex, toks, 2, func(i int) bool { return i < 3 })
	if slices.Contains(got, "a figure") || !slices.Contains(got, "a noun as the main subject") {
		t.Errorf("%q", got)
	}
}

// TestShippedOrder asserts the order that the shipped weights give.
func TestShippedOrder(t *testing.T) {
	t.Parallel()
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	last := 1.1
	for _, s := range []string{
		"The city spent $4 million on 12 boats in 2019.",
		"The mayor sold the old ferry to a company in Lisbon.",
		"The ferry may sail again.",
		"I think we should all be very proud of that.",
	} {
		p, reasons := m.Score(featuresOf(t, s))
		if p >= last || len(reasons) == 0 {
			t.Errorf("%q: %v after %v, %q", s, p, last, reasons)
		}
		last = p
	}
}

func TestScoreTellsWhatMovedIt(t *testing.T) {
	t.Parallel()
	m := &Model{Bias: -1, Weights: map[string]float64{"a": 2, "b": 0.5, "c": -1, "d": 0.1, "main verb: past": 3, "e": 0.6, "f": 0.7}}
	p, reasons := m.Score([]string{"a", "b", "c", "d", "e", "f", "unknown"})
	if want := math.Round(100/(1+math.Exp(-1.9))) / 100; p != want {
		t.Errorf("probability %v, want %v", p, want)
	}
	if want := []string{"for: a", "for: f", "for: e", "against: c"}; !slices.Equal(reasons, want) {
		t.Errorf("reasons %q, want %q", reasons, want)
	}
}

func TestFitLearnsAndStaysNear(t *testing.T) {
	t.Parallel()
	var xs []Example
	for i := range 100 {
		x := Example{Features: []string{"noise"}, Worth: i%4 == 0}
		if x.Worth {
			x.Features = append(x.Features, "telling")
		}
		xs = append(xs, x)
	}
	m := Fit(xs, Options{Penalty: 1, Least: 5, Even: true})
	if m.Weights["telling"] < 2 || m.Probability([]string{"telling"}) < 0.5 || m.Probability([]string{"noise"}) > 0.5 {
		t.Errorf("%+v", m)
	}
	prior := &Model{Weights: map[string]float64{"telling": -3}}
	if near := Fit(xs, Options{Penalty: 1e6, Least: 5, From: prior}); math.Abs(near.Weights["telling"]+3) > 0.01 {
		t.Errorf("a strong penalty moved the weight to %v", near.Weights["telling"])
	}
	if rare := Fit(xs, Options{Penalty: 1, Least: 50}); rare.Weights["telling"] != 0 {
		t.Errorf("a feature of 25 examples has the weight %v, want none below 50", rare.Weights["telling"])
	}
}

func TestWeightsFile(t *testing.T) {
	t.Parallel()
	m := &Model{Bias: -1.5, Weights: map[string]float64{"a figure": 1.25, "“tax”": -0.5, "nothing": 0.001}}
	got, err := Parse(m.Format("head"))
	if err != nil || got.Bias != -1.5 || len(got.Weights) != 2 || got.Weights["a figure"] != 1.25 || got.Weights["“tax”"] != -0.5 {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := Parse("a figure\tmuch\n"); err == nil {
		t.Error("no error for a weight that is no number")
	}
}

func BenchmarkFeatures(b *testing.B) {
	m, _ := nlp.Load()
	lex, _ := lexicon.Load()
	s := "The city spent $4 million on 12 boats in 2019, officials said, and the mayor resigned."
	toks := nlp.Tokenize(s, 0, len(s))
	m.Annotate(toks)
	for b.Loop() {
		Features(lex, toks)
	}
}
