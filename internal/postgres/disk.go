package postgres

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// badDisk says what to do where the cause of an error is the disk of the data folder, and
// gives other errors as they are.
func badDisk(dataDir string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.EROFS), errors.Is(err, syscall.EIO):
		return fmt.Errorf("the disk of the data folder %s takes no writes: %w; a disk that fails is made read-only by the system, "+
			"whose log (dmesg) says why: mend the disk and start again", dataDir, err)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fmt.Errorf("the disk of the data folder %s is full: %w; make room and start again", dataDir, err)
	}
	return err
}

// diskCauses are the errors of a disk in the words in which PostgreSQL's programs give them.
var diskCauses = []syscall.Errno{syscall.EROFS, syscall.EIO, syscall.ENOSPC, syscall.EDQUOT}

// diskCause finds in what a program said the first line that blames the disk, and the error
// that it means; cause is nil where there is none.
func diskCause(said string) (line string, cause error) {
	for line := range strings.Lines(said) {
		for _, cause := range diskCauses {
			if line = strings.TrimSpace(line); strings.HasSuffix(strings.ToLower(line), ": "+cause.Error()) {
				return line, cause
			}
		}
	}
	return "", nil
}

// diskTime is how long a disk may take to keep a byte.
const diskTime = 5 * time.Second

// Disk says what is wrong with the disk of the cluster, nil where it takes writes. It is
// asked when the cluster has ended by itself: where the disk is the reason, PostgreSQL
// could not write it to its log.
func (c *Cluster) Disk() error {
	dataDir := filepath.Dir(c.dir)
	return badDisk(dataDir, tryDisk(dataDir))
}

// walSegment is the least room that PostgreSQL needs to go on: one more file of its
// write-ahead log.
const walSegment = 16 << 20

// tryDisk has the disk of a folder keep a byte, looks for room for more, and says what it
// lacks.
func tryDisk(dataDir string) error {
	kept := make(chan error, 1)
	go func() { kept <- cmp.Or(keepByte(dataDir), hasRoom(dataDir)) }()
	select {
	case err := <-kept:
		return err
	case <-time.After(diskTime):
		return fmt.Errorf("the disk of the data folder %s did not write a byte within %v", dataDir, diskTime)
	}
}

// keepByte has a disk keep a byte for a moment.
func keepByte(dir string) error {
	f, err := os.CreateTemp(dir, "disk-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if _, err := f.WriteString("\n"); err != nil {
		return err
	}
	return f.Sync()
}

// hasRoom gives an error where PostgreSQL has not the room it needs.
func hasRoom(dir string) error {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return err
	}
	if free := s.Bavail * uint64(s.Bsize); free < walSegment {
		return fmt.Errorf("PostgreSQL needs %d MB, %.1f are free: %w", walSegment>>20, float64(free)/(1<<20), syscall.ENOSPC)
	}
	return nil
}
