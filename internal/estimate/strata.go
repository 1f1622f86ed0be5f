package estimate

// Stratum is a part of the whole and what is known of the sample that was drawn of it.
type Stratum struct {
	// Size is how many there are of it in all.
	Size int
	// Judged is how many of its sample were judged, and Right how many of these were
	// found to be right.
	Judged int
	Right  int
}

// Share is an estimated share.
type Share struct {
	Interval
	// Estimate is the weighted mean of the strata's shares.
	Estimate float64
	// Judged is how many judgements it rests on.
	Judged int
	// Covered is how much of the whole lies in strata of which something was judged, and
	// so for how much the estimate speaks.
	Covered float64
}

// Weighted estimates the share of what is right in the whole. A stratum of which
// nothing was judged says nothing and is left out. It gives false where nothing is
// known of any.
func Weighted(strata []Stratum) (Share, bool) {
	known, all := 0, 0
	for _, s := range strata {
		all += s.Size
		if s.Judged > 0 {
			known += s.Size
		}
	}
	if known == 0 {
		return Share{}, false
	}
	out := Share{Covered: float64(known) / float64(all)}
	for _, s := range strata {
		if s.Judged > 0 {
			out.Estimate += float64(s.Size) / float64(known) * s.share()
			out.Judged += s.Judged
		}
	}
	out.Estimate = min(out.Estimate, 1) // rounding
	out.Interval = score(out.Estimate, effective(strata, float64(known), out.Estimate))
	return out, true
}

// share is how much of what was judged is right.
func (s Stratum) share() float64 { return float64(s.Right) / float64(s.Judged) }

// effective gives how many judgements drawn from the whole at random would tell as much
// as those drawn from its strata. Strata of which few were judged weigh down the rest:
// that is counted by their sizes alone, and by how much their shares scatter, and the
// lower number is taken.
func effective(strata []Stratum, whole, share float64) float64 {
	var spread, variance float64
	for _, s := range strata {
		if s.Judged <= 0 {
			continue
		}
		weight, n := float64(s.Size)/whole, float64(s.Judged)
		spread += weight * weight / n
		variance += weight * weight * s.share() * (1 - s.share()) / n
	}
	number := 1 / spread
	if variance > 0 {
		number = min(number, share*(1-share)/variance)
	}
	return number
}
