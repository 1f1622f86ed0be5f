package ingest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"
)

// FetchKind sorts failures of fetching by what can be done about them.
type FetchKind string

// The kinds of failure.
const (
	// BadAddress: the address cannot be fetched as it stands.
	BadAddress FetchKind = "bad_address"
	// Blocked: the address leads into a network that is not the public one.
	Blocked FetchKind = "blocked"
	// RobotsDenied: the site's robots.txt asks programs to stay away.
	RobotsDenied FetchKind = "robots_denied"
	// BadRedirect: the redirects go in circles, or there are too many.
	BadRedirect FetchKind = "bad_redirect"
	// Unreachable: there is no such host, or it takes no connection.
	Unreachable FetchKind = "unreachable"
	// Timeout: the answer did not come, or not to its end, in time.
	Timeout FetchKind = "timeout"
	// TooLarge: the body is larger than asked for.
	TooLarge FetchKind = "too_large"
	// NotText: the body is no text: a picture, a film, a PDF.
	NotText FetchKind = "not_text"
	// BadBody: the body is damaged.
	BadBody FetchKind = "bad_body"
	// NotFound: there is no such page.
	NotFound FetchKind = "not_found"
	// Gone: the page was there and was removed for good.
	Gone FetchKind = "gone"
	// Denied: the site does not give the page to us.
	Denied FetchKind = "denied"
	// TooMany: the site asks for fewer requests, or its turn is not here soon.
	TooMany FetchKind = "too_many"
	// ServerFault: the site has a fault of its own.
	ServerFault FetchKind = "server_fault"
)

// FetchError is why an address could not be fetched.
type FetchError struct {
	Kind FetchKind
	// URL is the address that failed, after redirects.
	URL string
	// Status is the HTTP status, 0 where there was none.
	Status int
	// RetryAfter is how long the site asks to be left alone, 0 where it does not say.
	RetryAfter time.Duration
	// Err is the cause, for the log; nil where the kind says all.
	Err error
}

// Error gives the reason with its cause.
func (e *FetchError) Error() string {
	s := fmt.Sprintf("fetch %s: %s", e.URL, e.Reason())
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *FetchError) Unwrap() error { return e.Err }

// Temporary tells whether the same request may succeed later.
func (e *FetchError) Temporary() bool {
	switch e.Kind {
	case Unreachable, Timeout, TooMany, ServerFault:
		return true
	}
	return false
}

// reasons word the kinds for people.
var reasons = map[FetchKind]string{
	BadAddress:   "the address is not one of a public web page (http or https, without a password, on the usual ports)",
	Blocked:      "the address leads into a private network; the administrator can allow its host",
	RobotsDenied: "the site asks programs not to read this page (robots.txt); paste its text instead",
	BadRedirect:  "the site sends from address to address without an end",
	Unreachable:  "the site cannot be reached",
	Timeout:      "the site took too long to answer",
	TooLarge:     "the page is too large",
	NotText:      "the address gives no text but a file of another kind",
	BadBody:      "what the site sent is damaged",
	NotFound:     "the site has no such page",
	Gone:         "the site has removed the page for good",
	Denied:       "the site does not give this page to programs; paste its text instead",
	TooMany:      "the site asks for fewer requests; try again later",
	ServerFault:  "the site has a fault of its own; try again later",
}

// Reason says what happened in words that may be shown to anybody.
func (e *FetchError) Reason() string {
	s := reasons[e.Kind]
	if e.Status != 0 {
		s += fmt.Sprintf(" (status %d)", e.Status)
	}
	return s
}

// networkKind sorts an error of the network.
func networkKind(err error) FetchKind {
	var blocked *blockedError
	var timeout net.Error
	switch {
	case errors.As(err, &blocked):
		return Blocked
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return Timeout
	case errors.As(err, &timeout) && timeout.Timeout():
		return Timeout
	}
	return Unreachable
}

// statusKind sorts the statuses that bring no page.
func statusKind(status int) FetchKind {
	switch {
	case status == 404:
		return NotFound
	case status == 410:
		return Gone
	case status == 429:
		return TooMany
	case status == 408 || status == 425: // too slow, too early: again later
		return ServerFault
	case status >= 400 && status < 500:
		return Denied
	}
	return ServerFault
}
