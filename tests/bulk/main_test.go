package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func TestArticlesAreTheSameForASeed(t *testing.T) {
	t.Parallel()
	made := func(n int, seed uint64) string {
		var b bytes.Buffer
		if err := write(&b, n, seed); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	first, again, other := made(200, 1), made(200, 1), made(200, 2)
	if first != again || first == other {
		t.Error("the seed does not decide the articles")
	}
	ids := map[string]bool{}
	for line := range strings.Lines(first) {
		var a article
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		if ids[a.ExternalID] || strings.Contains(a.Text+a.Title, "%p") || len(strings.Fields(a.Text)) < 40 {
			t.Errorf("article %+v", a)
		}
		ids[a.ExternalID] = true
	}
	if len(ids) != 200 {
		t.Errorf("%d articles", len(ids))
	}
}
