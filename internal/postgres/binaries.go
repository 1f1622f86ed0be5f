package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// MinMajor is the oldest major version of PostgreSQL that the server works with.
const MinMajor = 15

// ErrNoBinaries says that no usable PostgreSQL programs are installed; its text
// names the ways out.
var ErrNoBinaries = errors.New(`no PostgreSQL programs (initdb, postgres) of version ` + strconv.Itoa(MinMajor) + ` or newer were found. Any one of these helps:
  - install them: apt-get install postgresql (Debian, Ubuntu), brew install postgresql@15 (macOS)
  - set PG_BIN_DIR to the folder that holds initdb and postgres
  - set DATABASE_URL to a database of a PostgreSQL server that runs already`)

// installFolders are the places where packages put PostgreSQL's programs: Debian,
// Red Hat, Alpine, and Homebrew on both kinds of Mac.
var installFolders = [...]string{
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/usr/libexec/postgresql*",
	"/opt/homebrew/opt/postgresql@*/bin",
	"/usr/local/opt/postgresql@*/bin",
}

// binaries is one installed set of PostgreSQL's programs.
type binaries struct {
	dir   string
	major int
}

func (b binaries) path(program string) string { return filepath.Join(b.dir, program) }

// findBinaries gives the programs to run a cluster with. Where wantMajor is not
// zero only that version will do, because a cluster's files belong to one major
// version; otherwise the newest installed version is taken. A configured folder
// is the only one that is looked at.
func findBinaries(ctx context.Context, configured string, wantMajor int) (binaries, error) {
	candidates := candidateFolders()
	if configured != "" {
		candidates = []string{configured}
	}
	var found []binaries
	for _, dir := range candidates {
		if b, err := inspect(ctx, dir); err == nil {
			found = append(found, b)
		} else if configured != "" {
			return binaries{}, fmt.Errorf("PG_BIN_DIR: %w", err)
		}
	}
	return choose(found, wantMajor)
}

// choose picks from the installed sets, which stand in order of preference.
func choose(found []binaries, wantMajor int) (binaries, error) {
	best := binaries{}
	for _, b := range found {
		if wantMajor != 0 && b.major == wantMajor {
			return b, nil
		}
		if b.major > best.major {
			best = b
		}
	}
	switch {
	case wantMajor != 0 && best.major != 0:
		return binaries{}, fmt.Errorf("the data folder was made by PostgreSQL %d, and the installed version is %d: "+
			"install PostgreSQL %d (or point PG_BIN_DIR at it), or move the data with pg_dump and pg_restore as docs/operations.md shows",
			wantMajor, best.major, wantMajor)
	case best.major < MinMajor:
		return binaries{}, ErrNoBinaries
	}
	return best, nil
}

// candidateFolders lists the folders that may hold the programs: PATH first.
func candidateFolders() []string {
	var dirs []string
	if initdb, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(initdb); err == nil { // a link stands apart from the other programs
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	for _, pattern := range installFolders {
		matches, _ := filepath.Glob(pattern) // the patterns are constant and well-formed
		slices.Sort(matches)
		dirs = append(dirs, matches...)
	}
	return dirs
}

var versionPattern = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// inspect says which version lies in dir, or what is missing there.
func inspect(ctx context.Context, dir string) (binaries, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return binaries{}, fmt.Errorf("find PostgreSQL: %w", err)
	}
	b := binaries{dir: dir}
	if _, err := os.Stat(b.path("initdb")); err != nil {
		return binaries{}, fmt.Errorf("find PostgreSQL: %w", err)
	}
	out, err := exec.CommandContext(ctx, b.path("postgres"), "--version").Output()
	if err != nil {
		return binaries{}, fmt.Errorf("ask %s for its version: %w", b.path("postgres"), err)
	}
	m := versionPattern.FindStringSubmatch(string(out))
	if m == nil {
		return binaries{}, fmt.Errorf("read the version of %s: %q", b.path("postgres"), strings.TrimSpace(string(out)))
	}
	b.major, err = strconv.Atoi(m[1])
	if err != nil {
		return binaries{}, fmt.Errorf("read the version of %s: %w", b.path("postgres"), err)
	}
	return b, nil
}
