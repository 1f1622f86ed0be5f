// Package auth holds what an account is made of: roles and scopes, the hashing
// of passwords, and the making and reading of API keys.
//
// It knows no HTTP and no database. What a role or scope permits in the service
// is decided in package app.
package auth
