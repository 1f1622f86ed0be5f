package views

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// FindingEvent is one thing that became of a finding.
type FindingEvent struct {
	At time.Time
	// Who is the person or the source that did it, empty for the machine.
	Who string
	// What says what happened, a line each.
	What []string
	// Engine is the engine of an analysis, empty for what people did.
	Engine claims.EngineInfo
}

// FindingChange is what one analysis changed of a finding.
type FindingChange struct {
	At      time.Time
	Engine  claims.EngineInfo
	First   bool
	Was, Is claims.Verdict
	Sources int
	Origins int
	Joined  int
	Left    int
	// New and Gone are differences, as "number: 14 / 41".
	New, Gone []string
}

// Entry tells a change. created is when the finding was first seen, which is before
// the first change that is known where its history began to be kept later.
func (c FindingChange) Entry(created time.Time) FindingEvent {
	e := FindingEvent{At: c.At, Engine: c.Engine}
	told := string(c.Is) + ", " + ui.Counted(c.Sources, "source", "sources") + ", " + ui.Counted(c.Origins, "origin", "origins")
	switch {
	case c.First && c.At.Sub(created) > time.Second:
		e.What = append(e.What, "History begins to be kept: "+told)
		return e
	case c.First:
		e.What = append(e.What, "First seen: "+told)
		return e
	case c.Was != c.Is:
		e.What = append(e.What, "Verdict "+string(c.Was)+" → "+told)
	default:
		e.What = append(e.What, "Still "+told)
	}
	if c.Joined > 0 {
		e.What = append(e.What, ui.Counted(c.Joined, "passage joined", "passages joined"))
	}
	if c.Left > 0 {
		e.What = append(e.What, ui.Counted(c.Left, "passage left", "passages left"))
	}
	for _, d := range c.New {
		e.What = append(e.What, "New difference: "+d)
	}
	for _, d := range c.Gone {
		e.What = append(e.What, "No longer differs: "+d)
	}
	return e
}

// historyOf puts together what analyses, people and sources did, the newest first.
func historyOf(in FindingInput) []FindingEvent {
	out := slices.Clone(in.Changes)
	for _, r := range in.Reviews {
		what := "Reviewed"
		if told := r.Decisions(); len(told) > 0 {
			what += ": " + strings.Join(told, ", ")
		}
		out = append(out, FindingEvent{At: r.At, Who: r.Author, What: []string{what}})
	}
	for _, c := range in.Corrections {
		out = append(out, FindingEvent{At: c.At, Who: c.Source, What: []string{c.Headline()}})
	}
	slices.SortStableFunc(out, func(x, y FindingEvent) int { return y.At.Compare(x.At) })
	return out
}

// SilentView is a source of the story that does not tell the finding.
type SilentView struct {
	ID       string
	Name     string
	TooEarly bool
	Articles []ArticleLine
}

// silentBy parts the silent sources into those that could have told it and those that
// could not have known.
func silentBy(all []SilentView, tooEarly bool) []SilentView {
	var out []SilentView
	for _, s := range all {
		if s.TooEarly == tooEarly {
			out = append(out, s)
		}
	}
	return out
}

// silentHeading heads a list of silent sources.
func silentHeading(tooEarly bool, n int) string {
	if tooEarly {
		return "Published before it was known: " + strconv.Itoa(n)
	}
	return "Not mentioned by " + ui.Counted(n, "source", "sources")
}
