package encoder

import (
	"testing"
)

func BenchmarkJudge(b *testing.B) {
	m := model(b)
	pairs := make([][2]string, 32)
	for i := range pairs {
		pairs[i] = [2]string{statement, otherStatement}
	}
	b.ReportAllocs()
	for b.Loop() {
		m.Judge(pairs)
	}
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N)/32, "ms/pair")
}

// Two statements of thirty words.
const (
	statement = "Officials from the United States and Mexico signed a letter of intent in Washington on Tuesday " +
		"to share the biometric data of migrants who cross the southern border without any valid papers."
	otherStatement = "The two governments reached an agreement this week that lets border agents exchange " +
		"fingerprints, photographs and iris scans of people who have entered either of the two countries without a visa."
)
