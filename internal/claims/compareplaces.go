package claims

import (
	"fmt"
	"slices"
	"strings"

	"corroborate/internal/claims/gazetteer"
)

// places compares where it happened: the places that a preposition of place ties
// to the deed, or to a thing that both name. A city and a country are compared only
// by whether the one holds the other; a place that the gazetteer does not know is
// compared with towns alone. Places that both tell leave the others to be compared
// where they are told of one thing.
func (c *comparison) places() {
	la, lb := c.locations(c.a), c.locations(c.b)
	met := false
	for i := 0; i < len(la); i++ {
		for j, y := range lb {
			r := c.comparePlaces(la[i].mention, y.mention)
			if r != placeSame && r != placeHolds {
				continue
			}
			if r == placeHolds && c.oneLocation(la[i], y) {
				c.clear(KindPlace, fmt.Sprintf("%s and %s: one holds the other", la[i].ent.name, y.ent.name))
			}
			la, lb, met = slices.Delete(la, i, i+1), slices.Delete(lb, j, j+1), true
			i--
			break
		}
	}
	for _, x := range la {
		for _, y := range lb {
			if c.comparePlaces(x.mention, y.mention) != placeOther || c.namesPlace(c.b, x) || c.namesPlace(c.a, y) || !(!met && c.oneLocation(x, y) || c.oneThing(x, y)) {
				continue
			}
			c.differ(KindPlace, [2]string{x.ent.name, y.ent.name}, [2][2]int{{x.from, x.to}, {y.from, y.to}},
				fmt.Sprintf("%s says %s, %s says %s.", c.a.art.called, x.ent.name, c.b.art.called, y.ent.name))
			return
		}
	}
	c.compass()
	c.sites()
}

// namesPlace tells whether a statement names a place anywhere.
func (c *comparison) namesPlace(s *statement, l location) bool {
	return slices.ContainsFunc(s.draft.mentions(s), func(m mention) bool { return m.ent.key == l.ent.key })
}

// location is a place of a statement with what ties it to the rest.
type location struct {
	mention
	preposition string
	// ofDeed is true where the deed itself is put there.
	ofDeed bool
}

// oneLocation tells whether two places answer one question: where the deed was
// done, or where a thing is that both name.
func (c *comparison) oneLocation(x, y location) bool {
	if x.ofDeed && y.ofDeed && c.sameDeed() && bound(x) == bound(y) {
		return true
	}
	return c.oneThing(x, y)
}

// oneThing tells whether two places are told of one thing that both statements name.
func (c *comparison) oneThing(x, y location) bool {
	return c.nearFacts() && bound(x) == bound(y) && c.sameAnchor([2]int{x.from, x.to}, [2]int{y.from, y.to})
}

// bound tells where something comes from or goes to apart from where it is.
func bound(l location) string {
	switch l.preposition {
	case "from":
		return "from"
	case "to", "into", "toward", "towards":
		return "to"
	}
	return ""
}

type placeRelation int

const (
	placeApart placeRelation = iota
	placeSame
	placeHolds
	placeOther
)

func (c *comparison) comparePlaces(a, b mention) placeRelation {
	switch {
	case a.ent.key == b.ent.key, strings.EqualFold(a.ent.name, b.ent.name):
		return placeSame
	case c.al.e.gaz.Contains(a.ent.key, b.ent.key), c.al.e.gaz.Contains(b.ent.key, a.ent.key):
		return placeHolds
	}
	ka, kb := c.placeKind(a), c.placeKind(b)
	if ka == kb || ka == "" && kb == gazetteer.City || kb == "" && ka == gazetteer.City {
		return placeOther
	}
	return placeApart
}

// placeKind gives what kind of place a mention names, empty where the gazetteer
// does not know it.
func (c *comparison) placeKind(m mention) string {
	if pl, ok := c.al.e.gaz.Place(m.ent.name); ok {
		return pl.Kind
	}
	return ""
}

// locations gives the places that a preposition ties to the deed or to a thing.
func (c *comparison) locations(s *statement) []location {
	var out []location
	p := s.draft.p
	for _, m := range s.draft.mentions(s) {
		prep := s.preposition(m.from, m.to)
		if !locative[prep] && prep != "of" && prep != "with" || m.ent.kind != "place" && !c.standsForPlace(s, m) {
			continue
		}
		near := locative[prep] && p.depth(m.to-1, s.draft.pred) <= 3 && !c.ofThing(s, [2]int{m.from, m.to})
		out = append(out, location{mention: m, preposition: prep, ofDeed: near})
	}
	return out
}

// mentions gives the names in a draft's own words.
func (d draft) mentions(s *statement) []mention {
	var out []mention
	for _, m := range s.art.cast.mentions[d.p] {
		if m.from >= d.from && m.to <= d.to && !d.parts[m.to-1] {
			out = append(out, m)
		}
	}
	return out
}

// standsForPlace tells a name that what stands before it makes a place: "in Chad", "the
// cemetery of Lugano".
func (c *comparison) standsForPlace(s *statement, m mention) bool {
	prep := s.preposition(m.from, m.to)
	if !placeLike(m) {
		return false
	}
	at := s.draft.p.toks[s.anchor(m.from, m.to)]
	return inside[prep] || prep == "of" && isNoun(at) && !isName(at) && (c.al.e.lex.IsA(lemmaOf(at), "location") || c.al.e.lex.IsA(lemmaOf(at), "structure"))
}

// placeLike tells a name that may be a place although nothing but its preposition
// says so: one word, without a title or a given name.
func placeLike(m mention) bool {
	return m.title == "" && m.ent.given == "" && len(m.ent.titles) == 0 && m.to-m.from == 1 && m.ent.kind != "other"
}

var (
	locative = set(`in|at|near|outside|inside|to|from|into|toward|towards|on|across|through|off|around|over|along`)
	// inside are the prepositions behind which a name is a place and no person.
	inside = set(`in|near|outside|inside|into|across|off|around`)
)

// compass compares the parts of one place or thing: its north and its south.
func (c *comparison) compass() {
	var differ [][2]bearing
	for _, x := range bearings(c.a) {
		for _, y := range bearings(c.b) {
			switch {
			case strings.Contains(x.points, y.points), strings.Contains(y.points, x.points):
				return
			case c.sameEvent(x.of, y.of):
				differ = append(differ, [2]bearing{x, y})
			}
		}
	}
	if len(differ) == 0 {
		return
	}
	x, y := differ[0][0], differ[0][1]
	va, vb := c.a.draft.p.toks[x.tok].Text, c.b.draft.p.toks[y.tok].Text
	c.differ(KindPlace, [2]string{va, vb}, [2][2]int{{x.tok, x.tok + 1}, {y.tok, y.tok + 1}},
		fmt.Sprintf("%s says %s, %s says %s.", c.a.art.called, va, c.b.art.called, vb))
}

// bearing is a point of the compass, "ne" for north-east, and the token of what it
// is a part of.
type bearing struct {
	tok, of int
	points  string
}

var compassPoints = map[string]string{"north": "n", "south": "s", "east": "e", "west": "w", "northern": "n", "southern": "s",
	"eastern": "e", "western": "w", "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw",
	"northeastern": "ne", "northwestern": "nw", "southeastern": "se", "southwestern": "sw"}

func bearings(s *statement) []bearing {
	var out []bearing
	p := s.draft.p
	for i := s.draft.from; i < s.draft.to; i++ {
		t := p.toks[i]
		points, ok := compassPoints[t.Norm]
		if !ok {
			continue
		}
		of := -1
		if prep := p.kid(i, "prep"); prep >= 0 && p.toks[prep].Norm == "of" {
			of = p.kid(prep, "pobj")
		} else if t.Dep == "amod" || t.Dep == "compound" || t.Dep == "nmod" {
			of = t.Head
		}
		if of >= 0 {
			out = append(out, bearing{tok: i, of: of, points: points})
		}
	}
	return out
}
