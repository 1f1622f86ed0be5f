package faults

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// firstStart is how long the first start may take, in which a cluster is made and the
// model is loaded; recovery is how long the service may take after a fault.
const (
	firstStart = 5 * time.Minute
	recovery   = 90 * time.Second
)

// World is one database with the servers on it and those who write to it.
type World struct {
	Name    string
	dir     string
	disk    *disk
	dataDir string // that of the cluster, on the disk
	cluster *keptCluster
	proxy   *Proxy
	ledger  *Ledger
	client  *Client
	answers tally
	tell    func(format string, args ...any)

	mu       sync.Mutex
	servers  []*Server
	problems []string
	probes   atomic.Int64
}

// newWorld makes an empty world in a folder of its own.
func newWorld(ctx context.Context, name, dir string, tell func(string, ...any)) (*World, error) {
	w := &World{Name: name, dir: filepath.Join(dir, name), ledger: NewLedger(), tell: tell}
	if err := os.MkdirAll(w.dir, 0o755); err != nil {
		return nil, err
	}
	var err error
	if w.disk, err = newDisk(ctx, filepath.Join(w.dir, "disk")); err != nil {
		return nil, err
	}
	w.dataDir = filepath.Join(w.disk.dir, "data")
	w.client = newClient(w.urls, w.answers.add, func(what string) { w.problem("%s", what) })
	return w, nil
}

// problem notes what is wrong.
func (w *World) problem(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	text := fmt.Sprintf(format, args...)
	w.problems = append(w.problems, w.Name+": "+text)
	w.tell("PROBLEM %s: %s", w.Name, text)
}

// withCluster gives the world a cluster of the harness, behind a proxy.
func (w *World) withCluster(ctx context.Context) error {
	f, err := os.OpenFile(filepath.Join(w.dir, "cluster.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if w.cluster, err = keepCluster(ctx, w.dataDir, slog.New(slog.NewTextHandler(f, nil))); err != nil {
		return err
	}
	w.proxy, err = NewProxy(dialSocket(w.dataDir))
	return errors.Join(err, settle(ctx, w.dataDir))
}

// clockFile names the file by which a server's clock is set.
func (w *World) clockFile(server string) string { return filepath.Join(w.dir, server+".clock") }

// addServer starts a server. Without a cluster of the harness it has a private one.
func (w *World) addServer(name, program string) (*Server, error) {
	env := []string{"ADMIN_API_KEY=" + apiKey, "ADMIN_PASSWORD=correct-horse-9", "LOG_FORMAT=json", "FAULTS_CLOCK=" + w.clockFile(name),
		"DATABASE_URL=", "DATABASE_TIMEOUT=10s", "SAMPLE=", "CALLS_PER_MINUTE=100000"}
	if w.proxy == nil {
		env = append(env, "DATA_DIR="+w.dataDir)
	} else {
		env = append(env, "DATA_DIR="+filepath.Join(w.dir, "data"), "DATABASE_URL=postgres://corroborate@"+w.proxy.Addr()+"/corroborate?sslmode=disable")
	}
	s, err := StartServer(name, program, filepath.Join(w.dir, name+".log"), env)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.servers = append(w.servers, s)
	return s, nil
}

// dropServer forgets a server that was ended.
func (w *World) dropServer(s *Server) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var rest []*Server
	for _, other := range w.servers {
		if other != s {
			rest = append(rest, other)
		}
	}
	w.servers = rest
}

func (w *World) running() []*Server {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]*Server(nil), w.servers...)
}

// private gives the servers that have a cluster of their own on the world's disk.
func (w *World) private() []*Server {
	if w.cluster != nil {
		return nil
	}
	return w.running()
}

func (w *World) urls() []string {
	var out []string
	for _, s := range w.running() {
		out = append(out, s.URL)
	}
	return out
}

// ready waits until every server says that it is ready and takes a write.
func (w *World) ready(ctx context.Context, most time.Duration) error {
	within, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	for _, s := range w.running() {
		var last string
		for {
			ok := false
			if ok, last = w.tries(within, s.URL); ok {
				break
			}
			if pause(within, 100*time.Millisecond); within.Err() != nil {
				return fmt.Errorf("%s was not ready after %v: %s", s.Name, most, last)
			}
		}
	}
	return nil
}

// probeTime is how long a server may take to show that it is ready. One that starts lets
// callers wait.
const probeTime = 10 * time.Second

// tries is takes for as long as a probe may take.
func (w *World) tries(ctx context.Context, base string) (ok bool, why string) {
	probe, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	return w.takes(probe, base)
}

// takes tells whether a server is ready and takes a write, or why it is not.
func (w *World) takes(ctx context.Context, base string) (ok bool, why string) {
	a, err := w.client.once(ctx, base, call{method: http.MethodGet, path: "/readyz"})
	if err != nil || a.status != http.StatusOK {
		return false, fmt.Sprintf("/readyz: %d %v", a.status, err)
	}
	title := fmt.Sprintf("probe-%s-%d", w.Name, w.probes.Add(1))
	w.ledger.note(func(b *book) { b.stories[title] = "" })
	a, err = w.client.once(ctx, base, call{method: http.MethodPost, path: "/api/v1/stories", body: object("title", title), key: title})
	if err != nil || a.status != http.StatusCreated {
		return false, fmt.Sprintf("a write: %d %v %.300s", a.status, err, a.body)
	}
	var made thing
	if err := a.into(&made); err != nil {
		return false, err.Error()
	}
	w.ledger.note(func(b *book) { b.stories[title] = made.ID })
	return true, ""
}

// end stops everything and removes the world's disk. The logs stay where keep is true.
func (w *World) end(keep bool) error {
	var errs []error
	for _, s := range w.running() {
		errs = append(errs, s.Stop())
	}
	if w.proxy != nil {
		errs = append(errs, w.proxy.Close())
	}
	if w.cluster != nil {
		w.cluster.stop()
	}
	errs = append(errs, w.disk.remove())
	if !keep {
		errs = append(errs, os.RemoveAll(w.dir))
	}
	return errors.Join(errs...)
}
