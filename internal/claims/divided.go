package claims

import "slices"

// Divided says how far the sources of a finding part: the number of origins that do
// not hold the widest position, and, to tell apart those with as many, their share
// of all. Origins are counted, so that copies give a position no weight. One against
// one is 1.5, one against nineteen 1.05, five against ten 5.33; 0 where nothing
// material stands between sources.
func (f Finding) Divided() float64 {
	if f.Verdict != Diverge {
		return 0
	}
	all, widest := 0, 0
	for _, p := range f.Positions {
		all += p.Origins
		widest = max(widest, p.Origins)
	}
	if all == 0 {
		return 0
	}
	apart := float64(all - widest)
	return apart + apart/float64(all)
}

// Kinds lists the kinds of a finding's differences, each once, in the order of the
// differences: the most important first.
func (f Finding) Kinds() []Kind {
	out := []Kind{}
	for _, d := range f.Differences {
		if !slices.Contains(out, d.Kind) {
			out = append(out, d.Kind)
		}
	}
	return out
}

// Opposing gives the claims of a finding that deny, or tell the opposite deed of, what
// a claim of its first position tells, in the order of the differences.
func (f Finding) Opposing() []string {
	out := []string{}
	if len(f.Positions) < 2 {
		return out
	}
	for _, d := range f.Differences {
		if d.Kind != KindNegation && d.Kind != KindAction || d.Internal || d.Between != BetweenSources {
			continue
		}
		for i, id := range d.Claims {
			if slices.Contains(f.Positions[0].Claims, d.Claims[1-i]) && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// LeadingDifferences gives the first difference of each kind, in their order. One is
// superseded where all of its kind are.
func (f Finding) LeadingDifferences() []Difference {
	var out []Difference
	for _, d := range f.Differences {
		i := slices.IndexFunc(out, func(o Difference) bool { return o.Kind == d.Kind })
		if i < 0 {
			out = append(out, d)
			continue
		}
		out[i].Superseded = out[i].Superseded && d.Superseded
	}
	return out
}
