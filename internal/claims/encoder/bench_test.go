package encoder

import (
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Two statements of thirty words, and a sentence of 25. The last pair of
// training/judge/pairs.jsonl is the same.
const (
	statement = "Officials of the United States and Honduras signed a memorandum in Tegucigalpa on Tuesday " +
		"to share biometric records of 1,250 migrants who crossed the Guatemalan border without any valid papers."
	otherStatement = "The two governments reached a $3.5-million agreement that lets border agents " +
		"exchange fingerprints, photographs and iris scans of asylum-seekers who entered either of the two countries without a valid visa."
	sentence = "The council approved the plans for a new harbour on Monday, although many of the residents had asked " +
		"it for more time to read them."
)

// processorTime is what the program has used of the processors: on a machine that
// is shared it says more than the clock.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// measure runs f and reports milliseconds for each of n items, by the clock and
// of the processors.
func measure(b *testing.B, n int, f func()) {
	f()
	b.ReportAllocs()
	before := processorTime()
	b.ResetTimer()
	for b.Loop() {
		f()
	}
	items := float64(b.N * n)
	b.ReportMetric(b.Elapsed().Seconds()*1e3/items, "ms/item")
	b.ReportMetric((processorTime()-before).Seconds()*1e3/items, "cpu-ms/item")
}

// BenchmarkJudge judges 32 pairs of statements of thirty words; run it with -cpu 1.
func BenchmarkJudge(b *testing.B) {
	pairs := make([][2]string, 32)
	for i := range pairs {
		pairs[i] = [2]string{statement, otherStatement}
	}
	for _, k := range sets()[1:] {
		m := model(b).with(k)
		b.Run(k.name, func(b *testing.B) { measure(b, len(pairs), func() { m.Judge(pairs) }) })
	}
	b.Run("generic", func(b *testing.B) {
		m := model(b).with(&generic)
		measure(b, 1, func() { m.Judge(pairs[:1]) })
	})
}

// BenchmarkEmbed makes vectors of sentences of 25 words, alone and by the hundred.
func BenchmarkEmbed(b *testing.B) {
	m := model(b)
	b.Run("one", func(b *testing.B) { measure(b, 1, func() { m.Embed([]string{sentence}) }) })
	texts := strings.Split(strings.Repeat(sentence+"\n", 99)+sentence, "\n")
	b.Run("hundred", func(b *testing.B) { measure(b, len(texts), func() { m.Embed(texts) }) })
}

// BenchmarkPieces cuts a sentence into word pieces.
func BenchmarkPieces(b *testing.B) {
	v := model(b).vocabulary
	b.ReportAllocs()
	for b.Loop() {
		v.single(statement, 128)
	}
}

// BenchmarkLoad loads the model, and reports the memory that it holds beyond its
// file.
func BenchmarkLoad(b *testing.B) {
	model(b)
	file := modelFile(b)
	held := func() float64 {
		runtime.GC()
		var s runtime.MemStats
		runtime.ReadMemStats(&s)
		return float64(s.HeapAlloc) / 1e6
	}
	before := held()
	var m *Model
	for b.Loop() {
		var err error
		if m, err = Load(file); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(held()-before, "MB")
	m.Judge([][2]string{{statement, otherStatement}})
	b.ReportMetric(held()-before, "MB-with-room")
}

// modelFile gives the file of the model that is measured.
func modelFile(b *testing.B) []byte {
	if len(embedded) > 0 {
		return embedded
	}
	return read(b, os.Getenv("ENCODER_MODEL"))
}
