package store

import (
	"bytes"
	"context"
	"encoding/gob"
	"time"
)

// KeptSession is a session as a request finds it.
type KeptSession struct {
	// ID names the session where it is listed; it opens nothing.
	ID   string
	Data []byte
	// Stale is true where its last use has to be noted anew.
	Stale bool
}

// sessionUseKept is how exactly the last use of a session is known: a session that is read
// again within this time is not written.
const sessionUseKept = "interval '5 minutes'"

// Session gives what is kept for the hash of a session's token; found is false for a token
// that is unknown or whose time is over.
func (d *DB) Session(ctx context.Context, token string) (s KeptSession, found bool, err error) {
	all, err := list[KeptSession](ctx, d.pool, "session", `
		SELECT coalesce(id::text, '') AS id, data, coalesce(used_at < now() - `+sessionUseKept+`, true) AS stale
		FROM sessions WHERE token = $1 AND expiry > now()`, token)
	if err != nil || len(all) == 0 {
		return KeptSession{}, false, err
	}
	s = all[0]
	if s.ID == "" { // of a release that gave none
		s.ID, err = scalar[string](ctx, d.pool, "name session",
			"UPDATE sessions SET id = coalesce(id, gen_random_uuid()) WHERE token = $1 RETURNING id::text", token)
	}
	return s, err == nil, err
}

// SessionUse is a session as a request leaves it.
type SessionUse struct {
	// Token is the hash of the session's token.
	Token string
	Data  []byte
	Until time.Time
	// UserID is who is signed in, empty for nobody; Version is that of the account. Address
	// and Browser say from where; they are empty where that is not known.
	UserID  string
	Version int
	Address string
	Browser string
}

func (s SessionUse) args() named {
	return named{"token": s.Token, "data": s.Data, "until": s.Until, "user": s.UserID, "version": s.Version, "address": s.Address, "browser": s.Browser}
}

// BeginSession stores a session under a token that is new.
func (d *DB) BeginSession(ctx context.Context, s SessionUse) error {
	_, err := d.pool.Exec(ctx, `
		INSERT INTO sessions (token, data, expiry, user_id, session_version, address, browser)
		VALUES (@token, @data, @until, nullif(@user, '')::uuid, CASE WHEN @user <> '' THEN @version::integer END,
			nullif(@address, '')::inet, nullif(@browser, ''))
		ON CONFLICT (token) DO UPDATE SET data = excluded.data, expiry = excluded.expiry, user_id = excluded.user_id,
			session_version = excluded.session_version, address = excluded.address, browser = excluded.browser`, s.args())
	return wrap("begin session", err)
}

// KeepSession stores what has become of a session. One that was ended meanwhile stays
// ended.
func (d *DB) KeepSession(ctx context.Context, s SessionUse) error {
	_, err := d.pool.Exec(ctx, `
		UPDATE sessions SET data = @data, expiry = @until, used_at = now(), user_id = nullif(@user, '')::uuid,
			session_version = CASE WHEN @user <> '' THEN @version::integer END, address = nullif(@address, '')::inet, browser = nullif(@browser, '')
		WHERE token = @token`, s.args())
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

// HasSession tells whether a session of an account is there still.
func (q Queries) HasSession(ctx context.Context, userID, id string) (bool, error) {
	return scalar[bool](ctx, q.q, "has session", "SELECT EXISTS (SELECT FROM sessions WHERE user_id = $1 AND id = $2)", userID, id)
}

// SessionFacts is what is known of a session of an account.
type SessionFacts struct {
	ID string
	// BeganAt is nil for a session of a release that did not note it, UsedAt for one that
	// was not used since.
	BeganAt, UsedAt *time.Time
	// Address and Browser are those of the last use, empty where they are not known.
	Address, Browser string
	ExpiresAt        time.Time
}

// SessionsOf gives the sessions that are open to an account: the one with the id first, if
// there is one, then the one that was used last.
func (q Queries) SessionsOf(ctx context.Context, userID, first string, limit int) ([]SessionFacts, error) {
	return list[SessionFacts](ctx, q.q, "sessions of an account", `
		SELECT s.id::text, s.began_at, s.used_at, coalesce(host(s.address), '') AS address, coalesce(s.browser, '') AS browser, s.expiry AS expires_at
		FROM sessions s JOIN users u ON u.id = s.user_id
		WHERE s.user_id = $1 AND s.expiry > now() AND s.session_version = u.session_version
		ORDER BY s.id::text = $2 DESC, s.used_at DESC NULLS LAST, s.id LIMIT $3`, userID, first, limit)
}

// CountSessions counts the sessions that are open to an account.
func (q Queries) CountSessions(ctx context.Context, userID string) (int, error) {
	return scalar[int](ctx, q.q, "count sessions", `
		SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id
		WHERE s.user_id = $1 AND s.expiry > now() AND s.session_version = u.session_version`, userID)
}

// EndSomeSessions ends sessions of an account by their ids, and tells how many that were.
func (t *Tx) EndSomeSessions(ctx context.Context, userID string, ids []string) (int, error) {
	n, err := t.exec(ctx, "end some sessions", "DELETE FROM sessions WHERE user_id = $1 AND id = ANY ($2::uuid[])", userID, ids)
	return int(n), err
}

// EndSessions ends the sessions of an account, also those that are about to begin.
func (t *Tx) EndSessions(ctx context.Context, id string) error {
	if _, err := t.exec(ctx, "end sessions", "UPDATE users SET session_version = session_version + 1 WHERE id = $1", id); err != nil {
		return err
	}
	return t.dropSessions(ctx, id)
}

// EndAllSessions ends the sessions of all accounts.
func (t *Tx) EndAllSessions(ctx context.Context) error {
	if _, err := t.exec(ctx, "end all sessions", `
		WITH all_users AS (SELECT id FROM users ORDER BY id FOR NO KEY UPDATE)
		UPDATE users u SET session_version = session_version + 1 FROM all_users a WHERE a.id = u.id`); err != nil {
		return err
	}
	_, err := t.exec(ctx, "drop all sessions", "DELETE FROM sessions WHERE user_id IS NOT NULL")
	return err
}

// dropSessions removes what is kept of the sessions of an account whose version was raised.
func (t *Tx) dropSessions(ctx context.Context, userID string) error {
	_, err := t.exec(ctx, "drop sessions", "DELETE FROM sessions WHERE user_id = $1", userID)
	return err
}

// AdoptSessions notes whose the sessions are that a release before this kept for an account:
// that is in their data alone. Those of an earlier version of the account are left: they
// open nothing.
func (d *DB) AdoptSessions(ctx context.Context, u User) error {
	user, err := inSession("user_id", u.ID)
	if err != nil {
		return err
	}
	version, err := inSession("session_version", u.SessionVersion)
	if err != nil {
		return err
	}
	_, err = d.pool.Exec(ctx, `
		UPDATE sessions SET id = coalesce(id, gen_random_uuid()), user_id = $1, session_version = $2
		WHERE user_id IS NULL AND position($3::bytea IN data) > 0 AND position($4::bytea IN data) > 0`, u.ID, u.SessionVersion, user, version)
	return wrap("adopt sessions", err)
}

// inSession gives the bytes that a value has in the data of a session: the session library
// keeps a map by encoding/gob, in which each entry stands for itself, and a key with its
// length before it, so that no other key ends with it.
func inSession(key string, value any) ([]byte, error) {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(map[string]any{key: value}); err != nil {
		return nil, wrap("write an entry of a session", err)
	}
	entry := append([]byte{byte(len(key))}, key...)
	return b.Bytes()[bytes.LastIndex(b.Bytes(), entry):], nil
}
