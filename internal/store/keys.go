package store

import (
	"context"
	"time"

	"corroborate/internal/auth"
)

// APIKey is a key without its secret, of which a hash alone is stored.
type APIKey struct {
	ID     string
	UserID string
	// Owner and OwnerEmail are the person, OwnerClosedAt is when their account was
	// closed, nil while it is open.
	Owner         string
	OwnerEmail    string
	OwnerClosedAt *time.Time
	Name          string
	Scopes        []auth.Scope
	// Configured marks the key that the settings name.
	Configured bool
	// CallsPerMinute is how many calls it may make, 0 for as many as the settings allow.
	CallsPerMinute int
	CreatedAt      time.Time
	ExpiresAt      *time.Time
	LastUsedAt     *time.Time
	RevokedAt      *time.Time
}

const keySelect = `
	SELECT k.id, k.user_id, u.name AS owner, u.email AS owner_email, u.disabled_at AS owner_closed_at, k.name, k.scopes,
	       k.configured, coalesce(k.calls_per_minute, 0) AS calls_per_minute, k.created_at, k.expires_at, k.last_used_at, k.revoked_at
	FROM api_keys k JOIN users u ON u.id = k.user_id `

// KeyState is how a key stands.
type KeyState string

// The states. A key that is about to end is valid, too.
const (
	KeyValid   KeyState = "valid"
	KeyEnding  KeyState = "ending"
	KeyExpired KeyState = "expired"
	KeyRevoked KeyState = "revoked"
)

// keyStates say which keys are in a state at @at; those that are about to end do so by
// @soon.
var keyStates = map[KeyState]string{
	KeyValid:   "k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > @at)",
	KeyEnding:  "k.revoked_at IS NULL AND k.expires_at > @at AND k.expires_at <= @soon",
	KeyExpired: "k.revoked_at IS NULL AND k.expires_at <= @at",
	KeyRevoked: "k.revoked_at IS NOT NULL",
}

// KeyChoice chooses keys; empty fields choose all.
type KeyChoice struct {
	UserID string
	State  KeyState
	// At is the moment that State is of, Soon that by which keys are about to end.
	At, Soon time.Time
	Scope    auth.Scope
	// UnusedSince chooses keys that were not used since then, or never.
	UnusedSince time.Time
	// Before is an id: keys that were made earlier are chosen.
	Before string
	Limit  int
}

// Keys lists keys, the newest first.
func (q Queries) Keys(ctx context.Context, c KeyChoice) ([]APIKey, error) {
	f := newFilter(named{"limit": c.Limit})
	f.on(c.UserID != "", "k.user_id = @user::uuid", "user", c.UserID)
	f.on(c.Scope != "", "@scope = ANY(k.scopes)", "scope", string(c.Scope))
	f.on(!c.UnusedSince.IsZero(), "(k.last_used_at IS NULL OR k.last_used_at < @since)", "since", c.UnusedSince)
	f.on(c.Before != "", "k.id < @before::uuid", "before", c.Before)
	f.add(c.State != "", keyStates[c.State])
	if c.State != "" && c.State != KeyRevoked {
		f.args["at"] = c.At
	}
	if c.State == KeyEnding {
		f.args["soon"] = c.Soon
	}
	return list[APIKey](ctx, q.q, "keys", keySelect+"WHERE "+f.sql()+" ORDER BY k.id DESC LIMIT @limit", f.args)
}

// Key gives a key.
func (q Queries) Key(ctx context.Context, id string) (APIKey, error) {
	return one[APIKey](ctx, q.q, "key", keySelect+"WHERE k.id = $1", id)
}

// KeyByToken gives the key with the SHA-256 of a token, whether it still holds or
// not.
func (q Queries) KeyByToken(ctx context.Context, hash []byte) (APIKey, error) {
	return one[APIKey](ctx, q.q, "key by token", keySelect+"WHERE k.token_hash = $1", hash)
}

// CountKeys counts the keys of an account that hold at a moment.
func (q Queries) CountKeys(ctx context.Context, userID string, at time.Time) (int, error) {
	return scalar[int](ctx, q.q, "count keys", `
		SELECT count(*) FROM api_keys WHERE user_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`, userID, at)
}

// NewKey is a key to be stored.
type NewKey struct {
	ID             string
	UserID         string
	Name           string
	Scopes         []auth.Scope
	TokenHash      []byte
	Configured     bool
	CallsPerMinute int // 0 for none of its own
	ExpiresAt      *time.Time
	At             time.Time
}

// InsertKey stores a key.
func (t *Tx) InsertKey(ctx context.Context, k NewKey) error {
	_, err := t.exec(ctx, "insert key", `
		INSERT INTO api_keys (id, user_id, name, scopes, token_hash, configured, calls_per_minute, created_at, expires_at)
		VALUES (@id, @user, @name, @scopes, @hash, @configured, nullif(@calls::integer, 0), @at, @expires)`,
		named{"id": k.ID, "user": k.UserID, "name": k.Name, "scopes": k.Scopes, "hash": k.TokenHash,
			"configured": k.Configured, "calls": k.CallsPerMinute, "at": k.At, "expires": k.ExpiresAt})
	return err
}

// RevokeKey ends a key and tells whether it had not been revoked before.
func (t *Tx) RevokeKey(ctx context.Context, id string, at time.Time) (bool, error) {
	n, err := t.exec(ctx, "revoke key", "UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", id, at)
	return n > 0, err
}

// DropConfiguredKey removes the key that the settings named, unless its token has
// this hash, and tells whether such a one is left.
func (t *Tx) DropConfiguredKey(ctx context.Context, keepHash []byte) (kept bool, err error) {
	if _, err := t.exec(ctx, "drop configured key",
		"DELETE FROM api_keys WHERE configured AND token_hash IS DISTINCT FROM $1", keepHash); err != nil {
		return false, err
	}
	return scalar[bool](ctx, t.q, "configured key", "SELECT EXISTS (SELECT FROM api_keys WHERE configured)")
}

// HandOnConfiguredKey gives the key that the settings name to the oldest open
// administrator, where it is the key of this account, and tells whether it was.
func (t *Tx) HandOnConfiguredKey(ctx context.Context, from string) (bool, error) {
	n, err := t.exec(ctx, "hand on configured key", `
		UPDATE api_keys SET user_id = next.id
		FROM (SELECT id FROM users WHERE role = 'administrator' AND disabled_at IS NULL ORDER BY id LIMIT 1) AS next
		WHERE configured AND user_id = $1 AND next.id <> $1`, from)
	return n > 0, err
}

// UseKey notes that a key was used, to the minute: a busy key is not written for
// every call.
func (d *DB) UseKey(ctx context.Context, id string, at time.Time) error {
	wrote(ctx)
	_, err := d.q.Exec(ctx, `
		UPDATE api_keys SET last_used_at = $2::timestamptz
		WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')`, id, at)
	return wrap("use key", err)
}
