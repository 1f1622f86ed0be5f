package store

import (
	"strings"
	"time"
)

// filter is what a list is narrowed by. What is not asked for is not in the statement,
// so that an index serves what is.
type filter struct {
	conditions
	args named
}

// newFilter begins a filter with the arguments that its statement has in any case.
func newFilter(args named) *filter { return &filter{args: args} }

// on adds a condition that takes one argument, where it is asked for.
func (f *filter) on(asked bool, condition, name string, value any) {
	if asked {
		f.conditions.add(true, condition)
		f.args[name] = value
	}
}

// Span is a stretch of time; an end that is zero is open. Until is not within.
type Span struct{ Since, Until time.Time }

// within adds that a column lies in a stretch of time; name tells its arguments from
// others.
func (f *filter) within(column, name string, s Span) {
	f.on(!s.Since.IsZero(), column+" >= @"+name+"_since", name+"_since", s.Since)
	f.on(!s.Until.IsZero(), column+" < @"+name+"_until", name+"_until", s.Until)
}

// changedBy gives the stretch in which something was made that changed last in another
// one: it was made before. Newest first, an index then begins there and not with all that is
// newer.
func (s Span) changedBy(updated Span) Span {
	if !updated.Until.IsZero() && (s.Until.IsZero() || updated.Until.Before(s.Until)) {
		s.Until = updated.Until
	}
	return s
}

// holds adds that a column has a part, in any case; an empty part is left out.
func (f *filter) holds(column, name, part string) {
	f.on(part != "", column+" ILIKE @"+name, name, "%"+literally.Replace(part)+"%")
}

// literally makes a text one that a pattern takes as it stands.
var literally = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
