package auth

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// The cost of a hash, as OWASP advises for argon2id: 19 MiB, two passes, one
// lane.
const (
	memory  = 19 << 10 // KiB
	passes  = 2
	lanes   = 1
	keySize = 32
	salting = 16
	// leastKey is the fewest bytes of a stored hash: one of a few would fit many passwords.
	leastKey = 16
	// mostMemory and mostPasses bound what a stored hash may ask for.
	mostMemory = 64 << 10 // KiB
	mostPasses = 10
)

// The bounds of a password, in code points and in bytes.
const (
	MinPassword = 8
	MaxPassword = 1000
)

// CheckPassword says what is wrong with a new password, nil when nothing is. about is
// what others know of its owner: name and address.
func CheckPassword(password string, about ...string) error {
	switch {
	case utf8.RuneCountInString(password) < MinPassword:
		return fmt.Errorf("a password has at least %d characters", MinPassword)
	case len(password) > MaxPassword:
		return fmt.Errorf("a password has at most %d bytes", MaxPassword)
	}
	return guessable(password, about)
}

// HashPassword gives the argon2id hash of a password with a fresh salt, in PHC
// form.
func HashPassword(password string) string {
	salt := make([]byte, salting)
	rand.Read(salt) // never fails
	return phc(salt, argon2.IDKey([]byte(password), salt, passes, memory, lanes, keySize))
}

func phc(salt, key []byte) string {
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, lanes,
		enc.EncodeToString(salt), enc.EncodeToString(key))
}

// VerifyPassword tells whether a password has a hash. The costs are those in the
// hash, so that hashes of earlier costs go on to work.
func VerifyPassword(hash, password string) (bool, error) {
	var version int
	var m, t uint32
	var p uint8
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, errBadHash
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, errBadHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &m, &t, &p); err != nil || t < 1 || p < 1 || m > mostMemory || t > mostPasses {
		return false, errBadHash
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, errBadHash
	}
	key, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(key) < leastKey {
		return false, errBadHash
	}
	got := argon2.IDKey([]byte(password), salt, t, m, p, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1, nil
}

var errBadHash = errors.New("auth: a stored password hash cannot be read")

// VerifyAbsent takes as long as [VerifyPassword] for an account that does not
// exist, so that the time does not tell which accounts do.
func VerifyAbsent(password string) {
	argon2.IDKey([]byte(password), make([]byte, salting), passes, memory, lanes, keySize)
}

// NewPassword generates a password of about 130 bits.
func NewPassword() string { return strings.ToLower(rand.Text()) }
