package views

import (
	"cmp"
	"fmt"
	"strconv"
	"time"
)

// PlacementPage says why an article is in its story.
type PlacementPage struct {
	ArticleID string
	Title     string
	Source    string
	Version   int
	// StoryID is empty where the article is in none yet.
	StoryID string
	Story   string
	// Placement is the service's decision, nil where a person chose the story when
	// the article came.
	Placement *Placement
	JoinAt    float64
	// AddedBy names who brought the article, empty where that is not known or not to
	// be told.
	AddedBy string
	Added   time.Time
	Copies  []CopyLine
	// Terms are shared with Others, the rarest first; Archive is how many articles
	// they were counted in.
	Terms   []TermLine
	Others  []OtherLine
	Archive int
	// Stories are those to move it to; Errors is what was wrong with the form.
	Stories []StoryChoice
	Errors  Errors
}

// TermLine is a term that an article shares with others.
type TermLine struct {
	Word string
	Name bool
	// Articles counts those that hold it, Tells what that tells, in nats.
	Articles int
	Tells    float64
	// With are the places of the articles in [PlacementPage.Others].
	With []int
}

// OtherLine is an article that shares terms with the one of the page.
type OtherLine struct {
	ID     string
	Title  string
	Source string
	Terms  int
}

// Heading names the article.
func (o OtherLine) Heading() string { return heading(o.Title, o.Source) }

// Heading names the article of the page.
func (p PlacementPage) Heading() string { return heading(p.Title, p.Source) }

// adder is who brought the article.
func (p PlacementPage) adder() string {
	if p.AddedBy == "service" {
		return "the service itself"
	}
	return cmp.Or(p.AddedBy, "a person")
}

// The information from which a term is called rare, and very rare: one article in a
// hundred holds it, one in four hundred. Below usualTells every twentieth does.
const (
	rarestTells = 6
	rareTells   = 4.6
	usualTells  = 3
)

// rarity says in words how rare a term is.
func (t TermLine) rarity() string {
	switch {
	case t.Tells >= rarestTells:
		return "very rare"
	case t.Tells >= rareTells:
		return "rare"
	case t.Tells >= usualTells:
		return "not common"
	}
	return "common"
}

// count says in how many articles a term stands.
func (p PlacementPage) count(t TermLine) string {
	return thousands(t.Articles) + " of " + thousands(p.Archive) + " articles"
}

// thousands writes a number with commas.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}

// nearness says how near an article is to a story, against what is asked for.
func (p PlacementPage) nearness() string {
	score := p.Placement.Score
	switch {
	case p.Placement.Uncertain && score >= p.JoinAt:
		return fmt.Sprintf("Nearness %.2f. From %.2f on an article joins, so this was a near thing: a person should look.", score, p.JoinAt)
	case p.Placement.Uncertain:
		return fmt.Sprintf("Nearness %.2f. Only from %.2f on an article joins, but this came close: a person should look.", score, p.JoinAt)
	case score >= p.JoinAt:
		return fmt.Sprintf("Nearness %.2f, where %.2f is enough to join.", score, p.JoinAt)
	}
	return fmt.Sprintf("Nearness %.2f, where %.2f is needed to join.", score, p.JoinAt)
}

// holds tells whether another article holds a term.
func (t TermLine) holds(other int) bool {
	for _, at := range t.With {
		if at == other {
			return true
		}
	}
	return false
}
