package views

import "time"

// InvitationPage is what whoever holds an invitation sees.
type InvitationPage struct {
	// Action is the address of the form, which holds the token.
	Action    string
	Name      string
	Email     string
	Role      string
	InvitedBy string
	Expires   time.Time
	// SignedInAs names the viewer's present account, empty for none.
	SignedInAs string
	// MinPassword is the fewest characters of a password.
	MinPassword int
	Errors      Errors
}

// roleYou says what the invited person may do.
func (p InvitationPage) roleYou() string { return roleYou[p.Role] }

// ResetPage is what whoever holds a link to a new password sees.
type ResetPage struct {
	Action      string
	Name        string
	Email       string
	MinPassword int
	Errors      Errors
}

// FirstPasswordPage is what whoever signed in with a password that the service made sees.
type FirstPasswordPage struct {
	Email       string
	MinPassword int
	Errors      Errors
}

// CodePage asks for a code in the second step of signing in.
type CodePage struct {
	Name string
	// Recovery is true where a recovery code was entered.
	Recovery bool
	Errors   Errors
}

// codeError gives what is wrong with the code, beside the field that it was entered
// in.
func (p CodePage) codeError(recovery bool) string {
	if p.Recovery != recovery {
		return ""
	}
	return p.Errors.Of("code")
}
