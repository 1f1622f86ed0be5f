package judge

import (
	"fmt"
	"net/http"
	"time"
)

// Cause says why a call brought no opinion.
type Cause string

// The causes. Those of the first group are faults of the endpoint, whatever is asked.
const (
	Timeout     Cause = "timeout"
	Network     Cause = "network"
	RateLimited Cause = "rate_limited"
	ServerFault Cause = "server_fault"
	WrongKey    Cause = "wrong_key"
	Redirected  Cause = "redirected"
	Unknown     Cause = "not_found"

	// Refused: the endpoint does not take this question.
	Refused Cause = "refused"
	// TooLarge, Broken, CutOff, Empty, Prose and WrongForm are answers that cannot be
	// taken.
	TooLarge  Cause = "too_large"
	Broken    Cause = "broken"
	CutOff    Cause = "cut_off"
	Empty     Cause = "empty"
	Prose     Cause = "prose"
	WrongForm Cause = "wrong_form"
)

// words says in plain English what happened, for people.
var words = map[Cause]string{
	Timeout:     "it took too long to answer",
	Network:     "it cannot be reached, or it broke off the connection",
	RateLimited: "it asks for fewer calls",
	ServerFault: "it has a fault of its own",
	WrongKey:    "it does not take the key",
	Redirected:  "it sends on to another address, which is not followed",
	Unknown:     "it does not know the address or the model",
	Refused:     "it refused the question",
	TooLarge:    "its answer was far too long",
	Broken:      "its answer was no chat completion",
	CutOff:      "its answer was cut off",
	Empty:       "its answer was empty",
	Prose:       "its answer was prose and not the form that was asked for",
	WrongForm:   "its answer had not the form that was asked for",
}

// Words says what happened; of an unknown cause that it failed.
func (c Cause) Words() string {
	if w := words[c]; w != "" {
		return w
	}
	return "it failed"
}

// OfEndpoint tells whether the fault is the endpoint's, so that other questions would
// meet it too.
func (c Cause) OfEndpoint() bool {
	switch c {
	case Timeout, Network, RateLimited, ServerFault, WrongKey, Redirected, Unknown:
		return true
	}
	return false
}

// Fault is the error of a call that brought no opinion. It holds nothing that the endpoint
// said but a status.
type Fault struct {
	Cause Cause
	// Status is that of the answer, 0 where none came.
	Status int
	// RetryAfter is how long the endpoint asks to be left alone, 0 where it says nothing.
	RetryAfter time.Duration
}

// Error says what happened.
func (f *Fault) Error() string {
	if f.Status != 0 {
		return fmt.Sprintf("second judge: %s (status %d)", f.Cause.Words(), f.Status)
	}
	return "second judge: " + f.Cause.Words()
}

// Free tells whether the endpoint surely did not work on the question, so that it took
// no tokens.
func (f *Fault) Free() bool { return f.Status != http.StatusOK && f.Cause != Timeout }
