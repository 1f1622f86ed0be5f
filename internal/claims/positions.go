package claims

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// positions groups the statements that differ from none of their group. The
// values are what the first verdict-setting difference tells of each.
func (al *aligner) positions(group []*statement, ds []Difference, from origins) []Position {
	out := []Position{}
	p := placer{al: al, at: map[*statement]int{}, value: map[string]string{}, against: map[[2]string]bool{}}
	for i, s := range group {
		p.at[s] = i
	}
	for _, d := range ds {
		p.note(d)
	}
	// Who takes no part in a difference goes to whom it is nearest to, once all others
	// stand.
	for _, parts := range []bool{true, false} {
		for _, s := range group {
			if (p.value[s.ID] != "") == parts {
				p.place(s)
			}
		}
	}
	p.inOrder()
	slices.SortStableFunc(p.groups, func(a, b []*statement) int {
		na, _ := countHolders(a, from)
		nb, _ := countHolders(b, from)
		return cmp.Compare(nb, na)
	})
	for i, g := range p.groups {
		pos := Position{ID: positionID(i), Claims: []string{}}
		for _, s := range g {
			pos.Claims = append(pos.Claims, s.ID)
			if pos.Value == "" {
				pos.Value = p.value[s.ID]
			}
		}
		pos.Sources, pos.Origins = countHolders(g, from)
		if pos.Value == "" {
			pos.Value = g[0].Text
		}
		out = append(out, pos)
	}
	return out
}

// placer puts statements into groups that tell a finding the same way.
type placer struct {
	al     *aligner
	groups [][]*statement
	// at is the place of each statement in the story.
	at map[*statement]int
	// value is what the first verdict-setting difference tells of a claim, against the
	// pairs that such a difference stands between.
	value   map[string]string
	against map[[2]string]bool
}

func (p *placer) note(d Difference) {
	if !d.setsVerdict() {
		return
	}
	for i, id := range d.Claims {
		if p.value[id] == "" {
			p.value[id] = d.Values[i]
		}
	}
	p.against[d.Claims], p.against[[2]string{d.Claims[1], d.Claims[0]}] = true, true
}

// place puts a statement into a group that it differs with nobody of: the first whose
// value it tells or whose source has told it otherwise, else the one that it is nearest
// to.
func (p *placer) place(s *statement) {
	best, nearest := -1, 0.0
	for i, g := range p.groups {
		if slices.ContainsFunc(g, func(o *statement) bool { return p.against[[2]string{s.ID, o.ID}] }) {
			continue
		}
		if slices.ContainsFunc(g, func(o *statement) bool {
			return p.value[s.ID] != "" && strings.EqualFold(p.value[s.ID], p.value[o.ID]) || s.art == o.art
		}) {
			best = i
			break
		}
		if n := p.nearness(s, g); best < 0 || n > nearest {
			best, nearest = i, n
		}
	}
	if best < 0 {
		p.groups = append(p.groups, []*statement{s})
		return
	}
	p.groups[best] = append(p.groups[best], s)
}

// nearness gives how near a statement is to the nearest of a group.
func (p *placer) nearness(s *statement, g []*statement) float64 {
	most := math.Inf(-1)
	for _, o := range g {
		a, b := o, s
		if p.at[b] < p.at[a] {
			a, b = b, a // scored in the order of the story, as everywhere else
		}
		most = max(most, p.al.score(a, b))
	}
	return most
}

// inOrder puts the statements of each group into the order of the story.
func (p *placer) inOrder() {
	for _, g := range p.groups {
		slices.SortFunc(g, func(a, b *statement) int { return p.at[a] - p.at[b] })
	}
}

// positionID gives "A" to "Z", then "AA", "AB", ...
func positionID(i int) string {
	id := string(rune('A' + i%26))
	if i >= 26 {
		return positionID(i/26-1) + id
	}
	return id
}
