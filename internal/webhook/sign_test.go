package webhook_test

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"corroborate/internal/webhook"
)

// TestSignIsThatOfTheSpecification signs a call whose signature was worked out by
// another program: printf '%s' "$id.$time.$body" | openssl dgst -sha256 -mac HMAC.
func TestSignIsThatOfTheSpecification(t *testing.T) {
	t.Parallel()
	const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	got, err := webhook.Sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; err != nil || got != want {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
	for _, wrong := range []string{"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!"} {
		if _, err := webhook.Sign(wrong, "a", time.Unix(0, 0), nil); !errors.Is(err, webhook.ErrSecret) {
			t.Errorf("%q signs: %v", wrong, err)
		}
	}
	if one, two := webhook.NewSecret(), webhook.NewSecret(); one == two {
		t.Error("two secrets are one")
	}
}

// FuzzSign has a library of the specification verify what we sign, whatever it is.
func FuzzSign(f *testing.F) {
	f.Add("msg_1", []byte(`{"a": 1}`))
	f.Add("a.b", []byte("\x00\xff.\n"))
	f.Fuzz(func(t *testing.T, id string, body []byte) {
		secret, old := webhook.NewSecret(), webhook.NewSecret()
		headers, err := webhook.Headers(id, time.Now(), body, secret, old)
		if err != nil {
			t.Fatal(err)
		}
		h := http.Header{}
		for name, value := range headers {
			h.Set(name, value)
		}
		for _, s := range []string{secret, old} {
			v, err := standardwebhooks.NewWebhook(s)
			if err != nil {
				t.Fatal(err)
			}
			if err := v.Verify(body, h); err != nil && id != "" {
				t.Errorf("%q: %v", id, err)
			}
			if v.Verify(append(body, 'x'), h) == nil {
				t.Error("another body is verified")
			}
		}
	})
}

// TestDocumentedCodeVerifies runs the code of docs/api.md on a call that is right and on
// some that are not.
func TestDocumentedCodeVerifies(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n### Verify a call\n")
	section, _, _ = strings.Cut(section, "\n## ")
	secret, old, body := webhook.NewSecret(), webhook.NewSecret(), `{"id": "é"}`
	calls := []struct {
		at   time.Time
		body string
		by   []string
		want string
	}{
		{time.Now(), body, []string{secret}, "true"},
		{time.Now(), body, []string{old, secret}, "true"},
		{time.Now(), body, []string{old}, "false"},
		{time.Now(), body + " ", []string{secret}, "false"},
		{time.Now().Add(-6 * time.Minute), body, []string{secret}, "false"},
	}
	for language, run := range map[string]func(dir, code string, args ...string) (string, error){"go": runGo, "python": runPython} {
		code := block(section, language)
		if code == "" {
			t.Fatalf("no code in %s", language)
		}
		dir := t.TempDir()
		for i, c := range calls {
			h, err := webhook.Headers("id-1", c.at, []byte(body), c.by...)
			if err != nil {
				t.Fatal(err)
			}
			got, err := run(dir, code, secret, c.body, h[webhook.HeaderID], h[webhook.HeaderTimestamp], h[webhook.HeaderSignature])
			if errors.Is(err, exec.ErrNotFound) {
				t.Logf("%s is not installed", language)
				break
			}
			if err != nil || got != c.want {
				t.Errorf("%s, call %d: %q, %v, want %s", language, i, got, err, c.want)
			}
		}
	}
}

// block gives the first block of code in a language.
func block(section, language string) string {
	_, code, _ := strings.Cut(section, "\n```"+language+"\n")
	code, _, _ = strings.Cut(code, "\n```")
	return code
}

const goMain = `package main

import (
	"fmt"
	"net/http"
	"os"
)

func main() {
	h := http.Header{}
	h.Set("webhook-id", os.Args[3])
	h.Set("webhook-timestamp", os.Args[4])
	h.Set("webhook-signature", os.Args[5])
	fmt.Print(verify(os.Args[1], h, []byte(os.Args[2])))
}
`

func runGo(dir, code string, args ...string) (string, error) {
	program := filepath.Join(dir, "receiver")
	if _, err := os.Stat(program); err != nil {
		for name, text := range map[string]string{"go.mod": "module receiver\n\ngo 1.26\n", "main.go": goMain, "verify.go": code} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				return "", err
			}
		}
		build := exec.Command("go", "build", "-o", program, ".")
		build.Dir = dir
		if out, err := build.CombinedOutput(); err != nil {
			return string(out), err
		}
	}
	out, err := exec.Command(program, args...).CombinedOutput()
	return string(out), err
}

func runPython(dir, code string, args ...string) (string, error) {
	program := filepath.Join(dir, "receiver.py")
	const main = "\n\nimport sys\na = sys.argv\n" +
		"h = {'webhook-id': a[3], 'webhook-timestamp': a[4], 'webhook-signature': a[5]}\nprint(str(verify(a[1], h, a[2].encode())).lower(), end='')\n"
	if err := os.WriteFile(program, []byte(code+main), 0o600); err != nil {
		return "", err
	}
	out, err := exec.Command("python3", append([]string{program}, args...)...).CombinedOutput()
	return string(out), err
}
