package auth_test

import (
	"encoding/base32"
	"net/url"
	"strings"
	"testing"
	"time"

	"corroborate/internal/auth"
)

// rfcSecret is the secret of the examples in RFC 6238, appendix B.
var rfcSecret = base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))

func TestCodesAreThoseOfTheStandard(t *testing.T) {
	t.Parallel()
	// The standard gives eight digits; six are their end.
	for seconds, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if got, err := auth.FactorCode(rfcSecret, time.Unix(seconds, 0)); got != want || err != nil {
			t.Errorf("at %d: %s, %v; want %s", seconds, got, err, want)
		}
	}
}

func TestCodeIsTakenOnceAndInTime(t *testing.T) {
	t.Parallel()
	secret, now := auth.NewFactorSecret(), time.Date(2026, 5, 1, 12, 0, 10, 0, time.UTC)
	for _, tt := range []struct {
		name  string
		off   time.Duration // how far the phone's clock is off
		after int64         // the periods that are used up, from this one
		want  bool
	}{
		{"the clocks agree", 0, -3, true}, {"half a minute late", -30 * time.Second, -3, true}, {"half a minute early", 30 * time.Second, -3, true},
		{"a minute late", -60 * time.Second, -3, false}, {"a minute early", 60 * time.Second, -3, false},
		{"used before", 0, 0, false}, {"the one before was used", 0, -1, true}, {"a later one was used", 0, 1, false},
	} {
		code, err := auth.FactorCode(secret, now.Add(tt.off))
		if err != nil {
			t.Fatal(err)
		}
		step, ok, err := auth.CheckFactorCode(secret, " "+code[:3]+" "+code[3:]+"\n", now, now.Unix()/30+tt.after)
		if ok != tt.want || err != nil || ok && step != now.Add(tt.off).Unix()/30 {
			t.Errorf("%s: taken %v in period %d, %v; want %v", tt.name, ok, step, err, tt.want)
		}
	}
	for _, code := range []string{"", "12345", "1234567", "abcdef", "１２３４５６"} {
		if _, ok, err := auth.CheckFactorCode(secret, code, now, 0); ok || err != nil {
			t.Errorf("%q: taken %v, %v", code, ok, err)
		}
	}
	if _, _, err := auth.CheckFactorCode("not base32!", "123456", now, 0); err == nil {
		t.Error("a broken secret is no error")
	}
}

func TestFactorAddress(t *testing.T) {
	t.Parallel()
	u, err := url.Parse(auth.FactorAddress("Corroborate", "a+b c@news.example", rfcSecret))
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/Corroborate:a+b c@news.example" {
		t.Fatalf("%+v, %v", u, err)
	}
	if q := u.Query(); q.Get("secret") != rfcSecret || q.Get("issuer") != "Corroborate" || q.Get("digits") != "6" || q.Get("period") != "30" {
		t.Errorf("query %v", q)
	}
}

func TestRecoveryCodes(t *testing.T) {
	t.Parallel()
	codes, seen := auth.NewRecoveryCodes(), map[string]bool{}
	for _, code := range codes {
		seen[code] = true
		plain := strings.ToUpper(strings.ReplaceAll(code, "-", " "))
		if string(auth.HashRecoveryCode("u", code)) != string(auth.HashRecoveryCode("u", plain)) {
			t.Errorf("%q and %q are two codes", code, plain)
		}
		if string(auth.HashRecoveryCode("u", code)) == string(auth.HashRecoveryCode("v", code)) {
			t.Error("the hash does not depend on whose code it is")
		}
	}
	if len(codes) != auth.RecoveryCodes || len(seen) != len(codes) || len(codes[0]) != 19 {
		t.Errorf("codes %q", codes)
	}
}

func TestSealer(t *testing.T) {
	t.Parallel()
	seal := func(secret string) *auth.Sealer {
		s, err := auth.NewSealer(secret)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	one, other := seal(strings.Repeat("one key ", 4)), seal(strings.Repeat("another ", 4))
	sealed := one.Seal("the secret", "ana")
	if strings.Contains(string(sealed), "secret") || string(one.Seal("the secret", "ana")) == string(sealed) {
		t.Error("the text is not hidden, or always sealed alike")
	}
	if got, err := seal(strings.Repeat("one key ", 4)).Open(sealed, "ana"); got != "the secret" || err != nil {
		t.Errorf("opened %q, %v", got, err)
	}
	for name, open := range map[string]func() (string, error){
		"another key":   func() (string, error) { return other.Open(sealed, "ana") },
		"another owner": func() (string, error) { return one.Open(sealed, "bo") },
		"cut off":       func() (string, error) { return one.Open(sealed[:10], "ana") },
		"nothing":       func() (string, error) { return one.Open(nil, "ana") },
	} {
		if got, err := open(); got != "" || err == nil {
			t.Errorf("%s: opened %q, %v", name, got, err)
		}
	}
	if one.KeyID() == other.KeyID() || one.KeyID() == "" {
		t.Errorf("the keys are called %q and %q", one.KeyID(), other.KeyID())
	}
	if _, err := auth.NewSealer("short"); err == nil {
		t.Error("a short key is taken")
	}
}

func FuzzCheckFactorCode(f *testing.F) {
	f.Add("123 456")
	f.Fuzz(func(t *testing.T, code string) {
		now := time.Unix(59, 0)
		_, ok, err := auth.CheckFactorCode(rfcSecret, code, now, 0)
		plain := strings.Join(strings.Fields(code), "")
		want := plain == "287082" // of the period, and of those about it
		for _, off := range []time.Duration{-auth.FactorPeriod, auth.FactorPeriod} {
			near, _ := auth.FactorCode(rfcSecret, now.Add(off))
			want = want || plain == near && now.Add(off).Unix() >= 30
		}
		if err != nil || ok != want {
			t.Errorf("%q: taken %v, %v", code, ok, err)
		}
	})
}
