package size

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestFlags tells what is flagged, given what the statements of a call cost in three
// archives.
func TestFlags(t *testing.T) {
	t.Parallel()
	const list = "SELECT id FROM findings LIMIT 51"
	looked := func(rows, pages, found float64) *statement {
		return &statement{SQL: list, Runs: 1, Rows: rows, Buffers: pages, Found: found}
	}
	scan := func(rows float64) *statement {
		s := looked(rows, rows/50, 1)
		s.Scanned = map[string]float64{"articles": rows}
		return s
	}
	for name, c := range map[string]struct {
		sizes []*statement
		want  string
	}{
		"the same in all":                      {[]*statement{looked(900, 3000, 51), looked(900, 3100, 51), looked(900, 3200, 51)}, ""},
		"as a logarithm":                       {[]*statement{looked(4000, 8000, 51), looked(5000, 10_000, 51), looked(6000, 12_000, 51)}, ""},
		"with the archive":                     {[]*statement{looked(100, 300, 51), looked(1000, 3000, 51), looked(10_000, 30_000, 51)}, "reads 10000 rows instead of 100"},
		"with its root":                        {[]*statement{looked(1000, 3000, 51), looked(3162, 9500, 51), looked(10_000, 30_000, 51)}, "reads 10000 rows instead of 1000"},
		"up to the second alone":               {[]*statement{looked(1000, 3000, 51), looked(20_000, 60_000, 51), looked(21_000, 63_000, 51)}, ""},
		"rows that lie apart":                  {[]*statement{looked(2000, 900, 51), looked(2000, 3000, 51), looked(2000, 9000, 51)}, ""},
		"pages of an index without rows":       {[]*statement{looked(50, 300, 51), looked(50, 3000, 51), looked(50, 30_000, 51)}, "looks at 30000 pages instead of 300"},
		"a count up to a bound":                {[]*statement{looked(30, 90, 10), looked(300, 900, 100), looked(3000, 9000, 1001)}, ""},
		"a bounded list of which much is left": {[]*statement{looked(30, 90, 10), looked(300, 900, 51), looked(3000, 9000, 51)}, "reads 3000 rows instead of 30"},
		"a table up to a bound":                {[]*statement{scan(300), scan(10_001), scan(10_001)}, ""},
		"all of a table":                       {[]*statement{scan(10_000), scan(100_000), scan(1_000_000)}, "reads all of articles, 1000000 rows"},
	} {
		r := result{}
		for _, s := range c.sizes {
			cost := newCost()
			cost.add([]statement{*s})
			r.Costs = append(r.Costs, cost)
		}
		got := strings.Join(r.flags([]string{"articles"}), "\n")
		if what, _, _ := strings.Cut(got, ": "); what != c.want {
			t.Errorf("%s: flagged as %q, not %q", name, got, c.want)
		}
	}
}

// TestFlagsOfTimes tells which times are flagged.
func TestFlagsOfTimes(t *testing.T) {
	t.Parallel()
	for want, times := range map[string][]time.Duration{
		"":                            {10, 20, 30},
		"takes 400ms instead of 40ms": {40, 120, 400},
	} {
		r := result{}
		for _, d := range times {
			cost := newCost()
			cost.Times = slices.Repeat([]time.Duration{d * time.Millisecond}, noisyAnswers)
			r.Costs = append(r.Costs, cost)
		}
		if got := strings.Join(r.flags(nil), "\n"); got != want {
			t.Errorf("%v are flagged as %q, not %q", times, got, want)
		}
	}
}

// TestWorkThatMoves holds that a statement that only a larger archive runs is not flagged
// where another is spared in its place.
func TestWorkThatMoves(t *testing.T) {
	t.Parallel()
	small, large := newCost(), newCost()
	small.add([]statement{{SQL: "one way", Runs: 1, Rows: 5000, Buffers: 15_000, Found: 51}})
	large.add([]statement{{SQL: "another", Runs: 1, Rows: 5500, Buffers: 16_000, Found: 51}})
	if got := (result{Costs: []*cost{small, small, large}}).flags(nil); len(got) > 0 {
		t.Errorf("flagged: %q", got)
	}
}
