package size

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"corroborate/internal/server"
)

var (
	folder   = flag.String("size.dir", "", "where archives are kept; without it nothing large is measured")
	address  = flag.String("size.url", "", "a superuser's connection string of a cluster that runs already, in place of -size.dir")
	articles = flag.String("size.articles", "10000,100000,1000000", "how many articles the archives have")
	pattern  = flag.Int("size.pattern", 1000, "how many articles are analysed and then copied")
	timed    = flag.Int("size.timed", 105, "how many articles are sent for their times")
	told     = flag.Int("size.told", 21, "how many further articles are sent for what their statements read")
	only     = flag.String("size.only", "", "a pattern of the addresses to measure, all where it is empty")
)

// sizes reads the sizes that were chosen.
func sizes(t *testing.T) []int {
	t.Helper()
	var out []int
	for _, s := range strings.Split(*articles, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < *pattern || n%*pattern != 0 {
			t.Fatalf("size: -size.articles has %q: it takes multiples of %d", s, *pattern)
		}
		out = append(out, n)
	}
	return out
}

// large opens the archives that were chosen, and makes those that are not there.
func large(t *testing.T) []*archive {
	t.Helper()
	var c cluster
	switch {
	case *address != "":
		c = cluster{t: t, url: *address}
	case *folder != "":
		c = startCluster(t, *folder)
	default:
		t.Skip("SKIPPED: -size.dir is not set: run make size")
	}
	tails := map[string][]string{}
	var out []*archive
	for _, n := range sizes(t) {
		out = append(out, openArchive(t, c.archive(n, *pattern), n, tails, false))
	}
	return out
}

// TestReads measures every page and call that reads, with its filters and orders.
func TestReads(t *testing.T) {
	archives := large(t)
	conclude(t, archives, measureReads(t, archives, regexp.MustCompile(*only)))
}

// measureReads measures the calls whose addresses are wanted.
func measureReads(t *testing.T, archives []*archive, wanted *regexp.Regexp) []result {
	t.Helper()
	calls, err := reads(archives[0].Service)
	if err != nil {
		t.Fatal(err)
	}
	var results []result
	for _, c := range calls {
		if !wanted.MatchString(c.Address) {
			continue
		}
		if r := sideBySide(archives, c); r != nil {
			results = append(results, *r)
			t.Log(r.line())
		}
		if c.Way == server.ByKey && !strings.Contains(c.Address, "?") {
			if r := deepSideBySide(archives, c); r != nil {
				results = append(results, *r)
			}
		}
	}
	return results
}

// sideBySide measures a call in one archive after the other, nil where it is not
// answered.
func sideBySide(archives []*archive, c call) *result {
	r := result{Name: c.Address}
	for _, a := range archives {
		cost := a.measure(c)
		if cost.Status >= http.StatusBadRequest && cost.Status != http.StatusServiceUnavailable || cost.Status == 0 {
			fmt.Printf("not measured: %s answers %d\n", c.Address, cost.Status)
			return nil
		}
		if cost.Status == http.StatusServiceUnavailable {
			r.Name = c.Address + " (gave up)"
		}
		r.Costs = append(r.Costs, cost)
	}
	for n := 0; n < again && r.slower() != ""; n++ {
		for i, a := range archives {
			a.timeAgain(r.Costs[i], c)
		}
	}
	return &r
}

// deepSideBySide measures what a list gives far down.
func deepSideBySide(archives []*archive, c call) *result {
	r := result{Name: c.Address + " (page 21)"}
	for _, a := range archives {
		address := a.deep(c)
		if address == "" {
			return nil
		}
		r.Costs = append(r.Costs, a.measure(call{Way: c.Way, Address: address}))
	}
	return &r
}

// TestFill makes the archives and measures nothing.
func TestFill(t *testing.T) { large(t) }

// TestWrites measures what people write.
func TestWrites(t *testing.T) {
	archives := large(t)
	var results []result
	for _, x := range writes {
		r := result{Name: x.name}
		for range archives {
			r.Costs = append(r.Costs, newCost())
		}
		for i := range x.times {
			for n, a := range archives {
				if err := a.write(r.Costs[n], x, i); err != nil {
					t.Fatal(err)
				}
			}
		}
		t.Log(r.line())
		results = append(results, r)
	}
	conclude(t, archives, results)
}

// mostIntake is how many times as much one more article may cost in the largest archive
// as in the smallest.
const mostIntake = 1.5

// TestIntake measures what one more article costs the whole way, and the jobs that come
// again and again.
func TestIntake(t *testing.T) {
	archives := large(t)
	results := []result{{Name: "one more article", Most: mostIntake}, {Name: "jobs at a start"}}
	for range archives {
		results[0].Costs = append(results[0].Costs, newCost())
	}
	t.Run("timed", func(t *testing.T) {
		var all []*intake
		for _, a := range archives {
			all = append(all, openIntake(t, a, *pattern, false))
		}
		for i := range *timed {
			for n, in := range all {
				results[0].Costs[n].took(in.send(i))
			}
			t.Log(results[0].line())
		}
	})
	t.Run("told", func(t *testing.T) {
		var all []*intake
		for _, a := range archives {
			in, jobs := startJobs(t, a, *pattern)
			all, results[1].Costs = append(all, in), append(results[1].Costs, jobs)
		}
		for i := range *told {
			for n, in := range all {
				results[0].Costs[n].add(slices.DeleteFunc(in.statement.of(func() { in.send(*timed + i) }), isSweep))
			}
		}
	})
	conclude(t, archives, results)
}

// isSweep tells what deletes old events now and then, which no article is the cause of.
func isSweep(s statement) bool {
	return strings.HasPrefix(strings.TrimSpace(s.SQL), "DELETE FROM events")
}

// conclude prints results and fails where something grows.
func conclude(t *testing.T, archives []*archive, results []result) {
	t.Helper()
	tables, err := growing(t.Context(), archives[0].Pool)
	if err != nil {
		t.Fatal(err)
	}
	if n := print(os.Stdout, archives, results, tables); n > 0 {
		t.Errorf("%d of %d grow with the archive", n, len(results))
	}
}
