package encoder

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The classes of runes are tables of our own (runetable.go), made from the
// reference: its Unicode is older than Go's, and a new version of Go must not
// change what the model reads.

// fields yields the stretches of a text between spaces. What the reference drops
// separates nothing, though some of it counts as space in Unicode.
func fields(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		start := 0
		for at, r := range text {
			if !unicode.IsSpace(r) || isDropped(r) {
				continue
			}
			if start < at && !yield(text[start:at]) {
				return
			}
			start = at + utf8.RuneLen(r)
		}
		if start < len(text) {
			yield(text[start:])
		}
	}
}

// normalise appends a stretch without spaces as the vocabulary writes it: small
// letters without accents, ideographs between spaces, no controls.
func normalise(to []byte, field string) []byte {
	for i := range len(field) {
		if field[i] >= utf8.RuneSelf {
			return normaliseRunes(to, field)
		}
	}
	for i := range len(field) {
		if c := field[i]; !isDropped(rune(c)) {
			to = append(to, lowerASCII(c))
		}
	}
	return to
}

// normaliseRunes is normalise for a stretch that is not plain ASCII.
func normaliseRunes(to []byte, field string) []byte {
	clean := make([]byte, 0, len(field)+8)
	for _, r := range field { // broken UTF-8 comes as U+FFFD, which is dropped
		switch {
		case isDropped(r):
		case unicode.Is(ideographs, r):
			clean = append(utf8.AppendRune(append(clean, ' '), r), ' ')
		default:
			clean = utf8.AppendRune(clean, r)
		}
	}
	for clean = norm.NFD.Bytes(clean); len(clean) > 0; {
		r, n := utf8.DecodeRune(clean)
		clean = clean[n:]
		if !unicode.Is(accents, r) {
			to = utf8.AppendRune(to, unicode.ToLower(r))
		}
	}
	return to
}

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// isDropped says whether the reference leaves a rune out.
func isDropped(r rune) bool {
	if r < utf8.RuneSelf {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f
	}
	return unicode.Is(dropped, r)
}

// isMark says whether a rune is a word of its own: Unicode's punctuation, and
// every sign of ASCII, such as "$".
func isMark(r rune) bool {
	if r < utf8.RuneSelf {
		return r > ' ' && r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a' || r > 'z' && r < 0x7f
	}
	return unicode.Is(marks, r)
}
