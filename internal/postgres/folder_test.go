package postgres

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestChoose(t *testing.T) {
	t.Parallel()
	pg := func(major int) binaries { return binaries{dir: "/pg", major: major} }
	tests := []struct {
		name  string
		found []binaries
		want  int // the version that the data folder asks for
		got   int
		err   string
	}{
		{"nothing installed", nil, 0, 0, "DATABASE_URL"},
		{"only an old one", []binaries{pg(13)}, 0, 0, "PG_BIN_DIR"},
		{"the newest", []binaries{pg(15), pg(17), pg(16)}, 0, 17, ""},
		{"the folder's own", []binaries{pg(15), pg(17)}, 15, 15, ""},
		{"not the folder's", []binaries{pg(17)}, 15, 0, "made by PostgreSQL 15, and the installed version is 17"},
		{"none for the folder", nil, 15, 0, "apt-get install postgresql"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := choose(tt.found, tt.want)
			if got.major != tt.got {
				t.Errorf("chose %d, want %d", got.major, tt.got)
			}
			if (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
				t.Errorf("error %v, want %q", err, tt.err)
			}
		})
	}
}

func TestBinDirIsTheOnlyPlace(t *testing.T) {
	t.Parallel()
	_, err := findBinaries(t.Context(), t.TempDir(), 0)
	if err == nil || !strings.Contains(err.Error(), "PG_BIN_DIR") {
		t.Errorf("empty PG_BIN_DIR: %v, want an error that names the setting", err)
	}
}

func TestClusterMajor(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file, content string
		want                int
		wantErr             bool
	}{
		{"no cluster", "", "", 0, false},
		{"a cluster", "PG_VERSION", "15\n", 15, false},
		{"somebody's folder", "thesis.doc", "", 0, true},
		{"broken", "PG_VERSION", "fifteen", 0, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if tt.file != "" {
				if err := os.WriteFile(filepath.Join(dir, tt.file), []byte(tt.content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			got, err := clusterMajor(dir)
			if got != tt.want || (err != nil) != tt.wantErr {
				t.Errorf("clusterMajor = %d, %v; want %d, error %v", got, err, tt.want, tt.wantErr)
			}
		})
	}
}

func TestOtherVersionsFolderIsRefused(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	cluster := filepath.Join(dir, "postgres")
	if err := os.Mkdir(cluster, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(cluster, "PG_VERSION"), []byte("11\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), config(dir))
	if err == nil || !strings.Contains(err.Error(), "made by PostgreSQL 11") {
		t.Errorf("folder of version 11: %v, want an error that says so", err)
	}
}

func TestClosedFolderIsNamed(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root runs PostgreSQL as another user")
	}
	newDataDir(t) // skips where PostgreSQL is missing
	closed := filepath.Join(t.TempDir(), "closed")
	if err := os.Mkdir(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), config(filepath.Join(closed, "data")))
	if err == nil || !strings.Contains(err.Error(), "folder "+closed+" is closed") {
		t.Errorf("closed folder: %v, want an error that names %s", err, closed)
	}
}

func TestEndpoint(t *testing.T) {
	t.Parallel()
	long := "/" + strings.Repeat("x", maxSocketPath)
	tests := []struct {
		dir    string
		socket bool
	}{
		{"/var/lib/corroborate/run", true},
		{"/home/with blank/run", true},
		{"/home/a,b/run", false},
		{long, false},
	}
	for _, tt := range tests {
		at, err := chooseEndpoint(tt.dir)
		if err != nil {
			t.Fatal(err)
		}
		if (at.socketDir != "") != tt.socket || at.port == 0 {
			t.Errorf("chooseEndpoint(%.30q) = %+v, want a socket: %v", tt.dir, at, tt.socket)
		}
		if url := at.url(role, database, "secret"); strings.Contains(url, "secret") == tt.socket {
			t.Errorf("url for %.30q: %s", tt.dir, url)
		}
	}
}

func TestLogIsPutAside(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "postgres.log")
	if err := os.WriteFile(path, make([]byte, maxLogSize+1), 0o600); err != nil {
		t.Fatal(err)
	}
	f, size, err := openLog(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if size != 0 {
		t.Errorf("the new log has %d bytes, want 0", size)
	}
	if _, err := os.Stat(path + ".1"); errors.Is(err, os.ErrNotExist) {
		t.Error("the old log is gone")
	}
}
