package client

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// webhookAge is how old a call of a webhook may be, and how far ahead of this machine's
// clock, so that an old one cannot be sent again by somebody else.
const webhookAge = 5 * time.Minute

// VerifyWebhook says whether a call that arrived at a moment comes from the service: nil
// where it was signed with the webhook's secret within the last five minutes. body is the
// body as it came. The signature is that of the Standard Webhooks specification.
func VerifyWebhook(secret string, header http.Header, body []byte, now time.Time) error {
	id, sent := header.Get("webhook-id"), header.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(sent, 10, 64)
	if err != nil {
		return errors.New("client: the call has no time")
	}
	if age := now.Sub(time.Unix(seconds, 0)); age.Abs() > webhookAge {
		return fmt.Errorf("client: the call is %s old", age)
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return errors.New("client: the secret is none of a webhook")
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + sent + "."))
	mac.Write(body)
	want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	for signature := range strings.FieldsSeq(header.Get("webhook-signature")) {
		if hmac.Equal([]byte(signature), []byte(want)) {
			return nil
		}
	}
	return errors.New("client: the call is not signed with the secret")
}
