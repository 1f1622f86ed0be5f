package app

import (
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// FindingChange is what one analysis changed of a finding.
type FindingChange struct {
	At     time.Time
	Engine claims.EngineInfo
	// First is true where the finding was seen for the first time.
	First bool
	// Was and Is are the verdicts before and after; Was is empty for the first.
	Was, Is claims.Verdict
	// Sources and Origins are counted after the change, Joined and Left are the claims
	// that came and went.
	Sources, Origins, Joined, Left int
	// New and Gone are the differences that came and went.
	New, Gone []StateDifference
}

// StateDifference is a difference that a finding had.
type StateDifference = store.StateDifference

// changesOf tells how a finding went from state to state; states come the newest
// first, and so do the changes. Of a list that was cut the oldest state is left out,
// since what came before it is not known.
func changesOf(states []store.FindingState) []FindingChange {
	var out []FindingChange
	for i, s := range states {
		c := FindingChange{At: s.At, Engine: s.Engine, Is: s.Verdict, Sources: s.Sources, Origins: s.Origins}
		if i+1 == len(states) {
			if len(states) == maxBeside {
				return out
			}
			c.First, c.Joined = true, len(s.Claims)
			return append(out, c)
		}
		was := states[i+1]
		c.Was = was.Verdict
		c.Joined, c.Left = len(without(s.Claims, was.Claims)), len(without(was.Claims, s.Claims))
		c.New, c.Gone = without(s.Differences, was.Differences), without(was.Differences, s.Differences)
		out = append(out, c)
	}
	return out
}

// without gives what of a list another has not.
func without[T comparable](list, other []T) []T {
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool { return slices.Contains(other, x) })
}
