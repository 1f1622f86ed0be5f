package doctor

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"
)

// Report is what an examination found.
type Report struct {
	// Level is that of the finding that matters most.
	Level    Level     `json:"level"`
	Version  string    `json:"version"`
	At       time.Time `json:"at"`
	Findings []Finding `json:"findings"`
}

// NewReport puts findings together, those of an area behind one another.
func NewReport(version string, at time.Time, all []Finding) Report {
	first := map[string]int{}
	for i, f := range all {
		if _, seen := first[f.Area]; !seen {
			first[f.Area] = i
		}
	}
	all = append([]Finding{}, all...)
	slices.SortStableFunc(all, func(a, b Finding) int { return first[a.Area] - first[b.Area] })
	return Report{Level: Worst(all), Version: version, At: at.UTC(), Findings: all}
}

// WriteJSON writes a report for programs.
func (r Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(r); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// signs stand before a finding, all of one width.
var signs = map[Level]string{OK: "  ok     ", Note: "  note   ", Warning: "! warning", Fault: "X fault  "}

// WriteText writes a report for a person, area by area, with a count at the end.
func (r Report) WriteText(w io.Writer) error {
	out := &lines{w: w}
	last := ""
	counts := map[Level]int{}
	for _, f := range r.Findings {
		if f.Area != last {
			out.add("%s\n", f.Area)
			last = f.Area
		}
		out.add("%s  %s\n", signs[f.Level], f.Says)
		if f.Do != "" {
			out.add("             do: %s\n", f.Do)
		}
		counts[f.Level]++
	}
	out.add("\n%d faults, %d warnings, %d notes, %d in order\n", counts[Fault], counts[Warning], counts[Note], counts[OK])
	if out.err != nil {
		return fmt.Errorf("write the report: %w", out.err)
	}
	return nil
}

// lines writes until something fails.
type lines struct {
	w   io.Writer
	err error
}

func (l *lines) add(format string, args ...any) {
	if l.err == nil {
		_, l.err = fmt.Fprintf(l.w, format, args...)
	}
}
