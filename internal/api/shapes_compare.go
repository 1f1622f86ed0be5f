package api

import (
	"corroborate/internal/app"
	"corroborate/internal/claims"
)

type statements struct {
	A string `json:"a" minLength:"1" maxLength:"5000" doc:"One statement, in English." example:"The minister met the president on Thursday."`
	B string `json:"b" minLength:"1" maxLength:"5000" doc:"Another statement." example:"The minister was to meet the president."`
}

func (s statements) pair() app.Pair { return app.Pair{A: s.A, B: s.B} }

type statementPairs struct {
	Pairs []statementPair `json:"pairs" minItems:"1" maxItems:"100" doc:"The pairs to compare."`
}

func (s statementPairs) pairs() []app.Pair {
	return mapped(s.Pairs, func(p statementPair) app.Pair { return app.Pair{A: p.A, B: p.B} })
}

type statementPair struct {
	ID string `json:"id,omitempty" maxLength:"200" doc:"Your name for the pair, which comes back with its answer." example:"lead-vs-agency"`
	A  string `json:"a" minLength:"1" maxLength:"5000" doc:"One statement, in English." example:"The minister met the president on Thursday."`
	B  string `json:"b" minLength:"1" maxLength:"5000" doc:"Another statement." example:"The minister was to meet the president."`
}

type comparison struct {
	Relation    string           `json:"relation" enum:"agree,diverge,unrelated" doc:"agree: a tells b and nothing conflicts. diverge: they conflict. unrelated: a does not tell b." example:"diverge"`
	Direction   string           `json:"direction" enum:"both,a_tells_b,b_tells_a,none" doc:"Which of the two tells the other." example:"both"`
	Score       float64          `json:"score" minimum:"0" maximum:"1" doc:"The engine's confidence in the relation, not calibrated." example:"0.91"`
	Differences []pairDifference `json:"differences" doc:"What differs, the most important first."`
}

// ComparisonFields are the fields that a comparison has among several too.
type ComparisonFields = comparison

type pairComparison struct {
	ID string `json:"id" doc:"Your name for the pair; empty where you gave none." example:"lead-vs-agency"`
	ComparisonFields
}

type pairComparisons struct {
	Items []pairComparison `json:"items" doc:"The answers in the order of the pairs."`
}

type pairDifference struct {
	Kind        string    `json:"kind" enum:"number,time,place,name,action,negation,certainty,cause,scope,quote,term,attribution" doc:"What differs." example:"certainty"`
	Material    bool      `json:"material" doc:"True when a difference of this kind makes statements diverge." example:"true"`
	Values      [2]string `json:"values" doc:"What a tells, and what b tells." example:"[\"met\",\"was to meet\"]"`
	Explanation string    `json:"explanation" doc:"The difference in one plain sentence." example:"One says that it happened, the other that it was planned."`
}

func newPairDifference(d claims.PairDifference) pairDifference {
	return pairDifference{Kind: string(d.Kind), Material: d.Material, Values: d.Values, Explanation: d.Explanation}
}
