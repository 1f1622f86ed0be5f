package claims

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// quotation is a stretch between quotation marks, in bytes, without the marks.
type quotation struct {
	start, end int
	// words counts the words inside: a scare quote or a term has few.
	words int
}

// quotationsOf gives the quotations of a text in order. A quotation that is
// opened in one paragraph and not closed runs to that paragraph's end and, by
// the rule of print, is opened again in the next. Single marks count only
// outside double ones.
func quotationsOf(body string) []quotation {
	var out []quotation
	for _, b := range blocksOf(body) {
		out = appendQuotations(out, body, b)
	}
	return out
}

func appendQuotations(out []quotation, body string, b block) []quotation {
	open := -1
	for at := b.start; at < b.end; {
		opens, closes, size := quoteMark(body[at:b.end])
		switch {
		case closes && open >= 0:
			out = addQuotation(out, body, open, at)
			open = -1
		case opens && open < 0:
			open = at + size
		}
		at += size
	}
	if open >= 0 && closable(body[open:b.end]) {
		out = addQuotation(out, body, open, b.end)
	}
	return out
}

// quoteMark tells whether a text begins with a double quotation mark, which way
// it may face, and how many bytes it or the character there has. Archives write
// a double mark as two single ones.
func quoteMark(s string) (opens, closes bool, size int) {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == '“' || r == '„':
		return true, false, size
	case r == '”':
		return false, true, size
	case r == '"':
		return true, true, size
	case strings.HasPrefix(s, "''"):
		return true, true, 2
	case strings.HasPrefix(s, "``"):
		return true, false, 2
	}
	return false, false, size
}

// closable tells whether an unclosed quotation may run to the end of its
// paragraph: a stray mark (inches, a slip) at the end of a line may not.
func closable(rest string) bool { return len(strings.Fields(rest)) >= 3 }

func addQuotation(out []quotation, body string, start, end int) []quotation {
	s, e := trimSpan(body, start, end)
	if s >= e {
		return out
	}
	return append(out, quotation{start: s, end: e, words: len(strings.Fields(body[s:e]))})
}

// marked gives a quotation's span with its marks.
func (q quotation) marked(body string) (start, end int) {
	start, end = q.start, q.end
	head := strings.TrimRight(body[:start], " ")
	for _, m := range []string{"“", "„", "\"", "''", "``"} {
		if strings.HasSuffix(head, m) {
			start = len(head) - len(m)
			break
		}
	}
	tail := strings.TrimLeft(body[end:], " ")
	if _, closes, size := quoteMark(tail); closes {
		end = len(body) - len(tail) + size
	}
	return start, end
}

// quotedAt gives the quotation that holds byte at.
func quotedAt(qs []quotation, at int) (quotation, bool) {
	for _, q := range qs {
		if q.start <= at && at < q.end {
			return q, true
		}
	}
	return quotation{}, false
}

// quotationsIn gives the quotations that share a byte with [start, end).
func quotationsIn(qs []quotation, start, end int) []quotation {
	from, _ := slices.BinarySearchFunc(qs, start+1, func(q quotation, at int) int { return cmp.Compare(q.end, at) })
	to := from
	for to < len(qs) && qs[to].start < end {
		to++
	}
	return qs[from:to]
}

// isQuoteMark tells a quotation mark of either kind.
func isQuoteMark(r rune) bool { return strings.ContainsRune("“”\"", r) }
