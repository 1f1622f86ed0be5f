package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"strings"
)

// tokenPrefix makes a leaked key easy to recognise and to search for.
const tokenPrefix = "ccs_"

// MinToken is the fewest characters of a token that is chosen by a person.
const MinToken = 16

// NewToken makes the token of an API key: ccs_ID_SECRET. The id is that of the
// key, without dashes; the secret has about 130 bits.
func NewToken(id string) string {
	return tokenPrefix + strings.ReplaceAll(id, "-", "") + "_" + strings.ToLower(rand.Text())
}

// HashToken gives what is stored of a token. Tokens are random, so a plain hash
// is enough.
func HashToken(token string) []byte {
	h := sha256.Sum256([]byte(token))
	return h[:]
}
