package claims

import (
	"fmt"
	"slices"
	"strings"
)

// names compares who is named: the actors in the same role, the titles of one
// person, and the speakers of one quotation.
func (c *comparison) names() {
	c.titles()
	c.ranks()
	c.offices()
	if c.over.quote >= 0.6 {
		c.speakers()
		return
	}
	if !c.sameDeed() {
		return
	}
	c.partNames(partAgent)
	c.partNames(partPatient)
	c.partNames(partOther)
}

// speakers compares to whom one quotation is given.
func (c *comparison) speakers() {
	if c.twoQuotations() || !c.twoSpeakers() || !c.a.named || !c.b.named || !c.a.speakerBeside() || !c.b.speakerBeside() {
		return
	}
	c.differ(KindName, [2]string{*c.a.Speaker, *c.b.Speaker}, [2][2]int{{}, {}},
		fmt.Sprintf("%s gives the words to %s, %s to %s.", c.a.art.called, *c.a.Speaker, c.b.art.called, *c.b.Speaker))
}

// speakerBeside tells whether a statement's own sentence names its speaker: a
// speaker who was found further off may be the wrong one.
func (s *statement) speakerBeside() bool {
	at := s.draft.frame.speaker
	if at < 0 {
		return false
	}
	named := append(s.draft.p.kids(at, "appos"), at) // "the principal, Daniel Osei"
	return slices.ContainsFunc(s.art.cast.mentions[s.draft.p], func(m mention) bool {
		return m.ent.kind == "person" && slices.ContainsFunc(named, func(i int) bool { return i >= m.from && i < m.to })
	})
}

// partNames compares the names in one part when each side names one that the other
// does not name anywhere.
func (c *comparison) partNames(r part) {
	ma, oka := c.onlyHere(c.a, c.b, r)
	mb, okb := c.onlyHere(c.b, c.a, r)
	if !oka || !okb || ma.ent.kind != mb.ent.kind {
		return
	}
	c.differ(KindName, [2]string{ma.ent.name, mb.ent.name}, [2][2]int{{ma.from, ma.to}, {mb.from, mb.to}},
		fmt.Sprintf("%s names %s, %s names %s.", c.a.art.called, ma.ent.name, c.b.art.called, mb.ent.name))
}

// onlyHere gives the one person or organisation that s names in a role and o does
// not name at all. Several leave it open who stands for whom.
func (c *comparison) onlyHere(s, o *statement, r part) (mention, bool) {
	var found []mention
	for _, m := range append(append([]mention{}, s.slots.people...), s.slots.orgs...) {
		if semanticPart(s.draft.p, s.draft, m.to-1) != r || c.mentions(o, m.ent) || c.standsForPlace(s, m) {
			continue
		}
		found = append(found, m)
	}
	if len(found) != 1 {
		return mention{}, false
	}
	return found[0], true
}

// mentions tells whether a statement names an entity, in full or by one of its
// words.
func (c *comparison) mentions(s *statement, e *entity) bool {
	for _, t := range s.slots.terms {
		if t.ent != nil && t.ent.kind == e.kind && (t.ent.key == e.key || oneName(t.ent, e)) {
			return true
		}
	}
	return false
}

// oneName tells whether two names of a kind may be one entity's: people by any word
// that they share, others by most words of the shorter name, since two commands are
// both called a command.
func oneName(a, b *entity) bool {
	if a.kind == "person" {
		return sharesWord(a.name, b.name) || transcribed(a.name, b.name)
	}
	shared, na, nb := wordsInCommon(fold(a.name), fold(b.name))
	return 2*shared > min(na, nb) || clipped(a.name, b.name) || clipped(b.name, a.name)
}

// sharesWord tells whether two names share a word that is long enough to be told
// by: short forms and fuller titles are one name.
func sharesWord(a, b string) bool {
	have := map[string]bool{}
	for w := range strings.FieldsSeq(fold(a)) {
		have[w] = len(w) > 3
	}
	for w := range strings.FieldsSeq(fold(b)) {
		if have[w] {
			return true
		}
	}
	return false
}

// titles compares what one person is called in the two statements: "former
// President" and "President" cannot both be right.
func (c *comparison) titles() {
	for _, ma := range c.a.slots.people {
		for _, mb := range c.b.slots.people {
			if ma.ent.key != mb.ent.key || ma.title == "" || mb.title == "" {
				continue
			}
			if reason, conflict := c.titleConflict(ma, mb); conflict {
				c.differ(KindName, [2]string{ma.title + " " + ma.ent.name, mb.title + " " + mb.ent.name}, [2][2]int{titleMark(c.a, ma), titleMark(c.b, mb)},
					fmt.Sprintf("%s calls %s “%s”, %s “%s”: %s.", c.a.art.called, ma.ent.name, ma.title, c.b.art.called, mb.title, reason))
				return
			}
		}
	}
}

// ranks compares the military ranks that the two statements give one person behind the
// name: "Mr. Mattis, a retired Marine general".
func (c *comparison) ranks() {
	for _, ma := range c.a.slots.people {
		for _, mb := range c.b.slots.people {
			if ma.ent.key != mb.ent.key && !oneName(ma.ent, mb.ent) {
				continue
			}
			x, y := rankBehind(c.a, ma), rankBehind(c.b, mb)
			if x < 0 || y < 0 || lemmaOf(c.a.draft.p.toks[x]) == lemmaOf(c.b.draft.p.toks[y]) {
				continue
			}
			va, vb := c.a.draft.p.toks[x].Text, c.b.draft.p.toks[y].Text
			c.differ(KindName, [2]string{va, vb}, [2][2]int{{x, x + 1}, {y, y + 1}},
				fmt.Sprintf("%s calls %s “%s”, %s “%s”: these are different ranks.", c.a.art.called, ma.ent.name, va, c.b.art.called, vb))
			return
		}
	}
}

// rankBehind gives the token of the military rank that an apposition or a predicate gives
// a person, -1 for none. A rank in several words ("lieutenant general") may be told
// shorter, and an attorney general is none.
func rankBehind(s *statement, m mention) int {
	p := s.draft.p
	head := m.to - 1
	told := p.kids(head, "appos")
	if v := p.toks[head].Head; p.toks[head].Dep == "nsubj" && lemmaOf(p.toks[v]) == "be" {
		told = append(told, p.kids(v, "attr")...)
	}
	for _, x := range told {
		if x < s.draft.from || x >= s.draft.to || !militaryRanks[lemmaOf(p.toks[x])] || p.toks[x].Tag == "NNS" {
			continue
		}
		if !slices.ContainsFunc(p.kids(x, "compound", "amod", "nmod"), func(k int) bool {
			w := p.toks[k].Norm
			return militaryRanks[w] || generals[w]
		}) {
			return x
		}
	}
	return -1
}

// generals are what stands before a general, or a commander, who has no such rank.
var generals = set(`attorney|secretary|surgeon|solicitor|inspector|director|governor|postmaster|auditor|consul|deputy|former|wing|squadron|battalion|division`)

func titleMark(s *statement, m mention) [2]int {
	from := m.from
	for n := len(strings.Fields(m.title)); n > 0 && from > s.draft.from; n-- {
		from--
	}
	return [2]int{from, m.to}
}

// titleConflict tells titles of one office that differ in whether it is held, by whom
// or by a deputy, and ranks of one ladder.
func (c *comparison) titleConflict(a, b mention) (string, bool) {
	ra, ma := c.rank(exTitle(c.a, a))
	rb, mb := c.rank(exTitle(c.b, b))
	switch {
	case ra == "" || rb == "":
		return "", false
	case ra == rb && ma != mb && (ma == "former" || mb == "former"):
		return "one says that the office is held, one that it was", true
	case ra != rb && militaryRanks[ra] && militaryRanks[rb]:
		return "these are different ranks", true
	case ra == "deputy "+rb || rb == "deputy "+ra:
		return "one names the office, one that of its deputy", true
	}
	return "", false
}

// exTitle gives the title of a mention with an "ex-" that stands before it.
func exTitle(s *statement, m mention) string {
	at := titleMark(s, m)[0] - 1
	if toks := s.draft.p.toks; at > 0 && toks[at].Norm == "-" && toks[at-1].Norm == "ex" {
		return "former " + m.title
	}
	return m.title
}

var militaryRanks = set(`private|corporal|sergeant|lieutenant|captain|major|colonel|general|admiral|commander|brigadier|marshal`)

// rank gives the office in a title and whether it is "former".
func (c *comparison) rank(title string) (rank, modifier string) {
	words := strings.Fields(title)
	for i, w := range words {
		if c.al.e.gaz.TitleModifier(w) {
			if w == "former" || strings.HasPrefix(w, "ex") || w == "then" {
				modifier = "former"
			}
			continue
		}
		if r, ok := c.al.e.gaz.Title(strings.Join(words[i:], " ")); ok {
			return r, modifier
		}
		if r, ok := c.al.e.gaz.Title(w); ok {
			rank = r
		}
	}
	return rank, modifier
}
