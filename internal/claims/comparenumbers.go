package claims

import (
	"fmt"
	"slices"
	"time"

	"corroborate/internal/claims/values"
)

// numbers compares the quantities that measure or count the same thing.
func (c *comparison) numbers() {
	usedB := map[int]bool{}
	var restA []values.Quantity
	for _, qa := range c.a.slots.numbers {
		if j := c.equalQuantity(qa, usedB); j >= 0 {
			usedB[j] = true
			if qb := c.b.slots.numbers[j]; qa.Low != qb.Low && qa.Approx == values.Exact && qb.Approx == values.Exact {
				c.clear(KindNumber, fmt.Sprintf("%s and %s are one number, rounded", qa.Text, qb.Text))
			}
			continue
		}
		restA = append(restA, qa)
	}
	if c.twoPeriods() || c.over.otherDoer {
		return
	}
	for _, qa := range restA {
		for j, qb := range c.b.slots.numbers {
			if usedB[j] || !c.sameMeasure(qa, qb) || values.CompareQuantities(qa, qb) != values.Differs {
				continue
			}
			usedB[j] = true
			if c.oneOpen() {
				c.clear(KindNumber, fmt.Sprintf("%s and %s: one tells what may come", qa.Text, qb.Text))
				break
			}
			c.differ(KindNumber, [2]string{qa.Text, qb.Text}, [2][2]int{{qa.From, qa.To}, {qb.From, qb.To}},
				fmt.Sprintf("%s says %s, %s says %s%s.", c.a.art.called, qa.Text, c.b.art.called, qb.Text, ofWhat(qa)))
			break
		}
	}
}

// ofWhat says what a quantity is of, for an explanation.
func ofWhat(q values.Quantity) string {
	switch {
	case q.Unit == "age":
		return " (years of age)"
	case q.Noun == "":
		return ""
	}
	return " (" + q.Noun + ")"
}

func (c *comparison) equalQuantity(qa values.Quantity, used map[int]bool) int {
	for j, qb := range c.b.slots.numbers {
		if !used[j] && qa.Unit == qb.Unit && values.CompareQuantities(qa, qb) == values.Same {
			return j
		}
	}
	return -1
}

// sameMeasure tells whether two quantities count or measure the same thing: one
// unit, and nouns that name one thing, or no noun and one anchor.
func (c *comparison) sameMeasure(a, b values.Quantity) bool {
	if values.CompareQuantities(a, b) == values.Apart || c.a.ago(a) && c.b.ago(b) {
		return false // how long ago it was is a time
	}
	if a.Approx == values.Vague && b.Approx == values.Vague && a.Unit != "age" {
		return false // tens of thousands are thousands
	}
	nouns := c.al.words(term{lemma: a.Noun, pos: 'n'}, term{lemma: b.Noun, pos: 'n'})
	switch {
	case a.Unit == "age":
		return a.Noun == "" || b.Noun == "" || nouns >= 0.5
	case a.Noun == b.Noun && a.Noun == "":
		return c.sameAnchor([2]int{a.From, a.To}, [2]int{b.From, b.To}) || c.alone(a, b)
	case a.Unit == "%" && c.sameAnchor([2]int{a.From, a.To}, [2]int{b.From, b.To}):
		return true
	case a.Noun == "" || b.Noun == "":
		return a.Unit != "" && a.Unit != "ordinal" && c.over.arguments() >= measuredAt &&
			(c.sameAnchor([2]int{a.From, a.To}, [2]int{b.From, b.To}) || c.alone(a, b) && (c.sameVerb() || a.Unit == "%" || values.Money(a.Unit)))
	}
	return nouns >= 0.5
}

// ago tells a quantity that says how long ago something was.
func (s *statement) ago(q values.Quantity) bool {
	return slices.ContainsFunc(s.slots.times, func(t values.Time) bool { return t.Relative == "ago" && t.To > q.From && t.From < q.To })
}

// alone tells two quantities that are the only ones of their unit in statements of
// one deed.
func (c *comparison) alone(a, b values.Quantity) bool {
	of := func(s *statement, unit string) int {
		n := 0
		for _, q := range s.slots.numbers {
			if q.Unit == unit {
				n++
			}
		}
		return n
	}
	return (c.sameDeed() || c.over.arguments() >= measuredAt) && of(c.a, a.Unit) == 1 && of(c.b, b.Unit) == 1
}

// oneOpen tells a figure that only may come to be against one that holds: a tariff of
// 25 percent that may rise to 50 is no other tariff.
func (c *comparison) oneOpen() bool {
	open := func(s *statement) bool { return s.Certainty == Possible || s.Certainty == Conditional }
	return open(c.a) != open(c.b)
}

// twoPeriods tells figures of two periods ("in 2013", "from 2007 to 2014"): each may be
// right.
func (c *comparison) twoPeriods() bool {
	a, b := periodsOf(c.a), periodsOf(c.b)
	for _, x := range a {
		for _, y := range b {
			if x.Start.Equal(y.Start) && x.End.Equal(y.End) {
				return false
			}
		}
	}
	return len(a) > 0 && len(b) > 0
}

// periodsOf gives the years and longer times that a statement's figures are of.
func periodsOf(s *statement) []values.Time {
	var out []values.Time
	for _, t := range s.slots.times {
		if t.Resolved() && t.End.Sub(t.Start) >= leastPeriod && t.Relative != "ago" {
			out = append(out, t)
		}
	}
	return out
}

// leastPeriod is the length from which a time is a period that figures are of.
const leastPeriod = 80 * 24 * time.Hour
