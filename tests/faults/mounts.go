package faults

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"syscall"
)

// ownMounts is set for a process that has a view of its own on what is mounted.
const ownMounts = "FAULTS_OWN_MOUNTS"

// OwnMounts starts this program over with a view of its own on what is mounted, which its
// children share: what it mounts goes when the last of them has ended, even where all are
// killed. Nothing happens where it may not be done.
func OwnMounts() error {
	if os.Geteuid() != 0 || os.Getenv(ownMounts) != "" {
		return nil
	}
	// The view is that of one thread, and that of the program which this thread becomes.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := syscall.Unshare(syscall.CLONE_NEWNS); errors.Is(err, syscall.EPERM) {
		return nil
	} else if err != nil {
		return fmt.Errorf("take a view of one's own on what is mounted: %w", err)
	}
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_SLAVE, ""); err != nil {
		return fmt.Errorf("keep to oneself what is mounted: %w", err)
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	return fmt.Errorf("start over: %w", syscall.Exec(program, os.Args, append(os.Environ(), ownMounts+"=yes")))
}
