package faults

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"corroborate/tests/program"
)

const (
	// restartPause is the time after which a server that died is started again.
	restartPause = 300 * time.Millisecond
	// stopTime is how long a server may take to stop in order.
	stopTime = 60 * time.Second
)

// Server is a server program that is started again whenever it ends.
type Server struct {
	Name string
	URL  string
	path string
	env  []string
	log  *os.File

	mu     sync.Mutex
	cmd    *exec.Cmd
	starts int
	halted bool
	runs   chan struct{} // closed when the process that was started last has ended
	status int           // with which one ended last; -1 for one that was killed

	quit  context.CancelFunc
	ended chan struct{}
}

// StartServer keeps a server running until [Server.Stop]. It says nothing of whether it is
// ready.
func StartServer(name, path, logFile string, env []string) (*Server, error) {
	addr, err := program.FreeAddress()
	if err != nil {
		return nil, err
	}
	log, err := os.OpenFile(logFile, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	ctx, quit := context.WithCancel(context.Background())
	s := &Server{Name: name, URL: "http://" + addr, path: path, env: append(env, "ADDR="+addr), log: log, quit: quit, ended: make(chan struct{})}
	go s.keep(ctx)
	return s, nil
}

// keep starts the server again and again.
func (s *Server) keep(ctx context.Context) {
	defer close(s.ended)
	for ctx.Err() == nil {
		if err := s.once(ctx); err != nil {
			fmt.Fprintln(s.log, "harness: the server ended:", err)
		}
		pause(ctx, restartPause)
	}
}

// once runs the server until it ends.
func (s *Server) once(ctx context.Context) error {
	cmd := program.Command(s.path)
	cmd.Env = append(os.Environ(), s.env...)
	cmd.Stdout, cmd.Stderr = s.log, s.log
	s.mu.Lock()
	if ctx.Err() != nil || s.halted {
		s.mu.Unlock()
		return nil
	}
	err := cmd.Start()
	if err != nil {
		s.mu.Unlock()
		return err
	}
	s.cmd, s.runs = cmd, make(chan struct{})
	s.starts++
	s.mu.Unlock()
	err = cmd.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status = cmd.ProcessState.ExitCode()
	close(s.runs)
	return err
}

// Signal sends a signal to the process that runs, if any.
func (s *Server) Signal(sig os.Signal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cmd != nil && s.cmd.Process != nil {
		_ = s.cmd.Process.Signal(sig) // it may have ended
	}
}

// Starts tells how often the server was started.
func (s *Server) Starts() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.starts
}

// run gives the channel that is closed when the process that was started last has ended,
// nil where none was started.
func (s *Server) run() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.runs
}

// Status tells how the process that ended last has ended: its exit status, -1 where it was
// killed.
func (s *Server) Status() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status
}

// Halt ends the server in order and starts it no more until [Server.Resume]. One that does
// not end in time is killed, which is an error.
func (s *Server) Halt() error {
	s.mu.Lock()
	s.halted = true
	ended := s.runs
	s.mu.Unlock()
	if ended == nil {
		return nil
	}
	s.Signal(syscall.SIGTERM)
	return s.await(ended)
}

// Resume starts the server again.
func (s *Server) Resume() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.halted = false
}

// Stop ends the server in order and keeps it ended. One that does not stop in time is
// killed, which is an error.
func (s *Server) Stop() error { return s.end(syscall.SIGTERM) }

// Kill ends the server at once and keeps it ended.
func (s *Server) Kill() error { return s.end(syscall.SIGKILL) }

func (s *Server) end(sig os.Signal) error {
	s.quit()
	s.Signal(sig)
	defer s.log.Close()
	return s.await(s.ended)
}

// await waits until the server has ended and kills it where that takes long.
func (s *Server) await(ended <-chan struct{}) error {
	select {
	case <-ended:
		return nil
	case <-time.After(stopTime):
	}
	s.Signal(syscall.SIGKILL)
	<-ended
	return fmt.Errorf("%s did not stop within %v", s.Name, stopTime)
}
