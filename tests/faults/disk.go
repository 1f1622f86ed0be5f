package faults

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// diskMiB is how large a world's disk is. It has to hold a cluster with its write-ahead
// log; what is put on it counts against the machine's memory.
const diskMiB = 768

// disk is a folder that has a small file system to itself, where the harness may mount one:
// ext4 on a [device], where there can be one, else one in memory.
type disk struct {
	dir     string
	mounted bool
	device  *device // nil where the machine has none
	// lacking says why there is no device.
	lacking error
}

// newDisk makes the folder and mounts a file system on it. Only root may; for others the
// folder lies on the disk that it is on.
func newDisk(ctx context.Context, dir string) (*disk, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	d := &disk{dir: dir}
	if d.device, d.lacking = newDevice(ctx); d.lacking == nil {
		d.lacking = d.device.mount(dir)
	}
	if d.lacking == nil {
		d.mounted = true
		return d, nil
	}
	d.dropDevice()
	err := syscall.Mount("faults", dir, "tmpfs", 0, "mode=0755,size="+strconv.Itoa(diskMiB)+"m")
	if err != nil && !errors.Is(err, syscall.EPERM) {
		return nil, fmt.Errorf("mount a disk in memory: %w", err)
	}
	d.mounted = err == nil
	return d, nil
}

func (d *disk) dropDevice() {
	if d.device != nil {
		d.device.close()
		d.device = nil
	}
}

// filler is the file that fills the disk.
func (d *disk) filler() string { return filepath.Join(d.dir, "filler") }

// fill leaves no block free.
func (d *disk) fill() error {
	if !d.mounted {
		return errNoMount
	}
	f, err := os.OpenFile(d.filler(), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	for _, block := range []int64{1 << 20, 4096} {
		if err := grow(f, block); !errors.Is(err, syscall.ENOSPC) {
			return fmt.Errorf("fill the disk: %w", err)
		}
	}
	return nil
}

// grow takes blocks for a file without writing them until that fails.
func grow(f *os.File, block int64) error {
	for {
		info, err := f.Stat()
		if err != nil {
			return err
		}
		err = unix.Fallocate(int(f.Fd()), 0, info.Size(), block)
		if err != nil && !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

// free takes the filler away.
func (d *disk) free() error {
	if err := os.Remove(d.filler()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// spoil has the disk take no writes any more, until it is mended.
func (d *disk) spoil() error {
	if d.device == nil {
		return leftOut{"there is no disk here whose writes can be made to fail: " + d.lacking.Error()}
	}
	return d.device.spoil()
}

// mend does what whoever runs the service does with a disk that went bad, once nobody uses
// it any more: it is unmounted, copied, checked and mounted again, and what had filled it is
// taken away, which the disk may not have kept.
func (d *disk) mend(ctx context.Context) error {
	if err := d.unmount(ctx); err != nil {
		return err
	}
	if err := d.device.replace(); err != nil {
		return fmt.Errorf("copy the disk: %w", err)
	}
	if err := d.device.check(ctx); err != nil {
		return err
	}
	if err := d.device.mount(d.dir); err != nil {
		return err
	}
	d.mounted = true
	return d.free()
}

// unmountTime is how long the processes that have a file open on a disk may take to end.
const unmountTime = 20 * time.Second

// unmount unmounts the disk as soon as nobody uses it.
func (d *disk) unmount(ctx context.Context) error {
	within, cancel := context.WithTimeout(ctx, unmountTime)
	defer cancel()
	for {
		err := syscall.Unmount(d.dir, 0)
		if err == nil {
			d.mounted = false
			return nil
		}
		if pause(within, 50*time.Millisecond); within.Err() != nil {
			return fmt.Errorf("unmount the disk: %w; it is used by %v", err, users(d.dir))
		}
	}
}

// remove unmounts the disk and removes the folder.
func (d *disk) remove() error {
	defer d.dropDevice()
	if d.mounted {
		// What still has a file open there is on its way out.
		if err := syscall.Unmount(d.dir, syscall.MNT_DETACH); err != nil {
			return fmt.Errorf("unmount the disk: %w", err)
		}
		d.mounted = false
	}
	return os.RemoveAll(d.dir)
}

// leftOut is why a fault cannot be made on this machine.
type leftOut struct{ why string }

// Error gives the reason.
func (l leftOut) Error() string { return l.why }

var errNoMount = leftOut{"only root may mount a small disk that can be filled"}
