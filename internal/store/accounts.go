package store

import (
	"context"
	"time"

	"corroborate/internal/auth"
)

const userColumns = ` id, email, name, role, session_version, created_at, last_login_at, disabled_at,
	EXISTS (SELECT FROM second_factors f WHERE f.user_id = users.id AND f.confirmed_at IS NOT NULL) AS second_factor `

// User gives an account.
func (q Queries) User(ctx context.Context, id string) (User, error) {
	return one[User](ctx, q.q, "user", "SELECT"+userColumns+"FROM users WHERE id = $1", id)
}

// UserByEmail gives the account with an address in lower case.
func (q Queries) UserByEmail(ctx context.Context, email string) (User, error) {
	return one[User](ctx, q.q, "user by address", "SELECT"+userColumns+"FROM users WHERE email = $1", email)
}

// PasswordHash gives the hash of an account's password.
func (q Queries) PasswordHash(ctx context.Context, userID string) (string, error) {
	return scalar[string](ctx, q.q, "password hash", "SELECT password_hash FROM users WHERE id = $1", userID)
}

// Users lists at most limit accounts with ids below before, the newest first.
func (q Queries) Users(ctx context.Context, before string, limit int) ([]User, error) {
	return list[User](ctx, q.q, "users", "SELECT"+userColumns+`FROM users
		WHERE $1::text = '' OR id < nullif($1::text, '')::uuid ORDER BY id DESC LIMIT $2`, before, limit)
}

// FirstAdministrator gives the oldest open account of an administrator.
func (q Queries) FirstAdministrator(ctx context.Context) (User, error) {
	return one[User](ctx, q.q, "first administrator", "SELECT"+userColumns+`FROM users
		WHERE role = 'administrator' AND disabled_at IS NULL ORDER BY id LIMIT 1`)
}

// HasUsers tells whether there is any account.
func (q Queries) HasUsers(ctx context.Context) (bool, error) {
	return scalar[bool](ctx, q.q, "any user", "SELECT EXISTS (SELECT FROM users)")
}

// NewUser is an account to be stored.
type NewUser struct {
	ID           string
	Email        string // in lower case
	Name         string
	Role         auth.Role
	PasswordHash string
	At           time.Time
}

// InsertUser stores an account; claims.Conflict where the address has one.
func (t *Tx) InsertUser(ctx context.Context, u NewUser) error {
	_, err := t.exec(ctx, "insert user", `
		INSERT INTO users (id, email, name, role, password_hash, created_at)
		VALUES (@id, @email, @name, @role, @hash, @at)`,
		named{"id": u.ID, "email": u.Email, "name": u.Name, "role": string(u.Role), "hash": u.PasswordHash, "at": u.At})
	return err
}

// SetPassword stores a password's hash and ends the account's sessions.
func (t *Tx) SetPassword(ctx context.Context, userID, hash string) error {
	_, err := t.exec(ctx, "set password", `
		UPDATE users SET password_hash = $2, session_version = session_version + 1 WHERE id = $1`, userID, hash)
	return err
}

// SetLastLogin notes a sign-in.
func (t *Tx) SetLastLogin(ctx context.Context, userID string, at time.Time) error {
	_, err := t.exec(ctx, "set last login", "UPDATE users SET last_login_at = $2 WHERE id = $1", userID, at)
	return err
}

const keyColumns = " id, user_id, name, scopes, created_at, expires_at, last_used_at, revoked_at "

// Keys lists at most limit keys of a person with ids below before, the newest
// first.
func (q Queries) Keys(ctx context.Context, userID, before string, limit int) ([]APIKey, error) {
	return list[APIKey](ctx, q.q, "keys", "SELECT"+keyColumns+`FROM api_keys
		WHERE user_id = $1 AND ($2::text = '' OR id < nullif($2::text, '')::uuid) ORDER BY id DESC LIMIT $3`, userID, before, limit)
}

// Key gives a key of a person.
func (q Queries) Key(ctx context.Context, userID, id string) (APIKey, error) {
	return one[APIKey](ctx, q.q, "key", "SELECT"+keyColumns+"FROM api_keys WHERE user_id = $1 AND id = $2", userID, id)
}

// KeyByToken gives the key with the SHA-256 of a token, whether it still holds or
// not.
func (q Queries) KeyByToken(ctx context.Context, hash []byte) (APIKey, error) {
	return one[APIKey](ctx, q.q, "key by token", "SELECT"+keyColumns+"FROM api_keys WHERE token_hash = $1", hash)
}

// NewKey is a key to be stored.
type NewKey struct {
	ID         string
	UserID     string
	Name       string
	Scopes     []auth.Scope
	TokenHash  []byte
	Configured bool
	ExpiresAt  *time.Time
	At         time.Time
}

// InsertKey stores a key.
func (t *Tx) InsertKey(ctx context.Context, k NewKey) error {
	_, err := t.exec(ctx, "insert key", `
		INSERT INTO api_keys (id, user_id, name, scopes, token_hash, configured, created_at, expires_at)
		VALUES (@id, @user, @name, @scopes, @hash, @configured, @at, @expires)`,
		named{"id": k.ID, "user": k.UserID, "name": k.Name, "scopes": k.Scopes, "hash": k.TokenHash,
			"configured": k.Configured, "at": k.At, "expires": k.ExpiresAt})
	return err
}

// RevokeKey ends a key.
func (t *Tx) RevokeKey(ctx context.Context, id string, at time.Time) error {
	_, err := t.exec(ctx, "revoke key", "UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", id, at)
	return err
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

// UseKey notes that a key was used, to the minute: a busy key is not written for
// every call.
func (d *DB) UseKey(ctx context.Context, id string, at time.Time) error {
	_, err := d.pool.Exec(ctx, `
		UPDATE api_keys SET last_used_at = $2::timestamptz
		WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')`, id, at)
	return wrap("use key", err)
}
