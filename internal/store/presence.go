package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"
)

// lockWorker is the first number of the lock that a server with workers holds,
// the second is that of its name. lockKey is that of the lock that servers share which
// seal secrets with the same key.
const (
	lockWorker = 4
	lockKey    = 5
)

// Presence shows other servers that this one lives: it holds a lock on a
// connection of its own, which ends with the process however that ends.
type Presence struct {
	db   *DB
	name string
	// lock takes the lock, given its first number and the name.
	lock  string
	class int
	conn  *pgx.Conn
}

// NewPresence gives the presence of a server by the name that its jobs bear. It
// begins with the first [Presence.Keep].
func NewPresence(db *DB, name string) *Presence {
	return &Presence{db: db, name: name, class: lockWorker, lock: "SELECT pg_advisory_lock($1, hashtext($2))"}
}

// NewKeyPresence gives the presence of a server by the name of the key that it seals
// secrets with, which others may have too.
func NewKeyPresence(db *DB, keyID string) *Presence {
	return &Presence{db: db, name: keyID, class: lockKey, lock: "SELECT pg_advisory_lock_shared($1, hashtext($2))"}
}

// Differs tells whether a server is present by another name.
func (p *Presence) Differs(ctx context.Context) (bool, error) {
	return scalar[bool](ctx, p.conn, "other keys", `
		SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2
			AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
			AND classid = $1::int::oid AND objid <> hashtext($2)::oid)`, p.class, p.name)
}

// Keep makes sure that the lock is held, on a new connection where the old one
// broke. It is not safe for concurrent use.
func (p *Presence) Keep(ctx context.Context) error {
	if p.conn != nil && p.conn.Ping(ctx) == nil {
		return nil
	}
	p.End(ctx)
	conn, err := p.db.pool.Acquire(ctx)
	if err != nil {
		return wrap("presence", err)
	}
	p.conn = conn.Hijack()
	_, err = p.conn.Exec(ctx, p.lock, p.class, p.name)
	return wrap("presence", err)
}

// End gives the lock up.
func (p *Presence) End(ctx context.Context) {
	if p.conn == nil {
		return
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = p.conn.Close(closing) // the lock ends with the connection in any case
	p.conn = nil
}

// Orphan is a job that ran in a server that has ended.
type Orphan struct {
	// ID is what the job is called now, Was what it was called while it ran.
	ID, Was int64
	Kind    string
	Args    json.RawMessage
	// Lost is true where the job had no attempts left and is given up.
	Lost bool
}

// AdoptOrphans gives the jobs that servers left running when they ended back to
// the queue. A server has ended when its presence has. One whose connection broke may
// work on nevertheless, so the jobs get new ids: what it still says of the old ones is
// said of none. The queue itself asks for no more than that a job with the id runs.
func (t *Tx) AdoptOrphans(ctx context.Context) ([]Orphan, error) {
	return list[Orphan](ctx, t.q, "adopt orphans", `
		WITH owners AS MATERIALIZED (
			SELECT DISTINCT attempted_by[array_upper(attempted_by, 1)] AS name FROM river_job WHERE state = 'running'),
		ended AS MATERIALIZED (SELECT name FROM owners WHERE pg_try_advisory_xact_lock($1, hashtext(name))),
		orphans AS MATERIALIZED (
			SELECT id FROM river_job WHERE state = 'running' AND attempted_by[array_upper(attempted_by, 1)] IN (SELECT name FROM ended) FOR UPDATE)
		UPDATE river_job j SET
			id = nextval(pg_get_serial_sequence('river_job', 'id')),
			state = (CASE WHEN j.attempt < j.max_attempts THEN 'available' ELSE 'discarded' END)::river_job_state,
			scheduled_at = now(),
			finalized_at = CASE WHEN j.attempt < j.max_attempts THEN NULL ELSE now() END,
			errors = array_append(j.errors, jsonb_build_object(
				'at', now(), 'attempt', j.attempt, 'error', 'the server ended while this job ran', 'trace', ''))
		FROM orphans o WHERE j.id = o.id
		RETURNING j.id, o.id AS was, j.kind, j.args, j.state = 'discarded' AS lost`, lockWorker)
}

// GiveBackForgotten gives the jobs that a server has as running, but for those that it
// names, back to the queue, where they began longer ago than after. They lose no attempt:
// whether they were done is not known. Their ids are new, as in [Tx.AdoptOrphans].
func (t *Tx) GiveBackForgotten(ctx context.Context, name string, busy []int64, after time.Duration) (int64, error) {
	return t.exec(ctx, "give back forgotten", `
		UPDATE river_job SET id = nextval(pg_get_serial_sequence('river_job', 'id')),
			state = 'available', scheduled_at = now(), attempt = greatest(attempt - 1, 0)
		WHERE state = 'running' AND attempted_by[array_upper(attempted_by, 1)] = $1 AND id <> ALL ($2::bigint[])
		  AND attempted_at < now() - $3::interval`, name, busy, after)
}
