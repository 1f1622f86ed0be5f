package views

// Chrome is what every page has around its own matter.
type Chrome struct {
	// Title names the page in the browser's tab and history.
	Title string
	// Section is the entry of the navigation that the page belongs to.
	Section Section
	// Viewer is who looks at the page, nil when nobody is signed in.
	Viewer *Viewer
	// Notice is shown once, after something was done.
	Notice string
	// Undo is the action that the notice tells of and that can be taken back, empty for
	// none; Here is the page's own address, to come back to.
	Undo   string
	Here   string
	Assets Assets
	// RefreshSeconds makes browsers load the page again; zero does not. Where the
	// page Streams its progress, only those without JavaScript do.
	RefreshSeconds int
	Streams        bool
	// CanSearch offers the search.
	CanSearch bool
	// Meta is what the page tells of itself to programs, nil for nothing.
	Meta *Meta
}

// Section is an entry of the navigation.
type Section string

// The entries of the navigation.
const (
	SectionStories  Section = "stories"
	SectionSearch   Section = "search"
	SectionSources  Section = "sources"
	SectionAccuracy Section = "accuracy"
	SectionFeeds    Section = "feeds"
	SectionImports  Section = "imports"
	SectionWebhooks Section = "webhooks"
	SectionWaiting  Section = "waiting"
	SectionUsers    Section = "users"
	SectionAccount  Section = "account"
	SectionNone     Section = ""
	SectionBin      Section = "bin"
	SectionHistory  Section = "history"
	SectionReview   Section = "review"
	SectionCheck    Section = "check"
)

// Viewer is the person who looks at a page, and what the person may do there.
// It decides what is offered; what is allowed is decided where it is done.
type Viewer struct {
	Name      string
	Role      string
	CanReview bool
	CanEdit   bool
	IsAdmin   bool
}

// Assets are the addresses of the files that every page loads.
type Assets struct {
	CSS  string
	JS   string
	Icon string
}

// canEdit tells whether to offer what editors do.
func (c Chrome) canEdit() bool { return c.Viewer != nil && c.Viewer.CanEdit }

// canReview tells whether to offer what checkers do.
func (c Chrome) canReview() bool { return c.Viewer != nil && c.Viewer.CanReview }

// isAdmin tells whether to offer what administrators do.
func (c Chrome) isAdmin() bool { return c.Viewer != nil && c.Viewer.IsAdmin }

// showsField tells whether the head has the field of the search, where there is room.
func (c Chrome) showsField() bool { return c.CanSearch && c.Section != SectionSearch }

// navEntry is an entry of the navigation.
type navEntry struct {
	section Section
	label   string
	address string
}

// nav lists the entries that the viewer may follow.
func (c Chrome) nav() []navEntry {
	entries := []navEntry{
		{SectionStories, "Stories", "/"},
	}
	if c.CanSearch {
		entries = append(entries, navEntry{SectionSearch, "Search", "/search"})
	}
	if c.canReview() {
		entries = append(entries, navEntry{SectionCheck, "Check", "/check"}, navEntry{SectionReview, "Review", "/review"})
	}
	entries = append(entries, navEntry{SectionSources, "Sources", "/sources"}, navEntry{SectionAccuracy, "Accuracy", "/accuracy"})
	if c.canEdit() {
		entries = append(entries, navEntry{SectionFeeds, "Feeds", "/feeds"}, navEntry{SectionImports, "Imports", "/imports"},
			navEntry{SectionWaiting, "Waiting", "/waiting"}, navEntry{SectionWebhooks, "Webhooks", "/webhooks"}, navEntry{SectionBin, "Bin", "/bin"})
	}
	if c.isAdmin() {
		entries = append(entries, navEntry{SectionUsers, "People", "/admin/users"}, navEntry{SectionHistory, "History", "/history"})
	}
	return entries
}

// navCurrent gives the value of aria-current for an entry of the navigation.
func (c Chrome) navCurrent(s Section) string {
	if c.Section == s {
		return "page"
	}
	return "false"
}
