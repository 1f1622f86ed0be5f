package claims

import (
	"slices"
	"strings"
	"unicode"
)

// QuotedClaim is what collating needs of a claim: its passage, and what stands before
// it in its paragraph, where a quotation may have been opened.
type QuotedClaim struct {
	ID          string
	Before      string
	Exact       string
	Attribution Attribution
}

// Collation is one quotation in all its wordings, aligned word by word.
type Collation struct {
	// Witnesses are the wordings, each once, in the order in which they came.
	Witnesses []Witness
	// Segments are the wordings side by side: what all have once, and the places where
	// they part.
	Segments []Segment
}

// Witness is one wording with the claims that have it, letter case and marks aside.
type Witness struct {
	Claims []string
	Text   string
}

// Segment is a stretch of a quotation, with the variant of each witness.
type Segment struct {
	Variants []Variant
	// Common is true where all witnesses that reach so far have the same words.
	Common bool
}

// Variant is what one witness has in a segment. It is empty where the witness leaves
// words out, and Outside where its quotation has not begun yet or has ended: a shorter
// cut says nothing of what it leaves away.
type Variant struct {
	Text    string
	Outside bool
}

// One tells whether all witnesses have the same words.
func (c Collation) One() bool { return len(c.Witnesses) == 1 }

// Collate finds the quotations that two or more of the claims have, and aligns their
// wordings. The order of the claims decides the order of all else.
func Collate(all []QuotedClaim) []Collation {
	var told []quotedWording
	for _, c := range all {
		if w := newQuotedWording(c); len(w.folded) >= leastQuoted {
			told = append(told, w)
		}
	}
	var out []Collation
	for _, group := range oneQuotationEach(told) {
		if len(group) > 1 {
			out = append(out, collationOf(group))
		}
	}
	return out
}

// quotedWording is the quoted part of a claim, word by word, as written and folded.
type quotedWording struct {
	claim         string
	words, folded []string
}

func newQuotedWording(c QuotedClaim) quotedWording {
	w := quotedWording{claim: c.ID, words: quotedParts(c)}
	for _, word := range w.words {
		w.folded = append(w.folded, foldWord(word))
	}
	return w
}

// quotedParts gives the words of a claim that stand in quotation marks: all of them
// where the claim is a quotation and has no marks of its own.
func quotedParts(c QuotedClaim) []string {
	body := c.Before + c.Exact
	var out []string
	for _, q := range quotationsOf(body) {
		if q.end > len(c.Before) {
			out = append(out, wordsOfText(body[max(q.start, len(c.Before)):q.end])...)
		}
	}
	if len(out) == 0 && c.Attribution == Quoted && !strings.ContainsFunc(c.Exact, isQuoteMark) {
		return wordsOfText(c.Exact)
	}
	return out
}

// wordsOfText cuts a text into words. A mark that stands alone goes with the word
// before it, at the start with the one behind it; an ellipsis is a word of its own: it says that something is left out.
func wordsOfText(text string) []string {
	var out []string
	lead := ""
	for _, w := range strings.Fields(text) {
		switch {
		case foldWord(w) != "":
			out = append(out, lead+w)
			lead = ""
		case len(out) > 0:
			out[len(out)-1] += " " + w
		default:
			lead += w + " "
		}
	}
	return out
}

// SameWords tells whether two texts have the same words, letter case, accents and marks
// aside.
func SameWords(a, b string) bool {
	folded := func(text string) []string {
		var out []string
		for _, w := range strings.Fields(text) {
			if f := foldWord(w); f != "" {
				out = append(out, f)
			}
		}
		return out
	}
	return slices.Equal(folded(a), folded(b))
}

// elided is what an ellipsis folds to.
const elided = "…"

// foldWord gives a word without case, accents and the marks around it.
func foldWord(w string) string {
	if t := strings.Trim(w, ".…[]()"); t == "" && (strings.Contains(w, "…") || strings.Contains(w, "...")) {
		return elided
	}
	w = strings.TrimFunc(w, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '$' && r != '%' && r != '*'
	})
	return fold(strings.ReplaceAll(w, "’", "'"))
}

// oneQuotationEach puts those wordings together that are of one quotation, be it by way
// of a third.
func oneQuotationEach(all []quotedWording) [][]quotedWording {
	group := make([]int, len(all))
	for i := range all {
		group[i] = i
	}
	for i, a := range all {
		for j := range i {
			if from, to := group[i], group[j]; from != to && collate(a.folded, all[j].folded) >= quoteAt {
				for k := range all {
					if group[k] == from {
						group[k] = to
					}
				}
			}
		}
	}
	var order []int
	members := map[int][]quotedWording{}
	for i, g := range group {
		if !slices.Contains(order, g) {
			order = append(order, g)
		}
		members[g] = append(members[g], all[i])
	}
	out := make([][]quotedWording, len(order))
	for i, g := range order {
		out[i] = members[g]
	}
	return out
}

// collationOf aligns wordings of one quotation, those that are the same as one.
func collationOf(group []quotedWording) Collation {
	var c Collation
	var distinct []quotedWording
	for _, w := range group {
		i := slices.IndexFunc(distinct, func(d quotedWording) bool { return slices.Equal(d.folded, w.folded) })
		if i < 0 {
			i = len(distinct)
			distinct = append(distinct, w)
			c.Witnesses = append(c.Witnesses, Witness{Text: strings.Join(w.words, " ")})
		}
		c.Witnesses[i].Claims = append(c.Witnesses[i].Claims, w.claim)
	}
	c.Segments = aligned(distinct).segments()
	return c
}
