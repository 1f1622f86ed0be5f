package claims

import (
	"strings"
	"testing"
)

func TestCollate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		one  bool
	}{
		{"the pier was unsafe and should have been closed", "the pier was unfinished and should have been closed", true},
		{"the pier was unsafe and should have been closed", "the pier was unsafe", true},
		{"we have lost a friend a neighbour and a great teacher", "we have lost a friend and a great teacher", true},
		{"i think that it is wrong", "i do not think that it is so", false},
		{"we have heard a lot of talk in this campaign", "i have built a bridge in this town", false},
	} {
		a, b := strings.Fields(c.a), strings.Fields(c.b)
		if got := collate(a, b) >= quoteAt; got != c.one || collate(a, b) != collate(b, a) {
			t.Errorf("%q and %q: %v (%.2f, %.2f), want %v", c.a, c.b, got, collate(a, b), collate(b, a), c.one)
		}
	}
}

func TestOneSpelling(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		one  bool
	}{
		{"worldview", "world view", true},
		{"harbour", "harbor", true},
		{"damned", "d*****", true},
		{"al qaddafi", "gadhafi", true},
		{"goverment", "government", true},
		{"unsafe", "unfinished", false},
		{"hope", "fear", false},
		{"", "not", false},
	} {
		if got := oneSpelling(strings.Fields(c.a), strings.Fields(c.b)); got != c.one {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, got, c.one)
		}
	}
}
