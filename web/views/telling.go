package views

import (
	"slices"
	"strings"

	"corroborate/internal/claims"
)

// Telling is what the sources of one position tell, in one line.
type Telling struct {
	// Letter is that of the position, empty where all tell it alike.
	Letter string
	Value  string
	// Opposes is true where they say the opposite of the first position.
	Opposes bool
	// Sources are who tells it.
	Sources []string
}

// longValue is the most characters of a value in a line.
const longValue = 80

// NewTellings says who tells what in a finding. opposing are the letters of positions
// that say the opposite of the first.
func NewTellings(f claims.Finding, opposing []string) []Telling {
	if len(f.Positions) < 2 {
		return []Telling{{Sources: sourcesOf(f.Claims, nil)}}
	}
	var out []Telling
	for _, p := range f.Positions {
		out = append(out, Telling{Letter: p.ID, Value: shortened(p.Value), Opposes: slices.Contains(opposing, p.ID),
			Sources: sourcesOf(f.Claims, p.Claims)})
	}
	return out
}

// sourcesOf names the sources of claims, of those with one of the ids where there are
// any.
func sourcesOf(all []claims.FindingClaim, ids []string) []string {
	var out []string
	for _, c := range all {
		if (ids == nil || slices.Contains(ids, c.ID)) && !slices.Contains(out, c.Source) {
			out = append(out, c.Source)
		}
	}
	return out
}

// shortened cuts a value to what fits a line.
func shortened(value string) string {
	if r := []rune(value); len(r) > longValue {
		return string(r[:longValue-1]) + "…"
	}
	return value
}

// Names lists the sources. Each is set apart from what stands around it, whichever way
// its letters run.
func (t Telling) Names() string {
	names := make([]string, len(t.Sources))
	for i, s := range t.Sources {
		names[i] = firstStrongIsolate + s + popIsolate
	}
	return strings.Join(names, ", ")
}

// The signs of Unicode around a text that has a direction of its own.
const (
	firstStrongIsolate = "\u2068"
	popIsolate         = "\u2069"
)

// Aside says in one line in what a finding's tellings differ without parting its
// sources: what its speakers say, what one source says in two places, or a term.
func Aside(f claims.Finding) string {
	if len(f.Differences) == 0 || f.Verdict == claims.Diverge {
		return ""
	}
	d := f.Differences[0]
	if d.Values[0] == "" || d.Values[1] == "" || d.Kind == claims.KindAttribution {
		return ""
	}
	lead := "Also called: "
	switch {
	case d.Internal:
		lead = "One source tells it two ways: "
	case d.Between == claims.BetweenSpeakers:
		lead = "Speakers differ: "
	case d.Material:
		return ""
	}
	return lead + shortened(d.Values[0]) + " / " + shortened(d.Values[1])
}
