package claims

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// FindPassage gives the place of words that somebody has typed or copied in a
// stretch of a text; the empty mark is the whole text. Spaces and the shape of
// quotation marks do not count. The error says how to go on where the words are not
// there, or there several times.
func FindPassage(t Text, within Mark, words string) (Passage, error) {
	body := []rune(t.Body)
	if within.End <= within.Start {
		within = Mark{0, len(body)}
	}
	within = Mark{min(max(within.Start, 0), len(body)), min(max(within.End, 0), len(body))}
	if within.End < within.Start {
		within.End = within.Start
	}
	hay, at := foldedRunes(body[within.Start:within.End])
	needle, _ := foldedRunes([]rune(strings.TrimSpace(cleanText(words))))
	if len(needle) == 0 {
		return Passage{}, unfit("is missing: type its words")
	}
	var found []int
	for i := 0; i+len(needle) <= len(hay); i++ {
		if slices.Equal(hay[i:i+len(needle)], needle) {
			found = append(found, i)
		}
	}
	switch len(found) {
	case 0:
		return Passage{}, unfit("is not there: type its words just as they stand")
	case 1:
		start, end := within.Start+at[found[0]], within.Start+at[found[0]+len(needle)-1]+1
		return Passage{Exact: string(body[start:end]), Start: start, End: end}, nil
	}
	return Passage{}, unfit(fmt.Sprintf("stands there %d times: type more words around it, or choose its first and last word", len(found)))
}

// foldedRunes gives a text with each run of spaces as one and quotation marks of one
// shape, and the place of each rune that is left.
func foldedRunes(text []rune) (folded []rune, at []int) {
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			if len(folded) > 0 && folded[len(folded)-1] == ' ' {
				continue
			}
			r = ' '
		case strings.ContainsRune("“”„", r):
			r = '"'
		case strings.ContainsRune("‘’", r):
			r = '\''
		}
		folded, at = append(folded, r), append(at, i)
	}
	return folded, at
}

// SplitPassage cuts a claim's passage in two behind the word that ends at code point
// at of the text. A conjunction between the two belongs to neither.
func SplitPassage(t Text, p Mark, at int) (first, second Passage, err error) {
	if at <= p.Start || at >= p.End {
		return first, second, &Error{Kind: Invalid, Message: "the place to split is not inside the claim",
			Fields: map[string]string{"after": "is not inside the claim: choose one of its words but the last"}}
	}
	if first, err = FitClaim(t, Mark{p.Start, at}); err != nil {
		return first, second, halfUnfit(err, "first")
	}
	at = max(at, first.End) // a word is not cut
	body := []rune(t.Body)
	rest := behindConjunction(string(body[min(at, p.End):p.End]))
	second, err = FitClaim(t, Mark{p.End - len([]rune(rest)), p.End})
	if err == nil && second.Start < first.End {
		err = unfit("is one with the first: split it elsewhere")
	}
	if err != nil {
		return first, second, halfUnfit(err, "second")
	}
	return first, second, nil
}

// behindConjunction gives what stands behind the marks and conjunctions that open a
// text.
func behindConjunction(s string) string {
	for {
		s = strings.TrimLeftFunc(s, isNoWord)
		word, rest, more := strings.Cut(s, " ")
		if !more || !conjunctions[strings.ToLower(word)] {
			return s
		}
		s = rest
	}
}

// isNoWord tells a space or a mark that opens no quotation or bracket.
func isNoWord(r rune) bool { return !isWordRune(r) && !strings.ContainsRune("“\"‘'([$€£¥", r) }

// conjunctions join two claims of one sentence.
var conjunctions = set(`and|but|or|nor|so|yet`)

func halfUnfit(err error, half string) error {
	why := strings.TrimPrefix(err.Error(), "the passage ")
	return &Error{Kind: Invalid, Message: "the " + half + " part " + why, Fields: map[string]string{"after": "leaves a " + half + " part that " + why}, Err: err}
}
