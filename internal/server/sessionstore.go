package server

import (
	"context"
	"net/netip"
	"reflect"
	"time"

	"github.com/alexedwards/scs/v2"

	"corroborate/internal/store"
	"corroborate/web"
)

// sessionTime is how long a session may take to be kept or ended.
const sessionTime = 10 * time.Second

// sessionStore keeps sessions for the session library. Looking one up ends with the request;
// what a request has changed is kept though its caller has gone.
type sessionStore struct {
	db    *store.DB
	codec scs.Codec
}

// sessionVisit is a request in what concerns its session: from where it comes, and the session as
// it was found.
type sessionVisit struct {
	// address and userAgent are where it comes from. The address, and what the other tells
	// in words, are kept with the session of somebody who is signed in.
	address, userAgent string
	// token is the hash of the token that was found, empty for none.
	token string
	found store.KeptSession
}

type sessionVisitKey struct{}

// sessionVisitOf gives the visit that a request is, nil where the library calls without one.
func sessionVisitOf(ctx context.Context) *sessionVisit {
	v, _ := ctx.Value(sessionVisitKey{}).(*sessionVisit)
	return v
}

// FindCtx gives what is kept for a token.
func (s *sessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	kept, found, err := s.db.Session(ctx, token)
	if v := sessionVisitOf(ctx); v != nil && found {
		v.token, v.found = token, kept
	}
	return kept.Data, found, err
}

// CommitCtx keeps a session. The library calls it with each request, as each puts the end of
// the session off; that is stored every few minutes, or with what has changed otherwise. A
// session that was found is never made anew: it may have been ended since.
func (s *sessionStore) CommitCtx(ctx context.Context, token string, data []byte, until time.Time) error {
	use := store.SessionUse{Token: token, Data: data, Until: until}
	_, values, err := s.codec.Decode(data)
	if err != nil {
		return err
	}
	v := sessionVisitOf(ctx)
	if use.UserID, _ = values[web.SessionUser].(string); use.UserID != "" && v != nil {
		use.Address, use.Browser = v.address, browserOf(v.userAgent)
		use.Version, _ = values[web.SessionVersion].(int)
	}
	if v != nil && v.token == token && !v.found.Stale && s.same(v.found.Data, values) {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sessionTime)
	defer cancel()
	if v != nil && v.token == token {
		v.found.Data, v.found.Stale = data, false
		return s.db.KeepSession(ctx, use)
	}
	return s.db.BeginSession(ctx, use)
}

// same tells whether a session has the values that it was found with. They are compared as
// such: the same ones may be written in another order.
func (s *sessionStore) same(found []byte, values map[string]any) bool {
	_, before, err := s.codec.Decode(found)
	return err == nil && reflect.DeepEqual(before, values)
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

// keptAddress gives a client's address as it is kept: empty where it is none.
func keptAddress(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	return a.Unmap().WithZone("").String()
}
