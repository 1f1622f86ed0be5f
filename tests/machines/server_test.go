package machines

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"corroborate/tests/program"
)

// startTime is how long a server may take to start, its schema and engine included.
const startTime = 3 * time.Minute

// server is a server of the service in a process of its own.
type server struct {
	t    testing.TB
	name string
	args []string
	env  []string
	log  string
	url  string // where it serves, empty for one that works alone
	cmd  *exec.Cmd
	// used is the processor time of the process that ended last.
	used time.Duration
}

// build builds the program once for a test.
func build(t testing.TB) string {
	t.Helper()
	path, err := program.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// start starts the server and waits until it says that it does its work.
func (s *server) start() {
	s.t.Helper()
	log, err := os.OpenFile(s.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		s.t.Fatal(err)
	}
	defer log.Close()
	s.cmd = program.Command(s.args[0], s.args[1:]...)
	s.cmd.Env, s.cmd.Stderr = s.env, log
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	said := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(stdout).ReadString('\n') // empty for one that ended
		said <- strings.TrimSpace(line)
	}()
	select {
	case line := <-said:
		if line == "" {
			s.t.Fatalf("%s did not start:\n%s", s.name, s.said())
		}
		if url, serves := strings.CutPrefix(line, "listening on "); serves {
			s.url = url
			s.env = append(s.env, "ADDR="+strings.TrimPrefix(url, "http://")) // it comes back where it was
		}
	case <-time.After(startTime):
		s.t.Fatalf("%s has not started after %s:\n%s", s.name, startTime, s.said())
	}
}

// said gives what the server has logged.
func (s *server) said() string {
	b, _ := os.ReadFile(s.log) // nothing, where there is none
	return string(b)
}

// kill ends the server as a fault would.
func (s *server) kill() { s.end(syscall.SIGKILL) }

// stop ends the server in order and gives its exit status.
func (s *server) stop() int { return s.end(syscall.SIGTERM) }

func (s *server) end(sig syscall.Signal) int {
	if s.cmd == nil {
		return 0
	}
	_ = s.cmd.Process.Signal(sig) // one that has ended needs none
	_ = s.cmd.Wait()              // its status is what is asked for
	status := s.cmd.ProcessState.ExitCode()
	s.used = s.cmd.ProcessState.UserTime() + s.cmd.ProcessState.SystemTime()
	s.cmd = nil
	return status
}
