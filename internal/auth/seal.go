package auth

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// MinSealKey is the fewest characters of the text that a [Sealer] is made of.
const MinSealKey = 32

// Sealer encrypts what is stored and has to be read again, so that a copy of the
// database alone does not tell it. It is safe for concurrent use.
type Sealer struct {
	aead cipher.AEAD
	id   string
}

// NewSealer makes a sealer of a long random text.
func NewSealer(secret string) (*Sealer, error) {
	if len(secret) < MinSealKey {
		return nil, fmt.Errorf("auth: the key has to have at least %d characters", MinSealKey)
	}
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, "corroborate second factor", 32)
	if err != nil {
		return nil, fmt.Errorf("auth: derive the key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("auth: cipher: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("auth: cipher: %w", err)
	}
	sum := sha256.Sum256(append([]byte("name of "), key...))
	return &Sealer{aead: aead, id: hex.EncodeToString(sum[:6])}, nil
}

// KeyID names the key without telling it.
func (s *Sealer) KeyID() string { return s.id }

// Seal encrypts a text for one owner.
func (s *Sealer) Seal(plain, owner string) []byte {
	return s.aead.Seal(nil, nil, []byte(plain), []byte(owner))
}

// ErrSealed says that a text was sealed with another key or for another owner.
var ErrSealed = errors.New("auth: sealed with another key")

// Open gives back what [Sealer.Seal] was given for the same owner.
func (s *Sealer) Open(sealed []byte, owner string) (string, error) {
	plain, err := s.aead.Open(nil, nil, sealed, []byte(owner))
	if err != nil {
		return "", ErrSealed
	}
	return string(plain), nil
}
