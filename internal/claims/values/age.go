package values

import (
	"strings"

	"corroborate/internal/claims/nlp"
)

// maxAge is the number of years up to which a number between commas behind a
// name is an age.
const maxAge = 115

// readAge makes a plain number an age where the words around it say so: "aged
// 43", "the age of 43", or "Ruth Amadi, 43,".
func (q *Quantity) readAge(toks []nlp.Token) {
	if q.Unit != "" || q.Approx != Exact || q.Low > maxAge || q.Low < 1 {
		return
	}
	before := func(n int, words ...string) bool {
		at := q.From - n
		if at < 0 {
			return false
		}
		for _, w := range words {
			if toks[at].Norm == w {
				return true
			}
		}
		return false
	}
	switch {
	case before(1, "aged", "age"), before(1, "of") && before(2, "age"):
		q.Unit = "age"
	case before(1, ",") && q.From >= 2 && strings.HasPrefix(toks[q.From-2].Tag, "NNP") &&
		(q.To == len(toks) || toks[q.To].Norm == "," || toks[q.To].Norm == "."):
		q.Unit = "age"
	}
}

// readDecadeOfLife reads "in his early 40s".
func readDecadeOfLife(toks []nlp.Token, i int) (Quantity, int, bool) {
	d, ok := strings.CutSuffix(toks[i].Norm, "s")
	v := atoi(d)
	if !ok || v < 10 || v > 110 || v%10 != 0 {
		return Quantity{}, 0, false
	}
	q := Quantity{From: i, To: i + 1, Low: float64(v), High: float64(v + 9), Unit: "age", Approx: Vague}
	at := i - 1
	if at >= 0 {
		switch toks[at].Norm {
		case "early":
			q.High -= 5
			at--
		case "mid", "middle":
			q.Low, q.High = q.Low+3, q.High-3
			at--
		case "late":
			q.Low += 5
			at--
		}
	}
	if at < 1 || toks[at].Tag != "PRP$" || toks[at-1].Norm != "in" {
		return Quantity{}, 0, false
	}
	q.From = at + 1
	return q, i + 1, true
}
