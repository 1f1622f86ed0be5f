//go:build faults

package main

import (
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// clock tells the time by a clock that can be stepped while the server runs, for the fault
// harness: it is off by the duration that stands in the file that FAULTS_CLOCK names.
var clock = steppedClock(os.Getenv("FAULTS_CLOCK"))

// stepEvery is the time between two looks into the file.
const stepEvery = 50 * time.Millisecond

func steppedClock(file string) func() time.Time {
	if file == "" {
		return nil
	}
	var off atomic.Int64
	look := func() {
		b, err := os.ReadFile(file)
		if err != nil {
			return // it is not there before the first step
		}
		if d, err := time.ParseDuration(strings.TrimSpace(string(b))); err == nil {
			off.Store(int64(d))
		}
	}
	look()
	go func() {
		for range time.Tick(stepEvery) {
			look()
		}
	}()
	return func() time.Time { return time.Now().Add(time.Duration(off.Load())) }
}
