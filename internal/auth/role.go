package auth

import "slices"

// Role is what a person may do here. Each includes those before it.
type Role string

// The roles, the least first.
const (
	// Reader reads everything.
	Reader Role = "reader"
	// Checker also reviews findings.
	Checker Role = "checker"
	// Editor also adds, changes and removes articles and stories.
	Editor Role = "editor"
	// Administrator also manages people and sees the audit log.
	Administrator Role = "administrator"
)

// Roles lists every role, the least first.
func Roles() []Role { return []Role{Reader, Checker, Editor, Administrator} }

// Valid tells whether r is a role.
func (r Role) Valid() bool { return slices.Contains(Roles(), r) }

// Scope is what an API key may be used for.
type Scope string

// The scopes. Each stands alone, but Admin includes all.
const (
	Read   Scope = "read"
	Review Scope = "review"
	Write  Scope = "write"
	Admin  Scope = "admin"
)

// AllScopes lists every scope.
func AllScopes() []Scope { return []Scope{Read, Review, Write, Admin} }

// Valid tells whether s is a scope.
func (s Scope) Valid() bool { return slices.Contains(AllScopes(), s) }

// Scopes gives what a role permits, the same scopes that its keys may have.
func (r Role) Scopes() []Scope {
	i := slices.Index(Roles(), r)
	return AllScopes()[:i+1]
}
