// Package growthtest holds that work on hostile texts grows with their length and no
// faster. It makes texts that are known to bring parsers to a stand, one four times as
// long as the other, and compares what they cost in time of the processor: that is the
// same on a busy machine, and shows a square of the length as sixteen times.
package growthtest

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	// times is how much longer the second text is; most is how much more it may cost.
	times = 4
	most  = 11
	// tries is how often each is measured: the least counts.
	tries = 2
	// floor is the time below which nothing is compared: it is mostly chance.
	floor = 100 * time.Millisecond
)

// shapes are what the texts are made of, over and over.
var shapes = map[string]string{
	"one word":             "bridge ",
	"one token":            "x",
	"digits":               "7",
	"numbers":              "1,200 ",
	"names":                "Ann Weller ",
	"sentences alike":      "The mayor said the bridge was closed on Monday. ",
	"speakers":             "he said, ",
	"speakers in speakers": "said that ",
	"quotations":           "“It is,” he said. ",
	"quotes that open":     "“",
	"quotes that close":    "” ",
	"straight quotes":      `" `,
	"brackets that open":   "(",
	"square brackets":      "[",
	"braces":               "{",
	"angle brackets":       "<",
	"tags":                 "<b>",
	"ampersands":           "&",
	"backslashes":          `\`,
	"colons":               "source:",
	"minuses":              "-",
	"commas":               ", ",
	"dots":                 ". ",
	"abbreviations":        "U.S. ",
	"lines":                "a\n",
	"carriage returns":     "\r",
	"spaces":               " ",
	"wide spaces":          "\u3000",
	"marks on one letter":  "\u0301",
	"right to left":        "\u202e\u0627",
	"broken bytes":         "\xff\xc0",
	"zeros":                "\x00",
	"percents":             "%25",
}

// Linear calls do with each shape of text, up to most bytes long, and fails the test
// where four times the length costs far more than four times as much. The test must not
// be parallel: the time is that of the whole process.
func Linear(t *testing.T, size int, do func(text string)) {
	t.Helper()
	for name, shape := range shapes {
		short, long := cost(do, repeat(shape, size/times)), cost(do, repeat(shape, size))
		t.Logf("%-22s %8v, at %d times the length %8v", name, short.Round(time.Millisecond), times, long.Round(time.Millisecond))
		if long > floor && long > most*max(short, floor/times) {
			t.Errorf("%s: %v, and %v at %d times the length", name, short, long, times)
		}
	}
}

// Within calls do with each shape of text at several lengths up to size, and fails the
// test where one costs more than a time of the processor: for work that a bound on the
// length bounds. A shape may be the worse for being shorter, where readers give up on what
// is longer.
func Within(t *testing.T, size int, bound time.Duration, do func(text string)) {
	t.Helper()
	for name, shape := range shapes {
		for length := size; length >= size/times; length /= 2 {
			if took := cost(do, repeat(shape, length)); took > bound {
				t.Errorf("%s, %d bytes: %v, want at most %v", name, length, took, bound)
			}
		}
	}
}

func repeat(shape string, size int) string { return strings.Repeat(shape, max(1, size/len(shape))) }

// cost gives the time of the processor that a call takes.
func cost(do func(string), text string) time.Duration {
	least := time.Duration(1<<63 - 1)
	for range tries {
		before := used()
		do(text)
		least = min(least, used()-before)
	}
	return least
}

// used gives the time of the processor that the process has had.
func used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // it takes no argument that could be wrong
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
