package claims

import "math"

// Relation is how two bare statements stand to one another.
type Relation string

// The relations of two statements: a tells b and nothing conflicts, they
// conflict, or a does not tell b.
const (
	RelAgree     Relation = "agree"
	RelDiverge   Relation = "diverge"
	RelUnrelated Relation = "unrelated"
)

// Comparison is what [Engine.Compare] says of two statements.
type Comparison struct {
	Relation Relation `json:"relation"`
	// Direction is "both", "a_tells_b", "b_tells_a" or "none".
	Direction string `json:"direction"`
	// Score is the engine's confidence in the relation from 0 to 1, not calibrated.
	Score       float64          `json:"score"`
	Differences []PairDifference `json:"differences"`
}

// PairDifference is a difference between two bare statements.
type PairDifference struct {
	Kind        Kind      `json:"kind"`
	Material    bool      `json:"material"`
	Values      [2]string `json:"values"`
	Explanation string    `json:"explanation"`
}

// tellsAt is the share of a statement's weight that the other must tell for it to
// be told.
const tellsAt = 0.72

// Compare says how two bare statements stand to one another. Each may hold
// several sentences.
func (e *Engine) Compare(a, b string) Comparison {
	sa, sb := e.bare("a", a), e.bare("b", b)
	out := Comparison{Relation: RelUnrelated, Direction: "none", Differences: []PairDifference{}}
	if len(sa) == 0 || len(sb) == 0 {
		return out
	}
	al := e.newAligner(append(append([]*statement{}, sa...), sb...))
	coverB, diffs := al.told(sb, sa)
	coverA, _ := al.told(sa, sb)
	if r := e.newReworder(sa[0].art.wording(), sb[0].art.wording()); r.wordedAlike() {
		diffs = r.found()
	}
	material := 0
	for _, d := range diffs {
		out.Differences = append(out.Differences, PairDifference{Kind: d.kind, Material: d.kind.Material(), Values: d.values, Explanation: d.explanation})
		if d.kind.Material() && d.between == BetweenSources {
			material++
		}
	}
	switch {
	case material > 0:
		out.Relation, out.Score = RelDiverge, math.Min(0.95, 0.5+coverB/2)
	case coverB >= tellsAt:
		out.Relation, out.Score = RelAgree, coverB
	default:
		out.Score = 1 - coverB
	}
	out.Direction = direction(coverA >= tellsAt, coverB >= tellsAt)
	out.Score = math.Round(out.Score*1000) / 1000
	return out
}

func direction(bTellsA, aTellsB bool) string {
	switch {
	case aTellsB && bTellsA:
		return "both"
	case aTellsB:
		return "a_tells_b"
	case bTellsA:
		return "b_tells_a"
	}
	return "none"
}

// bare reads a statement that stands alone: it is prose, whatever it looks like.
func (e *Engine) bare(id, s string) []*statement {
	body := cleanText(s)
	a := e.read(Article{ID: id, Source: id, Text: Text{Body: body, Spans: []Span{}, Credits: []Credit{}, Language: "en"}})
	return a.claims
}

// told gives the share of the statements' weight that others tell, and the
// differences between each statement and the one nearest to it.
func (al *aligner) told(these, others []*statement) (float64, []foundDifference) {
	got, whole := 0.0, 0.0
	var diffs []foundDifference
	for _, s := range these {
		var nearest *statement
		best := 0.0
		union := map[string]float64{}
		for _, o := range others {
			if sc := al.score(s, o); sc > best {
				nearest, best = o, sc
			}
			for _, t := range s.slots.terms {
				for _, u := range o.slots.terms {
					union[t.key()] = math.Max(union[t.key()], al.terms(t, u))
				}
			}
		}
		for _, t := range s.slots.terms {
			w := al.w.weight(t)
			got += w * union[t.key()]
			whole += w
		}
		if nearest != nil && best >= aligning.joinAt {
			diffs = append(diffs, al.compare(nearest, s).differences...)
		}
	}
	if whole == 0 {
		return 0, diffs
	}
	return got / whole, diffs
}
