package claims

import (
	"slices"
	"strings"

	"corroborate/internal/claims/nlp/lexicon"
	"corroborate/internal/claims/values"
)

// measures compares the numbers and times that a gap touches on both sides. done is
// true when they decide the gap: one kind differs, or all are the same. What the other
// wording tells elsewhere has only changed its place.
func (r *reworder) measures(g hunk) (k Kind, done bool) {
	ta, tb := r.timesIn(r.a, g.a0, g.a1), r.timesIn(r.b, g.b0, g.b1)
	if len(ta) > 0 && len(tb) > 0 {
		if x, y := ta[0], tb[0]; (values.CompareTimes(x, y).Relation == values.Differs || sameForm(x, y)) && !r.timeElsewhere(x, r.b, false) && !r.timeElsewhere(y, r.a, true) {
			return KindTime, true
		}
		return "", true // "today" and "Tuesday" may be one day
	}
	qa, qb := r.numbersIn(r.a, g.a0, g.a1), r.numbersIn(r.b, g.b0, g.b1)
	if len(qa) > 0 && len(qb) > 0 {
		if x, y := qa[0], qb[0]; otherQuantity(x, y) && !r.numberElsewhere(x, r.b) && !r.numberElsewhere(y, r.a) {
			return KindNumber, true
		}
		return "", true
	}
	if digits(r.a, g.a0, g.a1) && digits(r.b, g.b0, g.b1) {
		return KindNumber, true
	}
	return "", false
}

// otherQuantity tells two numbers that cannot be one. Where both counts are hedged alike
// the hedge is none: "over 40" in the place of "over 45".
func otherQuantity(x, y values.Quantity) bool {
	if x.Approx == y.Approx && x.Unit == "" && y.Unit == "" {
		x.Approx, y.Approx = values.Exact, values.Exact
	}
	return values.CompareQuantities(x, y) == values.Differs
}

// timeElsewhere tells whether the other wording has a time in another of the places where
// they part. What both tell is no other word for it: "Saturday" of "the Saturday Evening Post".
func (r *reworder) timeElsewhere(x values.Time, w wording, swapped bool) bool {
	return slices.ContainsFunc(r.gaps, func(g hunk) bool {
		from, to := g.b0, g.b1
		if swapped {
			from, to = g.a0, g.a1
		}
		return slices.ContainsFunc(r.timesIn(w, from, to), func(y values.Time) bool { return values.CompareTimes(x, y).Relation == values.Same })
	})
}

func (r *reworder) numberElsewhere(x values.Quantity, w wording) bool {
	return slices.ContainsFunc(r.numbersIn(w, 0, len(w.words)), func(y values.Quantity) bool {
		return x.Unit == y.Unit && x.Low == y.Low
	})
}

// sameForm tells times that are told in one way, so that other words are another
// time: two weekdays, months, years or periods.
func sameForm(x, y values.Time) bool {
	switch {
	case x.Relative != "" || y.Relative != "":
		return x.Relative == y.Relative && x.Span != y.Span && x.Span != "" && y.Span != ""
	case x.HasWeekday || y.HasWeekday:
		return x.HasWeekday && y.HasWeekday && x.Weekday != y.Weekday
	}
	return x.Month == 0 && y.Month == 0 && x.Year > 0 && y.Year > 0 && x.Year != y.Year
}

// spelledTogether tells a gap whose two sides differ in hyphens, marks and spaces
// alone: "non-binding" and "nonbinding", "don't" and "dont".
func (r *reworder) spelledTogether(g hunk) bool {
	letters := func(w wording, from, to int) string {
		var b strings.Builder
		for i := from; i < to; i++ {
			for _, c := range fold(w.words[i].p.toks[w.words[i].tok].Text) {
				if isWordRune(c) {
					b.WriteRune(c)
				}
			}
		}
		return b.String()
	}
	return g.a0 < g.a1 && g.b0 < g.b1 && letters(r.a, g.a0, g.a1) == letters(r.b, g.b0, g.b1)
}

// samePlaceOrInitials tells a gap in which a place stands for what holds it, or initials
// or a clipped name for the words that they stand for.
func (r *reworder) samePlaceOrInitials(g hunk) bool {
	if g.a0 == g.a1 || g.b0 == g.b1 {
		return false
	}
	ta, tb := strings.TrimPrefix(r.a.text(g.a0, g.a1), "the "), strings.TrimPrefix(r.b.text(g.b0, g.b1), "the ")
	if acronymOf(ta, tb) || acronymOf(tb, ta) || hasCapital(ta) && hasCapital(tb) && (clipped(ta, tb) || clipped(tb, ta)) {
		return true
	}
	pa, oka := r.e.gaz.Place(ta)
	pb, okb := r.e.gaz.Place(tb)
	return oka && okb && (pa.Key == pb.Key || r.e.gaz.Contains(pa.Key, pb.Key) || r.e.gaz.Contains(pb.Key, pa.Key))
}

// digits tells whether a number that no quantity is made of stands among the words.
func digits(w wording, from, to int) bool {
	for i := from; i < to; i++ {
		if w.words[i].p.toks[w.words[i].tok].Tag == "CD" {
			return true
		}
	}
	return false
}

func (r *reworder) timesIn(w wording, from, to int) []values.Time {
	var out []values.Time
	for i := from; i < to; i++ {
		for _, t := range r.e.times(w.art, w.words[i].p) {
			if t.From <= w.words[i].tok && w.words[i].tok < t.To && (len(out) == 0 || out[len(out)-1].From != t.From) {
				out = append(out, t)
			}
		}
	}
	return out
}

func (r *reworder) numbersIn(w wording, from, to int) []values.Quantity {
	var out []values.Quantity
	for i := from; i < to; i++ {
		for _, q := range r.e.quantities(w.words[i].p) {
			if q.From <= w.words[i].tok && w.words[i].tok < q.To && (len(out) == 0 || out[len(out)-1].From != q.From) {
				out = append(out, q)
			}
		}
	}
	return out
}

// denials counts the words that deny something that both wordings have, or that has
// its counterpart in the gap's other side (facing): an added clause denies nothing of
// the rest.
func (r *reworder) denials(w wording, from, to int, facing bool) int {
	n := 0
	for i := from; i < to; i++ {
		x := w.words[i]
		t := x.p.toks[x.tok]
		next, head := "", t.Head
		if t.Norm == "no" && x.p.toks[head].Norm == "one" {
			head = x.p.toks[head].Head // "no one has": what is denied is the verb
		}
		if x.tok+1 < len(x.p.toks) {
			next = x.p.toks[x.tok+1].Norm
		}
		switch {
		case denyingWords[t.Norm] && (weakNegation[next] || exceptions[next]):
		case denyingWords[t.Norm] && (facing || r.isCommon(w, x.p, head)),
			posOf(t) == 'v' && (denyingVerbs[x.lemma] || refusing[x.lemma] && x.p.kid(x.tok, "xcomp") >= 0),
			denyingNouns[x.lemma] && posOf(t) == 'n':
			n++
		}
	}
	return n
}

// undoes tells a word with a prefix that denies the rest of it: "unknown".
func (e *Engine) undoes(x wordAt) bool {
	rest, ok := strings.CutPrefix(x.lemma, "un")
	return ok && len(rest) >= 4 && (e.lex.Known(rest, lexicon.Adjective) || e.lex.Known(rest, lexicon.Verb))
}

// isCommon tells whether a token of a wording is one of the words in common.
func (r *reworder) isCommon(w wording, p *parsed, tok int) bool {
	for _, c := range r.common {
		for _, x := range []wordAt{r.a.words[c[0]], r.b.words[c[1]]} {
			if x.p == p && x.tok == tok {
				return true
			}
		}
	}
	return false
}

// denyingWords deny the clause that they stand in, denyingVerbs and denyingNouns what
// they govern.
var (
	denyingWords = set(denials + `|hardly|rarely|seldom|unable`)
	denyingVerbs = set(`deny|lack|avoid|prevent|forbid|prohibit`)
	denyingNouns = set(`failure|refusal|absence|lack`)
)

// kindOf gives the kind of difference that word i in the place of word j makes, by
// what the words name and by the part they play.
func (r *reworder) kindOf(i, j int, s sense) Kind {
	x, y := r.a.words[i], r.b.words[j]
	switch {
	case r.inTime(r.a, x) && r.inTime(r.b, y):
		return KindTime
	case r.placed(x) && r.placed(y):
		return KindPlace
	case r.named(x) || r.named(y):
		return KindName
	case verbal(x) || verbal(y):
		return KindAction
	case r.situated(x, sites) && r.situated(y, sites) && (r.e.located(x) || r.e.located(y)):
		return KindPlace
	case r.e.names(x) || r.e.names(y):
		return KindName
	case r.situated(x, locative) && r.situated(y, locative) && (r.e.located(x) || r.e.located(y)):
		return KindPlace
	case r.situated(x, temporal) && r.situated(y, temporal):
		return KindTime
	case s == contrary && (r.deedNoun(x) || r.deedNoun(y)):
		return KindAction
	}
	return KindScope
}

// sites are the prepositions behind which a building is a place and no body of persons.
var sites = set(`in|at|near|outside|inside|into|across|off|around`)

var temporal = set(`during|after|before|since|until|till|by`)

func (r *reworder) inTime(w wording, x wordAt) bool {
	for _, t := range r.e.times(w.art, x.p) {
		if t.From <= x.tok && x.tok < t.To {
			return true
		}
	}
	return false
}

// placed tells a word of a place's name: what the gazetteer or the tagger takes for
// one.
func (r *reworder) placed(x wordAt) bool {
	t := x.p.toks[x.tok]
	if e := r.entity(x); e != nil && (e.kind == "place" || e.name != t.Text || e.kind == "person") {
		return e.kind == "place"
	}
	if t.Ent == "GPE" || t.Ent == "LOC" || t.Ent == "FAC" {
		return true
	}
	pl, ok := r.e.gaz.Place(t.Text)
	return ok && !pl.Weak
}

func (r *reworder) named(x wordAt) bool {
	e := r.entity(x)
	return e != nil && e.kind != "place" || isName(x.p.toks[x.tok])
}

// verbal tells a word that says what is done or how something is: the predicate of
// a clause.
func verbal(x wordAt) bool {
	t := x.p.toks[x.tok]
	return strings.HasPrefix(t.Tag, "VB") && !modifies(x) || t.Dep == "acomp" || t.Dep == "oprd" || t.Dep == "ROOT" && posOf(t) == 'a'
}

// names tells a word for a person or a body of persons, or an epithet of one.
func (e *Engine) names(x wordAt) bool {
	of := func(t int) bool {
		w := x.p.toks[t]
		return isNoun(w) && (e.lex.IsA(lemmaOf(w), "person") || e.lex.IsA(lemmaOf(w), "organization"))
	}
	return of(x.tok) || modifies(x) && of(x.p.toks[x.tok].Head)
}

func (e *Engine) located(x wordAt) bool {
	return e.lex.IsA(x.lemma, "place") || e.lex.IsA(x.lemma, "artifact") || e.lex.IsA(x.lemma, "event")
}

// situated tells the object of one of the prepositions, or an epithet of it.
func (r *reworder) situated(x wordAt, prepositions map[string]bool) bool {
	i := x.tok
	if modifies(x) {
		i = x.p.toks[i].Head
	}
	h := x.p.toks[i].Head
	return x.p.toks[i].Dep == "pobj" && prepositions[x.p.toks[h].Norm]
}

func (r *reworder) deedNoun(x wordAt) bool {
	return isNoun(x.p.toks[x.tok]) && r.e.lex.IsA(x.lemma, "act")
}

// sameEntity tells two names of one person, body or place: one key, one holding the
// other, or a word in common that is long enough to be told by.
func sameEntity(e *Engine, x, y *entity) bool {
	if x.kind == y.kind && x.key == y.key {
		return x.given == "" || y.given == "" || e.gaz.SameGivenName(x.given, y.given) || initialOf(x.given, y.given) || initialOf(y.given, x.given)
	}
	if x.kind == "place" && y.kind == "place" {
		return e.gaz.Contains(x.key, y.key) || e.gaz.Contains(y.key, x.key)
	}
	if x.kind == "person" && y.kind == "person" {
		return transcribed(x.name, y.name)
	}
	return acronymOf(x.name, y.name) || acronymOf(y.name, x.name) || x.kind == y.kind && (clipped(x.name, y.name) || clipped(y.name, x.name))
}

// acronymOf tells whether short is the initials of long's capitalised words.
func acronymOf(short, long string) bool {
	if len(short) > longestName || len(long) > longestName {
		return false
	}
	short = strings.ReplaceAll(short, ".", "")
	if len(short) < 2 || strings.ToUpper(short) != short {
		return false
	}
	initials := ""
	for w := range strings.FieldsSeq(long) {
		if c := w[:1]; strings.ToUpper(c) == c {
			initials += c
		}
	}
	return initials == short
}
