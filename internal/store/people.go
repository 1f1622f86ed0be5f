package store

import (
	"context"
	"time"

	"corroborate/internal/auth"
)

// LockUser gives an account that nobody else changes until the transaction ends.
func (t *Tx) LockUser(ctx context.Context, id string) (User, error) {
	return one[User](ctx, t.q, "lock user", "SELECT"+userColumns+"FROM users WHERE id = $1 FOR UPDATE", id)
}

// ShareUser gives an account that nobody deletes until the transaction ends.
func (t *Tx) ShareUser(ctx context.Context, id string) (User, error) {
	return one[User](ctx, t.q, "share user", "SELECT"+userColumns+"FROM users WHERE id = $1 FOR KEY SHARE", id)
}

// LockAdministrators gives the ids of the open accounts of administrators. Until
// the transaction ends none of them is closed or gets another role.
func (t *Tx) LockAdministrators(ctx context.Context) ([]string, error) {
	return column[string](ctx, t.q, "lock administrators", `
		SELECT id FROM users WHERE role = 'administrator' AND disabled_at IS NULL ORDER BY id FOR UPDATE`)
}

// SetUser stores an account's name and role.
func (t *Tx) SetUser(ctx context.Context, id, name string, role auth.Role) error {
	_, err := t.exec(ctx, "set user", "UPDATE users SET name = $2, role = $3, version = version + 1 WHERE id = $1", id, name, string(role))
	return err
}

// CloseUser closes an account and ends its sessions.
func (t *Tx) CloseUser(ctx context.Context, id string, at time.Time) error {
	if _, err := t.exec(ctx, "close user", `
		UPDATE users SET disabled_at = $2, session_version = session_version + 1, version = version + 1 WHERE id = $1 AND disabled_at IS NULL`, id, at); err != nil {
		return err
	}
	return t.dropSessions(ctx, id)
}

// ReopenUser opens a closed account.
func (t *Tx) ReopenUser(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "reopen user", "UPDATE users SET disabled_at = NULL, version = version + 1 WHERE id = $1", id)
	return err
}

// TouchUser counts a change of an account that is stored elsewhere.
func (t *Tx) TouchUser(ctx context.Context, id string) error {
	_, err := t.exec(ctx, "touch user", "UPDATE users SET version = version + 1 WHERE id = $1", id)
	return err
}

// People lists the names of all accounts by id, in the order of the names.
func (q Queries) People(ctx context.Context, limit int) ([]User, error) {
	return list[User](ctx, q.q, "people", "SELECT"+userColumns+"FROM users ORDER BY lower(name), id LIMIT $1", limit)
}
