package faults

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// device is a disk with an ext4 file system on it, whose writes can be made to fail. It
// lies in the machine's memory, in a file that has no name and goes when nobody holds it,
// and is mounted through a loop device that goes with the mount: nothing of it can be left
// behind. A disk that is made read-only by its setting would not do: Linux warns of the
// writes that come from a mounted file system, and does them.
type device struct{ image *os.File }

// newDevice makes an empty one. The error says what the machine lacks.
func newDevice(ctx context.Context) (*device, error) {
	if os.Geteuid() != 0 {
		return nil, errors.New("only root may use loop devices")
	}
	image, err := newImage()
	if err != nil {
		return nil, err
	}
	d := &device{image: image}
	// The tables of inodes are written at once: nothing else is to write to the disk later.
	if err := d.tool(ctx, "mkfs.ext4", "-q", "-F", "-m", "0", "-i", "32768", "-E", "lazy_itable_init=0"); err != nil {
		d.close()
		return nil, err
	}
	return d, nil
}

// newImage makes a file in memory of the size of a disk.
func newImage() (*os.File, error) {
	fd, err := unix.MemfdCreate("faults-disk", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return nil, fmt.Errorf("make a file in memory: %w", err)
	}
	f := os.NewFile(uintptr(fd), "faults-disk")
	if err := f.Truncate(diskMiB << 20); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// tool runs a program on the device.
func (d *device) tool(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, append(args, "/proc/self/fd/3")...)
	cmd.ExtraFiles = []*os.File{d.image} // the first of which is 3
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(string(out)))
	}
	return nil
}

// mount mounts the device. Errors make its file system read-only, as Debian has it for the
// disk that a system starts from.
func (d *device) mount(dir string) error {
	loop, err := attach(d.image)
	if err != nil {
		return err
	}
	// The mount holds the loop device from here on, which goes when that does.
	defer loop.Close()
	if err := syscall.Mount(loop.Name(), dir, "ext4", 0, "errors=remount-ro"); err != nil {
		return fmt.Errorf("mount %s: %w", loop.Name(), err)
	}
	return nil
}

// attachTries is how often a loop device is asked for that somebody else takes meanwhile.
const attachTries = 20

// attach gives a loop device over a file. It goes when nobody has it open any more.
func attach(image *os.File) (*os.File, error) {
	control, err := os.OpenFile("/dev/loop-control", os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer control.Close()
	for range attachTries {
		var n int
		if n, err = unix.IoctlRetInt(int(control.Fd()), unix.LOOP_CTL_GET_FREE); err != nil {
			return nil, fmt.Errorf("ask for a loop device: %w", err)
		}
		var loop *os.File
		if loop, err = os.OpenFile("/dev/loop"+strconv.Itoa(n), os.O_RDWR, 0); err != nil {
			return nil, err
		}
		err = unix.IoctlLoopConfigure(int(loop.Fd()), &unix.LoopConfig{
			Fd: uint32(image.Fd()), Info: unix.LoopInfo64{Flags: unix.LO_FLAGS_AUTOCLEAR},
		})
		if err == nil {
			return loop, nil
		}
		loop.Close()
		if !errors.Is(err, syscall.EBUSY) {
			break
		}
	}
	return nil, fmt.Errorf("set up a loop device: %w", err)
}

// sealTries is how often it is tried to seal a file of which something is being read or
// written.
const sealTries = 100

// spoil lets every write to the device fail from here on; what was read and written before
// stays readable.
func (d *device) spoil() error {
	var err error
	for range sealTries {
		if _, err = unix.FcntlInt(d.image.Fd(), unix.F_ADD_SEALS, unix.F_SEAL_WRITE); !errors.Is(err, syscall.EBUSY) {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err != nil {
		return fmt.Errorf("seal the disk: %w", err)
	}
	return nil
}

// replace puts a copy of the device into its place, one that takes writes.
func (d *device) replace() error {
	fresh, err := newImage()
	if err != nil {
		return err
	}
	if err := copyData(fresh, d.image); err != nil {
		fresh.Close()
		return err
	}
	d.close()
	d.image = fresh
	return nil
}

// copyData copies the parts of a file that were ever written.
func copyData(to, from *os.File) error {
	for end := int64(0); ; {
		start, err := from.Seek(end, unix.SEEK_DATA)
		if errors.Is(err, syscall.ENXIO) {
			return nil // there is no more
		}
		if err != nil {
			return err
		}
		if end, err = from.Seek(start, unix.SEEK_HOLE); err != nil {
			return err
		}
		if _, err := io.Copy(io.NewOffsetWriter(to, start), io.NewSectionReader(from, start, end-start)); err != nil {
			return err
		}
	}
}

// check mends the file system.
func (d *device) check(ctx context.Context) error {
	err := d.tool(ctx, "e2fsck", "-f", "-y")
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 1 {
		return nil // it has mended something
	}
	return err
}

func (d *device) close() { _ = d.image.Close() } // it is thrown away

// isReadOnly tells whether a file system takes no writes: the kernel has made it so.
func isReadOnly(dir string) (bool, error) {
	b, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		return false, err
	}
	for line := range strings.Lines(string(b)) {
		// device, folder, kind, options, …
		fields := strings.Fields(line)
		if len(fields) < 4 || fields[1] != dir {
			continue
		}
		options := strings.Split(fields[3], ",")
		return slices.Contains(options, "ro") || slices.Contains(options, "emergency_ro"), nil
	}
	return false, fmt.Errorf("nothing is mounted on %s", dir)
}

// users names the processes that use what lies in a folder.
func users(dir string) []string {
	var out []string
	processes, _ := filepath.Glob("/proc/[0-9]*") // the pattern is well made
	for _, process := range processes {
		if uses(process, dir) {
			line, _ := os.ReadFile(filepath.Join(process, "cmdline")) // it may have ended
			out = append(out, filepath.Base(process)+" "+strings.TrimSpace(strings.ReplaceAll(string(line), "\x00", " ")))
		}
	}
	return out
}

// uses tells whether a process, by its folder in /proc, has something open in a folder.
func uses(process, dir string) bool {
	links, _ := filepath.Glob(filepath.Join(process, "fd", "*"))
	for _, link := range append(links, filepath.Join(process, "cwd")) {
		if to, err := os.Readlink(link); err == nil && strings.HasPrefix(to+"/", dir+"/") {
			return true
		}
	}
	return false
}
