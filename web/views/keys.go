package views

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"corroborate/web/views/ui"
)

// APIKeysPage lists the API keys of all people.
type APIKeysPage struct {
	Keys  []KeyLine
	Next  string
	First bool
	// State and Person are what was asked for, empty for all.
	State  string
	Person string
	People []ui.Choice
	// Ending counts the keys of the page that are about to end.
	Ending int
	// Days is for how long before its end a key is said to be about to end.
	Days int
}

// query is what the address of the page says.
func (p APIKeysPage) query() url.Values { return url.Values{"state": {p.State}, "person": {p.Person}} }

// asked tells whether less than all is shown.
func (p APIKeysPage) asked() bool { return p.State != "" || p.Person != "" }

// stateChoices lists how keys stand.
func (p APIKeysPage) stateChoices() []ui.Choice {
	return []ui.Choice{{Label: "all"}, {Value: "valid", Label: "valid"}, {Value: "ending", Label: "about to end, within " + ui.Counted(p.Days, "day", "days")},
		{Value: "expired", Label: "expired"}, {Value: "revoked", Label: "revoked"}}
}

// KeyLine is an API key without its secret.
type KeyLine struct {
	ID     string
	Name   string
	Scopes []string
	// Owner is whose it is, OwnerID their account.
	Owner   string
	OwnerID string
	// Closed is true where that account is closed: the key does not work then.
	Closed bool
	// Configured marks the key that the settings name.
	Configured bool
	// State is valid, ending, expired or revoked.
	State    string
	Created  time.Time
	Expires  *time.Time
	LastUsed *time.Time
	Revoked  *time.Time
	// Calls is how many calls a minute it may make where it has a limit of its own, else 0.
	Calls int
}

// scopes names what the key may do.
func (k KeyLine) scopes() string {
	s := strings.Join(k.Scopes, ", ")
	if k.Calls > 0 {
		s += " · " + ui.Counted(k.Calls, "call", "calls") + " a minute"
	}
	return s
}

// holds tells whether the key can still be revoked.
func (k KeyLine) holds() bool { return k.State == "valid" || k.State == "ending" }

// KeyForm is the form of a new key as it was filled in.
type KeyForm struct {
	Name   string
	Scopes map[string]bool
	// Expires is one of the choices of [ExpiryChoices], Calls a number or empty.
	Expires string
	Calls   string
	// Offered are the scopes that the viewer's role permits, MostCalls is how many calls
	// a minute a key may have.
	Offered   []string
	MostCalls int
	Errors    Errors
}

// NeverEnds is the choice of a key that does not end.
const NeverEnds = "never"

// expiryDays are the days after which a new key may end, the one that is offered first
// in the middle.
var expiryDays = []int{30, 90, 365}

// UsualExpiry is the choice that a form begins with.
func UsualExpiry() string { return strconv.Itoa(expiryDays[1]) }

// ExpiryChoices lists when a new key may end: after a number of days, or never.
func ExpiryChoices() []ui.Choice {
	var out []ui.Choice
	for _, d := range expiryDays {
		out = append(out, ui.Choice{Value: strconv.Itoa(d), Label: "after " + ui.Counted(d, "day", "days")})
	}
	return append(out, ui.Choice{Value: NeverEnds, Label: "never"})
}

// scopeMeanings say what a scope permits.
var scopeMeanings = map[string]string{
	"read":   "reads everything, with whole texts",
	"review": "reviews findings",
	"write":  "adds, changes and removes articles and stories",
	"admin":  "does all of this, and manages people and keys",
}
