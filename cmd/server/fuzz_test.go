package main

import (
	"regexp"
	"strings"
	"testing"
)

// place begins an error of what the command line was given.
var place = regexp.MustCompile(`^\d+:\d+: `)

// FuzzSettings reads settings of any words: a wrong one is named, and no secret is shown.
func FuzzSettings(f *testing.F) {
	f.Add("127.0.0.1:8080", "postgres://u:p@h/d")
	f.Add("\x00", "30m")
	f.Add("%", "true")
	f.Fuzz(func(t *testing.T, one, two string) {
		const hidden = "zq7-hidden-words"
		for i, s := range settings() {
			value := one
			if i%2 == 1 {
				value = two
			}
			if s.secret {
				value += hidden
			}
			_, err := loadConfig(map[string]string{"DATA_DIR": "/data", s.name: value})
			if err != nil && strings.Contains(err.Error(), hidden) {
				t.Errorf("%s=%q: the secret is shown: %v", s.name, value, err)
			}
		}
	})
}

// FuzzInput reads what the command line is given as JSON: its error names line and column.
func FuzzInput(f *testing.F) {
	f.Add([]byte(`{"title": "x", "articles": [{"id": "a", "text": "b", "source": "c"}]}`))
	f.Add([]byte("{\n \"title\": 7}"))
	f.Add([]byte("\xff"))
	f.Add([]byte(`{} {}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var in map[string]any
		if err := decode(raw, &in); err != nil && !place.MatchString(err.Error()) {
			t.Errorf("%q: %v", raw, err)
		}
		_, _ = decodeArticle(raw) // it is to come back, whatever it says
	})
}
