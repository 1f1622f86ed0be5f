package postgres

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the operating-system user that PostgreSQL's programs run as.
type account struct {
	name     string
	uid, gid uint32
	groups   []uint32
	// switched says that this is not the server's own user: the server is root.
	switched bool
}

// chooseAccount gives the server's own user, or, for a server that runs as root,
// the owner of the cluster in clusterDir, else the user postgres.
func chooseAccount(clusterDir string) (account, error) {
	owner, exists, err := ownerOf(clusterDir)
	if err != nil {
		return account{}, err
	}
	self := os.Geteuid()
	switch {
	case self != 0 && exists && owner != uint32(self):
		return account{}, fmt.Errorf("%s belongs to user id %d, and the server runs as user id %d: run it as the owner, or choose another DATA_DIR", clusterDir, owner, self)
	case self != 0:
		return account{uid: uint32(self), gid: uint32(os.Getegid())}, nil
	case exists && owner != 0:
		return lookup(user.LookupId(strconv.FormatUint(uint64(owner), 10)))
	}
	return lookup(user.Lookup("postgres"))
}

func ownerOf(path string) (uid uint32, exists bool, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("look at the data folder (DATA_DIR): %w", err)
	}
	return info.Sys().(*syscall.Stat_t).Uid, true, nil
}

func lookup(u *user.User, err error) (account, error) {
	if err != nil {
		return account{}, fmt.Errorf("PostgreSQL refuses to run as root, and there is no user to run it as: %w; "+
			"run the server as an ordinary user, or set DATABASE_URL", err)
	}
	a := account{name: u.Username, switched: true}
	if a.uid, err = parseID(u.Uid); err != nil {
		return account{}, err
	}
	if a.gid, err = parseID(u.Gid); err != nil {
		return account{}, err
	}
	ids, err := u.GroupIds()
	if err != nil {
		return account{}, fmt.Errorf("find the groups of user %s: %w", u.Username, err)
	}
	for _, id := range ids {
		g, err := parseID(id)
		if err != nil {
			return account{}, err
		}
		a.groups = append(a.groups, g)
	}
	return a, nil
}

func parseID(s string) (uint32, error) {
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil {
		return 0, fmt.Errorf("read a user or group id: %w", err)
	}
	return uint32(n), nil
}

// attributes start a process as this account in a process group of its own.
func (a account) attributes() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if a.switched {
		attr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid, Groups: a.groups}
	}
	return attr
}

// own hands path to the account.
func (a account) own(path string) error {
	if !a.switched {
		return nil
	}
	if err := os.Lchown(path, int(a.uid), int(a.gid)); err != nil {
		return fmt.Errorf("hand %s to user %s: %w", path, a.name, err)
	}
	return nil
}

// makeFolder makes path with mode 0700 for the account; an existing folder is
// handed over and closed to others as well.
func (a account) makeFolder(path string) error {
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := a.own(path); err != nil {
		return err
	}
	if err := os.Chmod(path, 0o700); err != nil {
		return fmt.Errorf("close folder to others: %w", err)
	}
	return nil
}

// makeDataDir makes the data folder, private to the server's user, and gives its
// one true path: processes are known by it. Another account may pass through the
// folder, by its group, and not list it.
func (a account) makeDataDir(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("find the data folder: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return "", fmt.Errorf("make the data folder: %w", err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("make the data folder: %w", err)
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return "", fmt.Errorf("find the data folder: %w", err)
	}
	return dir, a.openFolder(dir)
}

// openFolder lets the account pass through a folder of root's that was closed to
// it. A folder that somebody else owns, or gave to a group, is left as it is.
func (a account) openFolder(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("look at the data folder: %w", err)
	}
	if !info.IsDir() {
		return fmt.Errorf("the data folder %s is not a folder", dir)
	}
	st := info.Sys().(*syscall.Stat_t)
	if !a.switched || st.Uid != 0 || st.Gid != 0 || a.maySearch(info) {
		return nil
	}
	if err := os.Chown(dir, -1, int(a.gid)); err != nil {
		return fmt.Errorf("open the data folder to user %s: %w", a.name, err)
	}
	if err := os.Chmod(dir, info.Mode().Perm()|0o010); err != nil {
		return fmt.Errorf("open the data folder to user %s: %w", a.name, err)
	}
	return nil
}

// checkReach says which folder on the way to path the account cannot pass
// through, if any.
func (a account) checkReach(path string) error {
	if !a.switched {
		return nil
	}
	for dir := path; ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err != nil {
			return fmt.Errorf("look at %s: %w", dir, err)
		}
		if !a.maySearch(info) {
			return fmt.Errorf("user %s, which PostgreSQL runs as under root, cannot reach %s: folder %s is closed to it (mode %v). "+
				"Choose another DATA_DIR such as /var/lib/corroborate, or run the server as an ordinary user", a.name, path, dir, info.Mode().Perm())
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}

// maySearch reads the permission bits as the kernel does for this account.
func (a account) maySearch(info fs.FileInfo) bool {
	st := info.Sys().(*syscall.Stat_t)
	perm := info.Mode().Perm()
	if st.Uid == a.uid {
		return perm&0o100 != 0
	}
	if st.Gid == a.gid {
		return perm&0o010 != 0
	}
	for _, g := range a.groups {
		if st.Gid == g {
			return perm&0o010 != 0
		}
	}
	return perm&0o001 != 0
}
