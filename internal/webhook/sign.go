package webhook

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"
)

// The headers of a delivery.
const (
	HeaderID        = "webhook-id"
	HeaderTimestamp = "webhook-timestamp"
	HeaderSignature = "webhook-signature"
)

// secretPrefix begins a secret, secretBytes is how many random bytes it has.
const (
	secretPrefix = "whsec_"
	secretBytes  = 32
)

// ErrSecret says that a text is no secret of a webhook.
var ErrSecret = errors.New("webhook: not a secret")

// NewSecret makes a secret as it is shown: whsec_ and base64.
func NewSecret() string {
	b := make([]byte, secretBytes)
	_, _ = rand.Read(b) // it does not fail
	return secretPrefix + base64.StdEncoding.EncodeToString(b)
}

// Sign gives the signature of a delivery: "v1," and base64 of the HMAC-SHA256 of id, time
// and body, joined by dots.
func Sign(secret, id string, at time.Time, body []byte) (string, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix))
	if err != nil || len(key) == 0 || !strings.HasPrefix(secret, secretPrefix) {
		return "", ErrSecret
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)), nil
}

// Headers gives the headers of a delivery, signed with each of the secrets.
func Headers(id string, at time.Time, body []byte, secrets ...string) (map[string]string, error) {
	signatures := make([]string, len(secrets))
	for i, secret := range secrets {
		var err error
		if signatures[i], err = Sign(secret, id, at, body); err != nil {
			return nil, err
		}
	}
	return map[string]string{
		"content-type":  "application/json",
		HeaderID:        id,
		HeaderTimestamp: strconv.FormatInt(at.Unix(), 10),
		HeaderSignature: strings.Join(signatures, " "),
	}, nil
}
