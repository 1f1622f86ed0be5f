package search

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"corroborate/internal/claims"
)

// filterToken is a filter as it was typed.
type filterToken struct {
	name, value, part string
	not               bool
	span              span
}

// readers gives what each filter does with its value: it sets the filter, or says
// what is wrong with the value.
var readers = map[string]func(*Filter, string) (wrong string){
	"is": func(f *Filter, value string) string {
		return choose(&f.Types, value, Types())
	},
	"kind": func(f *Filter, value string) string {
		return choose(&f.Kinds, value, claims.Kinds())
	},
	"verdict": func(f *Filter, value string) string {
		return choose(&f.Verdicts, value, []claims.Verdict{claims.Agree, claims.Diverge, claims.Single})
	},
	"source": func(f *Filter, value string) string {
		f.Sources = append(f.Sources, value)
		return ""
	},
	"story": func(f *Filter, value string) string {
		f.Story = value
		return ""
	},
	"min_origins": func(f *Filter, value string) string {
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 || n > 10_000 {
			return "takes a number, such as min_origins:2"
		}
		f.MinOrigins = n
		return ""
	},
	"reviewed": func(f *Filter, value string) string {
		yes := strings.EqualFold(value, "yes")
		if !yes && !strings.EqualFold(value, "no") {
			return "is yes or no"
		}
		f.Reviewed = &yes
		return ""
	},
	"after":  func(f *Filter, value string) string { return date(&f.After, value) },
	"before": func(f *Filter, value string) string { return date(&f.Before, value) },
}

// Filters gives the names of the filters, in the order of the alphabet.
func Filters() []string {
	names := make([]string, 0, len(readers))
	for name := range readers {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func known(name string) bool { return readers[strings.ToLower(name)] != nil }

// filter adds a filter to the query, or says what is wrong with it.
func (p *parser) filter(t filterToken) {
	p.or, p.open = false, false
	wrong := ""
	switch value := strings.TrimSpace(t.value); {
	case t.not:
		wrong = "cannot be turned round with a hyphen"
	case value == "":
		wrong = "has no value: write it behind the colon, without a space"
	default:
		wrong = readers[t.name](&p.q.Filter, value)
	}
	if wrong != "" {
		p.problem(t.part, "The filter “"+t.name+":” "+wrong+".")
		return
	}
	p.q.filters = append(p.q.filters, t.span)
}

// choose adds the values of a list with commas to what is chosen; one that is not
// offered spoils the filter.
func choose[T ~string](chosen *[]T, values string, offered []T) (wrong string) {
	var out []T
	for value := range strings.SplitSeq(strings.ToLower(values), ",") {
		v := T(strings.TrimSpace(value))
		if !slices.Contains(offered, v) {
			names := make([]string, len(offered))
			for i, o := range offered {
				names[i] = string(o)
			}
			return "knows no “" + string(v) + "”: it is one of " + strings.Join(names, ", ")
		}
		out = append(out, v)
	}
	for _, v := range out {
		if !slices.Contains(*chosen, v) {
			*chosen = append(*chosen, v)
		}
	}
	return ""
}

// date reads a day, a month or a year as its first day.
func date(to *time.Time, value string) (wrong string) {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, value); err == nil && t.Year() >= 1000 {
			*to = t
			return ""
		}
	}
	return "takes a day, such as 2025-03-27"
}

// nearest gives the filter that a name is likely to be a typing error of, empty for
// none. Addresses and times of day have colons too, so only what is near counts.
func nearest(name string) string {
	name = strings.ToLower(name)
	best, far := "", 3
	for _, f := range Filters() {
		if d := Distance(name, f); d < far && d*3 < len(f)+1 {
			best, far = f, d
		}
	}
	return best
}
