package claims

import (
	"errors"
	"fmt"
	"time"
)

// ErrorKind sorts errors by what the caller can do about them.
type ErrorKind string

// The kinds of error. An error without a kind is internal: its text is for the
// log alone.
const (
	NotFound        ErrorKind = "not_found"
	Invalid         ErrorKind = "invalid"
	Conflict        ErrorKind = "conflict"
	Stale           ErrorKind = "stale"
	Unauthenticated ErrorKind = "unauthenticated"
	Forbidden       ErrorKind = "forbidden"
	TooMany         ErrorKind = "too_many"
	TooLarge        ErrorKind = "too_large"
	Unavailable     ErrorKind = "unavailable"
)

// Error is an error that may be shown: Message and Fields are safe for anybody
// to read, Err is for the log.
type Error struct {
	Kind    ErrorKind
	Message string
	// Fields holds what is wrong by input field, each with how to mend it.
	Fields map[string]string
	// Successor is the id that took over from a merged finding or story, if any;
	// SuccessorOf says of which, "finding" or "story".
	Successor   string
	SuccessorOf string
	// RetryAfter is when it makes sense to try again, 0 where nothing is known of that.
	RetryAfter time.Duration
	Err        error
}

// Error gives the message and, for the log, the cause.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %v", e.Message, e.Err)
	}
	return e.Message
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf gives the kind of the first [Error] in err's chain, empty when there is
// none.
func KindOf(err error) ErrorKind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}
