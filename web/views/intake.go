package views

import "net/url"

// The ways in which an article comes in by a form.
const (
	FromText    = "text"
	FromAddress = "address"
	FromFile    = "file"
)

// IntakeForm asks for the address or the file of an article.
type IntakeForm struct {
	// From is FromAddress or FromFile.
	From    string
	URL     string
	StoryID string
	Errors  Errors
	// Open are the addresses that are being fetched or could not be.
	Open []FetchLine
}

// FetchLine is an address that is to become an article.
type FetchLine struct {
	ID     string
	URL    string
	Failed bool
	// Reason says why it failed, or why it waits.
	Reason string
}

// PreviewPage shows what was read of a page or a file before it is stored.
type PreviewPage struct {
	ID string
	ArticleForm
	// IsPage is false for a plain text.
	IsPage bool
	// Known is the id of the article that it is already, empty for none.
	Known string
	// NotAnalysed says why the engine will leave the text alone, else empty.
	NotAnalysed string
	// Apart are the lines that will be set apart as furniture.
	Apart []ApartLine
}

// ApartLine is a stretch of a text from which no claim is taken.
type ApartLine struct{ Name, Text string }

// intakeTab is one of the ways to choose from.
type intakeTab struct{ From, Name string }

var intakeTabs = []intakeTab{{FromText, "Paste the text"}, {FromAddress, "By its address"}, {FromFile, "From a file"}}

// address is the page of a way.
func (t intakeTab) address(storyID string) string {
	q := url.Values{}
	if t.From != FromText {
		q.Set("from", t.From)
	}
	if storyID != "" {
		q.Set("story", storyID)
	}
	if len(q) == 0 {
		return "/articles/new"
	}
	return "/articles/new?" + q.Encode()
}

func (t intakeTab) current(from string) string {
	if t.From == from {
		return "page"
	}
	return "false"
}

func (f IntakeForm) back() string { return ArticleForm{StoryID: f.StoryID}.back() }
