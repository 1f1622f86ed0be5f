package store

import (
	"context"
	"time"
)

// PasswordTry is an attempt at the password of an account.
type PasswordTry struct {
	// Account is a hash of whose it is.
	Account []byte
	At      time.Time
	// Most is how many tries an hour are permitted.
	Most int
}

// CountPasswordTry counts a try at an account and tells whether it is permitted. Those of the
// hour before count for the part of it that lies less than an hour back, as if they had
// been spread evenly; what is refused is not counted. Tries that are made at the very same
// time may pass together.
func (q Queries) CountPasswordTry(ctx context.Context, t PasswordTry) (permitted bool, err error) {
	hour := t.At.UTC().Truncate(time.Hour)
	before := 1 - t.At.Sub(hour).Hours()
	return scalar[bool](ctx, q.q, "count try", `
		WITH seen AS (
			SELECT coalesce(sum(CASE WHEN hour = $2 THEN n ELSE n * $3::float8 END), 0) AS n
			FROM tries WHERE account = $1 AND hour IN ($2, $2 - interval '1 hour')
		), counted AS (
			INSERT INTO tries AS t (account, hour, n) SELECT $1, $2, 1 FROM seen WHERE seen.n + 1 <= $4
			ON CONFLICT (hour, account) DO UPDATE SET n = t.n + 1 RETURNING n
		)
		SELECT EXISTS (SELECT FROM counted)`, t.Account, hour, before, t.Most)
}

// ForgetTries removes the tries of hours that began before a moment.
func (t *Tx) ForgetTries(ctx context.Context, before time.Time) error {
	_, err := t.exec(ctx, "forget tries", "DELETE FROM tries WHERE hour < $1", before)
	return err
}
