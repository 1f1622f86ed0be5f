package postgres

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestBadDiskIsNamed(t *testing.T) {
	t.Parallel()
	open := func(cause error) error {
		return fmt.Errorf("lock the data folder: %w", &fs.PathError{Op: "open", Path: "/d/lock", Err: cause})
	}
	tests := []struct {
		err  error
		want string
	}{
		{open(syscall.EROFS), "the disk of the data folder /d takes no writes: lock the data folder: open /d/lock: read-only file system; "},
		{open(syscall.EIO), "the disk of the data folder /d takes no writes: lock the data folder: open /d/lock: input/output error; "},
		{open(syscall.ENOSPC), "the disk of the data folder /d is full: lock the data folder: open /d/lock: no space left on device; make room"},
		{open(syscall.EACCES), "lock the data folder: open /d/lock: permission denied"},
	}
	for _, tt := range tests {
		got := badDisk("/d", tt.err)
		if !strings.HasPrefix(got.Error(), tt.want) || strings.Contains(got.Error(), "\n") || !errors.Is(got, tt.err) {
			t.Errorf("%v: %q", tt.err, got)
		}
	}
	if err := badDisk("/d", nil); err != nil {
		t.Errorf("without an error: %v", err)
	}
}

func TestDiskCause(t *testing.T) {
	t.Parallel()
	tests := []struct {
		said, line string
		cause      error
	}{
		{"LOG:  starting PostgreSQL 15.18\nPANIC:  could not fsync file \"pg_wal/1\": Input/output error\nLOG:  shutting down\n",
			`PANIC:  could not fsync file "pg_wal/1": Input/output error`, syscall.EIO},
		{`FATAL:  could not create lock file "postmaster.pid": Read-only file system`,
			`FATAL:  could not create lock file "postmaster.pid": Read-only file system`, syscall.EROFS},
		{"FATAL:  could not write lock file \"postmaster.pid\": No space left on device\n",
			`FATAL:  could not write lock file "postmaster.pid": No space left on device`, syscall.ENOSPC},
		{"FATAL:  lock file \"postmaster.pid\" already exists\n", "", nil},
		{"", "", nil},
	}
	for _, tt := range tests {
		if line, cause := diskCause(tt.said); line != tt.line || cause != tt.cause {
			t.Errorf("%q: %q %v", tt.said, line, cause)
		}
	}
}

func TestDiskThatTakesWritesIsNotBlamed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := &Cluster{dir: filepath.Join(dir, "postgres")}
	if err := c.Disk(); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("the look at the disk left %q", left)
	}
}
