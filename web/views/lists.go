package views

import (
	"net/url"
	"time"

	"corroborate/web/views/ui"
)

// StoriesPage lists the stories.
type StoriesPage struct {
	Stories []StoryLine
	// Query is what titles have to hold, empty for all; Order names the order.
	Query string
	Order string
	// Found counts the stories that fit, All all of them.
	Found int
	All   int
	// Most is how far they are counted.
	Most int
	Next string
	// First is true on the first part of the list.
	First bool
}

// query is what the address of the page says.
func (p StoriesPage) query() url.Values {
	q := url.Values{"q": {p.Query}}
	if p.Order != storyOrders()[0].Value {
		q.Set("order", p.Order)
	}
	return q
}

// found says how many stories there are.
func (p StoriesPage) found() string {
	if p.Query == "" {
		return p.all()
	}
	return p.counted(p.Found) + " of " + p.all()
}

// all says how many stories there are.
func (p StoriesPage) all() string {
	if p.All == 1 {
		return "1 story"
	}
	return p.counted(p.All) + " stories"
}

// counted writes a number that is counted so far and no further.
func (p StoriesPage) counted(n int) string {
	if p.Most > 0 && n > p.Most {
		return "more than " + ui.Number(p.Most)
	}
	return ui.Number(n)
}

// StoryLine is a story in the list.
type StoryLine struct {
	ID       string
	Title    string
	Status   Status
	Articles int
	Sources  int
	Counts   Counts
	Updated  time.Time
	Sample   bool
	// Unseen counts the findings that are new to the viewer.
	Unseen int
}

// AccountPage is the viewer's own account.
type AccountPage struct {
	Name  string
	Email string
	Role  string
	// SecondFactor is true where a code is asked for at sign-in.
	SecondFactor bool
	Password     Errors
	Sessions     SessionsForm
	Keys         []KeyLine
	Next         string
	Form         KeyForm
	// Secret is the token of a key that was just made, shown once.
	Secret string
}

// LoginPage is the form to sign in.
type LoginPage struct {
	Email string
	// Then is the local address to go to afterwards.
	Then   string
	Errors Errors
}

// StoryForm is the form of a story as it was filled in.
type StoryForm struct {
	// ID is empty for a new story.
	ID      string
	Title   string
	Version int
	Errors  Errors
}

// ArticleForm is the form of a new article as it was filled in.
type ArticleForm struct {
	Text        string
	Source      string
	Title       string
	Byline      string
	URL         string
	PublishedAt string
	StoryID     string
	Stories     []StoryChoice
	Errors      Errors
}

// StoryChoice is a story that an article can be added to.
type StoryChoice struct {
	ID    string
	Title string
}

// DeletePage asks whether to put something into the bin.
type DeletePage struct {
	// What is "story" or "article".
	What  string
	Title string
	// Consequence says what goes with it.
	Consequence string
	Action      string
	Back        string
	Version     int
	Days        int
}

// ErrorPage says what went wrong and how to go on.
type ErrorPage struct {
	Status  int
	Title   string
	Message string
	// RequestID is what to name when asking for help, empty where it does not matter.
	RequestID string
	// SignIn is the address to sign in at, empty where that would not help.
	SignIn string
}

// action is where the form is sent.
func (f StoryForm) action() string {
	if f.ID == "" {
		return "/stories"
	}
	return "/stories/" + f.ID + "/edit"
}

// back is where somebody goes who does not save.
func (f StoryForm) back() string {
	if f.ID == "" {
		return "/"
	}
	return "/stories/" + f.ID
}

// back is where somebody goes who does not save.
func (f ArticleForm) back() string {
	if f.StoryID == "" {
		return "/"
	}
	return "/stories/" + f.StoryID
}
