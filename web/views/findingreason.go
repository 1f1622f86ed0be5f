package views

import (
	"fmt"
	"slices"
	"strings"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// reasonOf says in one sentence why a finding has its verdict.
func reasonOf(f claims.Finding) string {
	switch {
	case f.Verdict == claims.Diverge:
		for _, d := range f.Differences {
			if d.Material && !d.Internal && d.Between == claims.BetweenSources {
				return d.Explanation
			}
		}
	case f.Verdict == claims.Single:
		return "Only " + f.Claims[0].Source + " tells it."
	case OneOrigin(f):
		return fmt.Sprintf("%d sources tell it and nothing material differs, but all have it from one origin: that is one report, not %d.", f.Sources, f.Sources)
	}
	return fmt.Sprintf("%d sources of %s tell it and nothing material differs.", f.Sources, ui.Counted(f.Origins, "origin", "origins"))
}

// Joining says how sure it is that the passages are about one fact.
type Joining struct {
	// Strength is empty where nothing is joined.
	Strength  claims.Strength
	Closeness float64
	RestsOn   []string
}

func joiningOf(f claims.Finding) Joining {
	j := Joining{Strength: f.Strength(), RestsOn: f.RestsOn}
	if f.Alignment != nil {
		j.Closeness = *f.Alignment
	}
	return j
}

// Meaning says what a strength asks of the reader.
func (j Joining) Meaning() string {
	switch j.Strength {
	case claims.Strong:
		return "The passages share much that is rare in this story."
	case claims.Fair:
		return "The passages share enough to be about one fact. Read them before you rely on it."
	}
	return "The passages share little. Ask first whether they are about one fact."
}

// RungView is a rung of the ladder of who vouches, with who stands on it.
type RungView struct {
	Attribution claims.Attribution
	Name        string
	Vouchers    []Voucher
}

// Voucher is a source on a rung, with whom it cites.
type Voucher struct {
	Source   string
	Speakers []string
}

// rungsOf puts the sources of claims on the rungs of the ladder, the strongest first. A
// rung on which nobody stands is kept: the step that is left out says something too.
func rungsOf(all []Member) []RungView {
	var out []RungView
	for _, a := range []claims.Attribution{claims.Quoted, claims.Paraphrased, claims.Officials, claims.OwnVoice} {
		_, name := ui.Rung(a)
		r := RungView{Attribution: a, Name: name}
		for _, c := range all {
			if c.Attribution == a {
				r.add(c)
			}
		}
		out = append(out, r)
	}
	return out
}

func (r *RungView) add(c Member) {
	i := slices.IndexFunc(r.Vouchers, func(v Voucher) bool { return v.Source == c.Source })
	if i < 0 {
		i = len(r.Vouchers)
		r.Vouchers = append(r.Vouchers, Voucher{Source: c.Source})
	}
	if v := &r.Vouchers[i]; c.Speaker != nil && !slices.Contains(v.Speakers, *c.Speaker) {
		v.Speakers = append(v.Speakers, *c.Speaker)
	}
}

// lostVoice says where one source tells as plain fact what another lays in somebody's
// mouth, nothing where all stand alike.
func (p FindingPage) lostVoice() string {
	var said, bare []string
	for _, r := range p.Rungs {
		for _, v := range r.Vouchers {
			if r.Attribution == claims.OwnVoice {
				bare = append(bare, v.Source)
			} else {
				said = append(said, v.Source)
			}
		}
	}
	bare = slices.DeleteFunc(bare, func(s string) bool { return slices.Contains(said, s) })
	if len(said) == 0 || len(bare) == 0 {
		return ""
	}
	slices.Sort(said)
	return "What " + listed(slices.Compact(said)) + " put in somebody's mouth, " + listed(bare) + " " +
		map[bool]string{true: "tells", false: "tell"}[len(bare) == 1] + " as plain fact."
}

// namesListed is the number of names up to which all are listed.
const namesListed = 4

// listed writes names as a list: "A, B and C", a long one with the number of the rest.
func listed(names []string) string {
	if n := len(names); n > namesListed {
		return strings.Join(names[:namesListed-1], ", ") + fmt.Sprintf(" and %d more", n-namesListed+1)
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
