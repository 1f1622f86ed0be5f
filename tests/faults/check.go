package faults

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// stillTime is how long the queue may stand still, once nobody writes, before it is
	// empty.
	stillTime = 3 * time.Minute
	// checkTries is how often the database is asked: a cluster that was just hit may answer
	// once more before it falls.
	checkTries = 5
	// shownProblems is how many things of one sort are named.
	shownProblems = 3
)

// check holds the database to the rules and to the ledger, on one state of it. At rest more
// has to hold.
func (w *World) check(ctx context.Context, rest bool) (err error) {
	for range checkTries {
		if err = w.checkOnce(ctx, rest); err == nil {
			return nil
		}
		pause(ctx, time.Second)
	}
	return err
}

func (w *World) checkOnce(ctx context.Context, rest bool) error {
	acked := w.ledger.copied() // before the state is taken, so that all of it has to be there
	conn, err := superuser(ctx, w.dataDir, "corroborate")
	if err != nil {
		return fmt.Errorf("connect to check: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	opts := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return pgx.BeginTxFunc(ctx, conn, opts, func(tx pgx.Tx) error {
		c := checker{world: w, tx: tx, book: acked, rest: rest}
		if err := c.rules(ctx, always); err != nil {
			return err
		}
		if rest {
			if err := c.rules(ctx, atRest); err != nil {
				return err
			}
		}
		return c.ledger(ctx)
	})
}

// checker checks one state of the database.
type checker struct {
	world *World
	tx    pgx.Tx
	book  book
	rest  bool
}

func (c checker) rules(ctx context.Context, rules []rule) error {
	for _, r := range rules {
		var n int
		if err := c.tx.QueryRow(ctx, r.sql).Scan(&n); err != nil {
			return fmt.Errorf("look for %s: %w", r.broken, err)
		}
		if n > 0 {
			c.world.problem("%s: %d", r.broken, n)
		}
	}
	return nil
}

// ledger looks for everything that was acknowledged.
func (c checker) ledger(ctx context.Context) error {
	for _, look := range []func(context.Context) error{c.stories, c.reviews, c.articles, c.corrected, c.imports, c.judged} {
		if err := look(ctx); err != nil {
			return err
		}
	}
	return nil
}

// named is a row that is known by a name of the ledger's.
type named struct{ name, id, text string }

// find gives rows by their name. Each statement gives a name, an id and a text.
func (c checker) find(ctx context.Context, sql string) (map[string][]named, error) {
	rows, err := c.tx.Query(ctx, sql)
	if err != nil {
		return nil, err
	}
	out := map[string][]named{}
	var n named
	_, err = pgx.ForEachRow(rows, []any{&n.name, &n.id, &n.text}, func() error {
		out[n.name] = append(out[n.name], n)
		return nil
	})
	return out, err
}

// wrong collects what is wrong with things of one sort and tells of it in one line.
type wrong struct {
	what  string
	n     int
	first []string
}

func (x *wrong) add(format string, args ...any) {
	if x.n++; x.n <= shownProblems {
		x.first = append(x.first, fmt.Sprintf(format, args...))
	}
}

func (x *wrong) tell(w *World) {
	if x.n > 0 {
		w.problem("%d %s, such as %q", x.n, x.what, x.first)
	}
}

// once holds names against rows: what was acknowledged is there under its id, and nothing
// is there twice.
func (c checker) once(what string, acked map[string]string, rows map[string][]named) {
	lost, twice := wrong{what: what + " lost"}, wrong{what: what + " stored twice"}
	for name, id := range acked {
		found := rows[name]
		if len(found) > 1 {
			twice.add("%s", name)
		}
		if id != "" && (len(found) == 0 || found[0].id != id && len(found) == 1) {
			lost.add("%s %s", name, id)
		}
	}
	lost.tell(c.world)
	twice.tell(c.world)
}

func (c checker) stories(ctx context.Context) error {
	rows, err := c.find(ctx, "SELECT title, id::text, '' FROM stories WHERE title ~ '^(story|probe)-'")
	if err == nil {
		c.once("stories", c.book.stories, rows)
	}
	return err
}

func (c checker) reviews(ctx context.Context) error {
	rows, err := c.find(ctx, "SELECT note, id::text, '' FROM reviews WHERE note <> ''")
	if err == nil {
		c.once("reviews", c.book.reviews, rows)
	}
	return err
}

// articles looks for articles and lines, with what was first received of each.
func (c checker) articles(ctx context.Context) error {
	rows, err := c.find(ctx, `SELECT a.external_id, a.id::text, convert_from(r.raw, 'UTF8') FROM articles a
		JOIN revisions r ON r.article_id = a.id AND r.number = 1 WHERE a.external_id <> ''`)
	if err != nil {
		return err
	}
	lost, twice, other := wrong{what: "articles lost"}, wrong{what: "articles stored twice"}, wrong{what: "articles with another text than was sent"}
	for name, sent := range c.book.articles {
		found := rows[name]
		switch {
		case len(found) > 1:
			twice.add("%s", name)
		case len(found) == 1 && (found[0].text != sent.text || sent.id != "" && found[0].id != sent.id):
			other.add("%s %s", name, found[0].id)
		case len(found) == 0 && sent.acked && (!sent.bulk || c.rest):
			lost.add("%s %s", name, sent.id)
		}
	}
	for _, x := range []wrong{lost, twice, other} {
		x.tell(c.world)
	}
	return nil
}

// corrected looks for the texts that articles were given later: they are what is read.
func (c checker) corrected(ctx context.Context) error {
	rows, err := c.find(ctx, `SELECT a.id::text, r.number::text, convert_from(r.raw, 'UTF8') FROM articles a
		JOIN revisions r ON r.id = a.revision_id WHERE r.number > 1`)
	if err != nil {
		return err
	}
	lost := wrong{what: "corrections lost"}
	for id, text := range c.book.corrected {
		if found := rows[id]; len(found) != 1 || found[0].text != text || found[0].id != "2" {
			lost.add("%s", id)
		}
	}
	lost.tell(c.world)
	return nil
}

// imports looks for imports with all their lines.
func (c checker) imports(ctx context.Context) error {
	rows, err := c.find(ctx, "SELECT id::text, state, lines::text FROM imports WHERE state <> 'receiving'")
	if err != nil {
		return err
	}
	lost := wrong{what: "imports lost"}
	for id, lines := range c.book.imports {
		if found := rows[id]; len(found) != 1 || found[0].text != fmt.Sprint(lines) {
			lost.add("%s", id)
		}
	}
	lost.tell(c.world)
	if extra := len(rows) - len(c.book.imports); c.rest && extra > 0 {
		c.world.problem("%d imports that nobody was told of", extra)
	}
	return nil
}

func (c checker) judged(ctx context.Context) error {
	rows, err := c.find(ctx, "SELECT id::text, kind, '' FROM claim_edits WHERE undone_at IS NULL")
	if err != nil {
		return err
	}
	lost := wrong{what: "judgements of claims lost"}
	for id := range c.book.judged {
		if len(rows[id]) != 1 {
			lost.add("%s", id)
		}
	}
	lost.tell(c.world)
	if extra := len(rows) - len(c.book.judged); c.rest && extra > 0 {
		c.world.problem("%d judgements of claims that nobody was told of", extra)
	}
	return nil
}

// rest waits until the queue is empty. It may take long, and may not stand still.
func (w *World) rest(ctx context.Context) error {
	left, moved := -1, time.Now()
	for ctx.Err() == nil {
		now, err := w.waiting(ctx)
		switch {
		case err == nil && now == 0:
			return nil
		case err == nil && now != left:
			left, moved = now, time.Now()
		case time.Since(moved) > stillTime:
			return fmt.Errorf("%d jobs are left and nothing was done for %v: %v", left, stillTime, err)
		}
		pause(ctx, time.Second)
	}
	return ctx.Err()
}

// waiting counts what is still to be done.
func (w *World) waiting(ctx context.Context) (n int, err error) {
	conn, err := superuser(ctx, w.dataDir, "corroborate")
	if err != nil {
		return 0, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = conn.QueryRow(ctx, `SELECT (SELECT count(*) FROM river_job WHERE state IN ('available', 'pending', 'running', 'retryable'))
		+ (SELECT count(*) FROM events WHERE seq IS NULL)`).Scan(&n)
	return n, err
}
