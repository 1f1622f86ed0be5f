package main

import (
	"bufio"
	"bytes"
	"context"
	"html"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"corroborate/internal/sample"
	"corroborate/internal/store/storetest"
)

// TestMain lets the test binary be the server, so that tests can kill it.
func TestMain(m *testing.M) {
	if os.Getenv("BE_THE_SERVER") != "" {
		main()
	}
	os.Exit(m.Run())
}

// process is a server in a process of its own.
type process struct {
	cmd *exec.Cmd
	url string
	log string // the file that its standard error goes to
}

// said gives what the server has logged.
func (p *process) said(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(p.log)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// startProcess starts a command of the program with these settings alone, and gives the
// first line that it prints.
func startProcess(t *testing.T, vars map[string]string, args ...string) (p *process, line string) {
	t.Helper()
	p = &process{cmd: exec.Command(os.Args[0], args...), log: filepath.Join(t.TempDir(), "log")}
	p.cmd.Env = []string{"BE_THE_SERVER=1", "ADDR=127.0.0.1:0", "PATH=" + os.Getenv("PATH"), "PG_BIN_DIR=" + os.Getenv("PG_BIN_DIR")}
	for k, v := range vars {
		p.cmd.Env = append(p.cmd.Env, k+"="+v)
	}
	log, err := os.Create(p.log)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	p.cmd.Stderr = log
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p.cmd.ProcessState == nil {
			_ = p.cmd.Process.Kill()
			_ = p.cmd.Wait()
		}
	})
	if line, err = bufio.NewReader(stdout).ReadString('\n'); err != nil {
		_ = p.cmd.Wait()
		t.Fatalf("the program did not start: %s", p.said(t))
	}
	return p, strings.TrimSpace(line)
}

// startServer starts a server with these settings alone and waits until it
// listens.
func startServer(t *testing.T, vars map[string]string, flags ...string) *process {
	t.Helper()
	p, line := startProcess(t, vars, append([]string{"serve"}, flags...)...)
	url, found := strings.CutPrefix(line, "listening on ")
	if !found {
		t.Fatalf("the server printed %q", line)
	}
	p.url = url
	return p
}

// end signals the server and gives its exit status, -1 for one that was killed.
func (p *process) end(t *testing.T, sig syscall.Signal) int {
	t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
	_ = p.cmd.Wait() // its status is what is asked for
	return p.cmd.ProcessState.ExitCode()
}

func (p *process) checkHealth(t *testing.T) {
	t.Helper()
	addr := strings.TrimPrefix(p.url, "http://")
	if _, stderr, status := call(t, map[string]string{"ADDR": addr, "DATA_DIR": "/nowhere"}, "healthcheck"); status != 0 {
		t.Fatalf("not well: %s\nthe server said: %s", stderr, p.said(t))
	}
}

// databases give settings for a server with each kind of database.
var databases = map[string]func(*testing.T) map[string]string{
	"private database": privateData,
	"given database": func(t *testing.T) map[string]string {
		return map[string]string{"DATABASE_URL": storetest.URL(t), "DATA_DIR": t.TempDir()}
	},
}

// privateData gives settings for a server with a private database in a folder
// that the user postgres can reach.
func privateData(t *testing.T) map[string]string {
	t.Helper()
	if os.Getenv("TEST_DATABASE_URL") == "" {
		storetest.New(t) // skips or fails: where that is not set, PostgreSQL may be missing
	}
	dir, err := os.MkdirTemp("", "server")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if pid := postmaster(dir); pid != 0 { // a server that failed its test has left it
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return map[string]string{"DATA_DIR": dir}
}

// postmaster gives the process id of the private cluster that runs, else 0.
func postmaster(dataDir string) int {
	b, err := os.ReadFile(filepath.Join(dataDir, "postgres", "postmaster.pid"))
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(b), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		return 0
	}
	return pid
}

func TestServeGivenDatabase(t *testing.T) {
	t.Parallel()
	vars := map[string]string{"DATABASE_URL": storetest.URL(t), "DATA_DIR": t.TempDir()}
	for range 2 { // the second one finds its database in use before
		p := startServer(t, vars)
		p.checkHealth(t)
		if status := p.end(t, syscall.SIGTERM); status != 0 {
			t.Errorf("status %d after SIGTERM: %s", status, p.said(t))
		}
	}
	if _, err := os.Stat(filepath.Join(vars["DATA_DIR"], "postgres")); err == nil {
		t.Error("a private cluster was made beside the given database")
	}
}

// get asks for an address, with a key where one is given.
func get(t *testing.T, url, key string) (status int, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if key != "" {
		req.Header.Set("Authorization", "Bearer "+key)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

func TestServePutsThePartsTogether(t *testing.T) {
	t.Parallel()
	const key = "a-key-that-is-long-enough"
	p := startServer(t, map[string]string{
		"DATABASE_URL": storetest.URL(t), "DATA_DIR": t.TempDir(), "SAMPLE": "true", "PUBLIC_READ": "true",
		"ADMIN_PASSWORD": "correct horse battery", "ADMIN_API_KEY": key, "METRICS_ADDR": "127.0.0.1:0",
	})
	story, err := sample.Load()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		path, key string
		status    int
		want      string
	}{
		{"/", "", http.StatusOK, html.EscapeString(story.Title)},
		{"/readyz", "", http.StatusOK, "ready"},
		{"/openapi.json", "", http.StatusOK, `"3.1`},
		{"/api/v1/stories", key, http.StatusOK, `"items"`},
		{"/metrics", key, http.StatusOK, "go_goroutines"},
		{"/metrics", "", http.StatusUnauthorized, ""},
	}
	for _, tt := range tests {
		status, body := get(t, p.url+tt.path, tt.key)
		if status != tt.status || !strings.Contains(body, tt.want) {
			t.Errorf("%s: status %d, want %d and %q in %.300q", tt.path, status, tt.status, tt.want, body)
		}
	}
	if status := p.end(t, syscall.SIGTERM); status != 0 {
		t.Errorf("status %d after SIGTERM", status)
	}
	for _, secret := range []string{key, "correct horse"} {
		if strings.Contains(p.said(t), secret) {
			t.Errorf("the log holds %q: %s", secret, p.said(t))
		}
	}
}

// checkFirstPassword looks at the file with the generated password: the log
// names it and does not hold what is in it.
func checkFirstPassword(t *testing.T, dataDir, log string) {
	t.Helper()
	path := filepath.Join(dataDir, "first-password")
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode of %s is %v, want 0600", path, info.Mode().Perm())
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for word := range strings.FieldsSeq(string(b)) {
		if len(word) > 10 && strings.Contains(log, word) && !strings.Contains(path, word) {
			t.Errorf("the log holds the password: %s", log)
		}
	}
	if !strings.Contains(log, path) {
		t.Errorf("the log does not name %s: %s", path, log)
	}
}

func TestServePrivateDatabase(t *testing.T) {
	t.Parallel()
	vars := privateData(t)
	p := startServer(t, vars)
	p.checkHealth(t)
	if status := p.end(t, syscall.SIGINT); status != 0 {
		t.Errorf("status %d after an interrupt: %s", status, p.said(t))
	}
	checkFirstPassword(t, vars["DATA_DIR"], p.said(t))
	killed := startServer(t, vars)
	if status := killed.end(t, syscall.SIGKILL); status != -1 {
		t.Fatalf("status %d after SIGKILL", status)
	}
	again := startServer(t, vars)
	again.checkHealth(t)
	if !strings.Contains(again.said(t), "attaching") {
		t.Errorf("the server did not attach to the postgres that ran: %s", again.said(t))
	}
	if status := again.end(t, syscall.SIGINT); status != 0 {
		t.Errorf("status %d after an interrupt: %s", status, again.said(t))
	}
}

func TestServerEndsWithItsDatabase(t *testing.T) {
	t.Parallel()
	vars := privateData(t)
	p := startServer(t, vars)
	pid := postmaster(vars["DATA_DIR"])
	if pid == 0 {
		t.Fatal("no postmaster runs")
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = p.cmd.Wait() // its status is what is asked for
	if status := p.cmd.ProcessState.ExitCode(); status != 1 || !strings.Contains(p.said(t), errDatabaseLost.Error()) {
		t.Errorf("status %d, %s; want 1 and the reason", status, p.said(t))
	}
	again := startServer(t, vars)
	again.checkHealth(t)
	if status := again.end(t, syscall.SIGINT); status != 0 {
		t.Errorf("status %d after an interrupt: %s", status, again.said(t))
	}
}

func TestServeRefusals(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { taken.Close() })
	databaseURL := storetest.URL(t)
	tests := []struct {
		name   string
		vars   map[string]string
		want   string
		status int
	}{
		{"address in use", map[string]string{"ADDR": taken.Addr().String()}, "listen on ADDR", 1},
		{"wrong settings", map[string]string{"ADDR": "nowhere"}, "ADDR: want host:port", 2},
		{"no such database", map[string]string{"DATABASE_URL": strings.Replace(databaseURL, "/t_", "/gone_", 1)}, "does not exist", 1},
		{"no programs", map[string]string{"PG_BIN_DIR": t.TempDir()}, "PG_BIN_DIR", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			vars := map[string]string{"ADDR": "127.0.0.1:0", "DATA_DIR": t.TempDir()}
			if err := os.Chmod(filepath.Dir(vars["DATA_DIR"]), 0o711); err != nil {
				t.Fatal(err)
			}
			for k, v := range tt.vars {
				vars[k] = v
			}
			_, stderr, status := call(t, vars, "serve")
			if status != tt.status || !strings.Contains(stderr, tt.want) {
				t.Errorf("status %d, %q; want %d and %q", status, stderr, tt.status, tt.want)
			}
		})
	}
}

func TestMigrateCommand(t *testing.T) {
	t.Parallel()
	vars := map[string]string{"DATABASE_URL": storetest.URL(t), "DATA_DIR": t.TempDir()}
	stdout, stderr, status := call(t, vars, "migrate")
	if status != 0 || !strings.Contains(stdout, "up to date") {
		t.Errorf("status %d, %q, %q", status, stdout, stderr)
	}
}

func TestHealthcheck(t *testing.T) {
	t.Parallel()
	for answer, want := range map[int]int{http.StatusOK: 0, http.StatusServiceUnavailable: 1} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/healthz" {
				t.Errorf("asked for %s", r.URL.Path)
			}
			w.WriteHeader(answer)
		}))
		vars := map[string]string{"ADDR": server.Listener.Addr().String(), "DATA_DIR": "/nowhere"}
		if _, stderr, status := call(t, vars, "healthcheck"); status != want {
			t.Errorf("the service answers %d: status %d, want %d: %s", answer, status, want, stderr)
		}
		server.Close()
		if _, _, status := call(t, vars, "healthcheck"); status != 1 {
			t.Errorf("nothing listens: status %d, want 1", status)
		}
	}
}

func TestReachable(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]string{
		":8080": "localhost:8080", "0.0.0.0:80": "localhost:80", "[::]:80": "localhost:80", "127.0.0.1:80": "127.0.0.1:80", "news.example:80": "news.example:80",
	} {
		if got := reachable(addr); got != want {
			t.Errorf("reachable(%q) = %q, want %q", addr, got, want)
		}
	}
}

func TestInterruptedStartEndsInOrder(t *testing.T) {
	t.Parallel()
	vars := privateData(t)
	vars["ADDR"] = "127.0.0.1:0"
	vars["PATH"] = os.Getenv("PATH")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stderr bytes.Buffer
	status := run(ctx, environment{vars: vars, stdin: strings.NewReader(""), stdout: &stderr, stderr: &stderr}, nil)
	if status == 0 {
		t.Errorf("status 0 for a start that was interrupted: %s", &stderr)
	}
	p := startServer(t, vars)
	if status := p.end(t, syscall.SIGINT); status != 0 {
		t.Errorf("status %d after an interrupt: %s", status, p.said(t))
	}
}
