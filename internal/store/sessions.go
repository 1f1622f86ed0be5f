package store

import (
	"context"
	"time"
)

// Session gives what is kept for the hash of a session's token; found is false for a token
// that is unknown or whose time is over.
func (d *DB) Session(ctx context.Context, token string) (data []byte, found bool, err error) {
	all, err := column[[]byte](ctx, d.pool, "session", "SELECT data FROM sessions WHERE token = $1 AND expiry > now()", token)
	if err != nil || len(all) == 0 {
		return nil, false, err
	}
	return all[0], true, nil
}

// KeepSession keeps a session, or what has become of it, until a moment.
func (d *DB) KeepSession(ctx context.Context, token string, data []byte, until time.Time) error {
	_, err := d.pool.Exec(ctx, `
		INSERT INTO sessions (token, data, expiry) VALUES ($1, $2, $3)
		ON CONFLICT (token) DO UPDATE SET data = excluded.data, expiry = excluded.expiry`, token, data, until)
	return wrap("keep session", err)
}

// EndSession ends a session, if it is there.
func (d *DB) EndSession(ctx context.Context, token string) error {
	_, err := d.pool.Exec(ctx, "DELETE FROM sessions WHERE token = $1", token)
	return wrap("end session", err)
}

// ForgetSessions removes the sessions that ended before a moment.
func (t *Tx) ForgetSessions(ctx context.Context, before time.Time) error {
	_, err := t.exec(ctx, "forget sessions", "DELETE FROM sessions WHERE expiry < $1", before)
	return err
}
