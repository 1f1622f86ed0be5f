package claims

import (
	"fmt"
	"slices"

	"corroborate/internal/claims/nlp"
	"corroborate/internal/claims/nlp/lexicon"
	"corroborate/internal/claims/values"
)

// clash is a pair of units of two texts that cannot both be so.
type clash struct {
	kind Kind
	b, a int // the units
}

// clashAt is the share of the shorter text that the longer one must tell for
// anything in them to clash: beyond, they tell of different things. Of the rules
// below, those are kept that are right more often than wrong at this share on
// pairs which other people have labelled (training/pairs).
const clashAt = 0.6

// clashes looks for what b says and a excludes: a deed or a thing denied by one of
// them, opposite words, another number of one thing, another time.
func (m *matching) clashes() []clash {
	var denied, opposed, out []clash
	for i, u := range m.b.units {
		c := m.of[i]
		if c.unit < 0 || m.parts(i, c.unit) == 0 {
			continue
		}
		v := m.a.units[c.unit]
		if u.weight < 0.5 && !(c.contrary && u.pos == 'v' && v.pos == 'v') {
			continue // who "got" a prize has not declined it
		}
		switch {
		case c.contrary && u.denied == v.denied && m.e.excludes(u, v):
			opposed = append(opposed, clash{m.kindOfDeed(u), i, c.unit})
		case c.score >= insideScore && u.denied != v.denied && u.force == 0 && v.force == 0 && !m.deniesToo(u, v):
			denied = append(denied, clash{KindNegation, i, c.unit})
		}
	}
	if len(denied) == 0 || len(opposed) == 0 {
		out = append(denied, opposed...) // "not a bad idea" is "a good idea"
	}
	return append(out, m.measures()...)
}

// excludes tells contrary words that cannot both hold: opposites of news for verbs
// and nouns; any opposites for epithets, which then belong to one thing.
func (e *Engine) excludes(u, v unit) bool {
	for _, pos := range []lexicon.POS{lexicon.Verb, lexicon.Noun} {
		for _, x := range u.forms(pos) {
			for _, y := range v.forms(pos) {
				if e.lex.Conflict(x, y, pos) {
					return true
				}
			}
		}
	}
	return u.pos == 'a' && v.pos == 'a' || u.pos != v.pos && e.derivedSense(u.wordAt, v.wordAt) == contrary
}

func (m *matching) kindOfDeed(u unit) Kind {
	if u.pos == 'v' || verbal(u.wordAt) || u.pos == 'n' && m.e.lex.IsA(u.lemma, "act") {
		return KindAction
	}
	return KindScope
}

// deniesToo tells whether the text that does not deny a unit denies something else in
// the same sentence, which may come to the same: "will not cause it to end", "it will
// not end".
func (m *matching) deniesToo(u, v unit) bool {
	p := u.p
	if u.denied {
		p = v.p
	}
	return slices.ContainsFunc(p.toks, func(t nlp.Token) bool { return denyingWords[t.Norm] }) ||
		slices.ContainsFunc(p.toks, func(t nlp.Token) bool { return refusing[t.Lemma] || denyingVerbs[t.Lemma] || denyingNouns[t.Lemma] })
}

// measures finds numbers and times of b that a does not have and that a has another
// of.
func (m *matching) measures() []clash {
	var out []clash
	seen := map[Kind]bool{}
	add := func(k Kind, i, j int) {
		if !seen[k] {
			seen[k] = true
			out = append(out, clash{k, i, j})
		}
	}
	for i, u := range m.b.units {
		if m.of[i].score > 0 {
			continue
		}
		for j, v := range m.a.units {
			switch {
			case u.time != nil && v.time != nil && values.CompareTimes(*u.time, *v.time).Relation == values.Differs && m.oneDeed(i, j):
				add(KindTime, i, j)
			case u.number != nil && v.number != nil && u.pos == 'c' && v.pos == 'c' && m.otherNumber(*u.number, *v.number):
				add(KindNumber, i, j)
			}
		}
	}
	return out
}

// otherNumber tells two quantities that count or measure one thing and differ, of
// which the other text has no second.
func (m *matching) otherNumber(x, y values.Quantity) bool {
	if values.CompareQuantities(x, y) != values.Differs || x.Noun != y.Noun && (x.Unit == "" || x.Unit != y.Unit) {
		return false
	}
	of := 0
	for _, p := range m.a.art.sents {
		for _, q := range m.e.quantities(p) {
			if q.Unit == x.Unit && (q.Noun == x.Noun || x.Unit != "") {
				of++
			}
		}
	}
	return of == 1
}

// oneDeed tells whether the words that two times hang on are counterparts, and nothing
// else of that text tells a time.
func (m *matching) oneDeed(i, j int) bool {
	for _, l := range m.b.beside[i] {
		c := m.of[l.from+l.to-i]
		if l.to == i && c.score >= alikeScore && len(m.a.between(c.unit, j)) > 0 {
			return true
		}
	}
	return false
}

// difference words a clash as a difference; swapped is true when b was compared as the
// first statement.
func (m *matching) difference(c clash, swapped bool) foundDifference {
	w := [2]wording{{art: m.a.art}, {art: m.b.art}}
	u := [2]unit{m.a.units[c.a], m.b.units[c.b]}
	if swapped {
		w[0], w[1], u[0], u[1] = w[1], w[0], u[1], u[0]
	}
	var d foundDifference
	d.kind, d.between = c.kind, BetweenSources
	for i := range u {
		d.marks[i] = u[i].extent()
		d.values[i] = u[i].p.words(w[i].art.body, d.marks[i][0], d.marks[i][1])
	}
	d.explanation = fmt.Sprintf("%s says “%s”, %s says “%s”: both cannot be.", w[0].art.called, d.values[0], w[1].art.called, d.values[1])
	return d
}

// extent gives the tokens that tell a unit: a verb with its auxiliaries and negation,
// a noun with what denies it, a number or a time whole.
func (u unit) extent() [2]int {
	switch {
	case u.time != nil:
		return [2]int{u.time.From, u.time.To}
	case u.number != nil && u.pos == 'c':
		return [2]int{u.number.From, u.number.To}
	}
	from, to := u.tok, u.tok+1
	for _, k := range u.p.kids(u.tok, "aux", "auxpass", "neg", "det") {
		from, to = min(from, k), max(to, k+1)
	}
	return [2]int{from, to}
}

// told gives the share of the weight of b's words that a tells.
func (m *matching) told() float64 {
	told, whole := 0.0, 0.0
	for i, u := range m.b.units {
		told += u.weight * m.of[i].score
		whole += u.weight
	}
	return ratio(told, whole)
}
