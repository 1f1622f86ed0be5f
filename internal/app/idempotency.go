package app

import "context"

// Call identifies a request that has an Idempotency-Key.
type Call struct {
	// Key is what the caller sent, 1 to 255 visible characters.
	Key    string
	Method string
	Path   string
	// BodyHash is the hexadecimal SHA-256 of the body.
	BodyHash string
}

// Answer is a stored answer.
type Answer struct {
	Status int
	// Header holds the few headers that belong to the answer: Location, ETag,
	// Content-Type.
	Header map[string]string
	Body   []byte
}

// BeginCall notes that a call starts. It gives the stored answer where the same
// call was done within a day; claims.Invalid where the key was used for another
// body, method or path; claims.Conflict where the first one still runs. With nil
// and no error the caller goes on and ends with [App.EndCall].
func (a *App) BeginCall(ctx context.Context, who Actor, c Call) (*Answer, error) { panic("surface") }

// EndCall stores the answer of a call that was begun. Secrets must be taken out
// of it first. A nil answer forgets the call, so that it can be sent again: use it
// where nothing was stored.
func (a *App) EndCall(ctx context.Context, who Actor, c Call, answer *Answer) error {
	panic("surface")
}
