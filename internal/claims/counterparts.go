package claims

import (
	"math"

	"corroborate/internal/claims/nlp/lexicon"
	"corroborate/internal/claims/values"
)

// counterpart is the unit of another text that tells what a unit tells.
type counterpart struct {
	// unit is its index, -1 where nothing tells it; score how surely, 0 to 1.
	unit  int
	score float64
	// contrary is true when the two exclude one another.
	contrary bool
}

// matching finds, for each unit of one text, its counterpart in another.
type matching struct {
	e    *Engine
	b, a *linkage
	of   []counterpart
}

const (
	sameScore     = 1.0
	namedScore    = 0.9 // a short form, an acronym, a people for its country
	alikeScore    = 0.8 // a synonym or a derived word
	insideScore   = 0.7 // a place for what holds it, a kind for what it is a kind of
	contraryScore = 0.5
	// relatedScore is for words under one narrow term.
	relatedScore = 0.35
	// tieScore is how far below the best a candidate may be to be chosen for the parts
	// it plays, partBonus what each such part counts.
	tieScore  = 0.15
	partBonus = 0.1
)

// match finds the counterparts of b's units in a: first by the words, then, among
// those that are as good, by the parts that they play.
func (e *Engine) match(b, a *linkage) *matching {
	m := &matching{e: e, b: b, a: a, of: make([]counterpart, len(b.units))}
	options := make([][]counterpart, len(b.units))
	for i, u := range b.units {
		m.of[i] = counterpart{unit: -1}
		for j, v := range a.units {
			c := e.counterpart(u, v)
			if c.score == 0 {
				continue
			}
			c.unit = j
			options[i] = append(options[i], c)
			if c.score > m.of[i].score {
				m.of[i] = c
			}
		}
	}
	for range 2 {
		m.settle(options)
	}
	return m
}

// settle picks among a unit's best candidates the one whose neighbours are the
// counterparts of its own neighbours.
func (m *matching) settle(options [][]counterpart) {
	next := make([]counterpart, len(m.of))
	for i := range m.of {
		next[i] = m.of[i]
		best := math.Inf(-1)
		for _, c := range options[i] {
			if c.score < m.of[i].score-tieScore {
				continue
			}
			if s := c.score + partBonus*float64(m.parts(i, c.unit)); s > best {
				best, next[i] = s, c
			}
		}
	}
	copy(m.of, next)
}

// parts counts the links of unit i of b that unit j of a has too.
func (m *matching) parts(i, j int) int {
	n := 0
	for _, l := range m.b.beside[i] {
		o := m.of[l.from+l.to-i].unit
		if o >= 0 && len(m.a.between(j, o)) > 0 {
			n++
		}
	}
	return n
}

// between gives the links between two units, either way.
func (r *linkage) between(i, j int) []link {
	var out []link
	for _, l := range r.beside[i] {
		if l.from == j || l.to == j {
			out = append(out, l)
		}
	}
	return out
}

// counterpart compares two units by what they name, measure or mean.
func (e *Engine) counterpart(u, v unit) counterpart {
	switch {
	case u.measured() && v.measured():
		if c, ok := e.sameMeasure(u, v); ok {
			return c
		}
	case u.ent != nil && v.ent != nil && sameEntity(e, u.ent, v.ent):
		if u.ent.key == v.ent.key {
			return counterpart{score: sameScore}
		}
		return counterpart{score: insideScore}
	}
	if u.lemma == v.lemma || u.text() == v.text() {
		return counterpart{score: sameScore}
	}
	if u.name() || v.name() {
		if e.namedAlike(u.wordAt, v.wordAt, u.ent, v.ent) {
			return counterpart{score: namedScore}
		}
		if u.ent == nil && v.ent == nil && e.senseOf(u.wordAt, v.wordAt) == alike {
			return counterpart{score: alikeScore}
		}
		return counterpart{}
	}
	switch e.senseOf(u.wordAt, v.wordAt) {
	case alike:
		return counterpart{score: alikeScore}
	case contrary:
		return counterpart{score: contraryScore, contrary: true}
	}
	if u.pos == 'n' && v.pos == 'n' && e.lex.IsA(v.lemma, u.lemma) {
		return counterpart{score: insideScore}
	}
	if u.pos == v.pos && u.pos != 'c' && e.lex.Similarity(u.lemma, v.lemma, lexicon.POS(u.pos)) >= relatedScore {
		return counterpart{score: relatedScore}
	}
	return counterpart{}
}

// sameMeasure compares two numbers or two times.
func (e *Engine) sameMeasure(u, v unit) (counterpart, bool) {
	switch {
	case u.time != nil && v.time != nil:
		if values.CompareTimes(*u.time, *v.time).Relation == values.Same {
			return counterpart{score: sameScore}, true
		}
	case u.number != nil && v.number != nil && u.pos == 'c' && v.pos == 'c':
		if values.CompareQuantities(*u.number, *v.number) == values.Same {
			return counterpart{score: sameScore}, true
		}
		return counterpart{}, true
	}
	return counterpart{}, false
}

// namedAlike compares a name with a word that may mean what it names: "Italy" and
// "Italian", initials and the words they stand for, two spellings.
func (e *Engine) namedAlike(x, y wordAt, ex, ey *entity) bool {
	tx, ty := x.p.toks[x.tok].Text, y.p.toks[y.tok].Text
	if px, ok := e.gaz.Place(tx); ok {
		if py, ok := e.gaz.Place(ty); ok && px.Key == py.Key {
			return true
		}
	}
	return ex != nil && acronymOf(ty, ex.name) || ey != nil && acronymOf(tx, ey.name) || nameSpelledAlike(x.lemma, y.lemma)
}

// nameSpelledAlike tells two spellings of one name: a letter more, less or other in a
// name of six letters or more.
func nameSpelledAlike(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return spelledAlike(a, b) || len(a) >= 6 && oneEdit(a, b)
}
