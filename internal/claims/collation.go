package claims

import "strings"

const (
	// quoteAt is the share of the shorter quotation that the other must have, in
	// order, for both to be wordings of one.
	quoteAt = 0.6
	// edgeQuoteAt is that share from which other words at either end, or many other
	// words, are a change and not another sentence.
	edgeQuoteAt = 0.7
	// speakersAt is that share for quotations of two speakers: two people say nearly
	// the same seldom, and much alike often.
	speakersAt = 0.85
	// sureQuoteAt is that share where only one word tells them from other sentences.
	sureQuoteAt = 0.9
	// leastQuoted is the number of quoted words that can be told to be one quotation.
	leastQuoted = 4
	// leastRun is the number of words in a row that both must have.
	leastRun = 3
)

// quoteShare gives how much of the shorter of two statements' quoted words the other
// has too. A few words are one quotation where the quotations are that they are
// taken from.
func quoteShare(a, b *statement) float64 {
	if len(a.slots.quotes) < leastQuoted || len(b.slots.quotes) < leastQuoted {
		return 0
	}
	share := collate(a.slots.quotes, b.slots.quotes)
	if share == 0 && collate(a.slots.quoted, b.slots.quoted) >= edgeQuoteAt {
		return sharedOrder(a.slots.quotes, b.slots.quotes)
	}
	return share
}

// collate gives the share of the shorter of two quotations that the other has too,
// in order; 0 where what they share are words that any two sentences share.
func collate(a, b []string) float64 {
	share := sharedOrder(a, b)
	if share < quoteAt {
		return share
	}
	pairs := commonOrder(a, b)
	longest, content := longestRun(pairs), 0
	for _, p := range pairs {
		if tellingWord(a[p[0]]) {
			content++
		}
	}
	least := min(tellingWords(a), tellingWords(b))
	if longest < leastRun && share < edgeQuoteAt || content < min(2, least) || 3*content < least || content < 2 && share < sureQuoteAt {
		return 0
	}
	return share
}

// tellingWord tells a word that is not found in any sentence.
func tellingWord(w string) bool { return len(w) >= 3 && !stopLemmas[w] && !functionWords[w] }

func tellingWords(words []string) int {
	n := 0
	for _, w := range words {
		if tellingWord(w) {
			n++
		}
	}
	return n
}

// oneSpelling tells two runs of words that are one in another spelling: written
// together or apart, with letters masked, with a slip, or a name in two
// transliterations.
func oneSpelling(a, b []string) bool {
	x, y := strings.Join(a, ""), strings.Join(b, "")
	switch {
	case x == "" || y == "":
		return false
	case sameSpelling(x, y), masked(x, y), masked(y, x):
		return true
	case len(x) < 6 || len(y) < 6:
		return false
	case skeleton(longWords(a)) == skeleton(longWords(b)) && len(skeleton(longWords(a))) >= 3:
		return true
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	return oneEdit(x, y)
}

// longWords joins the words that are more than a particle ("al", "de").
func longWords(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if len(w) > 2 {
			b.WriteString(w)
		}
	}
	return b.String()
}

// masked tells whether m is w with letters put out: "d***".
func masked(m, w string) bool {
	head, _, ok := strings.Cut(m, "*")
	return ok && head != "" && strings.HasPrefix(w, head)
}

// skeleton gives the consonants of a transliterated name, those together that
// scripts mix up.
func skeleton(w string) string {
	var b strings.Builder
	var last byte
	for i := range len(w) {
		c := w[i]
		switch c {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'h', '-', '\'', 'w':
			continue
		case 'q', 'g', 'c':
			c = 'k'
		case 'z':
			c = 's'
		case 'x':
			b.WriteByte('k')
			c = 's'
		case 'v':
			c = 'f'
		}
		if c != last {
			b.WriteByte(c)
		}
		last = c
	}
	return b.String()
}
