package store

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

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
	readOnly            = "25006"
	diskFull            = "53100"
	inputOutput         = "58030"
	tooManyConnections  = "53300"
	outOfMemory         = "53200"
	adminShutdown       = "57P01"
	crashShutdown       = "57P02"
	cannotConnectNow    = "57P03"
	databaseDropped     = "57P04"
	idleSession         = "57P05"
	idleTransaction     = "25P03"
	longTransaction     = "25P04"
	lockNotAvailable    = "55P03"
	noPrivilege         = "42501"
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
		return brokenConnection(err)
	}
	switch pg.Code {
	case uniqueViolation:
		return &claims.Error{Kind: claims.Conflict, Message: "this is stored already", Err: err}
	case foreignKeyViolation:
		return &claims.Error{Kind: claims.Invalid, Message: "an id that was given names nothing", Err: err}
	case serializationFailed, deadlockDetected:
		return &claims.Error{Kind: claims.Conflict, Message: "somebody changed the same thing; try again", Err: err}
	}
	if message := outageOf(pg); message != "" {
		return &claims.Error{Kind: claims.Unavailable, Message: message, Err: err}
	}
	return nil
}

// outageOf says what an outage means to callers, empty for what is none. Of the classes of
// connections and of resources all states are.
func outageOf(pg *pgconn.PgError) string {
	code := pg.Code
	if code == noPrivilege && storage[pg.File] {
		code = inputOutput
	}
	if message := outages[code]; message != "" {
		return message
	}
	switch {
	case strings.HasPrefix(code, "08"):
		return "the connection to the database broke; try again"
	case strings.HasPrefix(code, "53"), strings.HasPrefix(code, "58"):
		return "the database is short of something; try again later"
	}
	return ""
}

// outages are the states in which the database can do nothing for a while, whatever it is
// asked.
var outages = map[string]string{
	cannotConnectNow:   "the database is busy; try again",
	adminShutdown:      "the database is busy; try again",
	crashShutdown:      "the database starts again; try again",
	tooManyConnections: "the database is busy; try again",
	outOfMemory:        "the database has no memory left; try again",
	diskFull:           "the database's disk is full, so that nothing can be stored; try again when there is room",
	readOnly:           "the database takes no changes at present; try again later",
	inputOutput:        "the database cannot use its disk; try again later",
	databaseDropped:    "the database was taken away; try again later",
	idleSession:        "the connection to the database broke; try again",
	idleTransaction:    "the database gave this up; try again",
	longTransaction:    "the database gave this up; try again",
	lockNotAvailable:   "others change the same thing; try again",
}

// storage are the source files of PostgreSQL that read and write its own files. One that
// it may not write, as on a disk that became read-only, it reports as it does a right that
// is missing, in words that are in the language of the server.
var storage = map[string]bool{"md.c": true, "fd.c": true, "slru.c": true, "xlog.c": true, "relmapper.c": true, "relcache.c": true}

// brokenConnection gives the error for a connection that ended while it was in use, nil
// for other errors. Where the caller gave up, it is the caller's end and not the
// connection's.
func brokenConnection(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	_, network := errors.AsType[net.Error](err)
	if !network && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, net.ErrClosed) && !pgconn.SafeToRetry(err) {
		return nil
	}
	return &claims.Error{Kind: claims.Unavailable, Message: "the connection to the database broke; try again", Err: err}
}
