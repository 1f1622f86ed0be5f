package views

import (
	"net/url"
	"time"
)

// ImportsPage lists the imports and has the form for another.
type ImportsPage struct {
	Imports []ImportLine
	Next    string
	// First is true on the first part of the list.
	First        bool
	Errors       Errors
	MaxLines     int
	MaxMegabytes int
}

// ImportLine is an import in the list.
type ImportLine struct {
	ID   string
	Name string
	// State is "running", "done" or "failed"; Reason says why the last.
	State    string
	Reason   string
	Lines    int
	Done     int
	Created  int
	Known    int
	Revised  int
	Failed   int
	Waiting  int
	By       string
	Received time.Time
	Finished time.Time
}

// Heading names an import.
func (i ImportLine) Heading() string {
	if i.Name == "" {
		return "Import without a name"
	}
	return i.Name
}

// Running tells whether lines are still to be stored.
func (i ImportLine) Running() bool { return i.State == "running" }

// count gives the number of lines with an outcome.
func (i ImportLine) count(outcome string) int {
	return map[string]int{"created": i.Created, "known": i.Known, "revised": i.Revised, "failed": i.Failed}[outcome]
}

// ImportPage is one import with what became of its lines.
type ImportPage struct {
	ImportLine
	// Outcome is that of the results that are shown, empty for all.
	Outcome string
	Results []ImportResult
	First   bool
	Next    string
}

// ImportResult is what became of one line.
type ImportResult struct {
	Line    int
	Outcome string
	// ArticleID is empty where the line failed; Problem says then why.
	ArticleID string
	Title     string
	Source    string
	Problem   string
}

// outcomes are the outcomes of a line, with what each means.
func outcomes() [][2]string {
	return [][2]string{{"created", "stored as new articles"}, {"known", "stored before, not changed"},
		{"revised", "new revisions of known articles"}, {"failed", "could not be taken"}}
}

// address is the page with the results of one outcome, from behind a cursor.
func (p ImportPage) address(outcome, cursor string) string {
	q := url.Values{}
	if outcome != "" {
		q.Set("outcome", outcome)
	}
	if cursor != "" {
		q.Set("cursor", cursor)
	}
	if len(q) == 0 {
		return "/imports/" + p.ID
	}
	return "/imports/" + p.ID + "?" + q.Encode()
}
