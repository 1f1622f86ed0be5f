package views

import (
	"html"
	"time"

	"corroborate/web/views/ui"
)

// SharesView is what editors see of the cards of a finding; nil for all others.
type SharesView struct {
	Lines []ShareLine
	// Framed are the sites that may frame cards.
	Framed []string
}

// ShareLine is one card of a finding.
type ShareLine struct {
	ID       string
	Name     string
	By       string
	Made     time.Time
	Expires  *time.Time
	LastUsed *time.Time
	Uses     int
	// Ended is true where it is not shown any more.
	Ended bool
}

// ShareForm is the form of a card as it was filled in.
type ShareForm struct {
	Name   string
	Until  string
	Errors Errors
	// Address is that of a card that was just made, shown once.
	Address string
}

// label names a card for those who hear the page.
func (l ShareLine) label() string {
	if l.Name == "" {
		return "without a name"
	}
	return l.Name
}

func (l ShareLine) used() string { return ui.Counted(l.Uses, "time", "times") }

// embedCode is what an editor puts into a page to frame a card.
func embedCode(address, title string) string {
	return `<iframe src="` + html.EscapeString(address) + `" title="` + html.EscapeString(title) + `" width="600" height="480" loading="lazy"></iframe>`
}
