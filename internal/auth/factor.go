package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

// What authenticator apps expect unless they are told otherwise (RFC 6238).
const (
	// FactorPeriod is how long a code holds.
	FactorPeriod = 30 * time.Second
	// factorSkew is how many periods a clock may be off, either way.
	factorSkew = 1
	// factorSecret is the number of bytes of a secret, as RFC 4226 advises for SHA-1.
	factorSecret = 20
)

// NewFactorSecret makes the secret of a second factor, in base32.
func NewFactorSecret() string {
	b := make([]byte, factorSecret)
	rand.Read(b) // never fails
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)
}

// FactorAddress gives the otpauth address that authenticator apps read from a QR
// code.
func FactorAddress(issuer, account, secret string) string {
	label := url.PathEscape(issuer + ":" + account)
	query := url.Values{"secret": {secret}, "issuer": {issuer}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {"30"}}
	return "otpauth://totp/" + label + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
}

// FactorCode gives the code of a secret at a moment.
func FactorCode(secret string, at time.Time) (string, error) {
	return stepCode(secret, stepAt(at))
}

// CheckFactorCode tells whether a code belongs to a secret at about a moment, and
// of which period it is. Codes of periods up to after are not taken, so that none
// is taken twice.
func CheckFactorCode(secret, code string, at time.Time, after int64) (step int64, ok bool, err error) {
	code = strings.Join(strings.Fields(code), "")
	for s := stepAt(at) - factorSkew; s <= stepAt(at)+factorSkew; s++ {
		want, err := stepCode(secret, s)
		if err != nil {
			return 0, false, err
		}
		if s > after && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step, ok = s, true
		}
	}
	return step, ok, nil
}

func stepAt(at time.Time) int64 { return at.Unix() / int64(FactorPeriod/time.Second) }

func stepCode(secret string, step int64) (string, error) {
	code, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		return "", fmt.Errorf("auth: code of a second factor: %w", err)
	}
	return code, nil
}

const (
	// RecoveryCodes is how many recovery codes are made at once.
	RecoveryCodes = 10
	// recoveryLength is the number of characters of one, with five bits each.
	recoveryLength = 16
	recoveryGroup  = 4
)

// NewRecoveryCodes makes codes that stand in for a phone that is lost, in groups
// that are easy to copy.
func NewRecoveryCodes() []string {
	codes := make([]string, RecoveryCodes)
	for i := range codes {
		text := strings.ToLower(rand.Text())[:recoveryLength]
		var groups []string
		for at := 0; at < recoveryLength; at += recoveryGroup {
			groups = append(groups, text[at:at+recoveryGroup])
		}
		codes[i] = strings.Join(groups, "-")
	}
	return codes
}

// HashRecoveryCode gives what is stored of a recovery code of an account, however
// it is written.
func HashRecoveryCode(userID, code string) []byte {
	plain := strings.NewReplacer("-", "", " ", "", "\t", "").Replace(strings.ToLower(code))
	h := sha256.Sum256([]byte(userID + " " + plain))
	return h[:]
}
