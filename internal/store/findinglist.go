package store

import (
	"context"
	"math"
	"strings"
	"time"

	"corroborate/internal/claims"
)

// FindingOrder is an order in which findings are listed.
type FindingOrder string

// The orders of findings.
const (
	// ByVerdict puts first what is veiled from the viewer, then divergences, then what
	// sources agree on; of each the findings of most sources first.
	ByVerdict FindingOrder = ""
	// MostDivided is ByVerdict with the divergences in the order of
	// [claims.Finding.Divided].
	MostDivided FindingOrder = "divided"
	// MostTold puts the findings of most sources first.
	MostTold FindingOrder = "told"
	// ToldAlone puts first what comes from one origin alone, and of that what is most
	// worth a check.
	ToldAlone FindingOrder = "alone"
	// Newest puts first what the newest articles tell.
	Newest FindingOrder = "newest"
	// LeastCertain puts first those whose claims the engine joined with least certainty;
	// those of one claim come last.
	LeastCertain FindingOrder = "uncertain"
	// MostDisputed puts first those of whose pairs the second judge says most often
	// otherwise than the engine.
	MostDisputed FindingOrder = "second_judge"
)

// FindingOrders lists every order.
func FindingOrders() []FindingOrder {
	return []FindingOrder{ByVerdict, MostDivided, MostTold, ToldAlone, Newest, LeastCertain, MostDisputed}
}

// orderKeys are the expressions that a list in an order goes up by; the id follows
// them.
var orderKeys = map[FindingOrder][3]string{
	ByVerdict:   {"f.rank", "-f.sources", "0"},
	MostDivided: {"f.rank", "-coalesce(f.divided, 0)", "-f.sources"},
	MostTold:    {"-f.sources", "-f.origins", "0"},
	ToldAlone:   {"f.origins", "f.sources", "-coalesce(f.worth, 0)"},
	// A closeness is at most 1, so that 2 comes behind them all.
	LeastCertain: {"coalesce(f.closeness, 2)", "f.rank", "-f.sources"},
	MostDisputed: {"-(2*coalesce(f.second_disagrees, 0) + (f.doubt IS NOT NULL)::integer)", "f.rank", "-f.sources"},
	Newest:       {"-coalesce(extract(epoch FROM f.newest_at), 0)", "f.rank", "-f.sources"},
}

// byKind is the expression that a list grouped by kind goes up by before all others:
// the place of the finding's most important kind, those without a difference last.
const byKind = "coalesce(array_position(@all_kinds::text[], f.kinds[1]), 99)"

// FindingChoice chooses findings of a story; empty fields choose all. Where a field has
// several values, a finding fits with one of them.
type FindingChoice struct {
	StoryID  string
	Verdicts []claims.Verdict
	Kinds    []claims.Kind
	Sources  []string // ids and folded names
	// MinOrigins is the least number of origins, Corroborated whether the sources that
	// agree have two or more.
	MinOrigins   int
	Corroborated *bool
	Reviewed     *bool
	// Outcomes are what the newest review that stands says, Suggested where none does.
	Outcomes []Outcome
	// Open chooses what waits for a person: divergences without a review, and findings of
	// which the review is stale.
	Open bool
	// Second chooses by how a finding stands with the second judge, all where it is empty.
	Second SecondOutcome
	// Score and Alignment bound how sure the engine is of the verdict, and of the claims
	// belonging together. What has no such number does not fit a bound.
	Score     Bounds
	Alignment Bounds
	// UpdatedSince chooses what changed at that time or later.
	UpdatedSince time.Time
	// Text chooses those of which the summary or a passage has these words.
	Text  string
	Order FindingOrder
	// ByKind puts those together whose most important difference is of one kind.
	ByKind bool
	After  *FindingPlace
	Limit  int
}

// Bounds are the least and the most of a number, nil for none.
type Bounds struct{ Min, Max *float64 }

// FindingPlace is a finding's place in a list. Rank and Sources are its keys in the
// plain order ByVerdict, Keys those in any other.
type FindingPlace struct {
	Rank    int          `json:"r"`
	Sources int          `json:"s"`
	ID      string       `json:"i"`
	Order   FindingOrder `json:"o,omitempty"`
	ByKind  bool         `json:"g,omitempty"`
	Keys    []float64    `json:"k,omitempty"`
}

// placeKeys is the number of keys of a place, without the id.
const placeKeys = 4

// Fits tells whether a place is one of lists in an order, grouped or not.
func (p FindingPlace) Fits(order FindingOrder, byKind bool) bool {
	if p.Order != order || p.ByKind != byKind {
		return false
	}
	for _, k := range p.Keys {
		if math.IsNaN(k) || math.IsInf(k, 0) {
			return false
		}
	}
	return p.plain() && len(p.Keys) == 0 || !p.plain() && len(p.Keys) == placeKeys
}

func (p FindingPlace) plain() bool { return p.Order == ByVerdict && !p.ByKind }

// Kind gives the most important kind of the finding at the place, empty for none or
// where the list is not grouped.
func (p FindingPlace) Kind() claims.Kind {
	if k := claims.Kinds(); p.ByKind && len(p.Keys) > 0 && p.Keys[0] >= 1 && p.Keys[0] <= float64(len(k)) {
		return k[int(p.Keys[0])-1]
	}
	return ""
}

// keys gives the place's keys, in the order of the list's expressions.
func (p FindingPlace) keys() []float64 {
	if p.plain() {
		return []float64{0, float64(p.Rank), -float64(p.Sources), 0}
	}
	return p.Keys
}

// keyList writes the expressions of the choice's order as one list.
func (c FindingChoice) keyList() string {
	group, keys := "0", orderKeys[c.Order]
	if c.ByKind {
		group = byKind
	}
	return "(" + group + ")::float8, (" + strings.Join(keys[:], ")::float8, (") + ")::float8"
}

// placeOf gives a finding's place in the list that was chosen by c.
func (c FindingChoice) placeOf(id string, keys []float64) FindingPlace {
	p := FindingPlace{ID: id, Order: c.Order, ByKind: c.ByKind}
	if p.plain() {
		p.Rank, p.Sources = int(keys[1]), -int(keys[2])
		return p
	}
	p.Keys = keys
	return p
}

// listed is a finding with its keys in a list.
type listed struct {
	findingRow
	Keys []float64
}

// chosen gives the rows of a part of a list.
func (q Queries) chosen(ctx context.Context, c FindingChoice) ([]listed, error) {
	on, keys := q.conditions(c), c.keyList()
	where, args := on.all(), on.args
	args["limit"] = c.Limit
	if c.After != nil {
		args["after"], args["id"] = c.After.keys(), c.After.ID
		where.add(true, "("+keys+`, f.id) >
			((@after::float8[])[1], (@after::float8[])[2], (@after::float8[])[3], (@after::float8[])[4], @id::uuid)`)
	}
	if c.ByKind {
		args["all_kinds"] = claims.Kinds()
	}
	return list[listed](ctx, q.q, "findings", "SELECT"+findingColumns+", ARRAY["+keys+`] AS keys FROM findings_for(@viewer) f
		WHERE `+where.sql()+" ORDER BY "+keys+", f.id LIMIT @limit", args)
}

// Findings lists findings of a story with their claims, positions and differences.
func (q Queries) Findings(ctx context.Context, c FindingChoice) ([]Finding, error) {
	rows, err := q.chosen(ctx, c)
	if err != nil {
		return nil, err
	}
	plain := make([]findingRow, len(rows))
	for i, r := range rows {
		plain[i] = r.findingRow
	}
	out, err := q.fill(ctx, plain)
	for i := range out {
		out[i].Place = c.placeOf(rows[i].ID, rows[i].Keys)
	}
	return out, err
}
