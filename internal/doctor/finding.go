package doctor

import (
	"fmt"
	"slices"
)

// Level says how much a finding matters.
type Level string

// The levels, from nothing to do to what stops the service or endangers its data.
const (
	OK      Level = "ok"
	Note    Level = "note"
	Warning Level = "warning"
	Fault   Level = "fault"
)

// Finding is one thing that was looked at.
type Finding struct {
	// Area is the part of the installation: "database", "disk".
	Area  string `json:"area"`
	Level Level  `json:"level"`
	// Says is what was found, Do what to do about it; empty where there is nothing to do.
	Says string `json:"says"`
	Do   string `json:"do"`
}

// Worst gives the level of the finding that matters most.
func Worst(all []Finding) Level {
	worst := OK
	for _, f := range all {
		if rank(f.Level) > rank(worst) {
			worst = f.Level
		}
	}
	return worst
}

func rank(l Level) int { return slices.Index([]Level{OK, Note, Warning, Fault}, l) }

// area collects the findings of one part.
type area struct {
	name string
	all  []Finding
}

// ok adds that something is well.
func (a *area) ok(format string, args ...any) {
	a.all = append(a.all, Finding{Area: a.name, Level: OK, Says: fmt.Sprintf(format, args...)})
}

// add adds a finding with what to do.
func (a *area) add(level Level, says, do string) {
	a.all = append(a.all, Finding{Area: a.name, Level: level, Says: says, Do: do})
}

// when adds a finding where bad is true, else that it is well.
func (a *area) when(bad bool, level Level, f Finding, well string) {
	if bad {
		a.add(level, f.Says, f.Do)
	} else if well != "" {
		a.ok("%s", well)
	}
}

// Unseen is a finding on an area that could not be looked at.
func Unseen(name string, err error, do string) Finding {
	return Finding{Area: name, Level: Fault, Says: "this could not be looked at: " + err.Error(), Do: do}
}
