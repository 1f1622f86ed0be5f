package claims

import (
	"fmt"
	"slices"
	"strings"

	"corroborate/internal/claims/values"
)

// times compares the days, and where these agree the hours. Times that both tell
// leave the others to be compared only where they are told of one thing.
func (c *comparison) times() {
	if c.over.opposed {
		return // opposite deeds have each its time
	}
	if c.timesBy(func(a, b values.Time) values.TimeComparison { return values.CompareDays(a, b) }) {
		return
	}
	if c.timesBy(func(a, b values.Time) values.TimeComparison {
		return values.TimeComparison{Relation: values.CompareHours(a, b)}
	}) {
		return
	}
	c.order()
}

// timesBy compares the times of both statements in one respect and tells whether
// they differ.
func (c *comparison) timesBy(compare func(a, b values.Time) values.TimeComparison) bool {
	ta, tb := slices.Clone(c.a.slots.times), slices.Clone(c.b.slots.times)
	met := false
	for i := 0; i < len(ta); i++ {
		for j := range tb {
			r := compare(ta[i], tb[j])
			if r.Relation != values.Same {
				continue
			}
			if !met && r.Reason != "" && !strings.EqualFold(ta[i].Text, tb[j].Text) && (c.sameDeed() || c.over.quote >= 0.6) {
				c.clear(KindTime, r.Reason)
			}
			ta, tb, met = slices.Delete(ta, i, i+1), slices.Delete(tb, j, j+1), true
			i--
			break
		}
	}
	for _, x := range ta {
		for _, y := range tb {
			if compare(x, y).Relation != values.Differs || !c.oneTime(x, y, met) {
				continue
			}
			c.differ(KindTime, [2]string{x.Text, y.Text}, [2][2]int{{x.From, x.To}, {y.From, y.To}},
				fmt.Sprintf("%s says %s, %s says %s.", c.a.art.called, x.Text, c.b.art.called, y.Text))
			return true
		}
	}
	return false
}

// oneTime tells whether two times answer one question: when the deed was done that
// both tell, or when a thing was that both name.
func (c *comparison) oneTime(x, y values.Time, met bool) bool {
	a, b := [2]int{x.From, x.To}, [2]int{y.From, y.To}
	if !met && (c.over.quote >= 0.6 || c.sameDeed() && !c.ofThing(c.a, a) && !c.ofThing(c.b, b)) {
		return true
	}
	return c.nearFacts() && c.sameAnchor(a, b) && !c.otherThings(c.a.anchor(a[0], a[1]), c.b.anchor(b[0], b[1]))
}

// otherThings tells two nouns of one name that stand for two things: each is told apart
// by words of its own, and they share none ("the 2001 U.S.-led invasion", "the 2003
// invasion of Iraq").
func (c *comparison) otherThings(x, y int) bool {
	a, b := apartBy(c.a.draft.p, x), apartBy(c.b.draft.p, y)
	for _, t := range a {
		for _, u := range b {
			if c.sameWord(t, u) {
				return false
			}
		}
	}
	return len(a) > 0 && len(b) > 0
}

// apartBy gives the words by which a noun is told apart from others of its name: what
// stands before it and what a preposition ties to it, but for times.
func apartBy(p *parsed, noun int) []int {
	if !isNoun(p.toks[noun]) {
		return nil
	}
	words := p.kids(noun, "amod", "compound", "nmod", "poss")
	for _, k := range p.kids(noun, "prep") {
		words = append(words, p.kids(k, "pobj")...)
	}
	return slices.DeleteFunc(words, func(i int) bool { return p.toks[i].Ent == "DATE" || p.toks[i].Ent == "TIME" })
}

// order compares "before" and "after": one deed, told on either side of one event.
func (c *comparison) order() {
	if !c.sameDeed() {
		return
	}
	for _, x := range sequences(c.a) {
		for _, y := range sequences(c.b) {
			if x.after == y.after || !c.sameEvent(x.event, y.event) {
				continue
			}
			va, vb := c.a.draft.p.words(c.a.art.body, x.from, x.event+1), c.b.draft.p.words(c.b.art.body, y.from, y.event+1)
			c.differ(KindTime, [2]string{va, vb}, [2][2]int{{x.from, x.event + 1}, {y.from, y.event + 1}},
				fmt.Sprintf("%s puts it %s it, %s %s it.", c.a.art.called, sideWord(x.after), c.b.art.called, sideWord(y.after)))
			return
		}
	}
}

func sideWord(after bool) string {
	if after {
		return "after"
	}
	return "before"
}

// sequence is an event that the deed comes before or after: its words begin at
// token from, event is its verb or noun.
type sequence struct {
	from, event int
	after       bool
}

// sequences gives the events that a statement's deed is put before or after.
func sequences(s *statement) []sequence {
	var out []sequence
	p := s.draft.p
	for i := s.draft.from; i < s.draft.to; i++ {
		t := p.toks[i]
		side, ok := sides[t.Norm]
		if !ok {
			continue
		}
		event := -1
		switch {
		case t.Norm == "eve": // "on the eve of the vote"
			if of := p.kid(i, "prep"); of >= 0 {
				event = p.kid(of, "pobj")
			}
		case t.Dep == "mark":
			event = t.Head
		default:
			event = p.kid(i, "pobj", "pcomp")
		}
		if event > i {
			out = append(out, sequence{from: i, event: event, after: side})
		}
	}
	return out
}

// sides tell on which side of an event the deed lies: true for after it.
var sides = map[string]bool{"before": false, "after": true, "eve": false, "following": true, "prior": false}

// sameEvent tells whether two tokens name one event, with nothing about it that
// makes them two.
func (c *comparison) sameEvent(x, y int) bool {
	t, ok := c.al.e.termAt(c.a.art, c.a.draft, x)
	u, also := c.al.e.termAt(c.b.art, c.b.draft, y)
	return ok && also && c.al.terms(t, u) >= anchorAt
}
