package store

import (
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"corroborate/internal/claims"
)

// SQLSTATEs that mean something to callers.
const (
	uniqueViolation     = "23505"
	foreignKeyViolation = "23503"
	serializationFailed = "40001"
	deadlockDetected    = "40P01"
	cannotConnectNow    = "57P03"
	adminShutdown       = "57P01"
	tooManyConnections  = "53300"
)

// shownError gives the *claims.Error for an error that callers can do something
// about, nil for others.
func shownError(err error) error {
	if shown, ok := errors.AsType[*claims.Error](err); ok {
		return shown
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return &claims.Error{Kind: claims.NotFound, Message: "there is nothing with this id", Err: err}
	}
	if connect, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return &claims.Error{Kind: claims.Unavailable, Message: "the database cannot be reached; try again", Err: connect}
	}
	pg, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return nil
	}
	switch pg.Code {
	case uniqueViolation:
		return &claims.Error{Kind: claims.Conflict, Message: "this is stored already", Err: err}
	case foreignKeyViolation:
		return &claims.Error{Kind: claims.Invalid, Message: "an id that was given names nothing", Err: err}
	case serializationFailed, deadlockDetected:
		return &claims.Error{Kind: claims.Conflict, Message: "somebody changed the same thing; try again", Err: err}
	case cannotConnectNow, adminShutdown, tooManyConnections:
		return &claims.Error{Kind: claims.Unavailable, Message: "the database is busy; try again", Err: err}
	}
	return nil
}
