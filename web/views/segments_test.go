package views

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corroborate/internal/claims"
)

func TestCut(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		text  string
		from  int
		marks []claims.Mark
		want  []segment
	}{
		{"no mark", "abc", 0, nil, []segment{{Text: "abc"}}},
		{"no text", "", 0, []claims.Mark{{Start: 0, End: 3}}, []segment{}},
		{"one inside", "abcdef", 10, []claims.Mark{{Start: 12, End: 14}},
			[]segment{{Text: "ab"}, {Text: "cd", Over: []int{0}}, {Text: "ef"}}},
		{"overlapping", "abcdef", 0, []claims.Mark{{Start: 0, End: 4}, {Start: 2, End: 6}},
			[]segment{{Text: "ab", Over: []int{0}}, {Text: "cd", Over: []int{0, 1}}, {Text: "ef", Over: []int{1}}}},
		{"reaching out on both sides", "abc", 5, []claims.Mark{{Start: 0, End: 99}}, []segment{{Text: "abc", Over: []int{0}}}},
		{"code points, not bytes", "é–東x", 0, []claims.Mark{{Start: 1, End: 3}},
			[]segment{{Text: "é"}, {Text: "–東", Over: []int{0}}, {Text: "x"}}},
		{"empty and reversed marks", "abc", 0, []claims.Mark{{Start: 1, End: 1}, {Start: 2, End: 1}},
			[]segment{{Text: "a"}, {Text: "b"}, {Text: "c"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, cut([]rune(tt.text), tt.from, tt.marks)); diff != "" {
				t.Errorf("segments (-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzCut(f *testing.F) {
	f.Add("The army said ten died.", 0, 4, 8, 2, 15)
	f.Fuzz(func(t *testing.T, text string, from, start1, end1, start2, end2 int) {
		text = strings.ToValidUTF8(text, "?")
		var joined strings.Builder
		for _, s := range cut([]rune(text), from%1000, []claims.Mark{{Start: start1 % 1000, End: end1 % 1000}, {Start: start2 % 1000, End: end2 % 1000}}) {
			joined.WriteString(s.Text)
		}
		if joined.String() != text {
			t.Errorf("joined %q, want %q", joined.String(), text)
		}
	})
}
