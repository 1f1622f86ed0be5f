package claims

import (
	"cmp"
	"slices"
)

// voicing finds for whom "he" and "she" stand where they speak. A speaker goes on
// speaking: the pronoun is the person who spoke last, unless the article has in
// its own words made somebody else the subject since. Who is named inside what is
// told does not count, nor whose lawyer it is who speaks.
type voicing struct {
	x *article
	// last is the person who spoke last, lastEnd where that speaker was named, and
	// lastBlock in which paragraph.
	last      *entity
	lastEnd   int
	lastBlock int
}

// farSpeaker is the most paragraphs between a speaker and the pronoun for it.
const farSpeaker = 2

// resolveVoices resolves the pronouns that are the sources of speech, in the
// order of the text.
func (x *article) resolveVoices() {
	v := &voicing{x: x}
	x.holders = x.officeHolders()
	told := slices.Clone(x.told)
	slices.SortStableFunc(told, func(a, b reading) int {
		return cmp.Or(cmp.Compare(a.p.start, b.p.start), cmp.Compare(a.source, b.source))
	})
	for _, r := range told {
		if r.source >= 0 && r.speech() != notReporting {
			v.hear(r)
		}
	}
}

// officeHolders gives who is called by a title in the article: "Senator Maria
// Lopez", "Lopez, the senator". A rank that two people have is nobody's.
func (x *article) officeHolders() map[string]*entity {
	out := map[string]*entity{}
	give := func(title string, e *entity) {
		rank, ok := x.cast.gaz.Title(title)
		if !ok {
			return
		}
		if was, taken := out[rank]; taken && was != e {
			e = nil
		}
		out[rank] = e
	}
	for _, p := range x.sents {
		for _, m := range x.cast.mentions[p] {
			if m.ent.kind != "person" {
				continue
			}
			give(m.title, m.ent)
			head := p.toks[m.to-1]
			for _, a := range p.kids(m.to-1, "appos") {
				give(p.toks[a].Norm, m.ent)
			}
			if head.Dep == "appos" && isNoun(p.toks[head.Head]) {
				give(p.toks[head.Head].Norm, m.ent)
			}
		}
	}
	return out
}

// holderAt gives the person whom "the senator" at token i stands for, nil for
// nobody.
func (x *article) holderAt(p *parsed, i int) *entity {
	d := p.kid(i, "det")
	if d < 0 || p.toks[d].Norm != "the" || isName(p.toks[i]) {
		return nil
	}
	rank, ok := x.cast.gaz.Title(p.toks[i].Norm)
	if !ok {
		return nil
	}
	return x.holders[rank]
}

// hear resolves the source of one reading and remembers who it was.
func (v *voicing) hear(r reading) {
	p, t := r.p, r.p.toks[r.source]
	gender := map[string]byte{"he": 'm', "she": 'f'}[t.Norm]
	if gender != 0 && v.goesOn(p, t.Start, gender) {
		v.last.gender = gender
		v.x.cast.pronouns[p][r.source] = v.last
	}
	if s := v.x.speakerAt(p, r.source); s.ent != nil && s.ent.kind == "person" {
		v.last, v.lastEnd, v.lastBlock = s.ent, p.toks[r.source].End, p.block
	}
}

// goesOn tells whether a pronoun at byte at of sentence p may be the last
// speaker.
func (v *voicing) goesOn(p *parsed, at int, gender byte) bool {
	if v.last == nil || p.block-v.lastBlock > farSpeaker || v.last.gender != 0 && v.last.gender != gender {
		return false
	}
	for _, s := range v.x.sents {
		if s.end < v.lastEnd || s.start > at {
			continue
		}
		for _, m := range v.x.cast.mentions[s] {
			if v.takesOver(s, m, at, gender) {
				return false
			}
		}
	}
	return true
}

// takesOver tells a mention behind the last speaker, before byte at, of another
// person who is the subject of a clause in the article's own words.
func (v *voicing) takesOver(s *parsed, m mention, at int, gender byte) bool {
	e := m.ent
	if e.kind != "person" || e == v.last || e.gender != 0 && e.gender != gender {
		return false
	}
	t := s.toks[m.to-1]
	if t.Start < v.lastEnd || t.Start >= at || t.Dep != "nsubj" && t.Dep != "nsubjpass" || s.quote[m.to-1] >= 0 {
		return false
	}
	return !slices.ContainsFunc(v.x.told, func(r reading) bool { return r.start <= t.Start && t.Start < r.end })
}

// speech gives the force of a reading whose cue tells of words, notReporting for
// what only tells of a mind or a deed.
func (r reading) speech() reportForce {
	switch t := r.p.toks[r.cue]; t.Norm {
	case ":", "according", "per":
		return neutral
	default:
		if r.p.idiom(r.cue, r.rel) != "" {
			return neutral
		}
		return reportingForce(t.Lemma)
	}
}
