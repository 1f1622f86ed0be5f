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
	if ctx.Err() != nil {
		s.mu.Unlock()
		return nil
	}
	err := cmd.Start()
	s.cmd = cmd
	s.starts++
	s.mu.Unlock()
	if err != nil {
		return err
	}
	return cmd.Wait()
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

// Stop ends the server in order and keeps it ended. One that does not stop in time is
// killed, which is an error.
func (s *Server) Stop() error { return s.end(syscall.SIGTERM) }

// Kill ends the server at once and keeps it ended.
func (s *Server) Kill() error { return s.end(syscall.SIGKILL) }

func (s *Server) end(sig os.Signal) error {
	s.quit()
	s.Signal(sig)
	defer s.log.Close()
	select {
	case <-s.ended:
		return nil
	case <-time.After(stopTime):
	}
	s.Signal(syscall.SIGKILL)
	<-s.ended
	return fmt.Errorf("%s did not stop within %v", s.Name, stopTime)
}
