package faults

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// newTestDisk gives a disk with a device under it, or skips where the machine has none.
func newTestDisk(t *testing.T) *disk {
	t.Helper()
	d, err := newDisk(t.Context(), filepath.Join(folder(t, context.Background()), "disk"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.remove(); err != nil {
			t.Error(err)
		}
	})
	if d.device == nil {
		t.Skip(d.lacking)
	}
	return d
}

// store writes a file and has the disk keep it.
func store(path, content string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = f.WriteString(content)
	return errors.Join(err, f.Sync(), f.Close())
}

// commit has a file system write what it holds back, which else takes five seconds.
func commit(t *testing.T, dir string) {
	t.Helper()
	f, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	_ = unix.Syncfs(int(f.Fd())) // the disk may take no writes
}

func TestSpoiledDiskKeepsWhatItHadAndNothingMore(t *testing.T) {
	t.Parallel()
	d := newTestDisk(t)
	kept, lost := filepath.Join(d.dir, "kept"), filepath.Join(d.dir, "lost")
	if err := store(kept, "before"); err != nil {
		t.Fatal(err)
	}
	if is, err := isReadOnly(d.dir); is || err != nil {
		t.Fatalf("a new disk is read-only: %v %v", is, err)
	}
	if err := d.spoil(); err != nil {
		t.Fatal(err)
	}
	if err := store(lost, "after"); !errors.Is(err, syscall.EIO) {
		t.Errorf("a file was kept by a disk that takes no writes: %v", err)
	}
	commit(t, d.dir) // or it takes five seconds
	// The kernel sees at the next change that it could not write the one before.
	if err := os.Mkdir(filepath.Join(d.dir, "folder"), 0o700); !errors.Is(err, syscall.EROFS) {
		t.Errorf("make a folder on a disk that takes no writes: %v", err)
	}
	if is, err := isReadOnly(d.dir); !is || err != nil {
		t.Errorf("the file system is not read-only: %v", err)
	}
	if b, err := os.ReadFile(kept); string(b) != "before" {
		t.Errorf("read from a read-only file system: %q %v", b, err)
	}
	if err := d.mend(t.Context()); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(kept); string(b) != "before" {
		t.Errorf("what was on the disk before it went bad is %q now, %v", b, err)
	}
	if b, _ := os.ReadFile(lost); len(b) > 0 {
		t.Errorf("what was written to the bad disk is there: %q", b)
	}
	if err := store(lost, "again"); err != nil {
		t.Errorf("the mended disk takes no writes: %v", err)
	}
}

func TestDiskIsFilled(t *testing.T) {
	t.Parallel()
	d := newTestDisk(t)
	if err := d.fill(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(d.dir, "file")
	if err := store(file, strings.Repeat("x", 1<<20)); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("write to a full disk: %v", err)
	}
	if err := d.free(); err != nil {
		t.Fatal(err)
	}
	if err := store(file, strings.Repeat("x", 1<<20)); err != nil {
		t.Errorf("write to a disk with room: %v", err)
	}
}

// TestMendedDiskHasRoom spoils a disk that was full, and whose kernel has kept that it was.
func TestMendedDiskHasRoom(t *testing.T) {
	t.Parallel()
	d := newTestDisk(t)
	if err := d.fill(); err != nil {
		t.Fatal(err)
	}
	commit(t, d.dir)
	if err := d.free(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.spoil(), d.mend(t.Context())); err != nil {
		t.Fatal(err)
	}
	if err := store(filepath.Join(d.dir, "file"), strings.Repeat("x", 1<<20)); err != nil {
		t.Errorf("write to a mended disk: %v", err)
	}
}

func TestUsedDiskIsNotUnmounted(t *testing.T) {
	t.Parallel()
	d := newTestDisk(t)
	f, err := os.Create(filepath.Join(d.dir, "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	within, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := d.unmount(within); err == nil || !strings.Contains(err.Error(), "it is used by ["+strconv.Itoa(os.Getpid())+" ") {
		t.Errorf("unmount a disk that is used: %v", err)
	}
}

func TestNothingIsLeftOfADisk(t *testing.T) {
	t.Parallel()
	d := newTestDisk(t)
	var st unix.Stat_t
	if err := unix.Fstat(int(d.device.image.Fd()), &st); err != nil {
		t.Fatal(err)
	}
	if !attached(t, st) {
		t.Fatal("a disk in use has no loop device")
	}
	if err := d.remove(); err != nil {
		t.Fatal(err)
	}
	if _, err := isReadOnly(d.dir); err == nil {
		t.Error("the disk is still mounted")
	}
	if _, err := os.Stat(d.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the disk's folder is left: %v", err)
	}
	for deadline := time.Now().Add(5 * time.Second); attached(t, st); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the loop device is left")
		}
	}
}

// attached tells whether a loop device lies over a file.
func attached(t *testing.T, st unix.Stat_t) bool {
	t.Helper()
	loops, err := filepath.Glob("/dev/loop[0-9]*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range loops {
		loop, err := os.Open(path)
		if err != nil {
			continue // it may have gone
		}
		info, err := unix.IoctlLoopGetStatus64(int(loop.Fd()))
		loop.Close()
		if err == nil && info.Inode == st.Ino && info.Device == st.Dev {
			return true
		}
	}
	return false
}

func TestWhatCannotBeTriedIsTold(t *testing.T) {
	t.Parallel()
	var told string
	r := &runner{report: &Report{}, Options: Options{Tell: func(format string, args ...any) { told = fmt.Sprintf(format, args...) }}}
	w := &World{disk: &disk{lacking: errors.New("there is no /dev/loop-control")}}
	do := func(context.Context, *World, *rand.Rand) error { return w.disk.spoil() }
	if !r.one(t.Context(), w, fault{DiskReadOnly, do}, 0) {
		t.Error("the run ends for a fault that cannot be tried")
	}
	if !strings.Contains(told, "SKIPPED: disk read-only") || !strings.Contains(told, "there is no /dev/loop-control") {
		t.Errorf("told %q", told)
	}
	if got := r.report.String(); !strings.Contains(got, told) {
		t.Errorf("the report does not have %q: %s", told, got)
	}
	if n := r.report.Faults(); n != 0 {
		t.Errorf("%d faults count that were not made", n)
	}
}
