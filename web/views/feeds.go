package views

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// FeedsPage lists the feeds and has the forms for further ones.
type FeedsPage struct {
	Feeds []FeedLine
	// Counts has the number of feeds of each health that occurs, in the order in which
	// they are shown.
	Counts []FeedCount
	// Health is the one that is listed, empty for all.
	Health string
	Next   string
	First  bool
	Form   FeedForm
	// Import is what became of a list that was sent, nil where none was.
	Import *FeedImport
	// ImportErrors says what is wrong with a list that was sent.
	ImportErrors Errors
}

// FeedCount is how many feeds fare alike.
type FeedCount struct {
	Health string
	Feeds  int
}

// FeedLine is a feed with how it fares.
type FeedLine struct {
	ID      string
	Title   string
	URL     string
	Site    string
	Source  string
	Folder  string
	Health  string
	Fault   string
	Since   time.Time
	Failed  int
	Polling bool
	// Every is the time between two polls.
	Every    time.Duration
	Polled   time.Time
	Next     time.Time
	Newest   time.Time
	Added    time.Time
	Entries  int
	Waiting  int
	Broken   int
	Articles int
	LeftOut  int
	Version  int
}

// FeedForm is the form of a feed as it was filled in.
type FeedForm struct {
	URL    string
	Source string
	Title  string
	Folder string
	Errors Errors
	// Choices are the feeds that the page at the address names.
	Choices []FeedChoice
}

// FeedChoice is a feed that a page names.
type FeedChoice struct {
	URL   string
	Title string
}

// FeedImport is what became of a list of feeds.
type FeedImport struct {
	Added int
	Known int
	Wrong []FeedImportFault
}

// FeedImportFault is an outline that could not be taken.
type FeedImportFault struct {
	Line   int
	Title  string
	Reason string
}

// FeedPage is one feed with its entries.
type FeedPage struct {
	FeedLine
	Form FeedForm
	// State is that of the entries which are listed, empty for all.
	State      string
	List       []FeedEntryLine
	NextCursor string
	First      bool
}

// FeedEntryLine is an entry with what became of it.
type FeedEntryLine struct {
	Title     string
	URL       string
	Published claims.Published
	State     string
	Reason    string
	Origin    string
	ArticleID string
	Revision  int
	Seen      time.Time
	Read      time.Time
	Next      time.Time
}

// FeedDeletePage asks whether to remove a feed.
type FeedDeletePage struct {
	ID       string
	Title    string
	Articles int
	Version  int
}

// Heading is the title of a feed, its address where it has none yet.
func (f FeedLine) Heading() string {
	if f.Title == "" {
		return f.URL
	}
	return f.Title
}

// paused tells whether the feed is not polled.
func (f FeedLine) paused() bool { return f.Health == "paused" || f.Health == "gone" }

// every words the time between two polls.
func (f FeedLine) every() string {
	switch minutes := int(f.Every.Round(time.Minute) / time.Minute); {
	case minutes < 1:
		return "every " + f.Every.String()
	case minutes < 120:
		return "every " + ui.Counted(minutes, "minute", "minutes")
	default:
		return fmt.Sprintf("every %.3g hours", float64(minutes)/60)
	}
}

// healthMeaning says in a word what a health means.
func healthMeaning(health string) string {
	switch health {
	case "new":
		return "not polled yet"
	case "gone":
		return "gone for good"
	}
	return health
}

// feedsAddress is the list of the feeds of a health.
func feedsAddress(health string) string {
	if health == "" {
		return "/feeds"
	}
	return "/feeds?" + url.Values{"health": {health}}.Encode()
}

// address is the feed's page with the entries of a state.
func (f FeedLine) address(state string) string {
	if state == "" {
		return "/feeds/" + f.ID
	}
	return "/feeds/" + f.ID + "?" + url.Values{"state": {state}}.Encode()
}

// entryStates are those that entries can be listed by, with what they mean.
func entryStates() []ui.Choice {
	return []ui.Choice{{Label: "all"}, {Value: "waiting", Label: "waiting"}, {Value: "stored", Label: "stored"},
		{Value: "known", Label: "known before"}, {Value: "failed", Label: "failed"}, {Value: "skipped", Label: "skipped"},
		{Value: "removed", Label: "removed"}}
}

// fate words what became of an entry.
func (e FeedEntryLine) fate() string {
	switch e.State {
	case "waiting":
		return "waiting to be read"
	case "stored":
		return "stored as an article"
	case "known":
		return "its article was here before"
	case "failed":
		return "could not be read"
	case "skipped":
		return "holds nothing to read"
	}
	return "removed"
}

// origin words where an entry's text came from.
func (e FeedEntryLine) origin() string {
	switch e.Origin {
	case "feed":
		return "text from the feed"
	case "page":
		return "text from its page"
	}
	return ""
}

// nextPage is the address of the next part of a list that may be filtered.
func nextPage(address, next string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := u.Query()
	q.Set("cursor", next)
	u.RawQuery = q.Encode()
	return u.String()
}

// heading is the title of an entry, its address where it has none.
func (e FeedEntryLine) heading() string {
	switch {
	case e.Title != "":
		return e.Title
	case e.URL != "":
		return e.URL
	}
	return "without a title"
}

// failed counts the polls that failed in a row.
func (f FeedLine) failed() string {
	if f.Failed == 1 {
		return "The poll failed at"
	}
	return fmt.Sprintf("%d polls in a row have failed since", f.Failed)
}

// sentence makes a reason one.
func sentence(reason string) string {
	first, size := utf8.DecodeRuneInString(reason)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + strings.TrimSuffix(reason[size:], ".") + "."
}
