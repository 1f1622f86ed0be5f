package nlp

import (
	"testing"
)

// article is text of the kind that the service reads, a sentence a line.
var article = []string{
	"Gov. Ana Reyes said on Tuesday that 1,700 soldiers would be sent to the border, and called the plan “frank and fair.”",
	"The company, which is based in Lisbon, fired 12 managers and closed two plants after the court ruled against it.",
	"“We did not agree to this,” Mayor John Ward told reporters, adding that talks would resume on Jan. 6.",
	"A man suspected of shooting the officer was arrested near the airport, police said.",
	"Prices rose 3.5% in the year to March, the statistics office reported, the slowest pace since 2021.",
}

// FuzzAnnotate asserts that the heads of any sentence form a tree with one root.
func FuzzAnnotate(f *testing.F) {
	for _, s := range article {
		f.Add(s)
	}
	f.Add("((“ ’s -- 5 % \xff , , and")
	m, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2000 {
			t.Skip()
		}
		toks := Tokenize(s, 0, len(s))
		m.Annotate(toks)
		roots := 0
		for i := range toks {
			if toks[i].Head == i {
				roots++
			}
			if toks[i].Tag == "" || toks[i].Dep == "" {
				t.Fatalf("token %+v of %q", toks[i], s)
			}
			at, steps := i, 0
			for ; toks[at].Head != at && steps <= len(toks); steps++ {
				at = toks[at].Head
			}
			if steps > len(toks) {
				t.Fatalf("a cycle above token %d of %q", i, s)
			}
		}
		if len(toks) > 0 && roots != 1 {
			t.Fatalf("%d roots in %q", roots, s)
		}
	})
}

func BenchmarkAnnotate(b *testing.B) {
	m, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	var sentences [][]Token
	tokens := 0
	for _, s := range article {
		sentences = append(sentences, Tokenize(s, 0, len(s)))
		tokens += len(sentences[len(sentences)-1])
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range sentences {
			m.Annotate(s)
		}
	}
	b.ReportMetric(float64(tokens*b.N)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkTokenize(b *testing.B) {
	b.ReportAllocs()
	tokens := 0
	for b.Loop() {
		for _, s := range article {
			tokens += len(Tokenize(s, 0, len(s)))
		}
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}
