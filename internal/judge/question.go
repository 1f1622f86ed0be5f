package judge

import (
	"crypto/sha256"
	"encoding/json"
	"unicode/utf8"
)

// MaxPassage is the most characters of a passage that is asked about.
const MaxPassage = 2000

// Passage is what one article tells.
type Passage struct {
	// Text is the passage; words in brackets were added to make it understandable alone.
	Text string `json:"passage"`
	// Published is the day on which it was printed, as 2025-03-27; empty when unknown.
	Published string `json:"published,omitempty"`
}

// fits tells whether a passage can be asked about.
func (p Passage) fits() bool {
	return p.Text != "" && utf8.ValidString(p.Text) && utf8.RuneCountInString(p.Text) <= MaxPassage
}

// Question asks how two passages relate.
type Question struct {
	A Passage `json:"a"`
	B Passage `json:"b"`
}

// NewQuestion asks about two passages in an order that depends on them alone: the earlier
// one comes first. It tells whether they can be asked about: passages in the same words
// need no judge, and one of thousands of letters is none.
func NewQuestion(one, two Passage) (Question, bool) {
	if !one.fits() || !two.fits() || one.Text == two.Text {
		return Question{}, false
	}
	if two.before(one) {
		one, two = two, one
	}
	return Question{A: one, B: two}, true
}

// before orders passages by day, those without one last, then by their words.
func (p Passage) before(other Passage) bool {
	if p.Published != other.Published {
		return other.Published == "" || p.Published != "" && p.Published < other.Published
	}
	return p.Text < other.Text
}

// Hash names a question to a model, in the words of the present prompt.
func (q Question) Hash(model string) [sha256.Size]byte {
	// Strings alone: they are always written, and in one way.
	b, _ := json.Marshal([]string{model, PromptVersion, q.A.Text, q.A.Published, q.B.Text, q.B.Published})
	return sha256.Sum256(b)
}
