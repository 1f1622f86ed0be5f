package claims

import "strings"

// offices gives who is meant by an office or a description: "the House majority
// leader" is Eric Cantor in every article of a story in which somebody calls Eric
// Cantor that, and nobody else. A description that two people of the story share
// means nobody.
type offices map[string]*entity

// officesOf learns the offices of a story from titles before names and from
// appositions on either side of a name.
func officesOf(all []*statement) offices {
	o := offices{}
	seen := map[*article]bool{}
	for _, s := range all {
		if seen[s.art] {
			continue
		}
		seen[s.art] = true
		for _, p := range s.art.sents {
			for _, m := range s.art.cast.mentions[p] {
				if m.ent.kind == "person" {
					o.learn(strings.Fields(m.title), m.ent)
					o.appositions(p, m)
				}
			}
		}
	}
	return o
}

// appositions learns what stands beside a name: "Eric Cantor, the House majority
// leader" and "the House majority leader, Eric Cantor".
func (o offices) appositions(p *parsed, m mention) {
	last := m.to - 1
	if h := p.toks[last].Head; p.toks[last].Dep == "appos" && isNoun(p.toks[h]) {
		o.learn(description(p, h), m.ent)
	}
	if k := p.kid(last, "appos"); k >= 0 && isNoun(p.toks[k]) {
		o.learn(description(p, k), m.ent)
	}
}

// description gives the words of a noun phrase up to its head, without articles
// and possessives.
func description(p *parsed, head int) []string {
	from := head
	for from > 0 && p.toks[from-1].Head == head && describes[p.toks[from-1].Dep] {
		from--
	}
	var words []string
	for _, t := range p.toks[from : head+1] {
		words = append(words, t.Norm)
	}
	return words
}

var describes = set(`compound|amod|nmod`)

// learn notes the holder of an office under it and under its shorter names: the
// "U.S. homeland security secretary" is the "security secretary".
func (o offices) learn(words []string, holder *entity) {
	for _, w := range words {
		if notHeld[w] {
			return
		}
	}
	for i := range words {
		name := strings.Join(words[i:], " ")
		switch old, known := o[name]; {
		case !known:
			o[name] = holder
		case old != nil && old.key != holder.key:
			o[name] = nil
		}
	}
}

// notHeld are words of offices that somebody else holds by now, or may yet.
var notHeld = set(`former|then|ex|late|acting|onetime|would-be|incoming|outgoing|mr.|mrs.|ms.|mr|mrs|ms|dr.|dr|sir|dame|lord|lady`)

// holder gives whom a definite noun phrase stands for, nil when it is nobody's
// office, and where the description begins.
func (o offices) holder(p *parsed, head int) (e *entity, from int) {
	if !isNoun(p.toks[head]) || !definite(p, head) {
		return nil, head
	}
	words := description(p, head)
	for i := range words {
		if e := o[strings.Join(words[i:], " ")]; e != nil {
			return e, head + 1 - len(words)
		}
	}
	return nil, head
}

// definite tells a noun phrase that points to somebody already known.
func definite(p *parsed, head int) bool {
	d := p.kid(head, "det")
	return d >= 0 && (p.toks[d].Norm == "the" || p.toks[d].Norm == "this")
}

// named replaces the words of a statement that only say who somebody is by that
// person: an office that stands for its holder, and titles before names.
func (o offices) named(s *statement) []term {
	p := s.draft.p
	gone := map[int]bool{}
	for _, m := range s.art.cast.mentions[p] {
		if m.ent.kind == "person" {
			for i := m.titled; i < m.from; i++ {
				gone[i] = true
			}
		}
	}
	who := map[int]*entity{}
	for _, t := range s.slots.terms {
		if t.ent == nil && t.pos == 'n' && !gone[t.tok] {
			if e, from := o.holder(p, t.tok); e != nil {
				who[t.tok] = e
				for i := from; i < t.tok; i++ {
					gone[i] = true
				}
			}
		}
	}
	var out []term
	for _, t := range s.slots.terms {
		if gone[t.tok] {
			continue
		}
		if e := who[t.tok]; e != nil {
			t.ent, t.lemma = e, fold(e.name)
		}
		out = append(out, t)
	}
	return out
}
