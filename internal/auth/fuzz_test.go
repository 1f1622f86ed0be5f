package auth_test

import (
	"testing"

	"corroborate/internal/auth"
)

// FuzzCheckPassword judges passwords of any bytes beside what is known of their owner.
func FuzzCheckPassword(f *testing.F) {
	f.Add("PassWord1", "Ann Weller", "ann@news.example")
	f.Add("\xff\xfe\xfd12345", "", "@")
	f.Add("tarn-boat-lemon", "Tarn Boat", "lemon@x.example")
	f.Fuzz(func(t *testing.T, password, name, email string) {
		if err := auth.CheckPassword(password, name, email); err == nil && (len(password) < auth.MinPassword || len(password) > auth.MaxPassword) {
			t.Errorf("%q is taken", password)
		}
	})
}

// FuzzOpen opens what was never sealed, and what was sealed for somebody.
func FuzzOpen(f *testing.F) {
	s, err := auth.NewSealer("a key for tests that is long enough")
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{}, "", "")
	f.Add(s.Seal("x", "ana"), "x", "ana")
	f.Fuzz(func(t *testing.T, sealed []byte, plain, owner string) {
		if _, err := s.Open(sealed, owner+" and another"); err == nil {
			t.Errorf("%x opens for somebody else", sealed)
		}
		if got, err := s.Open(s.Seal(plain, owner), owner); err != nil || got != plain {
			t.Errorf("%q comes back as %q, %v", plain, got, err)
		}
	})
}

// FuzzRecoveryCode holds that a code is known by its letters alone, and by its owner.
func FuzzRecoveryCode(f *testing.F) {
	f.Add("a", "abcd-efgh-ijkl-mnop")
	f.Fuzz(func(t *testing.T, user, code string) {
		if string(auth.HashRecoveryCode(user, code)) != string(auth.HashRecoveryCode(user, " "+code+"-")) {
			t.Errorf("%q is another code with a blank before it", code)
		}
	})
}

// FuzzHash reads hashes that are none.
func FuzzHash(f *testing.F) {
	f.Add("$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA")
	f.Add("$argon2id$v=19$m=0,t=0,p=0$$")
	f.Add("$$$$$")
	f.Fuzz(func(t *testing.T, hash string) {
		if ok, _ := auth.VerifyPassword(hash, "a password that nobody has: 7fq"); ok {
			t.Errorf("%q is its hash", hash)
		}
	})
}
