package faults

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// diskMiB is how large a world's disk is. It has to hold a cluster with its write-ahead
// log; what is put on it counts against the machine's memory.
const diskMiB = 768

// disk is a folder that has a small file system in memory to itself, where the harness may
// mount one.
type disk struct {
	dir     string
	mounted bool
}

// newDisk makes the folder and mounts the file system on it. Only root may; for others the
// folder lies on the disk that it is on.
func newDisk(dir string) (*disk, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	err := syscall.Mount("faults", dir, "tmpfs", 0, "mode=0755,size="+strconv.Itoa(diskMiB)+"m")
	if err != nil && !errors.Is(err, syscall.EPERM) {
		return nil, fmt.Errorf("mount a disk in memory: %w", err)
	}
	return &disk{dir: dir, mounted: err == nil}, nil
}

// filler is the file that fills the disk.
func (d *disk) filler() string { return filepath.Join(d.dir, "filler") }

// fill leaves no byte free.
func (d *disk) fill() error {
	if !d.mounted {
		return errNoMount
	}
	f, err := os.OpenFile(d.filler(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	for _, block := range []int{1 << 20, 4096} {
		zeros := make([]byte, block)
		for err == nil {
			_, err = f.Write(zeros)
		}
		if !errors.Is(err, syscall.ENOSPC) && !errors.Is(err, io.ErrShortWrite) {
			return fmt.Errorf("fill the disk: %w", err)
		}
		err = nil
	}
	return nil
}

// free takes the filler away.
func (d *disk) free() error {
	if err := os.Remove(d.filler()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// remove unmounts the disk and removes the folder.
func (d *disk) remove() error {
	if d.mounted {
		// What still has a file open there is on its way out.
		if err := syscall.Unmount(d.dir, syscall.MNT_DETACH); err != nil {
			return fmt.Errorf("unmount the disk in memory: %w", err)
		}
	}
	return os.RemoveAll(d.dir)
}

var errNoMount = errors.New("only root may mount a small disk that can be filled")
