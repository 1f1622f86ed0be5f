package api

import (
	"time"

	"corroborate/internal/app"
)

type user struct {
	ID           string     `json:"id" doc:"The account's id." example:"01977d00-0000-7000-8000-0123456789ab"`
	Email        string     `json:"email" doc:"E-mail address to sign in with." example:"ana@news.example"`
	Name         string     `json:"name" doc:"Name as it is shown." example:"Ana Reyes"`
	Role         string     `json:"role" enum:"reader,checker,editor,administrator" doc:"What the person may do; each role includes those before it." example:"checker"`
	SecondFactor bool       `json:"second_factor" doc:"True where a code is asked for at sign-in." example:"true"`
	CreatedAt    time.Time  `json:"created_at" doc:"When the account was made." example:"2025-03-01T08:00:00Z"`
	LastLoginAt  *time.Time `json:"last_login_at" doc:"When the person last signed in; null for never." example:"2025-03-28T07:45:00Z"`
	DisabledAt   *time.Time `json:"disabled_at" doc:"When the account was closed; null while it is open." example:"2025-04-01T08:00:00Z"`
	DeletedAt    *time.Time `json:"deleted_at" doc:"When the account was deleted for good; its name and address are made up then. Null for the account of a person." example:"2025-04-01T08:00:00Z"`
}

// UserFields are the fields that an account has in lists too.
type UserFields = user

func newUser(u app.User) user {
	return user{
		ID: u.ID, Email: u.Email, Name: u.Name, Role: string(u.Role), SecondFactor: u.SecondFactor,
		CreatedAt: u.CreatedAt, LastLoginAt: u.LastLoginAt, DisabledAt: u.DisabledAt, DeletedAt: u.ForgottenAt,
	}
}

// person is one account as administrators see it.
type person struct {
	UserFields
	Keys       int        `json:"keys" minimum:"0" doc:"How many API keys of the account are valid." example:"2"`
	ResetUntil *time.Time `json:"reset_until" doc:"Until when a link to a new password waits for the person; null where none does." example:"2025-03-31T08:00:00Z"`
}

func newPerson(p app.Person) person {
	return person{UserFields: newUser(p.User), Keys: p.Keys, ResetUntil: p.ResetUntil}
}

type userBody struct {
	Email    string `json:"email" format:"email" minLength:"3" maxLength:"200" doc:"E-mail address to sign in with." example:"ana@news.example"`
	Name     string `json:"name" minLength:"1" maxLength:"200" doc:"Name as it is to be shown." example:"Ana Reyes"`
	Password string `json:"password" maxLength:"1000" doc:"First password; the person can change it." example:"correct horse battery staple"`
	Role     string `json:"role" enum:"reader,checker,editor,administrator" doc:"What the person may do." example:"checker"`
}

type userEdit struct {
	Name *string `json:"name,omitempty" minLength:"1" maxLength:"200" doc:"Name as it is to be shown." example:"Ana Reyes"`
	Role *string `json:"role,omitempty" enum:"reader,checker,editor,administrator" doc:"What the person may do; it changes at once. Nobody changes their own." example:"editor"`
}

type resetLink struct {
	UserID    string    `json:"user_id" doc:"The person whom the link is for." example:"01977d00-0000-7000-8000-0123456789ab"`
	URL       *string   `json:"url" doc:"The link to hand over. It is given here and never again; null in an answer that is repeated." example:"https://news.example.org/reset/3k1v9c"`
	ExpiresAt time.Time `json:"expires_at" doc:"Until when it works." example:"2025-03-31T08:00:00Z"`
}

// me is who makes the call.
type me struct {
	User   user     `json:"user" doc:"The person whom the key belongs to."`
	Key    key      `json:"key" doc:"The key that the call was made with."`
	Scopes []string `json:"scopes" enum:"read,review,write,admin" doc:"What the key may be used for now: its scopes, as far as the person's role permits them; admin is given with all that it includes." example:"[\"read\",\"review\"]"`
}

type invitation struct {
	ID        string    `json:"id" doc:"The invitation's id." example:"01977d90-0000-7000-8000-0123456789ab"`
	Email     string    `json:"email" doc:"The e-mail address that the person will sign in with." example:"ben@news.example"`
	Name      string    `json:"name" doc:"The person's name." example:"Ben Okafor"`
	Role      string    `json:"role" enum:"reader,checker,editor,administrator" doc:"What the person will be permitted." example:"checker"`
	InvitedBy string    `json:"invited_by" doc:"Who made the invitation." example:"Ana Reyes"`
	CreatedAt time.Time `json:"created_at" doc:"When it was made." example:"2025-03-28T08:00:00Z"`
	ExpiresAt time.Time `json:"expires_at" doc:"Until when its link works. One whose time has passed is still listed." example:"2025-04-04T08:00:00Z"`
}

// InvitationFields are the fields that an invitation has in lists too.
type InvitationFields = invitation

func newInvitationShape(i app.Invitation) invitation {
	return invitation{ID: i.ID, Email: i.Email, Name: i.Name, Role: string(i.Role), InvitedBy: i.InvitedBy,
		CreatedAt: i.CreatedAt, ExpiresAt: i.ExpiresAt}
}

type newInvitation struct {
	InvitationFields
	URL *string `json:"url" doc:"The link to hand over. It is given here and never again; null in an answer that is repeated." example:"https://news.example.org/invitations/9f2a6b"`
}

type invitationBody struct {
	Email string `json:"email" format:"email" minLength:"3" maxLength:"200" doc:"The e-mail address that the person will sign in with." example:"ben@news.example"`
	Name  string `json:"name" minLength:"1" maxLength:"200" doc:"The person's name; they may choose another." example:"Ben Okafor"`
	Role  string `json:"role" enum:"reader,checker,editor,administrator" doc:"What the person will be permitted." example:"checker"`
	Days  int    `json:"days,omitempty" minimum:"1" maximum:"30" doc:"For how many days the link works; left out, 7." example:"7"`
}
