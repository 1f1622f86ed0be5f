package auth

import (
	"crypto/rand"
	"strings"
)

// NewLinkToken makes the token of a link that is good once, with about 130 bits.
// It is stored as [HashToken] gives it.
func NewLinkToken() string { return strings.ToLower(rand.Text()) }
