package nodetest

import (
	"net"
	"os"
	"path/filepath"
	"testing"
)

// Archive makes a folder that servers can put their write-ahead log into, and gives it with
// the settings that have one do so.
func Archive(t testing.TB) (dir string, set []string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "archive")
	if err == nil {
		err = os.Chmod(dir, 0o777) // the servers run as another user
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir, []string{"archive_mode=on", "archive_command=test ! -f " + dir + "/%f && cp %p " + dir + "/%f"}
}

// Backup gives a server that was made of a base backup of this one and does not run yet.
func (n *Node) Backup(set ...string) *Node {
	n.t.Helper()
	to := newNode(n.t, set)
	host, port, _ := net.SplitHostPort(n.Addr)
	to.run("pg_basebackup", "--pgdata="+to.data(), "--checkpoint=fast", "--wal-method=stream", "--no-sync",
		"--dbname=host="+host+" port="+port+" user=postgres")
	to.run("pg_verifybackup", "--quiet", to.data())
	return to
}

// Recover starts a server of a backup and has it take what is in an archive up to a moment,
// as PostgreSQL writes one.
func (n *Node) Recover(archive, moment string) {
	n.t.Helper()
	signal := filepath.Join(n.data(), "recovery.signal")
	err := os.WriteFile(signal, nil, 0o666)
	if err == nil {
		err = os.Chmod(signal, 0o666)
	}
	if err != nil {
		n.t.Fatal(err)
	}
	n.settings = append(n.settings, "restore_command=cp "+archive+"/%f %p", "recovery_target_time="+moment,
		"recovery_target_action=promote", "hot_standby=off")
	n.Start()
	n.Await("SELECT NOT pg_is_in_recovery()")
}
