package doctor

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"golang.org/x/sys/unix"
)

const (
	// lowBytes and lastBytes are how much room has to be free before something is said,
	// and before the service is in danger.
	lowBytes  = 5 << 30
	lastBytes = 1 << 30
	// lowInodes is the share of places for files that has to be free.
	lowInodes = 0.05
)

// room is what a disk has free.
type room struct {
	device              uint64
	free, total         uint64
	freeFiles, allFiles uint64
	readOnly, writable  bool
}

// Disk looks at the disks that the folders lie on, at each once. Of a folder that is not
// there yet the nearest one above is taken.
func Disk(folders ...string) []Finding {
	a := &area{name: "disk"}
	seen := map[uint64]bool{}
	for _, folder := range folders {
		r, at, err := roomAt(folder)
		if err == nil && seen[r.device] {
			continue
		}
		seen[r.device] = true
		if err != nil {
			a.add(Fault, "the disk of "+folder+" could not be looked at: "+err.Error(), "run this as the user that the server runs as")
			continue
		}
		disk(a, at, r)
	}
	return a.all
}

// roomAt looks at the disk of a folder, or of the nearest one above that is there.
func roomAt(folder string) (room, string, error) {
	var s unix.Statfs_t
	for {
		err := unix.Statfs(folder, &s)
		if up := filepath.Dir(folder); errors.Is(err, fs.ErrNotExist) && up != folder {
			folder = up
			continue
		}
		if err != nil {
			return room{}, folder, err
		}
		break
	}
	var file unix.Stat_t
	if err := unix.Stat(folder, &file); err != nil {
		return room{}, folder, err
	}
	unit := uint64(s.Bsize)
	return room{device: uint64(file.Dev), free: s.Bavail * unit, total: s.Blocks * unit, freeFiles: s.Ffree, allFiles: s.Files,
		readOnly: s.Flags&unix.ST_RDONLY != 0, writable: unix.Access(folder, unix.W_OK) == nil}, folder, nil
}

// disk looks at the room of one disk.
func disk(a *area, folder string, r room) {
	free := size(int64(r.free))
	do := "free some room or enlarge the disk; old dumps, logs and write-ahead logs are the first to look at"
	switch {
	case r.readOnly:
		a.add(Fault, folder+" lies on a disk that can only be read", "see the log of the system for a fault of the disk, and mount it for writing")
	case !r.writable:
		a.add(Fault, folder+" may not be written to", "run this as the user that the server runs as, or give the folder to that user")
	case r.free < lastBytes:
		a.add(Fault, fmt.Sprintf("%s are free at %s: the database stops when the disk is full", free, folder), do)
	case r.free < lowBytes:
		a.add(Warning, fmt.Sprintf("%s are free at %s", free, folder), do)
	case r.allFiles > 0 && float64(r.freeFiles) < lowInodes*float64(r.allFiles):
		a.add(Warning, fmt.Sprintf("the disk of %s has places for %d more files alone", folder, r.freeFiles), "remove many small files")
	default:
		a.ok("%s of %s are free at %s", free, size(int64(r.total)), folder)
	}
}
