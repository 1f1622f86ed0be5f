package claims

import (
	"slices"
	"strings"
)

// relay is a place where a sentence names the outlet that it has something from.
type relay struct {
	p *parsed
	// cue is the word that reports, from and to the tokens of the whole phrase.
	cue, from, to int
	// spoken is true where somebody spoke to the outlet: what was said is the outlet's,
	// that it was said is seen by all.
	spoken bool
	origin origin
}

// relays gives the statements that an article has from another outlet: "…, Northwire
// reported", "according to the Ansel Post", "told Channel 9". They are a report of
// a report; the rest of the article is its own.
func (n originNames) relays(a *article) map[*statement]origin {
	r := relayReader{n: n, a: a, own: n.named(a.Source, false).key}
	out := map[*statement]origin{}
	for _, p := range a.sents {
		for _, at := range r.sentence(p) {
			for _, s := range a.claims {
				if _, taken := out[s]; !taken && at.holds(s) {
					out[s] = at.origin
				}
			}
		}
	}
	return out
}

// relayReader finds the relays of one article.
type relayReader struct {
	n   originNames
	a   *article
	own string
	// last is the outlet that was named last: "the newspaper" stands for it.
	last origin
}

// relayVerbs are what an outlet does to what it publishes.
var relayVerbs = set(`report|write|say|note|reveal|publish|learn|disclose|obtain|cite|quote|find|add|confirm|claim|announce|broadcast|air`)

// relayGenres are what an outlet is called once it was named.
var relayGenres = set(`newspaper|paper|daily|network|broadcaster|magazine|outlet|site|website|channel|agency|tabloid|publication`)

// sentence gives the relays of a sentence.
func (r *relayReader) sentence(p *parsed) []relay {
	var out []relay
	for i := 0; i < len(p.toks); i++ {
		o, to := r.outletAt(p, i)
		if to == 0 {
			continue
		}
		if at, ok := r.relayAt(p, i, to); ok && o.key != r.own {
			at.p, at.origin = p, o
			out = append(out, at)
		}
		i = to - 1
	}
	return out
}

// longestOutlet is the most tokens of an outlet's name.
const longestOutlet = 6

// outletAt gives the outlet that is named from token i on, and where its name ends.
// to is 0 where there is none.
func (r *relayReader) outletAt(p *parsed, i int) (o origin, to int) {
	t := p.toks[i]
	if relayGenres[t.Text] && r.last.key != "" && i > 0 && p.toks[i-1].Norm == "the" {
		return r.last, i + 1
	}
	if !isName(t) && (t.Ent != "ORG" || t.Text == t.Norm) || i > 0 && isName(p.toks[i-1]) && p.toks[i-1].Norm != "the" {
		return origin{}, 0
	}
	for end := min(len(p.toks), i+longestOutlet); end > i; end-- {
		if isPunct(p.toks[end-1]) || p.toks[end-1].Tag == "POS" {
			continue
		}
		name := strings.TrimPrefix(p.words(r.a.body, i, end), "The ")
		key, ok := r.n.e.gaz.Outlet(name)
		if ok && r.person(name) {
			return origin{}, 0
		}
		if !ok || strings.Contains(name, ".") && !strings.Contains(key, strings.ToLower(name)) {
			continue
		}
		if end < len(p.toks) && isName(p.toks[end]) {
			return origin{}, 0 // a longer name: "Reuters Institute"
		}
		r.last = r.n.named(name, true)
		return r.last, end
	}
	return origin{}, 0
}

// person tells a name that is also somebody's in the article: Mr. Bloomberg, Mr.
// Forbes.
func (r *relayReader) person(name string) bool {
	return slices.ContainsFunc(r.a.cast.people[fold(name)], func(e *entity) bool { return e.given != "" })
}

// relayAt tells how the outlet at tokens [i, to) vouches for something.
func (r *relayReader) relayAt(p *parsed, i, to int) (relay, bool) {
	from := i
	if from > 0 && p.toks[from-1].Norm == "the" {
		from--
	}
	head := p.nounHead(to - 1)
	if v := p.toks[head].Head; head < to && p.toks[head].Dep == "nsubj" && relayVerbs[lemmaOf(p.toks[v])] && v >= to && v <= to+3 &&
		!slices.ContainsFunc(p.toks[to:v], isNoun) {
		return relay{cue: v, from: from, to: v + 1}, true
	}
	return r.behind(p, from, to)
}

// relayOpeners are words before an outlet's name that make it the one who vouches.
// Those with a value need one of its words before them.
var relayOpeners = map[string]map[string]bool{
	"told": nil, "tells": nil, "tell": nil, "telling": nil, "citing": nil, "per": nil,
	"by":   set(`reported|published|obtained|cited|quoted|seen|reviewed|broken|revealed|report|aired|interviewed|broadcast`),
	"to":   set(`according|spoke|speaking|interview|comments|remarks|statement|spoken|confirmed|said|disclosed|leaked`),
	"with": set(`interview|spoke|speaking|interviews|conversation`),
	"in":   set(`report|article|published|reported|story|interview`),
	"from": set(`report|reports|reporting|article`),
	"on":   set(`interview`),
}

// behind reads what stands before an outlet's name: "according to a report in the
// Ansel Post".
func (r *relayReader) behind(p *parsed, from, to int) (relay, bool) {
	if from < 1 {
		return relay{}, false
	}
	need, ok := relayOpeners[p.toks[from-1].Norm]
	if !ok {
		return relay{}, false
	}
	begin := from - 1
	spoken := need == nil && p.toks[begin].Norm[0] == 't'
	if need != nil {
		if begin < 1 || !need[p.toks[begin-1].Norm] {
			return relay{}, false
		}
		begin--
	}
	// "according to a report by", "as first reported by", "said in an interview with"
	for begin > 0 && from-begin < 9 && relayFillers[p.toks[begin-1].Norm] {
		begin--
	}
	for k := begin; k < from; k++ {
		spoken = spoken || spokenTo[p.toks[k].Norm]
	}
	return relay{cue: begin, from: begin, to: to, spoken: spoken}, true
}

// spokenTo tells a phrase in which somebody speaks to an outlet.
var spokenTo = set(`interview|interviews|spoke|speaking|spoken|comments|remarks|conversation|interviewed`)

// relayFillers may stand between the phrase that names an outlet and its beginning.
var relayFillers = set(`a|an|the|to|in|by|as|first|according|report|reports|reported|article|story|interview|said|says|was|were|exclusive|earlier|telephone|phone|television|tv|sources|people|officials|who|spoke|speaking|recent|new|,`)

// holds tells whether a statement is what the outlet vouches for: what the article
// lays in its mouth or in that of who told it, else, where the phrase opens or closes
// its sentence, the sentence.
func (r relay) holds(s *statement) bool {
	pred := s.draft.p.toks[s.draft.pred]
	if s.draft.p == r.p && r.from <= s.draft.pred && s.draft.pred < r.to {
		return false
	}
	if v := s.draft.frame.verb; s.draft.p == r.p && r.from <= v && v < r.to {
		return true
	}
	attributed := false
	for _, t := range s.art.told {
		if t.p != r.p || !r.names(t) {
			continue
		}
		attributed = true
		if t.start <= pred.Start && pred.End <= t.end {
			return true
		}
	}
	return !attributed && !r.spoken && s.draft.p == r.p && (r.opens() || r.closes())
}

// names tells whether an attribution is the relay's: its cue or its source stands in
// the phrase, or somebody said it in the interview that the phrase tells of.
func (r relay) names(t reading) bool {
	in := func(i int) bool { return r.from <= i && i < r.to }
	return in(t.cue) || in(t.source) || r.spoken && t.speech() != notReporting
}

// relayEdge is the number of tokens that may stand between a phrase and the edge of its
// sentence: "on Friday".
const relayEdge = 3

func (r relay) opens() bool { return r.from <= 1 }

func (r relay) closes() bool {
	n := 0
	for _, t := range r.p.toks[r.to:] {
		if !isPunct(t) {
			n++
		}
	}
	return n <= relayEdge
}
