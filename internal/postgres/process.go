package postgres

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// running is what a postmaster writes about itself into postmaster.pid.
type running struct {
	pid int
	at  endpoint
}

// readPidFile gives the postmaster that postmaster.pid names, alive or not, and
// false where there is no such file or it is not yet complete.
func readPidFile(clusterDir string) (running, bool, error) {
	b, err := os.ReadFile(filepath.Join(clusterDir, "postmaster.pid"))
	if errors.Is(err, fs.ErrNotExist) {
		return running{}, false, nil
	}
	if err != nil {
		return running{}, false, fmt.Errorf("read postmaster.pid: %w", err)
	}
	// pid, data folder, start time, port, socket folder, listen address, …
	lines := strings.Split(string(b), "\n")
	if len(lines) < 6 {
		return running{}, false, nil
	}
	r := running{at: endpoint{socketDir: strings.TrimSpace(lines[4])}}
	if r.pid, err = strconv.Atoi(strings.TrimSpace(lines[0])); err != nil {
		return running{}, false, nil
	}
	if r.at.port, err = strconv.Atoi(strings.TrimSpace(lines[3])); err != nil {
		return running{}, false, nil
	}
	return r, true, nil
}

// isPostmaster says whether process pid is a postmaster of the cluster in dir.
// A process id alone would not do: ids are used again, after a restart of the
// machine above all. A process that has ended and was not reaped has no
// arguments left, and counts as ended.
func isPostmaster(pid int, dir string) bool {
	return slices.Contains(arguments(pid), dir)
}

// arguments gives the command line of a process, nil when there is none.
func arguments(pid int) []string {
	if b, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil {
		return strings.Split(string(b), "\x00")
	}
	if _, err := os.Stat("/proc/self"); err == nil {
		return nil
	}
	out, err := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return nil
	}
	// ps joins the arguments by blanks; the folder follows -D.
	_, rest, _ := strings.Cut(string(out), " -D ")
	dir, _, _ := strings.Cut(rest, " -c ")
	return []string{strings.TrimSpace(dir)}
}

func signal(pid int, sig syscall.Signal) error {
	if err := syscall.Kill(pid, sig); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("signal the postmaster (process %d): %w", pid, err)
	}
	return nil
}
