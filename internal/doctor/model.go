package doctor

import (
	"fmt"
	"runtime"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/claims/encoder"
)

// slowModel is how long the language model may take for one sentence.
const slowModel = 200 * time.Millisecond

// Model loads the engine with its language model and has it read a sentence in two ways
// that have to give the same.
func Model() []Finding {
	a := &area{name: "model"}
	reinstall := "install the program again: its file is damaged"
	engine, err := claims.NewEngine()
	if err != nil {
		a.add(Fault, "the engine cannot be loaded: "+err.Error(), reinstall)
		return a.all
	}
	a.ok("engine %s, rules, data and model %s", engine.Info().Version, engine.Info().Hash)
	m, err := encoder.Default()
	if err != nil { // the engine has loaded it
		a.add(Fault, err.Error(), reinstall)
		return a.all
	}
	print, err := m.SelfTest()
	if err != nil {
		a.add(Fault, "the language model fails its test: "+err.Error(), "test the memory and the processor of this machine; then install the program again")
		return a.all
	}
	if m.Hash() != encoder.EmbeddedHash || print != encoder.EmbeddedPrint {
		a.add(Fault, fmt.Sprintf("the language model is not the one that this program was built with (%s, vector %s)", m.Hash()[:16], print), reinstall)
		return a.all
	}
	a.ok("the language model %s gives the expected vector %s", m.Hash()[:16], print)
	began := time.Now()
	m.Embed([]string{"The mayor said that the bridge would be closed for repairs until the end of March."})
	speed(a, m.Kernels(), time.Since(began))
	return a.all
}

// speed looks at how fast the model reads, and with what.
func speed(a *area, kernels string, took time.Duration) {
	says := fmt.Sprintf("it reads a sentence in %s with %s on %d processors", took.Round(100*time.Microsecond), kernels, runtime.GOMAXPROCS(0))
	switch {
	case kernels == "generic":
		a.add(Warning, says+": this processor lacks AVX2, so reading is many times slower", "move to a machine with a processor of after 2013")
	case took > slowModel:
		a.add(Note, says+", which is slow", "see what else this machine works on")
	default:
		a.ok("%s", says)
	}
}
