package values

import (
	"math"
	"strconv"
	"strings"

	"corroborate/internal/claims/nlp"
)

// Approx is how a quantity hedges its number.
type Approx string

// The hedges. Exact is a number without any.
const (
	Exact  Approx = ""
	About  Approx = "about"
	Over   Approx = "over"
	Under  Approx = "under"
	Nearly Approx = "nearly"
	Vague  Approx = "vague"
)

// Quantity is a number with what it counts or measures.
type Quantity struct {
	// From and To delimit its tokens: tokens[From:To].
	From, To int
	// Low and High are equal unless a range was given ("$250,000 to $300,000") or
	// the wording is vague ("dozens").
	Low, High float64
	// Unit is "%" or a currency code or a measure ("USD", "km", "year"), "ordinal",
	// "age", or empty for a count.
	Unit   string
	Approx Approx
	// Noun is the lemma of what is counted or of the word that the measure
	// describes: "deportation" in "over 1,700 deportations". It may be empty.
	Noun string
	// Text is the wording.
	Text string
}

// Quantities reads the quantities of a parsed sentence. Years, clock times and
// days of the month are left to [Times].
func Quantities(toks []nlp.Token) []Quantity {
	taken := timeTokens(toks)
	var out []Quantity
	for i := 0; i < len(toks); i++ {
		if taken[i] {
			continue
		}
		q, next, ok := readQuantity(toks, i, taken)
		if !ok {
			continue
		}
		out = append(out, q)
		i = next - 1
	}
	return out
}

// readQuantity reads the quantity whose number begins at token i and gives the
// token after it.
func readQuantity(toks []nlp.Token, i int, taken map[int]bool) (Quantity, int, bool) {
	for _, read := range []func([]nlp.Token, int) (Quantity, int, bool){readMultiple, readDecadeOfLife} {
		if q, next, ok := read(toks, i); ok {
			q.Text = wording(toks, q.From, q.To)
			return q, next, true
		}
	}
	if q, next, ok := readShare(toks, i); ok {
		q.To = next
		q.readHedge(toks)
		q.Noun = partOf(toks, next)
		q.Text = wording(toks, q.From, q.To)
		return q, next, true
	}
	q := Quantity{From: i}
	j := i
	if c, ok := currencies[toks[j].Norm]; ok && j+1 < len(toks) && startsNumber(toks[j+1].Norm) {
		q.Unit, j = c, j+1
	}
	low, high, n, ordinal := number(toks, j)
	if n == 0 {
		return q, 0, false
	}
	j += n
	q.Low, q.High = low, high
	if low != high {
		q.Approx = Vague
	}
	if ordinal {
		q.Unit = "ordinal"
	} else {
		j = q.readRange(toks, j, taken)
		j = q.readUnit(toks, j)
	}
	q.To = j
	q.readHedge(toks)
	q.readAge(toks)
	q.Noun = countedNoun(toks, i, j)
	if q.Unit == "%" && q.Noun == "" {
		q.Noun = partOf(toks, j)
	}
	q.Text = wording(toks, q.From, q.To)
	return q, j, true
}

func startsNumber(w string) bool {
	_, ok := digits(w)
	return ok
}

// digits reads "1,700", "3.5", "1.3m" as a number.
func digits(w string) (float64, bool) {
	w = strings.ReplaceAll(w, ",", "")
	if w == "" || w[0] < '0' || w[0] > '9' {
		return 0, false
	}
	mult := 1.0
	for _, suffix := range []string{"bn", "mn", "tn", "m", "k"} {
		if s, ok := strings.CutSuffix(w, suffix); ok {
			w, mult = s, scales[suffix]
			break
		}
	}
	v, err := strconv.ParseFloat(w, 64)
	return v * mult, err == nil && !math.IsInf(v, 0)
}

// number reads a number in digits or words at token i: its bounds, how many
// tokens it takes, and whether it is an ordinal.
func number(toks []nlp.Token, i int) (low, high float64, n int, ordinal bool) {
	w := toks[i].Norm
	if v, ok := ordinalOf(w); ok && toks[i].Tag != "RB" && toks[i].Tag != "NN" {
		return v, v, 1, true
	}
	if v, ok := vagueScales[w]; ok && (w != "scores" || ofBehind(toks, i)) {
		n = 1
		for i+n+1 < len(toks) && toks[i+n].Norm == "of" {
			more, ok := vagueScales[toks[i+n+1].Norm]
			if !ok {
				break
			}
			v *= more
			n += 2
		}
		return 2 * v, math.Max(9*v, 99), n, false
	}
	if r, ok := vagueWords[w]; ok && (w != "couple" && w != "handful" || ofBehind(toks, i)) {
		return r[0], r[1], 1, false
	}
	if w == "a" || w == "an" || w == "half" {
		return articleNumber(toks, i)
	}
	v, n := plainNumber(toks, i)
	return v, v, n, false
}

// ofBehind tells "a couple of" from a couple.
func ofBehind(toks []nlp.Token, i int) bool { return i+1 < len(toks) && toks[i+1].Norm == "of" }

// articleNumber reads "a dozen", "a million", "half a million", "half".
func articleNumber(toks []nlp.Token, i int) (low, high float64, n int, ordinal bool) {
	v := 1.0
	n = 1
	if toks[i].Norm == "half" {
		v = 0.5
		if i+1 < len(toks) && (toks[i+1].Norm == "a" || toks[i+1].Norm == "an") {
			n = 2
		}
	}
	if i+n < len(toks) {
		if s, ok := scales[toks[i+n].Norm]; ok && len(toks[i+n].Norm) > 2 {
			return v * s, v * s, n + 1, false
		}
	}
	// "A year and a half" is one and a half.
	if _, ok := measures[toks[min(i+n, len(toks)-1)].Lemma]; ok && toks[i].Norm != "half" && halfBehind(toks, i+n+1) {
		return 1, 1, n, false
	}
	return 0, 0, 0, false
}

// plainNumber reads digits or number words with the scales behind them. It does
// not read a lone "one", which is a pronoun as often as a number.
func plainNumber(toks []nlp.Token, i int) (float64, int) {
	total, part, n, inDigits := 0.0, 0.0, 0, false
	for i+n < len(toks) {
		w := toks[i+n].Norm
		switch {
		case n == 0 && startsNumber(w):
			part, _ = digits(w)
			inDigits = true
		case !inDigits && ones[w] > 0 || w == "zero" && n == 0:
			part += ones[w]
		case !inDigits && tens[w] > 0:
			part += tens[w]
		case n > 0 && w == "-" && i+n+1 < len(toks) && !inDigits && (ones[toks[i+n+1].Norm] > 0 || scales[toks[i+n+1].Norm] > 0):
		case n > 0 && scales[w] > 0 && len(w) > 1:
			part *= scales[w]
			if scales[w] >= 1000 {
				total, part = total+part, 0
			}
		case n > 0 && halfBehind(toks, i+n):
			return total + part + 0.5, n + 3
		case n > 0 && w == "and" && !inDigits && i+n+1 < len(toks) && (ones[toks[i+n+1].Norm] > 0 || tens[toks[i+n+1].Norm] > 0) && scales[toks[i+n-1].Norm] > 0:
		default:
			return total + part, n
		}
		n++
	}
	return total + part, n
}

func ordinalOf(w string) (float64, bool) {
	if v, ok := ordinals[w]; ok {
		return v, true
	}
	for _, s := range []string{"st", "nd", "rd", "th"} {
		if d, ok := strings.CutSuffix(w, s); ok {
			if v, err := strconv.Atoi(d); err == nil {
				return float64(v), true
			}
		}
	}
	return 0, false
}

// readRange reads "to $300,000", "-50" or "and 50" (after "between") behind a
// number.
func (q *Quantity) readRange(toks []nlp.Token, j int, taken map[int]bool) int {
	if j+1 >= len(toks) || q.Approx == Vague {
		return j
	}
	between := q.From > 0 && toks[q.From-1].Norm == "between"
	w := toks[j].Norm
	if w != "to" && w != "-" && w != "–" && !(between && w == "and") {
		return j
	}
	// "From 5 to 10 percent" tells two numbers, of which the first has the unit too.
	change := w == "to" && q.From > 0 && toks[q.From-1].Norm == "from"
	k := j + 1
	if _, ok := currencies[toks[k].Norm]; ok && k+1 < len(toks) {
		k++
	}
	v, n := plainNumber(toks, k)
	if n == 0 || taken[k] {
		return j
	}
	if w == "-" && q.isScore(toks, v, k+n) {
		q.High, q.Unit = v, "score"
		return k + n
	}
	if v < q.Low {
		return j
	}
	// In "$2 to 3 million" the scale stands behind the second number alone.
	if last := toks[k+n-1].Norm; q.Low < 1000 && scales[last] >= 1000 {
		q.Low *= scales[last]
	}
	if change {
		q.readUnit(toks, k+n)
		q.High = q.Low
		return j
	}
	q.High = v
	return k + n
}

// maxScore bounds the numbers of a score or a vote: "3-1", "61-39".
const maxScore = 999

// isScore tells "3-1" and "a 3-1 win" from a range ("5-10 people", "2-3 weeks").
func (q *Quantity) isScore(toks []nlp.Token, second float64, next int) bool {
	if q.Unit != "" || q.Low > maxScore || second > maxScore || q.From > 0 && toks[q.From-1].Norm == "-" {
		return false
	}
	if next == len(toks) {
		return true
	}
	t := toks[next]
	_, measure := measures[t.Lemma]
	return t.Tag != "NNS" && t.Norm != "-" && !measure && scales[t.Norm] == 0 && currencies[t.Lemma] == ""
}

// readUnit reads the unit behind a number.
func (q *Quantity) readUnit(toks []nlp.Token, j int) int {
	k := j
	if k+1 < len(toks) && toks[k].Norm == "-" {
		k++
	}
	if k >= len(toks) {
		return j
	}
	word := toks[k].Lemma
	if word == "" {
		word = toks[k].Norm
	}
	if word == "per" && k+1 < len(toks) && toks[k+1].Norm == "cent" {
		q.Unit = "%"
		return k + 2
	}
	if (word == "percentage" || word == "basis") && k+1 < len(toks) && toks[k+1].Lemma == "point" {
		q.Unit = "point"
		if word == "basis" {
			q.Low, q.High = q.Low/100, q.High/100
		}
		return k + 2
	}
	if word == "point" && q.Unit == "" {
		q.Unit = "point"
		return k + 1
	}
	if c, ok := currencies[word]; ok && q.Unit == "" {
		q.Unit = c
		return k + 1
	}
	if m, ok := measures[word]; ok && q.Unit == "" {
		if m.unit == "month" && isAge(toks, k) {
			q.Unit = "age"
			return ageEnd(toks, k)
		}
		half := 0.0
		if halfBehind(toks, k+1) {
			half, k = 0.5, k+3
		}
		q.Unit, q.Low, q.High = m.unit, (q.Low+half)*m.factor, (q.High+half)*m.factor
		return k + 1
	}
	return j
}

// halfBehind tells "and a half" at token i.
func halfBehind(toks []nlp.Token, i int) bool {
	return i+2 < len(toks) && toks[i].Norm == "and" && toks[i+1].Norm == "a" && toks[i+2].Norm == "half"
}

// isAge tells "92-year-old" and "92 years old".
func isAge(toks []nlp.Token, year int) bool {
	for k := year + 1; k < len(toks) && k <= year+2; k++ {
		if toks[k].Norm == "old" || toks[k].Norm == "olds" {
			return true
		}
	}
	return false
}

func ageEnd(toks []nlp.Token, year int) int {
	k := year + 1
	for toks[k].Norm != "old" && toks[k].Norm != "olds" {
		k++
	}
	return k + 1
}

func (q *Quantity) readHedge(toks []nlp.Token) {
	from := q.From
	if from > 0 && (toks[from-1].Norm == "a" || toks[from-1].Norm == "an" || toks[from-1].Norm == "the") {
		from--
	}
	for _, h := range hedges {
		at := from - len(h.words)
		if at < 0 {
			continue
		}
		match := true
		for k, w := range h.words {
			match = match && toks[at+k].Norm == w
		}
		if match {
			q.From = at
			if q.Approx != Vague {
				q.Approx = h.approx
			}
			return
		}
	}
	if q.To < len(toks) && toks[q.To].Norm == "or" && q.To+1 < len(toks) && toks[q.To+1].Norm == "more" {
		q.Approx = Over
	}
}

// countedNoun gives the lemma of the noun that the number modifies.
func countedNoun(toks []nlp.Token, from, to int) string {
	for k := from; k < to; k++ {
		h := toks[k].Head
		if h < 0 || h >= len(toks) || h >= from && h < to {
			continue
		}
		if strings.HasPrefix(toks[h].Tag, "NN") {
			return toks[h].Lemma
		}
	}
	if to < len(toks) && strings.HasPrefix(toks[to].Tag, "NN") {
		return toks[to].Lemma
	}
	// "A crowd of 14,000" counts the crowd.
	if from > 1 && toks[from-1].Norm == "of" && (toks[from-2].Tag == "NN" || toks[from-2].Tag == "NNS") && toks[from-2].Norm != "total" {
		return toks[from-2].Lemma
	}
	return ""
}

func wording(toks []nlp.Token, from, to int) string {
	var b strings.Builder
	for k := from; k < to; k++ {
		if k > from && toks[k].Start > toks[k-1].End {
			b.WriteByte(' ')
		}
		b.WriteString(toks[k].Text)
	}
	return b.String()
}
