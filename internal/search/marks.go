package search

import "strings"

// MarkStart and MarkEnd stand around what was looked for in a text that was found.
// The text itself has neither.
const (
	MarkStart = "\x02"
	MarkEnd   = "\x03"
)

// Part is a part of a text that was found.
type Part struct {
	Text   string
	Marked bool
}

// Parts cuts a text at its marks. Joined, the parts are the text without them.
func Parts(text string) []Part {
	var out []Part
	add := func(s string, marked bool) {
		if s != "" {
			out = append(out, Part{s, marked})
		}
	}
	for text != "" {
		before, rest, _ := strings.Cut(text, MarkStart)
		add(strings.ReplaceAll(before, MarkEnd, ""), false)
		within, after, _ := strings.Cut(rest, MarkEnd)
		add(strings.ReplaceAll(within, MarkStart, ""), true)
		text = after
	}
	return out
}

// Plain gives a text without its marks.
func Plain(text string) string { return strings.NewReplacer(MarkStart, "", MarkEnd, "").Replace(text) }
