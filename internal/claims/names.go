package claims

import (
	"strings"

	"corroborate/internal/claims/nlp"
)

// names finds the named entities of a sentence.
func (c *cast) names(p *parsed) []mention {
	var out []mention
	for i := 0; i < len(p.toks); i++ {
		if p.toks[i].Ent == "" {
			if j := c.givenName(p, i); j > i {
				if m, ok := c.personAt(p, i, j); ok {
					out = append(out, m)
				}
				i = j - 1
				continue
			}
			e := c.untagged(p.toks[i])
			if isName(p.toks[i]) && e == nil {
				e = c.family(p, i, i+1)
			}
			if e != nil {
				out = append(out, mention{from: i, to: i + 1, titled: i, ent: e})
			}
			continue
		}
		j := i + 1
		for j < len(p.toks) && p.toks[j].Ent == p.toks[i].Ent && !p.toks[j].EntBegin {
			j++
		}
		if m, ok := c.name(p, i, j); ok {
			out = append(out, m)
		}
		i = j - 1
	}
	return out
}

// givenName gives the end of a name that the tagger left alone: a known given
// name and the capitalised words behind it. It gives i where there is none.
func (c *cast) givenName(p *parsed, i int) int {
	if !isName(p.toks[i]) || c.gaz.Gender(p.toks[i].Text) == 0 {
		return i
	}
	j := i + 1
	for j < len(p.toks) && j <= i+3 && isName(p.toks[j]) && p.toks[j].Ent == "" && !isPunct(p.toks[j]) {
		j++
	}
	if j == i+1 {
		return i
	}
	return j
}

// namesPerson tells a name that the tagger took for something else: a title with
// a given name behind it, or a surname of somebody known behind a title or the
// given name.
func (c *cast) namesPerson(p *parsed, i, j int) bool {
	known := c.people[fold(p.toks[j-1].Text)]
	for k := i; k < j-1; k++ {
		if _, titled := c.gaz.Title(p.toks[k].Text); titled && (len(known) > 0 || k+2 < j && c.gaz.Gender(p.toks[k+1].Text) != 0) {
			return true
		}
		for _, e := range known {
			if fold(p.toks[k].Text) == fold(e.given) {
				return true
			}
		}
	}
	return false
}

func (c *cast) personAt(p *parsed, i, j int) (mention, bool) {
	m := mention{from: i, to: j, titled: i}
	m.ent, m.title, m.titled = c.personNamed(p, i, j)
	return m, m.ent != nil
}

// untagged reads a name that the tagger left alone: a place's adjective
// ("Colombian"), or the surname of somebody who is named elsewhere.
func (c *cast) untagged(t nlp.Token) *entity {
	if t.Text == t.Norm {
		return nil
	}
	if e := c.aliases[fold(t.Text)]; e != nil {
		return e
	}
	if es := c.people[fold(t.Text)]; len(es) > 0 && isName(t) {
		return es[0]
	}
	if pl, ok := c.gaz.Place(t.Text); ok {
		return c.other("place", pl.Key, pl.Name)
	}
	return nil
}

// family gives for "the Hunters" the person of that surname whom the article names.
func (c *cast) family(p *parsed, i, j int) *entity {
	if i+1 != j || i == 0 || p.toks[i-1].Norm != "the" {
		return nil
	}
	plural := fold(p.toks[i].Text)
	for _, end := range []string{"s", "es"} {
		if surname, ok := strings.CutSuffix(plural, end); ok && len(c.people[surname]) > 0 {
			return c.people[surname][0]
		}
	}
	return nil
}

// name makes a mention of the entity at tokens [i, j).
func (c *cast) name(p *parsed, i, j int) (mention, bool) {
	for i < j && (p.toks[i].Norm == "the" || isPunct(p.toks[i])) {
		i++
	}
	for j > i && (p.toks[j-1].Tag == "POS" || p.toks[j-1].Tag == "IN" || isPunct(p.toks[j-1])) {
		j--
	}
	if i >= j {
		return mention{}, false
	}
	text := plainName(p.toks[i:j])
	m := mention{from: i, to: j, titled: i}
	switch p.toks[i].Ent {
	case "DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY":
		return m, false
	}
	if e := c.aliases[fold(text)]; e != nil {
		m.ent = e
		return m, true
	}
	if e := c.family(p, i, j); e != nil {
		m.ent = e
		return m, true
	}
	if p.toks[i].Ent == "PERSON" {
		return c.personAt(p, i, j)
	}
	if c.namesPerson(p, i, j) {
		return c.personAt(p, i, j)
	}
	switch p.toks[i].Ent {
	case "GPE", "LOC", "NORP", "FAC":
		if pl, ok := c.gaz.Place(text); ok {
			m.ent = c.other("place", pl.Key, pl.Name)
			return m, true
		}
	}
	if key, ok := c.gaz.Organisation(text); ok {
		m.ent = c.other("org", key, text)
		return m, true
	}
	if key, ok := c.gaz.Outlet(text); ok {
		m.ent = c.other("org", key, text)
		return m, true
	}
	if pl, ok := c.gaz.Place(text); ok {
		m.ent = c.other("place", pl.Key, pl.Name)
		return m, true
	}
	if es := c.people[fold(p.toks[j-1].Text)]; len(es) > 0 && j-i <= 3 {
		return c.personAt(p, i, j)
	}
	kind := map[string]string{"ORG": "org", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "place"}[p.toks[i].Ent]
	if kind == "" {
		kind = "other"
	}
	m.ent = c.other(kind, fold(text), text)
	return m, true
}
