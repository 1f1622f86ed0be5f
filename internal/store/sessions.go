package store

import (
	"context"
	"time"
)

// ForgetSessions removes the sessions that ended before a moment. The sessions
// themselves are kept by the session library.
func (t *Tx) ForgetSessions(ctx context.Context, before time.Time) error {
	_, err := t.exec(ctx, "forget sessions", "DELETE FROM sessions WHERE expiry < $1", before)
	return err
}
