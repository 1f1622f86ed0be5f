package views

import (
	"time"

	"corroborate/web/views/ui"
)

// UsersPage lists the accounts and the invitations, and has the form for a new one.
type UsersPage struct {
	Users       []UserLine
	Next        string
	First       bool
	Invitations []InvitationLine
	Form        InvitationForm
	// Made is the link that was just made, nil for none.
	Made *MadeLink
	// Everybody is what is wrong with the form that ends all sessions.
	Everybody Errors
}

// UserLine is an account.
type UserLine struct {
	ID           string
	Name         string
	Email        string
	Role         string
	LastLogin    *time.Time
	SecondFactor bool
	Closed       bool
	// Forgotten is true for an account that was deleted for good.
	Forgotten bool
	// You is true for the viewer's own account.
	You bool
}

// InvitationLine is an invitation that nobody has taken up.
type InvitationLine struct {
	ID        string
	Name      string
	Email     string
	Role      string
	InvitedBy string
	Expires   time.Time
	// Expired is true where its time has passed.
	Expired bool
}

// InvitationForm is the form of a new invitation as it was filled in.
type InvitationForm struct {
	Name   string
	Email  string
	Role   string
	Days   string
	Roles  []string
	Errors Errors
}

// MadeLink is a link that is shown once.
type MadeLink struct {
	// For names the person, What says what the link does.
	For     string
	What    string
	Address string
	Expires time.Time
}

// UserPage is one account as administrators see it.
type UserPage struct {
	UserLine
	Created time.Time
	// ClosedAt is zero while the account is open.
	ClosedAt time.Time
	// ForgottenAt is zero for the account of a person; Forgetting is true while what
	// others wrote is gone through, of which Looked entries are done.
	ForgottenAt time.Time
	Forgetting  bool
	Looked      int
	Keys        int
	// Sessions are those that are open to the account, MoreSessions how many there are
	// besides.
	Sessions     []SessionLine
	MoreSessions int
	// ResetUntil is how long a link to a new password waits, zero where none does.
	ResetUntil time.Time
	Roles      []string
	Errors     Errors
	Made       *MadeLink
}

// roleMeanings says what each role may do; each includes those before it.
var roleMeanings = map[string]string{
	"reader":        "reads everything",
	"checker":       "also reviews findings",
	"editor":        "also adds, changes and removes articles and stories",
	"administrator": "also manages people and sees the whole history",
}

// roleYou says to whoever gets a role what they may do.
var roleYou = map[string]string{
	"reader":        "you read everything",
	"checker":       "you read everything and review findings",
	"editor":        "you read everything, review findings, and add, change and remove articles and stories",
	"administrator": "you do all that there is to do, and manage the people here",
}

// roleChoices lists roles with what they may do.
func roleChoices(roles []string) []ui.Choice {
	var out []ui.Choice
	for _, r := range roles {
		out = append(out, ui.Choice{Value: r, Label: r + ": " + roleMeanings[r]})
	}
	return out
}

// dayChoices lists how long an invitation may be good.
func dayChoices() []ui.Choice {
	return []ui.Choice{{Value: "1", Label: "1 day"}, {Value: "7", Label: "7 days"}, {Value: "30", Label: "30 days"}}
}
