package backup_test

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/postgres/nodetest"
	"corroborate/internal/server/servertest"
	"corroborate/internal/store/storetest"
	"corroborate/migrations"
)

// post sends an article and gives whether it was taken.
func post(s *servertest.Service, name string) bool {
	return s.Do(servertest.Call{Method: http.MethodPost, Path: "/api/v1/articles", Key: servertest.AdminKey, Body: fmt.Sprintf(
		`{"text": "The bridge at %s was closed on Monday, the mayor said.", "source": "Post", "external_id": %q}`, name, name)}).Code == http.StatusAccepted
}

func number(t *testing.T, pool *pgxpool.Pool, sql string, args ...any) (n int) {
	t.Helper()
	if err := pool.QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func has(t *testing.T, pool *pgxpool.Pool, name string) bool {
	t.Helper()
	return number(t, pool, "SELECT count(*) FROM articles WHERE external_id = $1", name) == 1
}

// writer adds articles until it is stopped, and counts what was taken.
type writer struct {
	taken atomic.Int32
	stop  context.CancelFunc
	ended chan struct{}
}

func write(s *servertest.Service) *writer {
	ctx, stop := context.WithCancel(context.Background())
	w := &writer{stop: stop, ended: make(chan struct{})}
	go func() {
		defer close(w.ended)
		for n := 0; ctx.Err() == nil; n++ {
			time.Sleep(50 * time.Millisecond) // each has to be analysed later
			if post(s, fmt.Sprintf("writer-%d", n)) {
				w.taken.Add(1)
			}
		}
	}()
	return w
}

// await waits until so many articles more were taken.
func (w *writer) await(t *testing.T, more int32) {
	t.Helper()
	want := w.taken.Load() + more
	for end := time.Now().Add(time.Minute); w.taken.Load() < want; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("only %d of %d articles were taken", w.taken.Load(), want)
		}
	}
}

func (w *writer) end() {
	w.stop()
	<-w.ended
}

// TestRestoreToAMoment takes a base backup while articles come in, kills the database, and
// restores it to the moment between two articles.
func TestRestoreToAMoment(t *testing.T) {
	t.Parallel()
	archive, archiving := nodetest.Archive(t)
	primary := nodetest.Primary(t, append(archiving, "fsync=off")...)
	owner := storetest.Open(t, primary.URL("postgres"), nil)
	if _, err := migrations.Run(t.Context(), owner); err != nil {
		t.Fatal(err)
	}
	s := servertest.New(t, servertest.Options{Database: primary.URL("postgres"), CallsPerMinute: 1_000_000})
	w := write(s)
	w.await(t, 3)
	backup := primary.Backup("fsync=off", "archive_mode=off")
	w.await(t, 3)
	if !post(s, "before-the-moment") {
		t.Fatal("an article was not taken")
	}
	var moment string
	if err := owner.QueryRow(t.Context(), "SELECT clock_timestamp()::text").Scan(&moment); err != nil {
		t.Fatal(err)
	}
	sure := number(t, owner, "SELECT count(*) FROM articles WHERE created_at < $1::timestamptz", moment)
	if !post(s, "after-the-moment") {
		t.Fatal("an article was not taken")
	}
	w.await(t, 3)
	w.end()
	all := number(t, owner, "SELECT count(*) FROM articles")
	var last string
	if err := owner.QueryRow(t.Context(), "SELECT pg_walfile_name(pg_switch_wal())").Scan(&last); err != nil {
		t.Fatal(err)
	}
	primary.Await("SELECT coalesce(last_archived_wal >= '" + last + "', false) FROM pg_stat_archiver")
	primary.Kill()

	backup.Recover(archive, moment)
	restored := storetest.Open(t, backup.URL("postgres"), nil)
	if !has(t, restored, "before-the-moment") || has(t, restored, "after-the-moment") {
		t.Errorf("before the moment is there: %v; after it: %v", has(t, restored, "before-the-moment"), has(t, restored, "after-the-moment"))
	}
	// One article may have been on its way at that moment.
	if n := number(t, restored, "SELECT count(*) FROM articles"); n < sure-1 || n > sure+1 || n >= all {
		t.Errorf("%d articles were restored, of %d before the moment and %d in all", n, sure, all)
	}
	if n := number(t, restored, "SELECT count(*) FROM articles a LEFT JOIN revisions r ON r.id = a.revision_id WHERE r.id IS NULL OR r.raw = ''"); n > 0 {
		t.Errorf("%d articles lack their text", n)
	}
	goesOn(t, backup, restored)
}

// goesOn has a server work on what was restored: new articles are taken, and those that
// waited are analysed.
func goesOn(t *testing.T, at *nodetest.Node, pool *pgxpool.Pool) {
	t.Helper()
	s := servertest.New(t, servertest.Options{Database: at.URL("postgres"), Jobs: true})
	if !post(s, "after-the-restore") {
		t.Error("an article was not taken after the restore")
	}
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		waiting := number(t, pool, "SELECT count(*) FROM articles WHERE status = 'pending'")
		if waiting == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d articles are still not analysed", waiting)
		}
	}
}
