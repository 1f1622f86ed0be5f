package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	openers = "([{<\"“‘'’`«„‹#*_¿¡§=~|•·▪►→^\\/,:;!?)]}>&%"
	closers = ",:;!?)]}>\"”’'“‘`»›*_#~|=^\\/([{<&"
	// splitters are tokens wherever they stand.
	splitters = "—–―…\"“”„«»()[]{}<>|;!?"
	currency  = "$£€¥₽₹₩₺₴₦₱฿¢"
)

func isCloser(r rune) bool { return strings.ContainsRune("”’'\")]}", r) }

// prefix gives the length of the mark that begins text[i:j], 0 for none. A lone
// mark is no prefix.
func (c *cutter) prefix(i, j int) int {
	s := c.text[i:j]
	r, n := utf8.DecodeRuneInString(s)
	if n == len(s) {
		return 0
	}
	switch run := markRun(s); {
	case run == len(s):
		return 0
	case run > 0:
		return run
	}
	for _, p := range [...]string{"US$", "AU$", "NZ$", "HK$", "C$", "A$", "S$"} {
		if strings.HasPrefix(s, p) && len(s) > len(p) {
			return len(p)
		}
	}
	next, _ := utf8.DecodeRuneInString(s[n:])
	switch {
	case strings.ContainsRune(openers, r), strings.ContainsRune(splitters, r), strings.ContainsRune(currency, r):
		return n
	case r == '-' || r == '+':
		if !unicode.IsDigit(next) && !strings.ContainsRune(currency+".", next) {
			return n
		}
	case isSymbol(r):
		return n
	}
	return 0
}

// markRun gives the length of the dots or hyphens, two or more, that begin s.
func markRun(s string) int {
	n := 0
	for n < len(s) && s[n] == s[0] {
		n++
	}
	if n < 2 || s[0] != '.' && s[0] != '-' {
		return 0
	}
	return n
}

// suffix gives the length of the mark or ending that ends text[i:j], 0 for none.
func (c *cutter) suffix(i, j int) int {
	s := c.text[i:j]
	r, n := utf8.DecodeLastRuneInString(s)
	if n == len(s) {
		return 0
	}
	if e := clitic(s); e > 0 {
		return e
	}
	switch {
	case r == '.':
		return periods(s)
	case r == '-':
		k := len(s)
		for k > 0 && s[k-1] == '-' {
			k--
		}
		if k == 0 {
			return 0
		}
		return len(s) - k
	case strings.ContainsRune(closers, r), strings.ContainsRune(splitters, r), strings.ContainsRune(currency, r):
		return n
	case r == '%' || r == '‰' || r == '°' || isSymbol(r):
		return n
	}
	return unit(s)
}

// periods gives the length of the final period or of the run of periods.
func periods(s string) int {
	k := len(s)
	for k > 0 && s[k-1] == '.' {
		k--
	}
	if u := unit(s); u > 0 && len(s)-k == 1 {
		return u
	}
	return len(s) - k
}

// clitic gives the length of the contracted word that ends s, 0 for none.
func clitic(s string) int {
	tail := s[max(0, len(s)-6):]
	for len(tail) > 0 && !utf8.RuneStart(tail[0]) {
		tail = tail[1:]
	}
	if !strings.ContainsAny(tail, "'’") {
		return 0
	}
	for _, e := range endings {
		for _, quote := range [...]string{"'", "’"} {
			form := strings.Replace(e, "'", quote, 1)
			if len(s) > len(form) && strings.EqualFold(s[len(s)-len(form):], form) && endsInWord(s[:len(s)-len(form)]) {
				return len(form)
			}
		}
	}
	return 0
}

// endsInWord tells that s ends in a letter, a digit or an abbreviation's period.
func endsInWord(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '%' || r == '”' || r == '"'
}

// unit gives the length of the unit that follows the number in s, 0 for none.
func unit(s string) int {
	k := len(s)
	for k > 0 && !isDigit(s[k-1]) {
		if len(s)-k > 4 {
			return 0
		}
		k--
	}
	if k == 0 || k == len(s) || !isNumber(s[:k]) {
		return 0
	}
	if u := strings.ToLower(s[k:]); units[u] && (s[k] >= 'a' || len(u) > 1) {
		return len(u)
	}
	return 0
}

func isNumber(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) && !strings.ContainsRune(".,:-", rune(s[i])) {
			return false
		}
	}
	return s != ""
}

// isSymbol tells pictographs and other symbols that never join words.
func isSymbol(r rune) bool {
	return r >= 0x2000 && unicode.In(r, unicode.So, unicode.Sm, unicode.Sk, unicode.Ps, unicode.Pe)
}

// infix gives the place and length of the first mark inside text[i:j] that
// splits it; the length is 0 when there is none.
func (c *cutter) infix(i, j int) (int, int) {
	if isPartyState(c.text[i:j]) {
		return 0, 0
	}
	before := utf8.RuneError
	for k := i; k < j; {
		r, n := utf8.DecodeRuneInString(c.text[k:j])
		after, _ := utf8.DecodeRuneInString(c.text[min(k+n, j):j])
		if m := infixLen(c.text[k:j], before, r, after); m > 0 {
			return k, m
		}
		before = r
		k += n
	}
	return 0, 0
}

// infixLen gives the length of the mark that s begins with, 0 when it does not
// split the word between the characters before and after it.
func infixLen(s string, before, r, after rune) int {
	letterBefore, letterAfter := unicode.IsLetter(before), unicode.IsLetter(after)
	digitBefore := unicode.IsDigit(before)
	if run := markRun(s); run > 0 {
		return run
	}
	split := false
	switch r {
	case '-', '~':
		split = (letterBefore || digitBefore || strings.ContainsRune(".%'’)", before)) &&
			(letterAfter || unicode.IsDigit(after) && !letterBefore || strings.ContainsRune(currency, after))
	case '/', ':', '=', '+', '*':
		split = (letterBefore || digitBefore) && letterAfter
	case ',':
		split = letterBefore && (letterAfter || unicode.IsDigit(after)) || digitBefore && letterAfter
	case '.':
		split = unicode.IsLower(before) && unicode.IsUpper(after)
	case '%', '$', '£', '€':
		split = digitBefore && after != utf8.RuneError || r != '%' && before == '-'
	default:
		split = strings.ContainsRune(splitters, r)
	}
	if !split {
		return 0
	}
	return utf8.RuneLen(r)
}

// isAddress tells an e-mail or web address.
func isAddress(s string) bool {
	if strings.Contains(s, "://") || strings.HasPrefix(s, "www.") {
		return true
	}
	if at := strings.IndexByte(s, '@'); at > 0 && strings.IndexByte(s[at:], '.') > 1 {
		return true
	}
	host, _, path := strings.Cut(s, "/")
	dot := strings.LastIndexByte(host, '.')
	if dot < 2 || len(host) > 64 || !topDomains[host[dot+1:]] || strings.Contains(host, "..") {
		return false
	}
	return path || !strings.ContainsAny(host[:dot], ",()\"'")
}
