// Gomlx measures the language model of the program beside the same model, with
// the same weights as floats, in the Go backend of github.com/gomlx/gomlx, by
// turns in one process:
//
//	GOMAXPROCS=1 go run . -model model.safetensors -reference reference.jsonl
//
// It takes the last pair of the reference, which training/judge/reference.py
// makes, checks that both give its logits, and prints milliseconds for a pair. The
// folder is a module of its own, so that nothing of this enters the program.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"math"
	"os"
	"slices"
	"syscall"
	"time"

	"github.com/gomlx/gomlx/backends/simplego"

	"corroborate/internal/claims/encoder"
)

// pair is a line of the reference.
type pair struct {
	Texts    [2]string
	IDs      []int32
	Relation [3]float32
}

func main() {
	model := flag.String("model", "", "file of the model")
	reference := flag.String("reference", "", "answers of training/judge/reference.py")
	batch := flag.Int("batch", 32, "pairs at a time")
	turns := flag.Int("turns", 5, "how often each is measured")
	flag.Parse()
	if err := compare(*model, *reference, *batch, *turns); err != nil {
		log.Fatal(err)
	}
}

func compare(model, reference string, batch, turns int) error {
	p, err := lastPair(reference)
	if err != nil {
		return err
	}
	file, err := os.ReadFile(model)
	if err != nil {
		return err
	}
	ours, err := encoder.Load(file)
	if err != nil {
		return err
	}
	weights, err := readWeights(file)
	if err != nil {
		return err
	}
	theirs, err := newGraph(simplego.GetBackend(), weights, slices.Repeat([][]int32{p.IDs}, batch))
	if err != nil {
		return err
	}
	pairs := slices.Repeat([][2]string{p.Texts}, batch)
	judge := func() ([3]float32, error) { return ours.Judge(pairs)[batch-1].Relation, nil }
	for _, f := range []func() ([3]float32, error){judge, theirs} {
		if err := check(f, p.Relation); err != nil {
			return err
		}
	}
	fmt.Printf("%d tokens, %d pairs at a time; milliseconds of a processor for a pair\nours\tgomlx\tratio\n", len(p.IDs), batch)
	for range turns {
		a, b := spent(judge)/float64(batch), spent(theirs)/float64(batch)
		fmt.Printf("%.2f\t%.2f\t%.1f\n", a, b, b/a)
	}
	return nil
}

// lastPair reads the last line of a reference.
func lastPair(name string) (p pair, err error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return p, err
	}
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	return p, json.Unmarshal(lines[len(lines)-1], &p)
}

// check asserts that f gives the logits of the reference.
func check(f func() ([3]float32, error), want [3]float32) error {
	got, err := f()
	for i, x := range got {
		if err == nil && math.Abs(float64(x-want[i])) > 1e-3 {
			err = fmt.Errorf("the logits are %v, not %v", got, want)
		}
	}
	return err
}

// spent gives the milliseconds that the processors work on f: the clock would count
// what other programs take.
func spent(f func() ([3]float32, error)) float64 {
	before := processors()
	if _, err := f(); err != nil {
		log.Fatal(err)
	}
	return (processors() - before).Seconds() * 1000
}

func processors() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		log.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
