package api

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzIfMatch reads what callers send as If-Match: a version that there can be, any, or a
// refusal.
func FuzzIfMatch(f *testing.F) {
	for _, tag := range []string{"", "*", `"3.9f2a6b0c11de"`, `W/"12.x"`, `"-1"`, `"99999999999999999999"`, `"+1.x"`, `"1`, `,`} {
		f.Add(tag)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		version, err := IfMatch{IfMatch: tag}.version(t.Context())
		if err == nil && version < 1 && strings.TrimSpace(tag) != "*" {
			t.Errorf("%q stands for any version", tag)
		}
	})
}

// FuzzIfNoneMatch holds that no list of tags stands for a tag that it does not name.
func FuzzIfNoneMatch(f *testing.F) {
	f.Add(`"a"`, `"a", W/"b"`)
	f.Add(`W/"a"`, `*`)
	f.Add(`"3.x"`, `"3.`)
	f.Fuzz(func(t *testing.T, tag, tags string) {
		if !holds(tags, tag) || strings.Contains(tags, "*") {
			return
		}
		if bare := strings.TrimPrefix(strings.TrimSpace(tag), "W/"); !strings.Contains(tags, bare) {
			t.Errorf("%q is taken for %q", tags, tag)
		}
	})
}

// FuzzWithout holds that an answer that is kept for repeated calls has lost its secret.
func FuzzWithout(f *testing.F) {
	f.Add([]byte(`{"id": "x", "secret": "zq7-secret"}`))
	f.Add([]byte(`{"secret": {"a": ["zq7-secret"]}, "secret": 1}`))
	f.Add([]byte(`[`))
	f.Fuzz(func(t *testing.T, body []byte) {
		kept := without(body, "secret")
		if kept == nil {
			return
		}
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(kept, &fields); err != nil || string(fields["secret"]) != "null" {
			t.Errorf("%q is kept as %q", body, kept)
		}
	})
}
