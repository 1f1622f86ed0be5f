package auth_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/auth"
)

func TestPassword(t *testing.T) {
	t.Parallel()
	const password = "correct horse"
	one, two := auth.HashPassword(password), auth.HashPassword(password)
	if one == two {
		t.Error("two hashes of one password are the same: the salt is")
	}
	for _, c := range []struct {
		hash, password string
		want           bool
	}{
		{one, password, true},
		{two, password, true},
		{one, "Correct horse", false},
		{one, "", false},
		// A hash of lower costs, as an earlier version could have made it.
		{"$argon2id$v=19$m=16,t=2,p=1$c2FsdHNhbHQ$" + "AAAAAAAAAAAAAAAAAAAAAA", password, false},
	} {
		got, err := auth.VerifyPassword(c.hash, c.password)
		if err != nil || got != c.want {
			t.Errorf("VerifyPassword(%.20s…, %q) = %v, %v; want %v", c.hash, c.password, got, err, c.want)
		}
	}
}

func TestBadHashIsAnError(t *testing.T) {
	t.Parallel()
	for _, hash := range []string{"", "plain", "$argon2id$v=19$m=1,t=1,p=1$c2FsdA", "$argon2i$v=19$m=8,t=1,p=1$c2FsdA$a2V5",
		"$argon2id$v=18$m=8,t=1,p=1$c2FsdA$a2V5", "$argon2id$v=19$m=x$c2FsdA$a2V5", "$argon2id$v=19$m=8,t=1,p=1$*$a2V5",
		"$argon2id$v=19$m=8,t=1,p=1$c2FsdA$"} {
		if ok, err := auth.VerifyPassword(hash, "x"); ok || err == nil {
			t.Errorf("VerifyPassword(%q) = %v, %v; want an error", hash, ok, err)
		}
	}
}

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	for password, ok := range map[string]bool{
		"": false, "1234567": false, "ääääääää": true, "tarn-boat-lemon": true, "4rd9x!Qw": true,
		"12345678": false, "password": false, "PassWord1": false, "trustno1": false,
		"corroborate": false, "Corroborate1": false, "corroborates-nothing": true,
		"AnnWeller1": false, "wellerann": false, "a.weller": false, "weller+boats": true, "news2025": true, "newsann": false,
		strings.Repeat("x", auth.MaxPassword+1): false,
	} {
		if err := auth.CheckPassword(password, "a.weller@news.example", "Ann Weller"); (err == nil) != ok {
			t.Errorf("CheckPassword of %.20q: %v, want it to pass: %v", password, err, ok)
		}
	}
}

func TestToken(t *testing.T) {
	t.Parallel()
	const id = "0199f0a0-0000-7000-8000-000000000001"
	one, two := auth.NewToken(id), auth.NewToken(id)
	if one == two || !strings.HasPrefix(one, "ccs_0199f0a0000070008000000000000001_") {
		t.Errorf("tokens %q and %q", one, two)
	}
	if cmp.Equal(auth.HashToken(one), auth.HashToken(two)) {
		t.Error("two tokens have one hash")
	}
}

func TestRolesGrow(t *testing.T) {
	t.Parallel()
	want := map[auth.Role][]auth.Scope{
		auth.Reader:        {auth.Read},
		auth.Checker:       {auth.Read, auth.Review},
		auth.Editor:        {auth.Read, auth.Review, auth.Write},
		auth.Administrator: {auth.Read, auth.Review, auth.Write, auth.Admin},
	}
	for _, r := range auth.Roles() {
		if diff := cmp.Diff(want[r], r.Scopes()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", r, diff)
		}
	}
	if auth.Role("owner").Valid() || auth.Scope("all").Valid() {
		t.Error("an unknown role or scope is valid")
	}
	if got := auth.Role("owner").Scopes(); len(got) != 0 {
		t.Errorf("an unknown role has the scopes %v", got)
	}
}
