package app

import (
	"testing"

	"corroborate/internal/claims"
)

func published(t *testing.T, s string) claims.Published {
	t.Helper()
	p, err := claims.ParsePublished(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestBefore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		one, two string
		want     bool
	}{
		{"2025-03-27", "2025-03-28", true},
		{"2025-03-27", "2025-03-27", false},
		{"2025-03-27", "2025-03-27T23:00:00Z", false},
		{"2025-03-27T09:00:00Z", "2025-03-27T10:00:00Z", true},
		{"2025-03-27T09:00:00-05:00", "2025-03-27T10:00:00Z", false},
		{"", "2025-03-27", false},
		{"2025-03-27", "", false},
	} {
		if got := before(published(t, c.one), published(t, c.two)); got != c.want {
			t.Errorf("before(%q, %q) = %v, want %v", c.one, c.two, got, c.want)
		}
	}
}

// diverging is a finding of three sources: two met, one was to meet, and one
// says that they did not.
func diverging(kind claims.Kind) Finding {
	of := func(id, source string) claims.FindingClaim {
		return claims.FindingClaim{ID: id, ArticleID: "of " + source, Source: source}
	}
	return Finding{Finding: claims.Finding{Verdict: claims.Diverge, Claims: []claims.FindingClaim{of("a", "One"), of("b", "Two"), of("c", "Three")},
		Positions:   []claims.Position{{ID: "A", Value: "met", Claims: []string{"a", "b"}}, {ID: "B", Value: "to meet", Claims: []string{"c"}}},
		Differences: []claims.Difference{{Kind: kind, Material: true, Claims: [2]string{"a", "c"}, Between: claims.BetweenSources}}}}
}

func TestCell(t *testing.T) {
	t.Parallel()
	first := published(t, "2025-03-27")
	agreeing := diverging(claims.KindNumber)
	agreeing.Positions = []claims.Position{{ID: "A", Claims: []string{"a", "b", "c"}}}
	internal := diverging(claims.KindNegation)
	internal.Differences[0].Internal = true
	for _, c := range []struct {
		name, source string
		finding      Finding
		last         string
		state        CellState
		position     string
	}{
		{"the first position", "One", diverging(claims.KindCertainty), "2025-03-27", Tells, "A"},
		{"another position", "Three", diverging(claims.KindCertainty), "2025-03-27", Differs, "B"},
		{"a denial", "Three", diverging(claims.KindNegation), "2025-03-27", Opposes, "B"},
		{"an opposite deed", "Three", diverging(claims.KindAction), "2025-03-27", Opposes, "B"},
		{"a denial of itself", "Three", internal, "2025-03-27", Differs, "B"},
		{"all agree", "Three", agreeing, "2025-03-27", Tells, ""},
		{"says nothing", "Four", diverging(claims.KindNumber), "2025-03-27", Silent, ""},
		{"published before", "Four", diverging(claims.KindNumber), "2025-03-26", TooEarly, ""},
		{"unknown time", "Four", diverging(claims.KindNumber), "", Silent, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := cellOf(c.finding, MatrixSource{Name: c.source, Last: published(t, c.last)}, first)
			if got.State != c.state || got.Position != c.position {
				t.Errorf("state %s in position %q, want %s in %q", got.State, got.Position, c.state, c.position)
			}
		})
	}
}
