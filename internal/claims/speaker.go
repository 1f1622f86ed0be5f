package claims

import (
	"strings"

	"corroborate/internal/claims/gazetteer"
)

// quoteSpeaker is who speaks a quotation. name is empty when the text does not
// say.
type quoteSpeaker struct {
	ent  *entity
	name string
	// cited is true when an attribution holds the quotation.
	cited bool
	// inherited is true when no verb of speech stands by the quotation itself.
	inherited bool
}

// quoteSpeakers gives the speaker of each quotation: the source of the
// attribution that holds it; else the subject of a reporting verb in a sentence
// that the quotation touches; else, for a quotation that goes on in the paragraph
// or reopens in the next, the speaker before it.
func (x *article) quoteSpeakers() map[int]quoteSpeaker {
	out := map[int]quoteSpeaker{}
	for _, r := range x.told {
		x.speakerFromReading(r, out)
	}
	for _, p := range x.sents {
		for i := range p.toks {
			x.speakerFromVerb(p, i, out)
		}
	}
	x.inheritSpeakers(out)
	return out
}

// speakerFromReading gives the source of an attribution the quotations that it
// holds.
func (x *article) speakerFromReading(r reading, out map[int]quoteSpeaker) {
	if r.source < 0 {
		return
	}
	s := x.speakerAt(r.p, r.source)
	for i, q := range x.quotes {
		s.cited = true
		if s.name != "" && r.start <= q.start && q.end <= r.end {
			out[i] = s
		}
	}
}

// framed gives a draft in the article's own voice the speech that it is part of:
// "Prices will fall, as the minister put it".
func (x *article) framed(d draft) draft {
	if d.frame.verb >= 0 || d.aside {
		return d
	}
	pred := d.p.toks[d.pred]
	for _, r := range x.told {
		if r.p != d.p || pred.Start < r.start || pred.End > r.end || r.cue == d.pred {
			continue
		}
		force := r.speech()
		if force == notReporting || r.source < 0 || !r.clausal() {
			continue
		}
		d.frame.verb, d.frame.speaker, d.frame.force, d.frame.negated = r.cue, r.source, force, r.p.negated(r.cue)
	}
	return d
}

// speakerFromVerb reads the subject of a reporting verb outside quotation marks
// as the speaker of the quotations in its sentence.
func (x *article) speakerFromVerb(p *parsed, v int, out map[int]quoteSpeaker) {
	if p.quote[v] >= 0 || !isVerb(p.toks[v]) || reportingForce(p.toks[v].Lemma) == notReporting {
		return
	}
	subj := x.subjectOf(p, v)
	if subj < 0 || p.quote[subj] >= 0 {
		return
	}
	s := x.speakerAt(p, subj)
	for i := range p.toks {
		q := p.quote[i]
		if q < 0 {
			continue
		}
		if told, ok := out[q]; !ok || !told.cited && p.within(i, v) {
			out[q] = s
		}
	}
}

// subjectOf gives the subject of a verb, its own or that of the verb it is
// coordinated with or hangs on.
func (x *article) subjectOf(p *parsed, v int) int {
	for steps := 0; steps < 4; steps++ {
		if s := p.kid(v, "nsubj", "nsubjpass"); s >= 0 {
			return s
		}
		t := p.toks[v]
		switch t.Dep {
		case "conj", "advcl", "xcomp", "acl", "ccomp":
			v = t.Head
		default:
			return -1
		}
	}
	return -1
}

// inheritSpeakers gives quotations without a reporting verb the speaker of the
// quotation just before, within a paragraph or where print's rule for running
// quotations reopens it.
func (x *article) inheritSpeakers(out map[int]quoteSpeaker) {
	blocks := blocksOf(x.body)
	at := func(pos int) int {
		for i, b := range blocks {
			if pos < b.end {
				return i
			}
		}
		return len(blocks)
	}
	for i := range x.quotes {
		if _, ok := out[i]; ok {
			continue
		}
		if i > 0 && at(x.quotes[i-1].start) == at(x.quotes[i].start) || i > 0 && x.runsOn(i) {
			if s, ok := out[i-1]; ok {
				s.inherited = true
				out[i] = s
				continue
			}
		}
		if i+1 < len(x.quotes) && at(x.quotes[i+1].start) == at(x.quotes[i].start) {
			if s, ok := out[i+1]; ok {
				s.inherited = true
				out[i] = s
			}
		}
	}
}

// runsOn tells a quotation whose predecessor was left open at the end of its
// paragraph.
func (x *article) runsOn(i int) bool {
	between := x.body[x.quotes[i-1].end:x.quotes[i].start]
	return strings.TrimSpace(strings.Trim(strings.TrimSpace(between), "“\"")) == "" && strings.Contains(between, "\n")
}

// speakerAt gives the speaker that token i names or stands for.
func (x *article) speakerAt(p *parsed, i int) quoteSpeaker {
	if e := x.subjectAt(p, i); e != nil && p.toks[i].Tag != "PRP$" {
		return quoteSpeaker{ent: e, name: e.name}
	}
	if v := p.toks[i].Head; isPronoun(p.toks[i]) {
		if p.toks[v].Dep == "relcl" && (p.toks[i].Tag == "WP" || p.toks[i].Tag == "WDT") && p.toks[v].Head != i {
			return x.speakerAt(p, p.toks[v].Head) // "the judge, who said …"
		}
		return quoteSpeaker{}
	}
	if e := x.holderAt(p, i); e != nil {
		return quoteSpeaker{ent: e, name: e.name}
	}
	from, to := x.sourcePhrase(p, i)
	return quoteSpeaker{name: p.words(x.body, from, to)}
}

// sourcePhrase gives the tokens of the noun phrase at token i without marks at its
// edges and without what stands in another quotation.
func (x *article) sourcePhrase(p *parsed, i int) (int, int) {
	from, to := x.nounPhrase(p, i)
	for k := i; k >= from; k-- {
		if p.quote[k] != p.quote[i] || isQuoteMark([]rune(p.toks[k].Text)[0]) {
			from = k + 1
			break
		}
	}
	for from < i && isPunct(p.toks[from]) {
		from++
	}
	for to > i+1 && isPunct(p.toks[to-1]) {
		to--
	}
	return from, to
}

// unnamedSources are the words for people who vouch without a name.
var unnamedSources = set(`official|officials|source|sources|authority|authorities|spokesman|spokeswoman|spokesperson|spokespeople|aide|aides|
police|prosecutor|prosecutors|investigator|investigators|people|person|witness|witnesses|analyst|analysts|expert|experts|critic|critics|
diplomat|diplomats|lawmaker|lawmakers|adviser|advisers|advisor|advisors|insider|insiders|observers|residents|agency|department|
military|army|government|ministry|office|statement|report|reports|document|documents|lawyers|attorneys|doctors|hospital|company`)

// attribution says who vouches for a draft, on which rung of the ladder, and
// whether that is surely a person with a name.
func (x *article) attribution(gaz *gazetteer.Gazetteer, d draft) (rung Attribution, speaker *string, named bool) {
	if q := d.p.quote[d.pred]; q >= 0 && x.quotes[q].words > 2 {
		if s, ok := x.speakers[q]; ok && s.name != "" {
			return Quoted, &s.name, s.ent != nil && s.ent.kind == "person" && !s.inherited
		}
		return Quoted, nil, false
	}
	var s quoteSpeaker
	if d.frame.speaker >= 0 {
		s = x.speakerAt(d.p, d.frame.speaker)
	}
	switch {
	case d.frame.verb < 0:
		return OwnVoice, nil, false
	case s.name == "":
		return Officials, nil, false
	case s.ent != nil && s.ent.kind == "org" && isOutlet(gaz, s.ent.name):
		return OwnVoice, nil, false
	case s.ent != nil && s.ent.kind != "place":
		return Paraphrased, &s.name, s.ent.kind == "person"
	case unnamed(s.name):
		return Officials, &s.name, false
	}
	return Paraphrased, &s.name, false
}

func isOutlet(gaz *gazetteer.Gazetteer, name string) bool {
	_, ok := gaz.Outlet(name)
	return ok
}

// unnamed tells a description of people who are not named: "two Defense
// Department officials".
func unnamed(s string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(s)) {
		if unnamedSources[strings.Trim(w, ",.")] {
			return true
		}
	}
	return false
}
