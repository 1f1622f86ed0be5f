package values

import (
	"strings"

	"corroborate/internal/claims/nlp"
)

// fractions give the share that one part is: "a third", "two thirds".
var fractions = map[string]float64{"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4,
	"fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7,
	"eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10}

// multiples are the verbs and adverbs that tell how many times something is as
// much as before.
var multiples = map[string]float64{"double": 2, "triple": 3, "treble": 3, "quadruple": 4, "halve": 0.5,
	"twice": 2, "thrice": 3, "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10}

// maxRatio bounds the second number of "one in three": beyond it the words tell a
// year or a place.
const maxRatio = 1000

// readShare reads what tells a part of a whole: "half of", "two thirds", "one in
// three", "nine out of ten". A share in words is a percentage, rounded as words
// round.
func readShare(toks []nlp.Token, i int) (Quantity, int, bool) {
	part, n := ratio(toks, i)
	if n == 0 {
		part, n = fraction(toks, i)
	}
	if n == 0 {
		return Quantity{}, 0, false
	}
	q := Quantity{From: i, Low: 100 * part, High: 100 * part, Unit: "%", Approx: About}
	j := i + n
	if k := pointBehind(toks, j); k > 0 {
		q.Low, q.High, q.Unit, q.Approx, j = part, part, "point", Exact, k
	}
	return q, j, true
}

// fraction reads "half", "a third", "two-thirds" where no noun makes it an
// ordinal ("a third attempt"), a length ("half an hour") or a period ("the second
// half", "a quarter").
func fraction(toks []nlp.Token, i int) (float64, int) {
	w, n := toks[i].Norm, 1
	top := 1.0
	if w != "half" {
		switch {
		case w == "a" || w == "an":
		case ones[w] > 0 && ones[w] < 10:
			top = ones[w]
		default:
			return 0, 0
		}
		if i+n < len(toks) && toks[i+n].Norm == "-" {
			n++
		}
		if i+n >= len(toks) || fractions[toks[i+n].Norm] == 0 {
			return 0, 0
		}
		w = toks[i+n].Norm
		n++
	}
	if w == "half" && n == 1 && i > 0 && (ordinals[toks[i-1].Norm] > 0 || toks[i-1].Norm == "last" || toks[i-1].Norm == "-") {
		return 0, 0
	}
	if !endsFraction(toks, i, i+n) {
		return 0, 0
	}
	return top / fractions[w], n
}

// endsFraction tells whether what stands behind a fraction leaves it one: "of", a
// determiner, or no noun at all where "by" stands before.
func endsFraction(toks []nlp.Token, from, to int) bool {
	if to >= len(toks) {
		return false
	}
	next := toks[to]
	switch {
	case next.Norm == "of", next.Norm == "-" && to+1 < len(toks) && toks[to+1].Norm == "point", next.Norm == "point", next.Norm == "percentage":
		return true
	case toks[from].Norm == "half":
		return (next.Tag == "DT" || next.Tag == "PRP$") && !scaled(toks, to)
	}
	return from > 0 && (toks[from-1].Norm == "by" || toks[from-1].Norm == "than") && !strings.HasPrefix(next.Tag, "NN") && !strings.HasPrefix(next.Tag, "JJ")
}

// scaled tells "half a million" and "half an hour", which are numbers.
func scaled(toks []nlp.Token, at int) bool {
	if at+1 >= len(toks) || toks[at].Norm != "a" && toks[at].Norm != "an" {
		return false
	}
	_, measure := measures[toks[at+1].Lemma]
	return scales[toks[at+1].Norm] > 0 || measure && toks[at+1].Lemma != "percentage"
}

// ratio reads "one in three" and "nine out of ten".
func ratio(toks []nlp.Token, i int) (float64, int) {
	top, n := plainNumber(toks, i)
	if n == 0 || top < 1 || i+n >= len(toks) {
		return 0, 0
	}
	switch {
	case toks[i+n].Norm == "in":
		n++
	case toks[i+n].Norm == "out" && i+n+1 < len(toks) && toks[i+n+1].Norm == "of":
		n += 2
	default:
		return 0, 0
	}
	if i+n < len(toks) && toks[i+n].Norm == "every" {
		n++
	}
	if i+n >= len(toks) {
		return 0, 0
	}
	whole, m := plainNumber(toks, i+n)
	if m == 0 || whole <= top || whole > maxRatio {
		return 0, 0
	}
	return top / whole, n + m
}

// pointBehind gives the token behind "of a percentage point" or "point" at j, 0
// where that does not stand there.
func pointBehind(toks []nlp.Token, j int) int {
	for j < len(toks) && (toks[j].Norm == "of" || toks[j].Norm == "a" || toks[j].Norm == "-" || toks[j].Norm == "percentage") {
		j++
	}
	if j < len(toks) && toks[j].Lemma == "point" {
		return j + 1
	}
	return 0
}

// readMultiple reads "doubled", "twice", "threefold": a number of times.
func readMultiple(toks []nlp.Token, i int) (Quantity, int, bool) {
	w := toks[i].Lemma
	if w == "" {
		w = toks[i].Norm
	}
	v, ok := multiples[w]
	if !ok || v < 1.5 && !strings.HasPrefix(toks[i].Tag, "VB") {
		return Quantity{}, 0, false
	}
	if strings.HasPrefix(toks[i].Tag, "NN") || w == "double" && strings.HasPrefix(toks[i].Tag, "JJ") {
		return Quantity{}, 0, false // "a double", "a double murder"
	}
	return Quantity{From: i, To: i + 1, Low: v, High: v, Noun: "time", Text: toks[i].Text}, i + 1, true
}

// partOf gives the lemma of the noun behind "of": what a share is a share of.
func partOf(toks []nlp.Token, of int) string {
	if of >= len(toks) || toks[of].Norm != "of" {
		return ""
	}
	for k := of + 1; k < len(toks); k++ {
		if toks[k].Head == of && toks[k].Dep == "pobj" {
			return toks[k].Lemma
		}
	}
	return ""
}
