package problem

import (
	"maps"
	"net/http"
	"slices"

	"corroborate/internal/claims"
)

// Kind sorts problems by what the caller can do about them. The kinds of
// [claims.ErrorKind] are kinds of problem under the same name; the others stem
// from HTTP.
type Kind string

// The kinds of problem that are kinds of error in the domain.
const (
	NotFound        = Kind(claims.NotFound)
	Invalid         = Kind(claims.Invalid)
	Conflict        = Kind(claims.Conflict)
	Stale           = Kind(claims.Stale)
	Unauthenticated = Kind(claims.Unauthenticated)
	Forbidden       = Kind(claims.Forbidden)
	TooMany         = Kind(claims.TooMany)
	TooLarge        = Kind(claims.TooLarge)
	Unavailable     = Kind(claims.Unavailable)
)

// The kinds of problem that stem from HTTP.
const (
	Internal             Kind = "internal"
	Malformed            Kind = "malformed"
	UnknownPath          Kind = "unknown_path"
	WrongMethod          Kind = "wrong_method"
	WrongContentType     Kind = "wrong_content_type"
	NotAcceptable        Kind = "not_acceptable"
	PreconditionRequired Kind = "precondition_required"
	Merged               Kind = "merged"
	Timeout              Kind = "timeout"
	SlowBody             Kind = "slow_body"
	KeyEnded             Kind = "key_ended"
)

// row is how one kind is shown.
type row struct {
	status     int
	title, fix string
}

// table is the one place that turns kinds of error into statuses.
var table = map[Kind]row{
	NotFound:             {http.StatusNotFound, "There is no such thing", "Check the id in the address; the lists give the ids that exist."},
	Invalid:              {http.StatusUnprocessableEntity, "The request has fields that cannot be taken", "Mend the fields that errors names and send the call again."},
	Conflict:             {http.StatusConflict, "The request conflicts with what is stored", "Get the thing again, see what changed, and decide anew."},
	Stale:                {http.StatusPreconditionFailed, "The thing was changed meanwhile", "Get it again, apply the edit to what it is now, and send its new ETag in If-Match."},
	Unauthenticated:      {http.StatusUnauthorized, "A valid API key is needed", "Send the header Authorization: Bearer KEY with a key that an administrator made and that has not expired or been revoked."},
	KeyEnded:             {http.StatusUnauthorized, "The API key has ended", "Make a new key on the account page or ask an administrator for one, and send that."},
	Forbidden:            {http.StatusForbidden, "The key may not do this", "Use a key with the scope that the operation names; an administrator can make one."},
	TooMany:              {http.StatusTooManyRequests, "Too many requests", "Wait as many seconds as Retry-After says, then send the call again."},
	TooLarge:             {http.StatusRequestEntityTooLarge, "The request is too large", "Send less; the documentation of the operation gives the limit."},
	Unavailable:          {http.StatusServiceUnavailable, "The service cannot answer now", "Send the call again in a few seconds."},
	Internal:             {http.StatusInternalServerError, "The server failed", "Send the call again later; if it fails again, give request_id to whoever runs the service."},
	Malformed:            {http.StatusBadRequest, "The request cannot be read", "Send well-formed JSON in UTF-8."},
	UnknownPath:          {http.StatusNotFound, "There is no such address", "See /docs for the addresses of the API."},
	WrongMethod:          {http.StatusMethodNotAllowed, "The address does not take this method", "Use a method that the header Allow names."},
	WrongContentType:     {http.StatusUnsupportedMediaType, "The content type is not taken", "Send JSON with the header Content-Type: application/json."},
	NotAcceptable:        {http.StatusNotAcceptable, "No format that was asked for can be made", "Ask for application/json in the header Accept, or leave the header out."},
	SlowBody:             {http.StatusRequestTimeout, "The body came too slowly", "Send the call again over a better connection, or send less."},
	PreconditionRequired: {http.StatusPreconditionRequired, "An edit has to say what it edits", "Get the thing, and send its ETag in the header If-Match."},
	Merged:               {http.StatusPermanentRedirect, "The finding or story was merged into another", "Follow the header Location."},
	Timeout:              {http.StatusServiceUnavailable, "The answer took too long", "Ask for less at once, or send the call again in a few seconds."},
}

func (k Kind) row() row {
	if r, ok := table[k]; ok {
		return r
	}
	return table[Internal]
}

func (k Kind) link() string { return "/docs#problem-" + string(k) }

// Status gives the HTTP status of the kind.
func (k Kind) Status() int { return k.row().status }

// Title gives the kind in few words.
func (k Kind) Title() string { return k.row().title }

// Fix says how a call is mended that met a problem of the kind.
func (k Kind) Fix() string { return k.row().fix }

// Kinds lists all kinds by status, then by name.
func Kinds() []Kind {
	return slices.SortedFunc(maps.Keys(table), func(a, b Kind) int {
		if d := a.Status() - b.Status(); d != 0 {
			return d
		}
		if a < b {
			return -1
		}
		return 1
	})
}

// StatusOf gives the HTTP status that an error is answered with; 500 for one
// that has no kind.
func StatusOf(err error) int { return Kind(claims.KindOf(err)).Status() }
