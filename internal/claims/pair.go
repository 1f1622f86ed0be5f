package claims

import (
	"context"
	"math"

	"corroborate/internal/claims/encoder"
)

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

// Compare says how two bare statements stand to one another. Each may hold
// several sentences.
func (e *Engine) Compare(a, b string) Comparison {
	ev := e.pairEvidence(a, b)
	ev.read = e.readPair(a, b)
	out := e.pairs.score(ev)
	out.Differences = []PairDifference{}
	for _, d := range ev.differences {
		out.Differences = append(out.Differences, PairDifference{Kind: d.kind, Material: d.kind.Material(), Values: d.values, Explanation: d.explanation})
	}
	out.Score = thousandths(out.Score)
	return out
}

// pairEvidence is what is known of two statements before they are judged.
type pairEvidence struct {
	// bTold and aTold are the shares of each statement's words that the other tells.
	bTold, aTold float64
	// differences are the most important first.
	differences []foundDifference
	// read is what the language model says of them.
	read pairReading
}

// pairReading is what the language model says of two bare statements, in both orders.
type pairReading struct {
	there, back encoder.Judgement
	near        float64
}

// readPair has the model read two statements. That is too little to be broken off, so
// nothing can fail.
func (e *Engine) readPair(a, b string) pairReading {
	j, _ := e.encoder.judge(context.Background(), [][2]string{{a, b}, {b, a}})
	v, _ := e.encoder.embed(context.Background(), []string{a, b})
	return pairReading{there: j[0], back: j[1], near: cosine(v[0], v[1])}
}

// A share of words that is told counts more where the model says that the one tells the
// other, that the two are near, and that both are about one fact, and less where it does
// not. The three middles are what it says of usual pairs; they and the weight are round
// numbers, of a dozen that were tried on the labelled pairs.
const (
	modelWeight = 0.2
	usualAgree  = 0.4
	usualNear   = 0.8
	usualSame   = 0.8
)

// asRead gives the share that is told as the model would have it.
func (r pairReading) asRead(told float64, j encoder.Judgement) float64 {
	return told + modelWeight*(j.Relations()[encoder.Agree]-usualAgree+r.near-usualNear+j.SameFact()-usualSame)
}

// pairScorer turns evidence into a relation. A learned judge can take the place of
// the rules behind it; the differences, which explain, stay those of the rules.
type pairScorer interface {
	score(pairEvidence) Comparison
}

// rulePairScorer judges by the differences found, on which rules have the last word,
// and by how much is told.
type rulePairScorer struct{}

// tellsAt is the share of a statement's weight that the other must tell for it to be
// told.
const tellsAt = 0.72

func (rulePairScorer) score(ev pairEvidence) Comparison {
	bTold, aTold := ev.read.asRead(ev.bTold, ev.read.there), ev.read.asRead(ev.aTold, ev.read.back)
	out := Comparison{Relation: RelUnrelated, Score: 1 - min(max(bTold, 0), 1), Direction: direction(aTold >= tellsAt, bTold >= tellsAt)}
	for _, d := range ev.differences {
		if d.kind.Material() && d.between == BetweenSources {
			out.Relation, out.Score = RelDiverge, math.Min(0.95, 0.5+math.Max(ev.aTold, ev.bTold)/2)
			return out
		}
	}
	if bTold >= tellsAt {
		out.Relation, out.Score = RelAgree, min(bTold, 1)
	}
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

// pairEvidence reads both statements, finds how much of each the other tells, and what
// in them cannot both be. Two that are worded alike differ only in words that differ;
// of two others the one that is told more is held against the other, so that their
// order does not matter.
func (e *Engine) pairEvidence(a, b string) pairEvidence {
	ra, rb := e.linkage(e.bare("a", a).wording()), e.linkage(e.bare("b", b).wording())
	inA, inB := e.match(rb, ra), e.match(ra, rb)
	ev := pairEvidence{bTold: inA.told(), aTold: inB.told()}
	if r := e.newReworder(ra.art.wording(), rb.art.wording()); r.wordedAlike() {
		ev.differences = r.found()
		if len(ev.differences) == 0 {
			a, b := r.retold()
			ev.aTold, ev.bTold = math.Max(ev.aTold, a), math.Max(ev.bTold, b)
		}
		return ev
	}
	m, swapped := inA, false
	if ev.aTold > ev.bTold || ev.aTold == ev.bTold && !sameOrder(ra.art.wording(), rb.art.wording()) {
		m, swapped = inB, true
	}
	if math.Max(ev.aTold, ev.bTold) < clashAt {
		return ev
	}
	for _, c := range m.clashes() {
		ev.differences = append(ev.differences, m.difference(c, swapped))
	}
	sortFound(ev.differences)
	return ev
}

// bare reads a statement that stands alone: it is prose, whatever it looks like.
func (e *Engine) bare(id, s string) *article {
	return e.read(context.Background(), Article{ID: id, Source: id, Text: Text{Body: cleanText(s), Spans: []Span{}, Credits: []Credit{}, Language: "en"}})
}
