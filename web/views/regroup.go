package views

import (
	"cmp"
	"fmt"
	"math"
	"strings"
	"time"

	"corroborate/internal/claims"
)

// WaitingPage lists the placements that a person should look at.
type WaitingPage struct {
	Placements []Placement
	// Stories are those to choose from.
	Stories []StoryChoice
	// JoinAt is the score from which an article joins a story.
	JoinAt float64
	Next   string
	// First is true on the first part of the list.
	First bool
}

// Placement is the service's decision on an article.
type Placement struct {
	ArticleID string
	Title     string
	Source    string
	Published claims.Published
	Version   int
	// StoryID is the story that it is in, NearestID that it is nearest to, empty for
	// none; Joined is true where both are one.
	StoryID, Story     string
	NearestID, Nearest string
	Joined             bool
	// Copy is true where its text stands in an article of the story.
	Copy  bool
	Score float64
	// Names and Terms are shared with the nearest article.
	Names, Terms []string
	// DaysApart is nil where a time is unknown.
	DaysApart     *float64
	OtherWeekdays bool
	// The nearest article; OtherID is empty where it is gone.
	OtherID, OtherTitle, OtherSource string
	OtherPublished                   claims.Published
	Uncertain                        bool
	Placed                           time.Time
	// Settled is zero until a person settled it.
	Settled   time.Time
	SettledBy string
}

// Heading names the article.
func (p Placement) Heading() string { return heading(p.Title, p.Source) }

// settler is who settled it, as far as the viewer may know.
func (p Placement) settler() string { return cmp.Or(p.SettledBy, "a person") }

// scoreWords says how near an article is to a story.
func scoreWords(score, joinAt float64) string {
	return fmt.Sprintf("nearness %.2f; from %.2f an article joins", score, joinAt)
}

// apartWords says how far two articles lie apart in time.
func apartWords(days *float64) string {
	switch {
	case days == nil:
		return "the time of one is unknown"
	case *days < 1:
		return "of one day"
	case math.Round(*days) == 1:
		return "a day apart"
	}
	return fmt.Sprintf("%.0f days apart", math.Round(*days))
}

// timesWords says what the times of two articles tell.
func timesWords(p Placement) string {
	words := apartWords(p.DaysApart)
	if p.OtherWeekdays {
		words += "; they name other days of the week"
	}
	return words
}

// sharedWords lists what two articles share.
func sharedWords(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, ", ")
}

// RegroupPage holds the forms to merge and split a story and to move articles.
type RegroupPage struct {
	ID       string
	Title    string
	Version  int
	Articles []RegroupLine
	// More is true where the story has further articles that are not listed.
	More    bool
	Stories []StoryChoice
	// NewTitle is what was entered for the story that is split off.
	NewTitle string
	Errors   Errors
}

// RegroupLine is an article that can be chosen.
type RegroupLine struct {
	ArticleLine
	Chosen bool
}
