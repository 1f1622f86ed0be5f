package claims

import (
	"context"
	"math"

	"corroborate/internal/claims/encoder"
)

// What the confidence in the verdict of a finding is read off.
const (
	sureWeakest  = iota // the score of the weakest tie that holds its claims together
	sureMean            // the mean of its ties
	sureSources         // the logarithm of its sources
	sureDiverges        // whether it diverges
	sureRuled           // whether a rule that has the last word found a difference
	sureDecisive        // where it diverges, the most that the model holds claims that differ in conflict
	sureFeatures
)

var sureFeatureNames = [sureFeatures]string{"weakest tie", "mean tie", "sources", "diverges", "ruled", "decisive"}

// confidence holds the weights, the bias last, that training/align learnt from the
// findings of annotated stories.
var confidence = [sureFeatures + 1]float64{0.6549, 1.946, 2.151, 1.438, 0.9636, 1.157, -2.276}

// ruled are the kinds of difference on which rules have the last word.
var ruled = map[Kind]bool{KindNumber: true, KindTime: true, KindName: true, KindPlace: true, KindQuote: true, KindNegation: true}

// doubtAt is how likely the model must hold something for its word to be told against
// that of the rules.
const doubtAt = 0.9

// Doubt is where the language model reads two claims of a finding otherwise than the
// rules.
type Doubt struct {
	// Claims are the two claims' ids.
	Claims [2]string `json:"claims"`
	// Relation is what the model says they do: agree or diverge.
	Relation Relation `json:"relation"`
	// Probability is how likely the model holds that, not calibrated.
	Probability float64 `json:"probability"`
}

// opinion is what the model says of two statements, whichever comes first.
func (al *aligner) opinion(a, b *statement) (p [3]float64, ok bool) {
	i, j := al.surroundings.number[a], al.surroundings.number[b]
	said, ok := al.said[[2]int{min(i, j), max(i, j)}]
	return said.Relations(), ok
}

// sureness gives what the confidence in a finding is read off.
func (al *aligner) sureness(f Finding, group []*statement, ties []tie) (x [sureFeatures]float64) {
	x[sureWeakest] = 1
	for _, t := range ties {
		x[sureWeakest] = min(x[sureWeakest], t.score)
		x[sureMean] += t.score / float64(len(ties))
	}
	x[sureSources] = math.Log(float64(f.Sources))
	x[sureDiverges] = asNumber(f.Verdict == Diverge)
	for _, d := range al.deciding(f, group) {
		x[sureRuled] = max(x[sureRuled], asNumber(ruled[d.Kind]))
		if d.read {
			x[sureDecisive] = max(x[sureDecisive], d.opinion[encoder.Diverge])
		}
	}
	return x
}

// decidingDifference is a difference that sets the verdict, with what the model says of
// its claims where it has read them.
type decidingDifference struct {
	Difference
	opinion [3]float64
	read    bool
}

func (al *aligner) deciding(f Finding, group []*statement) []decidingDifference {
	byID := map[string]*statement{}
	for _, s := range group {
		byID[s.ID] = s
	}
	var out []decidingDifference
	for _, d := range f.Differences {
		if d.setsVerdict() {
			p, ok := al.opinion(byID[d.Claims[0]], byID[d.Claims[1]])
			out = append(out, decidingDifference{d, p, ok})
		}
	}
	return out
}

// sure gives the probability that a person would confirm the verdict of a finding that
// two sources or more tell, nil for others.
func sure(f Finding, x [sureFeatures]float64) *float64 {
	if f.Verdict == Single {
		return nil
	}
	p := thousandths(squashed(confidence[sureFeatures], confidence[:sureFeatures], x[:]))
	return &p
}

// doubt gives where the model most contradicts the verdict: two claims of sources that
// agree and that it holds in conflict, or a divergence of which it holds that all claims
// that differ agree. Nil where it does not, and where the divergence rests on what rules
// have the last word on or on certainty, which is read off what frames a claim.
func (al *aligner) doubt(f Finding, group []*statement) *Doubt {
	switch f.Verdict {
	case Agree:
		return al.conflict(group)
	case Diverge:
		var out *Doubt
		for _, d := range al.deciding(f, group) {
			p := d.opinion[encoder.Agree]
			if !d.read || p < doubtAt || ruled[d.Kind] || d.Kind == KindCertainty {
				return nil
			}
			if out == nil || p < out.Probability {
				out = &Doubt{Claims: d.Claims, Relation: RelAgree, Probability: p}
			}
		}
		return out.rounded()
	}
	return nil
}

// conflict gives the two claims of two sources that the model most holds in conflict.
func (al *aligner) conflict(group []*statement) *Doubt {
	var out *Doubt
	for i, a := range group {
		for _, b := range group[i+1:] {
			p, ok := al.opinion(a, b)
			if !ok || a.art.Source == b.art.Source || al.sameWording(a, b) || p[encoder.Diverge] < doubtAt || out != nil && p[encoder.Diverge] <= out.Probability {
				continue
			}
			out = &Doubt{Claims: [2]string{a.ID, b.ID}, Relation: RelDiverge, Probability: p[encoder.Diverge]}
		}
	}
	return out.rounded()
}

func (d *Doubt) rounded() *Doubt {
	if d != nil {
		d.Probability = thousandths(d.Probability)
	}
	return d
}

// Sureness is what the confidence in a finding is read off, for the recipe that learns
// the weights.
type Sureness struct {
	Finding  Finding
	Features []float64
}

// SurenessNames gives what the features of a [Sureness] are called.
func SurenessNames() []string { return sureFeatureNames[:] }

// Surenesses gives the findings of a story that two sources or more tell.
func (e *Engine) Surenesses(ctx context.Context, s Story) (Report, []Sureness, error) {
	var out []Sureness
	r, err := e.analyze(ctx, s, nil, func(f Finding, x [sureFeatures]float64) {
		if f.Verdict != Single {
			out = append(out, Sureness{f, x[:]})
		}
	})
	return r, out, err
}
