package size

import (
	"context"
	"fmt"
	"net/url"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/store/storetest"
	"corroborate/migrations"
)

const (
	// bytesPerArticle is what an article takes on the disk with all that is kept with it,
	// as measured.
	bytesPerArticle = 13_500
	// spare is how much of the disk is left alone.
	spare = 4 << 30
)

// cluster is where archives are kept.
type cluster struct {
	t testing.TB
	// url is a superuser's connection string, dir a folder on the disk that the cluster
	// is on, empty where that is not checked.
	url, dir string
}

// in gives the connection string of one of its databases.
func (c cluster) in(database string) string {
	c.t.Helper()
	u, err := url.Parse(c.url)
	c.check(err)
	u.Path = "/" + database
	return u.String()
}

func (c cluster) check(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatalf("size: %v", err)
	}
}

// do runs a statement in the database that always is there.
func (c cluster) do(sql string) {
	c.t.Helper()
	conn, err := pgx.Connect(c.t.Context(), c.url)
	c.check(err)
	defer conn.Close(c.t.Context())
	_, err = conn.Exec(c.t.Context(), sql)
	c.check(err)
}

// has tells whether there is a database.
func (c cluster) has(database string) (found bool) {
	c.t.Helper()
	conn, err := pgx.Connect(c.t.Context(), c.url)
	c.check(err)
	defer conn.Close(c.t.Context())
	c.check(conn.QueryRow(c.t.Context(), "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", database).Scan(&found))
	return found
}

// archive gives the database of an archive of so many articles, which it makes out of a
// pattern where there is none. Changes of the schema that came since are made to one
// that is there.
func (c cluster) archive(articles, pattern int) string {
	c.t.Helper()
	name := fmt.Sprintf("size_%d", articles)
	if !c.has(name) {
		c.needRoom(articles)
		c.make(name, articles, pattern)
	}
	pool := c.open(name)
	defer pool.Close()
	_, err := migrations.Run(c.t.Context(), pool)
	c.check(err)
	return c.in(name)
}

// make makes an archive. It gets its name when it is whole.
func (c cluster) make(name string, articles, pattern int) {
	c.t.Helper()
	from, unfinished := fmt.Sprintf("size_pattern_%d", pattern), name+"_unfinished"
	if !c.has(from) {
		c.fresh(from+"_unfinished", "template0")
		c.migrate(from + "_unfinished")
		c.within(func(t testing.TB) { makePattern(t, c.in(from+"_unfinished"), pattern) })
		c.do("ALTER DATABASE " + from + "_unfinished RENAME TO " + from)
	}
	c.fresh(unfinished, from)
	c.migrate(unfinished) // the pattern may be older
	pool := c.open(unfinished)
	err := copyPattern(c.t.Context(), pool, articles/pattern)
	pool.Close()
	c.check(err)
	c.do("ALTER DATABASE " + unfinished + " RENAME TO " + name)
}

// fresh makes a database like another, in place of one that was left unfinished.
func (c cluster) fresh(name, like string) {
	c.t.Helper()
	c.do("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)")
	c.do("CREATE DATABASE " + name + " TEMPLATE " + like)
}

func (c cluster) migrate(database string) {
	c.t.Helper()
	pool := c.open(database)
	defer pool.Close()
	_, err := migrations.Run(c.t.Context(), pool)
	c.check(err)
}

func (c cluster) open(database string) *pgxpool.Pool {
	c.t.Helper()
	return storetest.Open(c.t, c.in(database), nil)
}

// within runs something that ends its service with a test before this one goes on.
func (c cluster) within(do func(testing.TB)) {
	c.t.Helper()
	switch t := c.t.(type) {
	case *testing.T:
		if !t.Run("pattern", func(t *testing.T) { do(t) }) {
			t.FailNow()
		}
	case *testing.B:
		t.Fatal("size: archives are made in tests alone")
	}
}

// needRoom fails where the disk has no room for an archive.
func (c cluster) needRoom(articles int) {
	c.t.Helper()
	if c.dir == "" {
		return
	}
	var disk syscall.Statfs_t
	c.check(syscall.Statfs(c.dir, &disk))
	free, need := int64(disk.Bavail)*disk.Bsize, int64(articles)*bytesPerArticle
	if free < need+spare {
		c.t.Fatalf("size: %d articles need %d MiB of disk and %d MiB to spare; %s has %d MiB free: free some, or choose smaller sizes with -size.articles",
			articles, need>>20, int64(spare)>>20, c.dir, free>>20)
	}
}

// tell gives one figure of a database.
func tell[T any](ctx context.Context, pool *pgxpool.Pool, sql string, args ...any) (out T, err error) {
	err = pool.QueryRow(ctx, sql, args...).Scan(&out)
	return out, err
}
