package search

import (
	"slices"
	"strings"
	"time"

	"corroborate/internal/claims"
)

// Type is a type of result.
type Type string

// The types of results.
const (
	Story      Type = "story"
	Finding    Type = "finding"
	Claim      Type = "claim"
	Article    Type = "article"
	Source     Type = "source"
	Correction Type = "correction"
)

// Types gives all types in the order in which they are shown.
func Types() []Type { return []Type{Story, Finding, Correction, Article, Claim, Source} }

// Term is a word or a phrase.
type Term struct {
	Text string
	// Phrase is true where the words have to stand together as they are.
	Phrase bool
	start  int
	end    int
}

// Group is a choice of terms, of which one has to be there.
type Group []Term

// Query is what somebody looks for.
type Query struct {
	// Raw is the query as it was typed, without what cannot be stored.
	Raw string
	// All are the groups that have to be there, Not the terms that must not be.
	All []Group
	Not []Term
	Filter
	// Problems say what was left out of the query, in its order.
	Problems []Problem

	filters []span
}

// Filter is the part of a query that is no text. Empty fields choose all.
type Filter struct {
	Types    []Type
	Kinds    []claims.Kind
	Verdicts []claims.Verdict
	// Sources are ids or names, of which one has to tell it.
	Sources    []string
	MinOrigins int
	Reviewed   *bool
	// Story is an id or words of a title.
	Story string
	// After is the first day that counts, Before the first that does not any more.
	After  time.Time
	Before time.Time
}

// Problem is a part of a query that was left out.
type Problem struct {
	// Part is what was typed.
	Part string
	// Message is a sentence that says what is wrong and how to mend it.
	Message string
}

// span is where a filter stands in the query.
type span struct {
	name       string
	start, end int
}

// Empty tells whether the query asks for nothing.
func (q Query) Empty() bool {
	return len(q.All) == 0 && len(q.Not) == 0 && len(q.filters) == 0
}

// HasText tells whether the query has words.
func (q Query) HasText() bool { return len(q.All) > 0 || len(q.Not) > 0 }

// OfFindings tells whether a filter can only be fulfilled by findings and what is
// in them.
func (f Filter) OfFindings() bool {
	return len(f.Kinds) > 0 || len(f.Verdicts) > 0 || f.MinOrigins > 0 || f.Reviewed != nil
}

// Allows tells whether results of a type can fulfil the filter.
func (f Filter) Allows(t Type) bool {
	if len(f.Types) > 0 && !slices.Contains(f.Types, t) {
		return false
	}
	switch t {
	case Finding, Claim:
		return true
	case Source:
		return !f.OfFindings() && f.Story == "" && f.After.IsZero() && f.Before.IsZero()
	}
	return !f.OfFindings()
}

// Main is the type that a saved search counts and its feed tells of: the first that
// the query names, else findings.
func (f Filter) Main() Type {
	if len(f.Types) > 0 {
		return f.Types[0]
	}
	return Finding
}

// Narrowed gives the query as text with another choice of types, all where t is
// empty.
func (q Query) Narrowed(t Type) string {
	var b strings.Builder
	at := 0
	for _, s := range q.filters {
		if s.name == "is" {
			b.WriteString(q.Raw[at:s.start])
			at = s.end
		}
	}
	b.WriteString(q.Raw[at:])
	if t != "" {
		b.WriteString(" is:" + string(t))
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Words gives the single words that have to be there, for whoever looks for typing
// errors.
func (q Query) Words() []string {
	var out []string
	for _, g := range q.All {
		for _, t := range g {
			if !t.Phrase {
				out = append(out, t.Text)
			}
		}
	}
	return out
}

// Corrected gives the query as text with words exchanged for others.
func (q Query) Corrected(better map[string]string) string {
	var b strings.Builder
	at := 0
	for _, g := range q.All {
		for _, t := range g {
			if other, ok := better[t.Text]; ok && !t.Phrase {
				b.WriteString(q.Raw[at:t.start] + other)
				at = t.end
			}
		}
	}
	return b.String() + q.Raw[at:]
}

// Last gives the word or phrase that has to be there and was typed last, ok where it
// ends the query.
func (q Query) Last() (t Term, ok bool) {
	if len(q.All) == 0 {
		return Term{}, false
	}
	g := q.All[len(q.All)-1]
	t = g[len(g)-1]
	return t, t.end == len(q.Raw)
}
