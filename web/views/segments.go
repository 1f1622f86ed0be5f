package views

import (
	"slices"

	"corroborate/internal/claims"
)

// segment is a stretch of a text over the whole of which the same marks lie.
type segment struct {
	Text string
	// Over are the indexes of the marks that cover the stretch, in their order.
	Over []int
}

// cut splits a text at the borders of the marks, which may overlap and may reach
// beyond the text. Marks are in code points of the article; text begins there at
// code point from. The segments joined are the text again.
func cut(text []rune, from int, marks []claims.Mark) []segment {
	borders := []int{0, len(text)}
	for _, m := range marks {
		borders = append(borders, clamp(m.Start-from, len(text)), clamp(m.End-from, len(text)))
	}
	slices.Sort(borders)
	borders = slices.Compact(borders)
	out := make([]segment, 0, len(borders))
	for i := 1; i < len(borders); i++ {
		start, end := borders[i-1], borders[i]
		s := segment{Text: string(text[start:end])}
		for n, m := range marks {
			if m.Start-from <= start && m.End-from >= end {
				s.Over = append(s.Over, n)
			}
		}
		out = append(out, s)
	}
	return out
}

// clamp brings n into 0 to limit.
func clamp(n, limit int) int { return min(max(n, 0), limit) }
