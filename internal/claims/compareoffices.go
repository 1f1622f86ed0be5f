package claims

import "fmt"

// offices compares who did a deed where both call him by an office alone: the deputy
// governor is not the governor, and who was minister is not who is.
func (c *comparison) offices() {
	if !c.sameDeed() {
		return
	}
	for _, heads := range []func(*statement) (term, bool){subject, object} {
		x, ok := heads(c.a)
		y, also := heads(c.b)
		if !ok || !also || x.ent != nil || y.ent != nil || x.lemma != y.lemma || !c.al.e.lex.IsA(x.lemma, "person") {
			continue
		}
		if standing(c.a, x.tok) == standing(c.b, y.tok) || !soleHolder(c.a, x.tok) || !soleHolder(c.b, y.tok) {
			continue
		}
		a, b := officeMark(c.a, x.tok), officeMark(c.b, y.tok)
		va, vb := c.a.draft.p.words(c.a.art.body, a[0], a[1]), c.b.draft.p.words(c.b.art.body, b[0], b[1])
		c.differ(KindName, [2]string{va, vb}, [2][2]int{a, b}, fmt.Sprintf("%s names the %s, %s the %s.", c.a.art.called, va, c.b.art.called, vb))
		return
	}
}

// standing gives the word before an office that makes its holder another person.
func standing(s *statement, i int) string {
	p := s.draft.p
	for _, k := range p.kids(i, "amod", "compound", "nmod") {
		if w := standings[p.toks[k].Norm]; w != "" && k < i {
			return w
		}
	}
	return ""
}

var standings = map[string]string{"deputy": "deputy", "vice": "deputy", "assistant": "deputy", "associate": "deputy", "former": "former", "ex": "former"}

// soleHolder tells an office with a sole holder: "the governor", "its director".
func soleHolder(s *statement, i int) bool {
	p := s.draft.p
	if p.toks[i].Tag == "NNS" {
		return false
	}
	d := p.kid(i, "det")
	return d >= 0 && p.toks[d].Norm == "the" || d < 0 && p.kid(i, "poss") >= 0
}

func officeMark(s *statement, i int) [2]int {
	from := i
	for _, k := range s.draft.p.kids(i, "amod", "compound", "nmod") {
		from = min(from, k)
	}
	return [2]int{max(from, s.draft.from), i + 1}
}
