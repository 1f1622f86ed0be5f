package store

import (
	"context"
	"time"
)

// SecondFactor is the second factor of an account.
type SecondFactor struct {
	UserID string
	// Secret is sealed; KeyID names the key.
	Secret    []byte
	KeyID     string
	StartedAt time.Time
	// ConfirmedAt is nil until the first right code.
	ConfirmedAt *time.Time
	LastStep    int64
	// Failures counts the wrong codes since the last right one.
	Failures int
	FailedAt *time.Time
}

const factorSelect = `
	SELECT user_id, secret, key_id, started_at, confirmed_at, last_step, failures, failed_at FROM second_factors WHERE user_id = $1`

// SecondFactor gives the second factor of an account, also one that is not
// confirmed yet; claims.NotFound where there is none.
func (q Queries) SecondFactor(ctx context.Context, userID string) (SecondFactor, error) {
	return one[SecondFactor](ctx, q.q, "second factor", factorSelect, userID)
}

// LockSecondFactor is [Queries.SecondFactor] for who takes a code: others wait.
func (t *Tx) LockSecondFactor(ctx context.Context, userID string) (SecondFactor, error) {
	return one[SecondFactor](ctx, t.q, "lock second factor", factorSelect+" FOR UPDATE", userID)
}

// StartSecondFactor stores a secret that waits for its first code, and tells whether
// it did: one that is confirmed stays.
func (t *Tx) StartSecondFactor(ctx context.Context, f SecondFactor) (bool, error) {
	n, err := t.exec(ctx, "start second factor", `
		INSERT INTO second_factors AS f (user_id, secret, key_id, started_at) VALUES (@user, @secret, @key, @at)
		ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, key_id = excluded.key_id, started_at = excluded.started_at
		WHERE f.confirmed_at IS NULL`,
		named{"user": f.UserID, "secret": f.Secret, "key": f.KeyID, "at": f.StartedAt})
	return n == 1, err
}

// ConfirmSecondFactor turns a second factor on.
func (t *Tx) ConfirmSecondFactor(ctx context.Context, userID string, at time.Time) error {
	_, err := t.exec(ctx, "confirm second factor", "UPDATE second_factors SET confirmed_at = $2 WHERE user_id = $1", userID, at)
	return err
}

// TookCode notes that a code was right; step is that of its period, 0 for a recovery
// code.
func (t *Tx) TookCode(ctx context.Context, userID string, step int64) error {
	_, err := t.exec(ctx, "took code", `
		UPDATE second_factors SET last_step = greatest(last_step, $2), failures = 0, failed_at = NULL WHERE user_id = $1`, userID, step)
	return err
}

// FailedCode notes that a code was wrong; failures is how many were in a row.
func (t *Tx) FailedCode(ctx context.Context, userID string, failures int, at time.Time) error {
	_, err := t.exec(ctx, "failed code", "UPDATE second_factors SET failures = $2, failed_at = $3 WHERE user_id = $1",
		userID, failures, at)
	return err
}

// DropSecondFactor removes the second factor of an account with its recovery codes,
// and tells whether there was one.
func (t *Tx) DropSecondFactor(ctx context.Context, userID string) (bool, error) {
	n, err := t.exec(ctx, "drop second factor", "DELETE FROM second_factors WHERE user_id = $1", userID)
	return n > 0, err
}

// PutRecoveryCodes exchanges the recovery codes of an account.
func (t *Tx) PutRecoveryCodes(ctx context.Context, userID string, hashes [][]byte) error {
	if _, err := t.exec(ctx, "forget recovery codes", "DELETE FROM recovery_codes WHERE user_id = $1", userID); err != nil {
		return err
	}
	_, err := t.exec(ctx, "put recovery codes",
		"INSERT INTO recovery_codes (user_id, code_hash) SELECT $1, h FROM unnest($2::bytea[]) h", userID, hashes)
	return err
}

// UseRecoveryCode uses up a recovery code and tells whether it was one.
func (t *Tx) UseRecoveryCode(ctx context.Context, userID string, hash []byte) (bool, error) {
	n, err := t.exec(ctx, "use recovery code", "DELETE FROM recovery_codes WHERE user_id = $1 AND code_hash = $2", userID, hash)
	return n == 1, err
}

// CountRecoveryCodes counts the recovery codes that are left.
func (q Queries) CountRecoveryCodes(ctx context.Context, userID string) (int, error) {
	return scalar[int](ctx, q.q, "count recovery codes", "SELECT count(*) FROM recovery_codes WHERE user_id = $1", userID)
}

// CountFactorsOfOtherKeys counts the second factors that were sealed with another
// key than this one.
func (q Queries) CountFactorsOfOtherKeys(ctx context.Context, keyID string) (int, error) {
	return scalar[int](ctx, q.q, "second factors of other keys",
		"SELECT count(*) FROM second_factors WHERE confirmed_at IS NOT NULL AND key_id <> $1", keyID)
}
