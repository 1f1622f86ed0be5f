package claims

import (
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
	for i, r := range body[b.start:b.end] {
		at := b.start + i
		size := utf8.RuneLen(r)
		switch {
		case r == '“' || r == '"' && open < 0:
			if open < 0 {
				open = at + size
			}
		case (r == '”' || r == '"') && open >= 0:
			out = addQuotation(out, body, open, at)
			open = -1
		}
	}
	if open >= 0 && closable(body[open:b.end]) {
		out = addQuotation(out, body, open, b.end)
	}
	return out
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

// quotedAt gives the quotation that holds byte at.
func quotedAt(qs []quotation, at int) (quotation, bool) {
	for _, q := range qs {
		if q.start <= at && at < q.end {
			return q, true
		}
	}
	return quotation{}, false
}

// isQuoteMark tells a quotation mark of either kind.
func isQuoteMark(r rune) bool { return strings.ContainsRune("“”\"", r) }
