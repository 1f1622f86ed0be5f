package app

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/claims"
	"corroborate/internal/store"
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

// diverging is a finding of three sources: two met, one was to meet.
func diverging(opposing ...string) store.Outline {
	of := func(id, source string) claims.FindingClaim {
		return claims.FindingClaim{ID: id, ArticleID: "of " + source, Source: source}
	}
	return store.Outline{Opposing: opposing, Finding: Finding{Finding: claims.Finding{Verdict: claims.Diverge,
		Claims:    []claims.FindingClaim{of("a", "One"), of("b", "Two"), of("c", "Three")},
		Positions: []claims.Position{{ID: "A", Value: "met", Claims: []string{"a", "b"}}, {ID: "B", Value: "to meet", Claims: []string{"c"}}}}}}
}

func TestCell(t *testing.T) {
	t.Parallel()
	first := published(t, "2025-03-27")
	agreeing := diverging()
	agreeing.Positions = []claims.Position{{ID: "A", Claims: []string{"a", "b", "c"}}}
	for _, c := range []struct {
		name, source string
		finding      store.Outline
		last         string
		state        CellState
		position     string
	}{
		{"the first position", "One", diverging(), "2025-03-27", Tells, "A"},
		{"another position", "Three", diverging(), "2025-03-27", Differs, "B"},
		{"a denial", "Three", diverging("c"), "2025-03-27", Opposes, "B"},
		{"the first position is what others oppose", "One", diverging("a", "c"), "2025-03-27", Tells, "A"},
		{"all agree", "Three", agreeing, "2025-03-27", Tells, ""},
		{"says nothing", "Four", diverging(), "2025-03-27", Silent, ""},
		{"published before", "Four", diverging(), "2025-03-26", TooEarly, ""},
		{"unknown time", "Four", diverging(), "", Silent, ""},
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

func TestSourcesOfOneOriginStandTogether(t *testing.T) {
	t.Parallel()
	art := func(source, origin string, status Status) Article {
		return Article{SourceID: source, Source: source, Origin: origin, Status: status}
	}
	got := matrixSources([]Article{art("Ledger", "Ledger", Ready), art("Post", "Wire", Ready), art("Late", "", Pending), art("Herald", "Herald", Ready),
		art("Wire", "Wire", Ready), art("Herald", "Press", Ready), art("Gazette", "Press", Ready), art("Times", "", Ready)})
	type column struct{ Name, Shared string }
	var columns []column
	for _, s := range got {
		columns = append(columns, column{s.Name, s.Shared})
	}
	want := []column{{"Ledger", ""}, {"Post", "Wire"}, {"Wire", "Wire"}, {"Herald", "Press"}, {"Gazette", "Press"}, {"Times", ""}}
	if diff := cmp.Diff(want, columns); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
}
