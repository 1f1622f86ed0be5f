package app

import "corroborate/internal/claims"

// Scales gives the numbers and the times in which the claims of a finding differ, as
// points on lines. dated knows its claims by id; one that is missing has no date, so
// its weekdays stand on no line. The finding has to be one that the viewer may see.
func (a *App) Scales(f claims.Finding, dated map[string]claims.Dated) ([]claims.NumberScale, []claims.TimeScale) {
	return a.engine.NumberScales(f), a.engine.TimeScales(f, dated)
}
