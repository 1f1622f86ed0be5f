package views

import (
	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// Member is a claim of a finding with everything that is shown beside it.
type Member struct {
	claims.Claim
	ArticleID    string
	ArticleTitle string
	Source       string
	Origin       string
	OriginKnown  bool
	Published    claims.Published
	// Before and After are the words around the passage.
	Before string
	After  string
}

// PassageView is a claim's passage inside the words that surround it.
type PassageView struct {
	Member
	// Completed is the claim with its added words in brackets, empty where the
	// passage stands for itself.
	Completed string
	Words     []MarkedWords
}

// MarkedWords is a stretch of a passage; Differs is true where a difference lies
// in these words.
type MarkedWords struct {
	Text    string
	Differs bool
}

// newPassage shows a claim with the marks of the differences it takes part in.
func newPassage(m Member, marks []claims.Mark) PassageView {
	p := PassageView{Member: m}
	if m.Text != m.Exact {
		p.Completed = m.Text
	}
	for _, s := range cut([]rune(m.Exact), m.Start, marks) {
		p.Words = append(p.Words, MarkedWords{Text: s.Text, Differs: len(s.Over) > 0})
	}
	return p
}

// Vouch says who vouches for the claim and how certain it is put.
func (p PassageView) Vouch() string {
	_, rung := ui.Rung(p.Attribution)
	words := rung + " · " + string(p.Certainty)
	if p.Speaker != nil {
		words = *p.Speaker + ", " + words
	}
	return words
}
