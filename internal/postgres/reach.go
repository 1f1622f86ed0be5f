package postgres

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// ErrNoCluster says that a data folder holds no cluster.
var ErrNoCluster = errors.New("there is no private database in the data folder")

// Reach gives the connection string that [Cluster.ServiceURL] gives, of a data folder whose
// cluster runs, for a program beside the server; running is false where it has to be
// started with [Start] first. It changes nothing and takes no lock.
func Reach(dataDir string) (url string, running bool, err error) {
	dir, err := filepath.Abs(filepath.Join(dataDir, "postgres"))
	if err != nil {
		return "", false, fmt.Errorf("find the data folder: %w", err)
	}
	// Processes are known by the one true path.
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return "", false, ErrNoCluster
		}
		return "", false, fmt.Errorf("look for a cluster: %w", err)
	}
	major, err := clusterMajor(dir)
	if err != nil {
		return "", false, err
	}
	if major == 0 {
		return "", false, ErrNoCluster
	}
	r, found, err := readPidFile(dir)
	if err != nil || !found || !isPostmaster(r.pid, dir) {
		return "", false, err
	}
	password, err := os.ReadFile(filepath.Join(dir, passwordFile))
	if err != nil {
		return "", false, fmt.Errorf("read the cluster's password: %w", err)
	}
	return r.at.url(service, database, strings.TrimSpace(string(password))), true, nil
}
