package app

import (
	"context"
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// FindingChange is what one analysis changed of a finding.
type FindingChange struct {
	// AnalysisID is the analysis.
	AnalysisID string

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

// FindingHistory lists what analyses changed of a finding, the newest first.
func (a *App) FindingHistory(ctx context.Context, who Actor, id string, p Page) (List[FindingChange], error) {
	f, err := a.visibleFinding(ctx, who, id)
	if err != nil {
		return List[FindingChange]{}, err
	}
	limit, err := p.limit()
	if err != nil {
		return List[FindingChange]{}, err
	}
	before, err := idCursor(p.Cursor)
	if err != nil {
		return List[FindingChange]{}, err
	}
	// A change is told by two states, and one more change says whether the list goes on.
	states, err := a.seen(who).FindingStates(ctx, f.ID, before, limit+2)
	if err != nil {
		return List[FindingChange]{}, err
	}
	return page(changesOf(states, limit+2), limit, func(c FindingChange) any { return c.AnalysisID }), nil
}

// changesOf tells how a finding went from state to state; states come the newest
// first, and so do the changes. Of a list that was cut at a limit the oldest state is
// left out, since what came before it is not known.
func changesOf(states []store.FindingState, limit int) []FindingChange {
	var out []FindingChange
	for i, s := range states {
		c := FindingChange{AnalysisID: s.AnalysisID, At: s.At, Engine: s.Engine, Is: s.Verdict, Sources: s.Sources, Origins: s.Origins}
		if i+1 == len(states) {
			if len(states) == limit {
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
