package load

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Usage is what a server uses at one moment.
type Usage struct {
	At time.Duration // since the first one
	// Memory is what the process has of the machine's, in bytes; Heap what is in use of
	// its heap.
	Memory, Heap float64
	// Files are open file handles, Routines goroutines, Connections those to the database.
	Files, Routines, Connections float64
	// Waiting are jobs that nobody works on yet.
	Waiting float64
}

// Measured are the figures of a [Usage] that have to stay flat, by name.
var Measured = []struct {
	Name string
	Of   func(Usage) float64
	// Slack is how much it may rise beside a tenth of what it was: what comes and goes.
	Slack float64
}{
	{"memory MB", func(u Usage) float64 { return u.Memory / 1e6 }, 10},
	{"heap MB", func(u Usage) float64 { return u.Heap / 1e6 }, 20},
	{"file handles", func(u Usage) float64 { return u.Files }, 10},
	{"goroutines", func(u Usage) float64 { return u.Routines }, 20},
	{"database connections", func(u Usage) float64 { return u.Connections }, 2},
}

// Look gives what the server uses now.
func (p *Program) Look(ctx context.Context) (Usage, error) {
	var u Usage
	memory, err := residentMemory(p.PID)
	if err != nil {
		return u, err
	}
	files, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", p.PID))
	if err != nil {
		return u, err
	}
	figures, err := p.figures(ctx)
	if err != nil {
		return u, err
	}
	return Usage{Memory: memory, Heap: figures["go_memstats_heap_inuse_bytes"], Files: float64(len(files)), Routines: figures["go_goroutines"],
		Connections: figures["db_pool_connections"], Waiting: jobsIn(figures, "available")}, nil
}

// jobsIn gives the number of jobs in some states, of all kinds.
func jobsIn(figures map[string]float64, states ...string) (n float64) {
	for name, v := range figures {
		for _, state := range states {
			if strings.HasPrefix(name, "jobs{") && strings.Contains(name, `state="`+state+`"`) {
				n += v
			}
		}
	}
	return n
}

// residentMemory reads how much memory a process has, in bytes.
func residentMemory(pid int) (float64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
			return kb * 1024, err
		}
	}
	return 0, fmt.Errorf("process %d has no memory", pid)
}

// figures reads the server's metrics by name and labels.
func (p *Program) figures(ctx context.Context) (map[string]float64, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.Figures, nil)
	if err != nil {
		return nil, err
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }() // it was read
	out := map[string]float64{}
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		name, value, found := strings.Cut(lines.Text(), " ")
		if v, err := strconv.ParseFloat(value, 64); found && err == nil {
			out[name] = v
		}
	}
	return out, nil
}

// Watch looks at the server again and again until ctx ends.
func (p *Program) Watch(ctx context.Context, every time.Duration) ([]Usage, error) {
	var out []Usage
	begun := time.Now()
	for tick := time.NewTicker(every); ; {
		u, err := p.Look(ctx)
		if ctx.Err() != nil {
			tick.Stop()
			return out, nil
		}
		if err != nil {
			return out, err
		}
		u.At = time.Since(begun)
		out = append(out, u)
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
}

// Quarters gives the middle value of a figure in each quarter of the time.
func Quarters(all []Usage, of func(Usage) float64) (out [4]float64) {
	for q := range out {
		var values []float64
		for _, u := range all[q*len(all)/4 : (q+1)*len(all)/4] {
			values = append(values, of(u))
		}
		if slices.Sort(values); len(values) > 0 {
			out[q] = values[len(values)/2]
		}
	}
	return out
}

// Rises tells whether a figure was higher in the last quarter than in the second one,
// in which all that is kept on purpose is there, by more than a tenth and its slack.
func Rises(quarters [4]float64, slack float64) bool { return quarters[3] > 1.1*quarters[1]+slack }
