package size

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"corroborate/internal/auth"
	"corroborate/internal/server"
	"corroborate/internal/server/servertest"
)

// archive is the service on one database, twice: as it is, for times, and with its
// statements told, for what they read.
type archive struct {
	*servertest.Service
	t testing.TB
	// articles is how many it has.
	articles  int
	database  string
	told      *servertest.Service
	statement *recorder
	cookie    *http.Cookie
	// ids are things to call for, by the part of an address that comes before them.
	ids map[string][]string
	// brief leaves times out and asks for one thing of each sort, with plans that read no
	// table from end to end where there is another way: for archives that are too small
	// for the planner to choose so by itself.
	brief bool
	// texts are what is looked for, once it is chosen.
	texts *strings.Replacer
	// things are what is written to, by their table, once they are chosen.
	things map[string][]string
	// calls counts calls, as an address may make only so many in a minute.
	calls int
}

// openArchive starts the service on a database. The ids are copies of those that tails
// end, so that archives of all sizes are asked for the same things.
func openArchive(t testing.TB, database string, articles int, tails map[string][]string, brief bool) *archive {
	t.Helper()
	a := &archive{t: t, articles: articles, database: database, brief: brief, statement: &recorder{}, ids: map[string][]string{}}
	opts := servertest.Options{Database: database, CallsPerMinute: 10_000_000}
	a.Service = servertest.New(t, opts)
	letWatch(t, a.Service)
	opts.Watch = a.watch
	a.told = servertest.New(t, opts)
	a.cookie = a.SignIn(a.User(auth.Administrator))
	for part, table := range tables {
		a.gather(part, table, tails)
	}
	return a
}

// watch has the statements told, with the plans that a large archive would have.
func (a *archive) watch(cfg *pgxpool.Config) {
	a.statement.watch(cfg)
	if a.brief {
		cfg.ConnConfig.RuntimeParams["enable_seqscan"] = "off"
	}
}

// tables are where the ids of addresses are, by the part of the address before them.
var tables = map[string]string{"stories": "stories", "findings": "findings", "articles": "articles", "sources": "sources", "claims": "claims",
	"reviews": "reviews", "cleared": "cleared_pairs", "imports": "imports", "users": "users", "keys": "api_keys"}

// sampled is how many things of each sort are asked for.
const sampled = 3

// gather finds things to ask for. The first archive chooses which.
func (a *archive) gather(part, table string, tails map[string][]string) {
	a.t.Helper()
	live := "true"
	if table == "stories" || table == "articles" {
		live = "deleted_at IS NULL"
	}
	if tails[part] == nil {
		tails[part] = a.query("SELECT tail FROM (SELECT DISTINCT right(id::text, 12) AS tail FROM "+table+" WHERE "+live+") x ORDER BY md5(tail) LIMIT $1", sampled)
	}
	a.ids[part] = a.query(`SELECT DISTINCT ON (right(id::text, 12)) id::text FROM `+table+`
		WHERE right(id::text, 12) = ANY($1) AND `+live+` ORDER BY right(id::text, 12), md5(id::text)`, tails[part])
}

func (a *archive) query(sql string, args ...any) []string {
	a.t.Helper()
	rows, err := a.Pool.Query(a.t.Context(), sql, args...)
	if err != nil {
		a.t.Fatalf("size: %v", err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		a.t.Fatalf("size: %v", err)
	}
	return out
}

// streamTime is for how long a stream is read, which has no end.
const streamTime = 150 * time.Millisecond

// get makes a call and gives what came.
func (a *archive) get(s http.Handler, way server.Way, address string) *httptest.ResponseRecorder {
	ctx := a.t.Context()
	if streams(address) {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, streamTime)
		defer cancel()
	}
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	a.calls++
	r.RemoteAddr = "198.51.100." + string(rune('0'+a.calls/100%10)) + ":1234"
	if way == server.ByKey {
		r.Header.Set("Authorization", "Bearer "+servertest.AdminKey)
	} else {
		r.AddCookie(a.cookie)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// streams tells whether an address gives a stream.
func streams(address string) bool {
	path, _, _ := strings.Cut(address, "?")
	return strings.HasSuffix(path, "/events")
}
