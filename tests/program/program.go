// Package program builds and starts the server as a process of its own, for the tests that
// put it under load, break it and run several of it.
package program

import (
	"context"
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"syscall"
)

// Build builds the server of the working tree into a folder and gives its path. Flags go
// to go build.
func Build(ctx context.Context, dir string, flags ...string) (string, error) {
	to := filepath.Join(dir, "server")
	args := append([]string{"build", "-buildvcs=false", "-o", to}, flags...)
	if out, err := exec.CommandContext(ctx, "go", append(args, "corroborate/cmd/server")...).CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the server: %w: %s", err, out)
	}
	return to, nil
}

// Command prepares a process that ends in order when the test that starts it is killed.
func Command(path string, args ...string) *exec.Cmd {
	cmd := exec.Command(path, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	return cmd
}

// FreeAddress gives an address on this machine that nobody listens on.
func FreeAddress() (string, error) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
