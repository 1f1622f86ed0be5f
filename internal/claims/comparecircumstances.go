package claims

import (
	"fmt"
	"strings"

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
	for _, qa := range restA {
		for j, qb := range c.b.slots.numbers {
			if usedB[j] || !c.sameMeasure(qa, qb) || values.CompareQuantities(qa, qb) != values.Differs {
				continue
			}
			usedB[j] = true
			c.differ(KindNumber, [2]string{qa.Text, qb.Text}, [2][2]int{{qa.From, qa.To}, {qb.From, qb.To}},
				fmt.Sprintf("%s says %s, %s says %s%s.", c.a.art.Source, qa.Text, c.b.art.Source, qb.Text, ofWhat(qa.Noun)))
			break
		}
	}
}

func ofWhat(noun string) string {
	if noun == "" {
		return ""
	}
	return " (" + noun + ")"
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
// unit, and nouns that name one thing.
func (c *comparison) sameMeasure(a, b values.Quantity) bool {
	if values.CompareQuantities(a, b) == values.Apart {
		return false
	}
	if a.Noun == b.Noun || a.Unit == "age" {
		return true
	}
	if a.Noun == "" || b.Noun == "" {
		return a.Unit != "" && a.Unit != "ordinal" && c.over.arguments() >= opposedAt
	}
	return c.al.words(term{lemma: a.Noun, pos: 'n'}, term{lemma: b.Noun, pos: 'n'}) >= 0.5
}

func (c *comparison) times() {
	if !c.sameDeed() && c.over.quote < 0.6 {
		return
	}
	var differs [][2]values.Time
	for _, ta := range c.a.slots.times {
		for _, tb := range c.b.slots.times {
			r := values.CompareTimes(ta, tb)
			switch r.Relation {
			case values.Same:
				if r.Reason != "" && !strings.EqualFold(ta.Text, tb.Text) {
					c.clear(KindTime, r.Reason)
				}
				return
			case values.Differs:
				differs = append(differs, [2]values.Time{ta, tb})
			}
		}
	}
	if len(differs) == 0 {
		return
	}
	ta, tb := differs[0][0], differs[0][1]
	c.differ(KindTime, [2]string{ta.Text, tb.Text}, [2][2]int{{ta.From, ta.To}, {tb.From, tb.To}},
		fmt.Sprintf("%s says %s, %s says %s.", c.a.art.Source, ta.Text, c.b.art.Source, tb.Text))
}

// places compares where it happened: the places that a preposition of place ties
// to the deed. A city and a country are compared only by whether the one holds the
// other, and so is a place that the gazetteer does not know with one that it does.
func (c *comparison) places() {
	if !c.sameDeed() {
		return
	}
	la, lb := locations(c.a), locations(c.b)
	var differ [][2]mention
	for _, ma := range la {
		for _, mb := range lb {
			switch {
			case ma.ent.key == mb.ent.key:
				return
			case c.al.e.gaz.Contains(ma.ent.key, mb.ent.key), c.al.e.gaz.Contains(mb.ent.key, ma.ent.key):
				c.clear(KindPlace, fmt.Sprintf("%s and %s: one holds the other", ma.ent.name, mb.ent.name))
				return
			case c.placeKind(ma) == c.placeKind(mb):
				differ = append(differ, [2]mention{ma, mb})
			}
		}
	}
	if len(differ) == 0 {
		return
	}
	ma, mb := differ[0][0], differ[0][1]
	c.differ(KindPlace, [2]string{ma.ent.name, mb.ent.name}, [2][2]int{{ma.from, ma.to}, {mb.from, mb.to}},
		fmt.Sprintf("%s says %s, %s says %s.", c.a.art.Source, ma.ent.name, c.b.art.Source, mb.ent.name))
}

// placeKind gives what kind of place a mention names, empty where the gazetteer
// does not know it.
func (c *comparison) placeKind(m mention) string {
	if pl, ok := c.al.e.gaz.Place(m.ent.name); ok {
		return pl.Kind
	}
	return ""
}

// locations gives the places that a preposition of place ties to the deed.
func locations(s *statement) []mention {
	var out []mention
	p := s.draft.p
	for _, m := range s.slots.places {
		for i := m.from; i < m.to; i++ {
			h := p.toks[i].Head
			if p.toks[i].Dep == "pobj" && h >= s.draft.from && locative[p.toks[h].Norm] && p.depth(h, s.draft.pred) <= 2 {
				out = append(out, m)
				break
			}
		}
	}
	return out
}

var locative = set(`in|at|near|outside|inside|to|from|into|toward|towards|on|across`)
