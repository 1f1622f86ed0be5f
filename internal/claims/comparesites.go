package claims

import (
	"fmt"
	"slices"
)

// sites compares places that have no name: of one deed or thing the one says "in a
// barn", the other "in a quarry". Only two of one level exclude one another, since a
// room is in a house and a house in a town.
func (c *comparison) sites() {
	if slices.ContainsFunc(c.out.differences, func(d foundDifference) bool { return d.kind == KindPlace }) || !c.nearFacts() {
		return
	}
	for _, x := range c.siteTerms(c.a) {
		for _, y := range c.siteTerms(c.b) {
			if x.level != y.level || c.among(x.term, c.b) || c.among(y.term, c.a) || c.wider(x.lemma, y.lemma) || !c.oneSite(x, y) {
				continue
			}
			a, b := [2]int{x.preposition, x.tok + 1}, [2]int{y.preposition, y.tok + 1}
			va, vb := c.a.draft.p.words(c.a.art.body, a[0], a[1]), c.b.draft.p.words(c.b.art.body, b[0], b[1])
			c.differ(KindPlace, [2]string{va, vb}, [2][2]int{a, b}, fmt.Sprintf("%s says “%s”, %s says “%s”.", c.a.art.called, va, c.b.art.called, vb))
			return
		}
	}
}

// site is a common noun for a place with the token of its preposition.
type site struct {
	term
	preposition int
	level       string
}

func (c *comparison) siteTerms(s *statement) []site {
	p := s.draft.p
	var out []site
	for _, t := range s.slots.terms {
		prep := p.toks[t.tok].Head
		if t.ent != nil || t.outside || p.toks[t.tok].Dep != "pobj" || !sites[p.toks[prep].Norm] || prep < s.draft.from {
			continue
		}
		if level := c.siteLevel(t.lemma); level != "" {
			out = append(out, site{t, prep, level})
		}
	}
	return out
}

// siteLevel gives what kind of site a noun names, empty for none and for areas that
// may hold any other.
func (c *comparison) siteLevel(lemma string) string {
	switch {
	case wideSites[lemma]:
		return ""
	case rooms[lemma]:
		return "room"
	case openSites[lemma]:
		return "site"
	}
	for _, l := range siteLevels {
		if c.al.e.lex.IsA(lemma, l.class) {
			return l.name
		}
	}
	return ""
}

// siteLevels are tried in order; a vehicle stands anywhere.
var siteLevels = []struct{ class, name string }{{"vehicle", ""}, {"body of water", "water"}, {"road", "road"},
	{"structure", "site"}, {"geological_formation", "site"}, {"tract", "site"}, {"location", "area"}}

var (
	rooms = set(`kitchen|bedroom|bathroom|garage|cellar|basement|attic|classroom|corridor|lobby|hallway|lounge|toilet|office`)
	// openSites are sites that the lexicon takes for something else first.
	openSites = set(`school|hospital|forest|wood|quarry|beach|cave|park|garden|cemetery|market`)
)

// wideSites may hold sites of their own level, or be anywhere.
var wideSites = set(`country|nation|state|region|province|area|zone|district|place|site|world|land|home|house|building|centre|center|
complex|part|side|floor|hotel|mall|airport|station|campus|compound|base|camp|farm|palace|university|scene|location|territory|soil|
north|south|east|west|middle|end|top|bottom|front|back|corner|edge|space|position|spot|point|line|field|front|background|court|
capital|suburb|neighborhood|neighbourhood|community|municipality|county`)

// oneSite tells whether two sites answer one question: where the deed was done, or
// where a thing is that both name.
func (c *comparison) oneSite(x, y site) bool {
	a, b := [2]int{x.tok, x.tok + 1}, [2]int{y.tok, y.tok + 1}
	if c.sameAnchor(a, b) {
		return true
	}
	return c.sameDeed() && !c.ofThing(c.a, a) && !c.ofThing(c.b, b) && both(c.over.a.share(), c.over.b.share()) >= restSited
}

// restSited is the share of both that must be common for two sites of a deed to be
// compared.
const restSited = 0.5
