package server

import (
	"context"
	"time"

	"corroborate/internal/store"
)

// sessionTime is how long a session may take to be kept or ended.
const sessionTime = 10 * time.Second

// sessionStore keeps sessions for the session library. Looking one up ends with the request;
// what a request has changed is kept though its caller has gone.
type sessionStore struct{ db *store.DB }

// FindCtx gives what is kept for a token.
func (s *sessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	return s.db.Session(ctx, token)
}

// CommitCtx keeps a session.
func (s *sessionStore) CommitCtx(ctx context.Context, token string, data []byte, until time.Time) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sessionTime)
	defer cancel()
	return s.db.KeepSession(ctx, token, data, until)
}

// DeleteCtx ends a session.
func (s *sessionStore) DeleteCtx(ctx context.Context, token string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sessionTime)
	defer cancel()
	return s.db.EndSession(ctx, token)
}

// Find, Commit and Delete are what the library calls without a request.

// Find is FindCtx.
func (s *sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx.
func (s *sessionStore) Commit(token string, data []byte, until time.Time) error {
	return s.CommitCtx(context.Background(), token, data, until)
}

// Delete is DeleteCtx.
func (s *sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
