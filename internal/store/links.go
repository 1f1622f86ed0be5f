package store

import (
	"context"
	"time"

	"corroborate/internal/auth"
)

// LinkTimes are the moments in the life of a link that is good once.
type LinkTimes struct {
	CreatedAt time.Time
	ExpiresAt time.Time
	RevokedAt *time.Time
	UsedAt    *time.Time
}

// Waits tells whether the link is good at a moment.
func (l LinkTimes) Waits(at time.Time) bool {
	return l.UsedAt == nil && l.RevokedAt == nil && l.ExpiresAt.After(at)
}

// Invitation is a link by which somebody makes the account that was prepared.
type Invitation struct {
	ID    string
	Email string
	Name  string
	Role  auth.Role
	// InvitedBy names who made it.
	InvitedBy string
	LinkTimes
}

const invitationSelect = `
	SELECT i.id, i.email, i.name, i.role, u.name AS invited_by, i.created_at, i.expires_at, i.revoked_at, i.used_at
	FROM invitations i JOIN users u ON u.id = i.created_by `

// Invitations lists at most limit of those that were neither used nor taken back, with
// ids below before, the newest first.
func (q Queries) Invitations(ctx context.Context, before string, limit int) ([]Invitation, error) {
	return list[Invitation](ctx, q.q, "invitations", invitationSelect+`
		WHERE i.used_at IS NULL AND i.revoked_at IS NULL AND ($1::text = '' OR i.id < nullif($1::text, '')::uuid)
		ORDER BY i.id DESC LIMIT $2`, before, limit)
}

// Invitation gives an invitation, whether it is still good or not.
func (q Queries) Invitation(ctx context.Context, id string) (Invitation, error) {
	return one[Invitation](ctx, q.q, "invitation", invitationSelect+"WHERE i.id = $1", id)
}

// InvitationByToken gives the invitation with the SHA-256 of a token, whether it is
// still good or not.
func (q Queries) InvitationByToken(ctx context.Context, hash []byte) (Invitation, error) {
	return one[Invitation](ctx, q.q, "invitation by token", invitationSelect+"WHERE i.token_hash = $1", hash)
}

// LockInvitation is [Queries.InvitationByToken] for who uses it up: others wait.
func (t *Tx) LockInvitation(ctx context.Context, hash []byte) (Invitation, error) {
	return one[Invitation](ctx, t.q, "lock invitation", invitationSelect+"WHERE i.token_hash = $1 FOR UPDATE OF i", hash)
}

// NewLink is what every link that is to be stored has.
type NewLink struct {
	ID        string
	TokenHash []byte
	By        string // empty for the command line, which makes no invitations
	At        time.Time
	ExpiresAt time.Time
}

// NewInvitation is an invitation to be stored.
type NewInvitation struct {
	NewLink
	Email string // in lower case
	Name  string
	Role  auth.Role
}

// InsertInvitation stores an invitation in place of an earlier one to the same
// address.
func (t *Tx) InsertInvitation(ctx context.Context, i NewInvitation) error {
	if _, err := t.exec(ctx, "revoke earlier invitation", `
		UPDATE invitations SET revoked_at = $2 WHERE email = $1 AND used_at IS NULL AND revoked_at IS NULL`, i.Email, i.At); err != nil {
		return err
	}
	_, err := t.exec(ctx, "insert invitation", `
		INSERT INTO invitations (id, token_hash, email, name, role, created_by, created_at, expires_at)
		VALUES (@id, @hash, @email, @name, @role, @by, @at, @expires)`,
		named{"id": i.ID, "hash": i.TokenHash, "email": i.Email, "name": i.Name, "role": string(i.Role), "by": i.By, "at": i.At,
			"expires": i.ExpiresAt})
	return err
}

// UseInvitation notes the account that was made of an invitation.
func (t *Tx) UseInvitation(ctx context.Context, id, userID string, at time.Time) error {
	_, err := t.exec(ctx, "use invitation", "UPDATE invitations SET used_at = $3, user_id = $2 WHERE id = $1", id, userID, at)
	return err
}

// RevokeInvitation takes an invitation back and tells whether there was one that
// waited; name is whom it invited.
func (t *Tx) RevokeInvitation(ctx context.Context, id string, at time.Time) (name string, err error) {
	return scalar[string](ctx, t.q, "revoke invitation", `
		UPDATE invitations SET revoked_at = $2 WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL RETURNING name`, id, at)
}

// Reset is a link by which somebody chooses a new password.
type Reset struct {
	ID     string
	UserID string
	LinkTimes
}

const resetSelect = "SELECT id, user_id, created_at, expires_at, revoked_at, used_at FROM password_resets "

// ResetByToken gives the reset with the SHA-256 of a token, whether it is still good
// or not.
func (q Queries) ResetByToken(ctx context.Context, hash []byte) (Reset, error) {
	return one[Reset](ctx, q.q, "reset by token", resetSelect+"WHERE token_hash = $1", hash)
}

// LockReset is [Queries.ResetByToken] for who uses it up: others wait.
func (t *Tx) LockReset(ctx context.Context, hash []byte) (Reset, error) {
	return one[Reset](ctx, t.q, "lock reset", resetSelect+"WHERE token_hash = $1 FOR UPDATE", hash)
}

// WaitingReset gives the reset of an account that is good at a moment,
// claims.NotFound where there is none.
func (q Queries) WaitingReset(ctx context.Context, userID string, at time.Time) (Reset, error) {
	return one[Reset](ctx, q.q, "waiting reset", resetSelect+`
		WHERE user_id = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $2`, userID, at)
}

// InsertReset stores a reset in place of an earlier one of the account.
func (t *Tx) InsertReset(ctx context.Context, userID string, l NewLink) error {
	if err := t.RevokeResets(ctx, userID, l.At); err != nil {
		return err
	}
	_, err := t.exec(ctx, "insert reset", `
		INSERT INTO password_resets (id, token_hash, user_id, created_by, created_at, expires_at)
		VALUES (@id, @hash, @user, nullif(@by, '')::uuid, @at, @expires)`,
		named{"id": l.ID, "hash": l.TokenHash, "user": userID, "by": l.By, "at": l.At, "expires": l.ExpiresAt})
	return err
}

// UseReset notes that a reset was used.
func (t *Tx) UseReset(ctx context.Context, id string, at time.Time) error {
	_, err := t.exec(ctx, "use reset", "UPDATE password_resets SET used_at = $2 WHERE id = $1", id, at)
	return err
}

// RevokeResets takes back the resets of an account that wait.
func (t *Tx) RevokeResets(ctx context.Context, userID string, at time.Time) error {
	_, err := t.exec(ctx, "revoke resets", `
		UPDATE password_resets SET revoked_at = $2 WHERE user_id = $1 AND used_at IS NULL AND revoked_at IS NULL`, userID, at)
	return err
}

// RevokeLinksBy takes back every link that somebody made and nobody has used.
func (t *Tx) RevokeLinksBy(ctx context.Context, userID string, at time.Time) error {
	for _, table := range []string{"invitations", "password_resets"} {
		if _, err := t.exec(ctx, "revoke links of "+table, "UPDATE "+table+` SET revoked_at = $2
			WHERE created_by = $1 AND used_at IS NULL AND revoked_at IS NULL`, userID, at); err != nil {
			return err
		}
	}
	return nil
}

// ForgetLinks removes the links that ended before a moment.
func (t *Tx) ForgetLinks(ctx context.Context, before time.Time) error {
	for _, table := range []string{"invitations", "password_resets"} {
		if _, err := t.exec(ctx, "forget links of "+table,
			"DELETE FROM "+table+" WHERE least(expires_at, used_at, revoked_at) < $1", before); err != nil {
			return err
		}
	}
	return nil
}
