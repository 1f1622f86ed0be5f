package api

import (
	"time"

	"corroborate/internal/app"
	"corroborate/internal/auth"
)

type key struct {
	ID             string     `json:"id" doc:"The key's id." example:"01977d80-1a2b-7c3d-8e4f-5a6b7c8d9e0f"`
	UserID         string     `json:"user_id" doc:"The person whom it belongs to: what is done with it is done in that person's name." example:"01977d00-0000-7000-8000-0123456789ab"`
	Owner          string     `json:"owner" doc:"That person's name." example:"Ana Reyes"`
	OwnerEmail     string     `json:"owner_email" doc:"That person's e-mail address." example:"ana@news.example"`
	Name           string     `json:"name" doc:"What it is for." example:"desk dashboard"`
	Scopes         []string   `json:"scopes" enum:"read,review,write,admin" doc:"What it may be used for. admin includes all." example:"[\"read\"]"`
	State          string     `json:"state" enum:"valid,ending,expired,revoked" doc:"ending: valid, and expires within 14 days. A key does not work either while its owner's account is closed." example:"valid"`
	CallsPerMinute int        `json:"calls_per_minute" minimum:"1" doc:"How many calls it may make in a minute." example:"600"`
	Configured     bool       `json:"configured" doc:"True for the key of the setting ADMIN_API_KEY." example:"false"`
	CreatedAt      time.Time  `json:"created_at" doc:"When it was made." example:"2025-03-28T08:00:00Z"`
	ExpiresAt      *time.Time `json:"expires_at" doc:"When it ends; null for never." example:"2026-03-28T08:00:00Z"`
	LastUsedAt     *time.Time `json:"last_used_at" doc:"When it was last used, to the minute; null when it never was." example:"2025-03-28T09:00:00Z"`
	RevokedAt      *time.Time `json:"revoked_at" doc:"When it was revoked; null where it was not." example:"2025-04-01T08:00:00Z"`
}

// KeyFields are the fields that a key has in lists too.
type KeyFields = key

type newKey struct {
	KeyFields
	Secret *string `json:"secret" doc:"The key to send. It is shown here and never again; null in an answer that is repeated." example:"ccs_01977d801a2b7c3d8e4f5a6b7c8d9e0f_6vjt0a4q1rc2yz8mk3xw7hp5nb"`
}

// newKeyShape gives a key as it stands now.
func (a *API) newKeyShape(k app.APIKey) key {
	return key{
		ID: k.ID, UserID: k.UserID, Owner: k.Owner, OwnerEmail: k.OwnerEmail, Name: k.Name,
		Scopes: mapped(k.Scopes, func(s auth.Scope) string { return string(s) }),
		State:  string(a.app.StateOf(k)), CallsPerMinute: a.app.LimitOf(k), Configured: k.Configured,
		CreatedAt: k.CreatedAt, ExpiresAt: k.ExpiresAt, LastUsedAt: k.LastUsedAt, RevokedAt: k.RevokedAt,
	}
}

type keyBody struct {
	Name           string     `json:"name" minLength:"1" maxLength:"200" doc:"What the key is for." example:"desk dashboard"`
	Scopes         []string   `json:"scopes" enum:"read,review,write,admin" minItems:"1" maxItems:"4" uniqueItems:"true" doc:"What it may be used for. Your role bounds it." example:"[\"read\"]"`
	ExpiresAt      *time.Time `json:"expires_at,omitempty" doc:"When it ends; left out for never." example:"2036-03-28T08:00:00Z"`
	CallsPerMinute int        `json:"calls_per_minute,omitempty" minimum:"1" maximum:"1000000" doc:"How many calls it may make in a minute, at most as many as the setting CALLS_PER_MINUTE allows; left out for that many." example:"600"`
}
