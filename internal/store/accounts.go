package store

import (
	"context"
	"time"

	"corroborate/internal/auth"
)

const userColumns = ` id, email, name, role, session_version, version, created_at, last_login_at, disabled_at, forgotten_at,
	CASE WHEN first_password_hash = password_hash THEN first_password_at END AS first_password_at,
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

// UserChoice chooses accounts; empty fields choose all.
type UserChoice struct {
	// Part is a part of the name or of the address, in any case.
	Part string
	Role auth.Role
	// Open chooses accounts that are open, or closed ones; nil chooses both.
	Open *bool
	// Before is an id: accounts that were made earlier are chosen.
	Before string
	Limit  int
}

// Users lists accounts, the newest first.
func (q Queries) Users(ctx context.Context, c UserChoice) ([]User, error) {
	return list[User](ctx, q.q, "users", "SELECT"+userColumns+`FROM users
		WHERE (@part = '' OR position(lower(@part) IN lower(name)) > 0 OR position(lower(@part) IN email) > 0)
		  AND (@role = '' OR role = @role)
		  AND (@open::boolean IS NULL OR (disabled_at IS NULL) = @open)
		  AND (@before::text = '' OR id < nullif(@before::text, '')::uuid)
		ORDER BY id DESC LIMIT @limit`,
		named{"part": c.Part, "role": string(c.Role), "open": c.Open, "before": c.Before, "limit": c.Limit})
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
	// FirstPassword is true where the service made the password.
	FirstPassword bool
	At            time.Time
}

// InsertUser stores an account; claims.Conflict where the address has one.
func (t *Tx) InsertUser(ctx context.Context, u NewUser) error {
	_, err := t.exec(ctx, "insert user", `
		INSERT INTO users (id, email, name, role, password_hash, created_at, first_password_hash, first_password_at)
		VALUES (@id, @email, @name, @role, @hash, @at, CASE WHEN @first THEN @hash END, CASE WHEN @first THEN @at::timestamptz END)`,
		named{"id": u.ID, "email": u.Email, "name": u.Name, "role": string(u.Role), "hash": u.PasswordHash, "at": u.At, "first": u.FirstPassword})
	return err
}

// FirstPasswordHash gives the hash of the password that the service made for an account,
// also when it was exchanged; empty where it made none.
func (q Queries) FirstPasswordHash(ctx context.Context, userID string) (string, error) {
	return scalar[string](ctx, q.q, "first password hash", "SELECT coalesce(first_password_hash, '') FROM users WHERE id = $1", userID)
}

// NoteFirstPassword notes of an account that the service made the password that it has.
func (t *Tx) NoteFirstPassword(ctx context.Context, userID string, at time.Time) error {
	_, err := t.exec(ctx, "note first password",
		"UPDATE users SET first_password_hash = password_hash, first_password_at = $2 WHERE id = $1", userID, at)
	return err
}

// SetPassword stores a password's hash and ends the account's sessions.
func (t *Tx) SetPassword(ctx context.Context, userID, hash string) error {
	if _, err := t.exec(ctx, "set password", "UPDATE users SET password_hash = $2 WHERE id = $1", userID, hash); err != nil {
		return err
	}
	return t.EndSessions(ctx, userID)
}

// SetLastLogin notes a sign-in.
func (t *Tx) SetLastLogin(ctx context.Context, userID string, at time.Time) error {
	_, err := t.exec(ctx, "set last login", "UPDATE users SET last_login_at = $2 WHERE id = $1", userID, at)
	return err
}
