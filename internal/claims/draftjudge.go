package claims

import (
	"cmp"
	"slices"
	"strings"
)

// draftGroup is a group of statements of which some are a draft's, as it is judged.
type draftGroup struct {
	*checking
	// group are all statements, story those of the story.
	group, story []*statement
	// told are the story's statements that each of the draft's was compared with, found
	// what differs, cleared what only looks so.
	told    map[*statement][]*statement
	found   map[*statement][]apartness
	cleared map[*statement][]ClearedPoint
}

// apartness is a difference between a statement of a draft and another.
type apartness struct {
	Difference
	other *statement
	// mine is the side of the difference that the draft's statement is.
	mine int
}

// ClearedPoint is a passage that looks in conflict with a claim of a draft and is not.
type ClearedPoint struct {
	Kind   Kind
	Reason string
	Other  FindingClaim
}

// pair compares two statements of which one at least is the draft's.
func (g draftGroup) pair(pair [2]*statement) {
	ds, cleared := g.judgePair(g.group, pair)
	mine, s, o := 1, pair[1], pair[0]
	if o.art == s.art {
		mine, s, o = 0, o, s // the draft against itself is told with what it says first
	} else {
		g.told[s] = append(g.told[s], o)
	}
	for _, d := range ds {
		g.found[s] = append(g.found[s], apartness{Difference: d, other: o, mine: mine})
	}
	for _, x := range cleared {
		if o.art != s.art && !g.ours(o) {
			g.cleared[s] = append(g.cleared[s], ClearedPoint{Kind: x.Kind, Reason: x.Reason, Other: g.teller(o)})
		}
	}
}

// ours tells a statement of the draft's own source.
func (c *checking) ours(s *statement) bool { return s.art.Source == c.draft.art.Source }

// teller gives a statement of the story as its finding has it.
func (c *checking) teller(s *statement) FindingClaim {
	if i, ok := c.finding[s]; ok {
		for _, m := range c.known.Findings[i].Claims {
			if m.ID == c.ids[s] {
				return m
			}
		}
	}
	o := c.names.stated(s.art)
	return FindingClaim{ID: c.ids[s], ArticleID: s.art.ID, Source: s.art.Source, Origin: o.name, OriginKnown: o.known, Passage: s.Passage}
}

// claim says how a statement of the draft stands.
func (g draftGroup) claim(s *statement) CheckedClaim {
	out := CheckedClaim{Verdict: Single, Alignment: g.nearness(s), Tellers: g.tellers(), Cleared: g.cleared[s]}
	if f, ok := g.knownFinding(); ok {
		out.Finding = f.ID
	}
	sources, origins := map[string]bool{}, map[string]bool{}
	for _, t := range out.Tellers {
		if t.Source == g.draft.art.Source {
			out.OwnSource = true
			continue
		}
		sources[t.Source] = true
		origins[g.names.named(cmp.Or(t.Origin, t.Source), false).key] = true
	}
	out.Sources, out.Origins = len(sources), len(origins)
	if out.Sources > 0 {
		out.Verdict = Agree
	}
	if slices.ContainsFunc(g.found[s], func(a apartness) bool { return a.setsVerdict() }) {
		out.Verdict = Diverge
	}
	out.Points = g.points(s, out)
	return out
}

// tellers gives the story's claims of the group: all of the finding's, also those of
// articles that were not read.
func (g draftGroup) tellers() []FindingClaim {
	if f, ok := g.knownFinding(); ok {
		return f.Claims
	}
	if len(g.story) == 0 {
		return nil
	}
	return []FindingClaim{g.teller(g.story[0])}
}

// knownFinding gives the story's finding that the group is; ok is false where its claim
// is in none yet, and where it has none.
func (g draftGroup) knownFinding() (f Finding, ok bool) {
	if len(g.story) == 0 {
		return f, false
	}
	i, ok := g.finding[g.story[0]]
	if ok {
		f = g.known.Findings[i]
	}
	return f, ok
}

// points makes what is to be said of a statement out of what was found.
func (g draftGroup) points(s *statement, c CheckedClaim) []Point {
	var out []Point
	var dropped []apartness
	at := map[string]int{}
	drops := g.dropsAttribution(s)
	for _, a := range g.found[s] {
		if drops && a.Kind == KindAttribution && !a.Internal {
			dropped = append(dropped, a)
			continue
		}
		p := g.point(s, a)
		k := strings.Join([]string{string(p.Type), string(p.Kind), fold(p.Values[0]), fold(p.Values[1]), string(p.Between)}, "\x00")
		if i, ok := at[k]; ok {
			out[i].add(p)
			continue
		}
		at[k] = len(out)
		out = append(out, p)
	}
	if len(dropped) > 0 {
		out = append(out, g.droppedAttribution(s, dropped))
	}
	if p, ok := g.agreeing(s, c); ok {
		out = append(out, p)
	}
	for i := range out {
		out[i].Finding = c.Finding
		out[i].FromAll = out[i].Kind != "" && g.fromAll(s, out[i].Kind, c.Sources)
		out[i].finish()
	}
	SortPoints(out)
	return out
}

// fromAll tells whether every other source that tells a statement differs from it in a
// kind.
func (g draftGroup) fromAll(s *statement, k Kind, sources int) bool {
	apart := map[string]bool{}
	for _, a := range g.found[s] {
		if a.Kind == k && !a.Internal {
			apart[a.other.art.Source] = true
		}
	}
	return sources > 0 && len(apart) == sources
}

// dropsAttribution tells a statement that the draft makes its own while more of the
// other sources lay it in somebody's mouth than say it themselves.
func (g draftGroup) dropsAttribution(s *statement) bool {
	if s.Attribution != OwnVoice {
		return false
	}
	own := map[string]bool{}
	for _, o := range g.told[s] {
		if !g.ours(o) {
			own[o.art.Source] = own[o.art.Source] || o.Attribution == OwnVoice
		}
	}
	n := 0
	for _, says := range own {
		if says {
			n++
		}
	}
	return len(own)-n > n
}

// agreeing gives the other sources from which nothing material parts a statement.
func (g draftGroup) agreeing(s *statement, c CheckedClaim) (Point, bool) {
	apart := map[string]bool{}
	for _, a := range g.found[s] {
		if a.setsVerdict() {
			apart[a.other.art.Source] = true
		}
	}
	p := Point{Type: PointAgrees}
	origins := map[string]bool{}
	for _, o := range g.story {
		if g.ours(o) || apart[o.art.Source] {
			continue
		}
		t := g.teller(o)
		p.Others = append(p.Others, PointPassage{FindingClaim: t, Marks: []Mark{}})
		origins[g.names.named(cmp.Or(t.Origin, t.Source), false).key] = true
	}
	p.Explanation = agreeWords(p.sources(), len(origins), c.Verdict)
	return p, len(p.Others) > 0
}
