package views

import (
	"strconv"
	"time"

	"corroborate/web/views/ui"
)

// BinPage lists what was deleted and can be taken back.
type BinPage struct {
	Lines []BinLine
	Days  int
	Next  string
	First bool
}

// BinLine is a deleted thing.
type BinLine struct {
	ID string
	// What is "story", "article" or "source".
	What    string
	Title   string
	Source  string
	Deleted time.Time
	// By names who deleted it, empty where that is not known.
	By string
	// DaysLeft is in how many days it goes for good.
	DaysLeft int
	// Articles counts those that went with a story or a source.
	Articles int
	// Story is where an article was, empty for nowhere; StoryDeleted is true where
	// that is in the bin too.
	StoryID      string
	Story        string
	StoryDeleted bool
}

// erase is the address of the page that asks whether it is to go for good.
func (l BinLine) erase() string { return "/bin/" + l.ID + "/erase" }

// restore is the address of the form that takes it back.
func (l BinLine) restore() string {
	switch l.What {
	case "story":
		return "/stories/" + l.ID + "/restore"
	case "source":
		return "/sources/" + l.ID + "/restore"
	}
	return "/articles/" + l.ID + "/restore"
}

// Heading names it.
func (l BinLine) Heading() string { return heading(l.Title, l.Source) }

// left says how long it stays.
func (l BinLine) left() string {
	switch {
	case l.DaysLeft < 1:
		return "goes for good within a day"
	case l.DaysLeft == 1:
		return "1 day left"
	}
	return strconv.Itoa(l.DaysLeft) + " days left"
}

// with says what went with it.
func (l BinLine) with() string {
	if l.Articles == 0 {
		return ""
	}
	return " · with " + ui.Counted(l.Articles, "article", "articles")
}
