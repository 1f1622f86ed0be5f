package views

import (
	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// TermsPage explains the terms of linked data.
type TermsPage struct {
	// Vocabulary begins the names of the terms.
	Vocabulary string
	Types      []VocabularyTerm
	Properties []VocabularyTerm
}

// VocabularyTerm is one term; Of says on what a property stands.
type VocabularyTerm struct{ Name, Of, About string }

// Meta is what a page tells of itself to programs.
type Meta struct {
	// Canonical is the page's address that stays, whole. Linked is the address of the
	// same as linked data.
	Canonical string
	Linked    string
	// Public is true where anybody may read the page; Title and About are then for a
	// preview of it.
	Public bool
	Title  string
	About  string
}

// Preview says in a line how a finding stands.
func (p FindingPage) Preview() string {
	words := "One source tells it"
	switch {
	case p.Verdict == claims.Diverge:
		words = "Sources diverge"
	case p.Verdict == claims.Agree && p.OneOrigin:
		words = "Sources agree, of one origin"
	case p.Verdict == claims.Agree:
		words = "Sources agree"
	}
	return words + ": " + ui.Counted(p.Sources, "source", "sources") + ", " + ui.Counted(p.Origins, "origin", "origins") + ". In the story “" + p.StoryTitle + "”."
}
