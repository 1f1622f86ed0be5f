package app

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"corroborate/internal/claims"
)

const (
	// MaxStatement is the most characters of a bare statement, MaxPairs the most pairs of
	// them that are compared at once, and MaxPairsText the most characters of all of them.
	MaxStatement = 5000
	MaxPairs     = 100
	MaxPairsText = 100_000
	// languageTells is the number of words from which the language of a statement can be
	// told: shorter ones may be hardly more than names.
	languageTells = 12
)

// Pair is two bare statements.
type Pair struct{ A, B string }

// ValidatePairs gives what is wrong by place: "[3].a", or empty for all together; nil when
// all is right.
func ValidatePairs(pairs []Pair) map[string]string {
	p, size := problems{}, 0
	for i, x := range pairs {
		p.add(fmt.Sprintf("[%d].a", i), wrongStatement(x.A))
		p.add(fmt.Sprintf("[%d].b", i), wrongStatement(x.B))
		size += utf8.RuneCountInString(x.A) + utf8.RuneCountInString(x.B)
	}
	switch {
	case len(pairs) == 0:
		p.add("", "has no pair: give one at least")
	case len(pairs) > MaxPairs:
		p.add("", fmt.Sprintf("has %d pairs; at most %d are taken", len(pairs), MaxPairs))
	case size > MaxPairsText:
		p.add("", fmt.Sprintf("has %d characters; at most %d are taken at once", size, MaxPairsText))
	}
	return p.orNil()
}

// ValidateStatements gives what is wrong by field name ("a", "b"), nil when all is right.
func ValidateStatements(x Pair) map[string]string {
	p := problems{}
	p.add("a", wrongStatement(x.A))
	p.add("b", wrongStatement(x.B))
	return p.orNil()
}

// wrongStatement says what is wrong with a bare statement, nothing when it is right.
func wrongStatement(s string) string {
	switch n := utf8.RuneCountInString(s); {
	case !utf8.ValidString(s):
		return "is not valid UTF-8"
	case claims.CleanName(s) == "":
		return "is missing: give a statement"
	case n > MaxStatement:
		return fmt.Sprintf("has %d characters; at most %d are taken", n, MaxStatement)
	}
	if why := claims.ReadText(s, "").NotAnalysed; why != "" && len(strings.Fields(s)) >= languageTells {
		return "cannot be compared: " + why
	}
	return ""
}

// CompareStatements says how two bare statements stand to one another. Nothing is
// stored.
func (a *App) CompareStatements(ctx context.Context, who Actor, x Pair) (claims.Comparison, error) {
	if err := who.require(ReadTexts); err != nil {
		return claims.Comparison{}, err
	}
	if err := invalidFields(ValidateStatements(x)); err != nil {
		return claims.Comparison{}, err
	}
	out, err := a.compareAll(ctx, []Pair{x})
	if err != nil {
		return claims.Comparison{}, err
	}
	return out[0], nil
}

// ComparePairs is [App.CompareStatements] for several pairs, each by itself.
func (a *App) ComparePairs(ctx context.Context, who Actor, pairs []Pair) ([]claims.Comparison, error) {
	if err := who.require(ReadTexts); err != nil {
		return nil, err
	}
	wrong := map[string]string{}
	for place, why := range ValidatePairs(pairs) {
		wrong["pairs"+place] = why
	}
	if err := invalidFields(wrong); err != nil {
		return nil, err
	}
	return a.compareAll(ctx, pairs)
}

// compareAll compares pairs when it is their turn.
func (a *App) compareAll(ctx context.Context, pairs []Pair) ([]claims.Comparison, error) {
	out := make([]claims.Comparison, len(pairs))
	err := a.desk.do(ctx, func(ctx context.Context) error {
		for i, x := range pairs {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			out[i] = a.engine.Compare(claims.CleanName(x.A), claims.CleanName(x.B))
		}
		return nil
	})
	return out, err
}
