package api

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCheckJSON(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("[", maxDepth+1) + strings.Repeat("]", maxDepth+1)
	for _, tt := range []struct{ name, body, want string }{
		{"object", `{"a": [1, "é", null]}`, ""},
		{"empty", "", ""},
		{"broken UTF-8", "{\"a\": \"x\xff\"}", "byte 8 is not UTF-8"},
		{"lone surrogate", `{"a": "\ud800"}`, "body.a"},
		{"name twice", `{"a": 1, "a": 2}`, "body.a: duplicate"},
		{"no end", `{"a": 1`, "byte 7, body: unexpected EOF"},
		{"no value", `{"a": tru}`, "body.a"},
		{"zero", `{"a": {"b": "x\u0000"}}`, "body.a.b before byte 21 holds the character U+0000"},
		{"deep", deep, "nested deeper than 16"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := checkJSON([]byte(tt.body))
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("%s: %v", tt.body, err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("%s: %v, want %q", tt.body, err, tt.want)
			}
		})
	}
}

// FuzzCheckJSON holds that what passes the check is UTF-8 that the standard
// decoder reads without changing a character.
func FuzzCheckJSON(f *testing.F) {
	f.Add([]byte(`{"title": "é\u00e9"}`))
	f.Add([]byte("{\"title\": \"\xff\"}"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if checkJSON(body) != nil {
			return
		}
		if !utf8.Valid(body) {
			t.Fatalf("%q passed and is not UTF-8", body)
		}
		var v any
		if json.Unmarshal(body, &v) != nil {
			return // several values in a row: the decoder says so itself
		}
		if out, err := json.Marshal(v); err != nil || bytes.ContainsRune(out, utf8.RuneError) && !bytes.ContainsRune(body, utf8.RuneError) && !bytes.Contains(bytes.ToLower(body), []byte(`\ufffd`)) {
			t.Fatalf("%q lost a character: %q, %v", body, out, err)
		}
	})
}
