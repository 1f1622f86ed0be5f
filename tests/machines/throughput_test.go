package machines

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

var (
	batch  = flag.Int("machines.batch", 300, "how many articles each number of workers analyses")
	rounds = flag.Int("machines.rounds", 2, "how often each number of workers has its turn")
)

// TestThroughput has one, two and three servers that work, a job at a time each, analyse
// the same articles in turn, on a database of their own each time, and tells how many they
// do in a minute.
func TestThroughput(t *testing.T) {
	if !*full {
		t.Skip("it measures, and takes minutes")
	}
	done := map[int][]string{}
	for round := range *rounds {
		for n := 1; n <= 3; n++ {
			t.Run(fmt.Sprintf("round %d, %d workers", round+1, n), func(t *testing.T) {
				f := newFleet(t, 1, 0)
				perMinute, used := (&clients{fleet: f}).analyse(n, f.lines[:*batch])
				done[n] = append(done[n], fmt.Sprintf("%.0f", perMinute))
				t.Logf("%.0f articles a minute, %.1f s of processor time of the workers", perMinute, used.Seconds())
			})
		}
	}
	for n := 1; n <= 3; n++ {
		t.Logf("%d workers: %s articles a minute", n, strings.Join(done[n], ", "))
	}
}

// analyse sends articles, and has so many servers work until all are read and compared.
// It gives how many articles they did in a minute, and the processor time that they used.
func (c *clients) analyse(workers int, lines [][]byte) (perMinute float64, used time.Duration) {
	c.t.Helper()
	c.send(lines)
	c.working = nil
	began := time.Now()
	for i := range workers {
		c.work(fmt.Sprintf("work %d of %d", i+1, workers))
	}
	c.settled()
	took := time.Since(began)
	for _, s := range c.working {
		if status := s.stop(); status != 0 {
			c.t.Errorf("%s ended with status %d", s.name, status)
		}
		used += s.used
	}
	return float64(len(lines)) / took.Minutes(), used
}

// send stores articles; as no server works, they wait.
func (c *clients) send(lines [][]byte) {
	c.t.Helper()
	for _, line := range lines {
		r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, c.next()+"/api/v1/articles", bytes.NewReader(line))
		if err != nil {
			c.t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+adminKey)
		r.Header.Set("Content-Type", "application/json")
		resp, err := client.Do(r)
		if err != nil {
			c.t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusAccepted {
			c.t.Fatalf("an article: status %d", resp.StatusCode)
		}
	}
}
