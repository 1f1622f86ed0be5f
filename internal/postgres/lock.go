package postgres

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// folderLock keeps a data folder to one server. The kernel drops it with the
// process, however that ends.
type folderLock struct{ file *os.File }

// lockFolder takes the lock, or says which process holds it.
func lockFolder(dataDir string) (*folderLock, error) {
	f, err := os.OpenFile(filepath.Join(dataDir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the data folder: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer f.Close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("lock the data folder %s: %w", dataDir, err)
		}
		holder, _ := io.ReadAll(io.LimitReader(f, 20)) // only to be shown
		return nil, fmt.Errorf("another server (process %s) uses the data folder %s: stop it, or choose another DATA_DIR",
			strings.TrimSpace(string(holder)), dataDir)
	}
	if err := f.Truncate(0); err == nil {
		fmt.Fprintf(f, "%d\n", os.Getpid())
	}
	return &folderLock{file: f}, nil
}

// release gives the lock back. It unlocks before it closes: a child that is just
// being started holds a copy of the file for a moment, and the lock with it.
func (l *folderLock) release() error {
	err := syscall.Flock(int(l.file.Fd()), syscall.LOCK_UN)
	if err := errors.Join(err, l.file.Close()); err != nil {
		return fmt.Errorf("unlock the data folder: %w", err)
	}
	return nil
}
