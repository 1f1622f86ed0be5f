package app

import (
	"context"
	"slices"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/estimate"
	"corroborate/internal/store"
)

// Stratum is a sort of statements of the machine of which samples are drawn.
type Stratum = store.Stratum

// LeastJudged is how many judgements a share is told from; below it only counts are.
const LeastJudged = 20

// Precision is how often the machine is right in statements of one sort, or of
// several together.
type Precision struct {
	// Size is how many such statements there are, Drawn how many were drawn at random.
	Size  int
	Drawn int
	// Judged counts those that a person called right or wrong, and Right the former.
	Judged int
	Right  int
	// Unclear counts those of which a person cannot tell, Passed those that somebody passed
	// on and nobody judged, Dropped those that changed before they were judged.
	Unclear int
	Passed  int
	Dropped int
	// Share is the estimated share of right ones, nil where too few were judged.
	Share *estimate.Share
}

// StratumPrecision is the precision of one stratum.
type StratumPrecision struct {
	Stratum Stratum
	Precision
}

// Accuracy is how good the machine is, measured on a random sample.
type Accuracy struct {
	// Engine is the engine that was measured; Present is true for the one that runs.
	Engine  claims.EngineInfo
	Present bool
	// CountedAt is when its statements were last counted, nil before the first draw.
	CountedAt *time.Time
	// Kinds and Verdicts are all of them, in their usual order; what the machine never
	// said has the size 0.
	Kinds    []StratumPrecision
	Verdicts []StratumPrecision
	Cleared  Precision
	// AllKinds and AllVerdicts weigh each stratum with its size.
	AllKinds    Precision
	AllVerdicts Precision
	// Alignment is how often the passages of a finding of two or more sources are about
	// one fact.
	Alignment Precision
	// Gone, Changed and Binned say why items were dropped.
	Gone    int
	Changed int
	Binned  int
	// Chosen are the decisions of reviews. People chose what to review, so they say
	// nothing of the rest.
	Chosen []store.ChosenCount
	// Engines are all that something was judged of, the newest first.
	Engines []claims.EngineInfo
}

// Accuracy tells how good an engine is; an empty hash is that of the present one.
func (a *App) Accuracy(ctx context.Context, who Actor, hash string) (Accuracy, error) {
	if err := who.require(ReadFindings); err != nil {
		return Accuracy{}, err
	}
	q := a.seen(who)
	out := Accuracy{Engine: a.engine.Info(), Present: true}
	var err error
	if out.Engines, err = q.SampledEngines(ctx); err != nil {
		return out, err
	}
	if hash != "" && hash != out.Engine.Hash {
		i := slices.IndexFunc(out.Engines, func(e claims.EngineInfo) bool { return e.Hash == hash })
		if i < 0 {
			return out, &claims.Error{Kind: claims.NotFound, Message: "nothing was judged of this engine"}
		}
		out.Engine, out.Present = out.Engines[i], false
	}
	counts, err := q.SampleCounts(ctx, out.Engine)
	if err != nil {
		return out, err
	}
	out.fill(counts)
	out.Chosen, err = q.ChosenCounts(ctx)
	return out, err
}

// fill works out the figures from the counts of all strata.
func (a *Accuracy) fill(counts []store.SampleCount) {
	by := map[Stratum]store.SampleCount{}
	for _, c := range counts {
		by[c.Stratum], a.CountedAt = c, &c.CountedAt
		a.Gone, a.Changed, a.Binned = a.Gone+c.Gone, a.Changed+c.Changed, a.Binned+c.Binned
	}
	of := func(strata ...Stratum) []store.SampleCount {
		out := make([]store.SampleCount, len(strata))
		for i, s := range strata {
			out[i] = by[s]
		}
		return out
	}
	a.Kinds, a.Verdicts = each(kindStrata(), by), each(verdictStrata(), by)
	a.AllKinds = precisionOf(of(kindStrata()...), isRight)
	a.AllVerdicts = precisionOf(of(verdictStrata()...), isRight)
	a.Cleared = precisionOf(of(store.StratumCleared), isRight)
	a.Alignment = precisionOf(of(Stratum(claims.Agree), Stratum(claims.Diverge)), isOneFact)
}

func each(strata []Stratum, by map[Stratum]store.SampleCount) []StratumPrecision {
	out := make([]StratumPrecision, len(strata))
	for i, s := range strata {
		out[i] = StratumPrecision{Stratum: s, Precision: precisionOf([]store.SampleCount{by[s]}, isRight)}
	}
	return out
}

// isRight and isOneFact count what is right in a stratum's sample: the statement as a
// whole, or that it is about one fact.
func isRight(c store.SampleCount) int   { return c.Right }
func isOneFact(c store.SampleCount) int { return c.Right + c.Wrong - c.NotOneFact }

// precisionOf sums up strata, each weighed with its size.
func precisionOf(counts []store.SampleCount, right func(store.SampleCount) int) Precision {
	var p Precision
	strata := make([]estimate.Stratum, len(counts))
	for i, c := range counts {
		judged := c.Right + c.Wrong
		p.Size, p.Drawn, p.Judged, p.Right = p.Size+c.Size, p.Drawn+c.Drawn, p.Judged+judged, p.Right+right(c)
		p.Unclear, p.Passed, p.Dropped = p.Unclear+c.Unclear, p.Passed+c.Passed, p.Dropped+c.Gone+c.Changed+c.Binned
		// What was judged may be gone by now; it still stands for what there is.
		strata[i] = estimate.Stratum{Size: max(c.Size, min(judged, 1)), Judged: judged, Right: right(c)}
	}
	if share, ok := estimate.Weighted(strata); ok && p.Judged >= LeastJudged {
		p.Share = &share
	}
	return p
}

// kindStrata are the strata of differences.
func kindStrata() []Stratum {
	var out []Stratum
	for _, k := range claims.Kinds() {
		out = append(out, Stratum(k))
	}
	return out
}

// verdictStrata are the strata of findings.
func verdictStrata() []Stratum {
	return []Stratum{Stratum(claims.Diverge), Stratum(claims.Agree), Stratum(claims.Single)}
}

// IsKind tells whether a stratum is one of differences.
func IsKind(s Stratum) bool { return slices.Contains(claims.Kinds(), claims.Kind(s)) }

// IsVerdict tells whether a stratum is one of findings.
func IsVerdict(s Stratum) bool { return validVerdict(claims.Verdict(s)) }
