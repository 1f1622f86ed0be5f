package views

import (
	"slices"

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
	// Edited says who made the claim what it is, nil where no person did.
	Edited *EditedBy
}

// PassageView is a claim's passage inside the words that surround it.
type PassageView struct {
	Member
	// Completed is the claim with its added words in brackets, empty where the
	// passage stands for itself.
	Completed string
	Words     []MarkedWords
	// Same are other claims in the very same words.
	Same []Member
}

// sameWords tells whether a claim is this passage once more: copies of one report are
// shown once, with all who have them.
func (p PassageView) sameWords(m Member) bool {
	return m.Exact == p.Exact && m.Text == p.Text && m.Attribution == p.Attribution && m.Certainty == p.Certainty &&
		equalSpeakers(m.Speaker, p.Speaker)
}

func equalSpeakers(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }

// MarkedWords is a stretch of a passage; Differs is true where a difference lies
// in these words.
type MarkedWords struct {
	Text    string
	Differs bool
}

// newPassage shows one claim with the marks of the differences it takes part in.
func newPassage(m Member, marks []claims.Mark) PassageView {
	p := PassageView{Member: m}
	p.mark(map[string][]claims.Mark{m.ID: marks})
	return p
}

// mark cuts the passage at the marks of the differences that its claims take part in.
func (p *PassageView) mark(of map[string][]claims.Mark) {
	if p.Text != p.Exact {
		p.Completed = p.Text
	}
	marks := slices.Clone(of[p.ID])
	for _, c := range p.Same {
		for _, m := range of[c.ID] {
			marks = append(marks, claims.Mark{Start: m.Start - c.Start + p.Start, End: m.End - c.Start + p.Start})
		}
	}
	for _, s := range cut([]rune(p.Exact), p.Start, marks) {
		p.Words = append(p.Words, MarkedWords{Text: s.Text, Differs: len(s.Over) > 0})
	}
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
