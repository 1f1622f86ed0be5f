package client

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// FuzzVerifyWebhook holds that no call passes that was not signed with the secret.
func FuzzVerifyWebhook(f *testing.F) {
	f.Add("whsec_AAAA", "msg", "1743152400", "v1,abc", []byte("{}"))
	f.Add("", "", "-1", "v1, v1,", []byte{})
	f.Fuzz(func(t *testing.T, secret, id, sent, signature string, body []byte) {
		header := http.Header{"Webhook-Id": {id}, "Webhook-Timestamp": {sent}, "Webhook-Signature": {signature}}
		if VerifyWebhook(secret, header, body, time.Unix(1743152400, 0)) == nil {
			t.Errorf("%q passes with the secret %q", signature, secret)
		}
	})
}

// FuzzEventStream reads streams of events that a service in between has broken.
func FuzzEventStream(f *testing.F) {
	f.Add("id: 7\nevent: finding.new\ndata: {}\n\n")
	f.Add("data\ndata:\n\n:comment\nid:\x00\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		e := &Events{body: io.NopCloser(strings.NewReader("")), lines: bufio.NewScanner(strings.NewReader(text))}
		for {
			event, err := e.Next()
			if errors.Is(err, io.EOF) || errors.Is(err, bufio.ErrTooLong) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if strings.ContainsAny(event.ID+event.Type, "\n") {
				t.Errorf("%q gives %+v", text, event)
			}
		}
	})
}
