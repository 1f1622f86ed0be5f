package views

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/claims"
)

func TestParseFilter(t *testing.T) {
	t.Parallel()
	tests := []struct {
		query  string
		want   Filter
		narrow bool
	}{
		{"", Filter{}, false},
		{"verdict=diverge&kind=number&source=s1&min_origins=2&reviewed=no",
			Filter{Verdict: claims.Diverge, Kind: claims.KindNumber, Source: "s1", MinOrigins: 2, Reviewed: "no"}, true},
		{"verdict=true&kind=colour&min_origins=many&reviewed=perhaps", Filter{}, false},
		{"min_origins=1&min_origins=0", Filter{}, false},
		{"cursor=abc", Filter{Cursor: "abc"}, false},
		{"min_origins=-3", Filter{}, false},
		{"sort=told&group=kind&columns=telling", Filter{Sort: SortTold, ByKind: true, Tellers: true}, false},
		{"sort=best&group=colour&columns=few", Filter{}, false},
		{"text=+two%0Awords+", Filter{Text: "two words"}, true},
		{"second_judge=disagrees&sort=second_judge", Filter{Second: "disagrees", Sort: SortDisputed}, true},
		{"second_judge=perhaps", Filter{}, false},
		{"reviewed=open", Filter{Reviewed: "open"}, true},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			t.Parallel()
			q, err := url.ParseQuery(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			got := ParseFilter(q)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("filter (-want +got):\n%s", diff)
			}
			if got.Narrow() != tt.narrow {
				t.Errorf("narrow = %v, want %v", got.Narrow(), tt.narrow)
			}
			if diff := cmp.Diff(got, ParseFilter(got.Query())); diff != "" {
				t.Errorf("written and read again (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFilterAddress(t *testing.T) {
	t.Parallel()
	f := Filter{Verdict: claims.Diverge, Source: "a&b", Cursor: "c"}
	if got, want := f.address("s1"), "/stories/s1?cursor=c&source=a%26b&verdict=diverge"; got != want {
		t.Errorf("address = %q, want %q", got, want)
	}
	if got, want := f.from("").address("s1"), "/stories/s1?source=a%26b&verdict=diverge"; got != want {
		t.Errorf("address of the first part = %q, want %q", got, want)
	}
	if got, want := (Filter{}).address("s1"), "/stories/s1"; got != want {
		t.Errorf("address of all = %q, want %q", got, want)
	}
}
