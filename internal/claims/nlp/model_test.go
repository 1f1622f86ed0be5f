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
