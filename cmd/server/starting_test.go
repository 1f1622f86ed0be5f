package main

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestServeAnswersWhileItWaits starts a server whose database says nothing: callers are told
// at once to come again, and the server can be stopped.
func TestServeAnswersWhileItWaits(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { silent.Close() })
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := free.Addr().String()
	free.Close()
	p := &process{cmd: exec.Command(os.Args[0], "serve"), url: "http://" + addr, log: filepath.Join(t.TempDir(), "log")}
	p.cmd.Env = []string{"BE_THE_SERVER=1", "ADDR=" + addr, "DATA_DIR=" + t.TempDir(), "DATABASE_URL=postgres://u:planted@" + silent.Addr().String() + "/d?connect_timeout=300"}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	client := &http.Client{Timeout: 5 * time.Second}
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if resp, err := client.Get(p.url + "/healthz"); err == nil {
			resp.Body.Close()
			break
		} else if time.Now().After(end) {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]int{"/healthz": http.StatusOK, "/readyz": http.StatusServiceUnavailable, "/": http.StatusServiceUnavailable, "/api/v1/stories": http.StatusServiceUnavailable} {
		began := time.Now()
		status, body := get(t, p.url+path, "")
		if status != want || time.Since(began) > 3*time.Second || strings.Contains(body, "planted") {
			t.Errorf("%s: status %d after %s: %s", path, status, time.Since(began), body)
		}
		if path == "/readyz" && !strings.Contains(body, "the database is started or awaited") {
			t.Errorf("%s says %s", path, body)
		}
	}
	began := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = p.cmd.Wait() // its status is that of a start that did not come to its end
	if took := time.Since(began); took > 10*time.Second || p.cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("the end took %s, status %d", took, p.cmd.ProcessState.ExitCode())
	}
}
