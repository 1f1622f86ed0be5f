package views

import (
	"net/url"
	"strconv"
	"time"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// DeskPage is a person's work: the lists of findings that wait.
type DeskPage struct {
	Lists []DeskListView
	// Show is the list that is shown alone, empty for the first findings of each.
	Show string
	// Since is the choice of from when on what changed is unseen, Day the day that was
	// chosen, and SinceAt the moment that it means. Until is when the page was made: up to
	// then all can be marked as seen.
	Since   string
	Day     string
	SinceAt time.Time
	Until   time.Time
	// Errors says what is wrong with the chosen day.
	Errors Errors
	// Next is the cursor of the next part of the list that is shown alone.
	Next string
	// Blinds are the blind reviews under way, Unsettled those that wait for an editor.
	Blinds    []BlindView
	Unsettled []BlindView
	Bulk      Bulk
}

// DeskListView is a list of findings that wait.
type DeskListView struct {
	Name  string
	Count int
	Items []DeskLine
}

// DeskLine is a finding that waits.
type DeskLine struct {
	ID, Summary         string
	StoryID, StoryTitle string
	Verdict             claims.Verdict
	Review              ReviewState
	Sources, Origins    int
	// Disputed is true where the second judge says otherwise of one of its pairs.
	Disputed        bool
	At              time.Time
	Due             string
	Overdue         bool
	Note            string
	Person, AskedBy string
	Assignee        string
	// New is true where the person has never seen it; Changes say what happened since.
	New     bool
	Changes []string
}

// maxShown is the number from which on a list is not counted further.
const maxShown = 1000

// heading names a list.
func (l DeskListView) heading() string {
	switch l.Name {
	case "blind":
		return "Blind reviews that wait for you"
	case "assigned":
		return "Assigned to you"
	case "stale":
		return "Reviews to look at again"
	case "second_judge":
		return "A second judge disagrees"
	case "model":
		return "The language model reads it otherwise"
	case "open":
		return "Open divergences"
	case "unseen":
		return "What you have not seen"
	}
	return "Given out"
}

// about says in one sentence what a list holds, or what to do where it is empty.
func (l DeskListView) about() string {
	switch l.Name {
	case "blind":
		return "You are asked what you make of the passages, before you see what others say."
	case "assigned":
		return "The nearest day comes first."
	case "stale":
		return "A passage has changed since somebody decided."
	case "second_judge":
		return "An outside model says otherwise of passages here, and nobody has decided yet. Those with most such pairs come first."
	case "model":
		return "Rules decide on the verdict. Here the built-in model reads two passages otherwise, and nobody has decided yet."
	case "open":
		return "Of all stories: those that most independent origins tell come first."
	case "unseen":
		return "New findings, changed verdicts, further sources, and what others decided."
	}
	return "What somebody has still to look at."
}

// none says what an empty list means.
func (l DeskListView) none() string {
	switch l.Name {
	case "blind":
		return "Nobody waits for your blind answer."
	case "assigned":
		return "Nothing is assigned to you. Take an open divergence."
	case "stale":
		return "No review is on a passage that has changed."
	case "second_judge":
		return "It says the same everywhere, or people have decided."
	case "model":
		return "It reads the same everywhere, or people have decided."
	case "open":
		return "Every divergence is decided on."
	case "unseen":
		return "You have seen all that happened."
	}
	return "Nothing is given out. Choose findings in a story, or open one, to assign it."
}

// tab names a list in few words.
func (l DeskListView) tab() string {
	switch l.Name {
	case "blind":
		return "Blind"
	case "assigned":
		return "Assigned"
	case "stale":
		return "To look at again"
	case "second_judge":
		return "Disputed"
	case "model":
		return "Model"
	case "open":
		return "Open"
	case "unseen":
		return "Not seen"
	}
	return "Given out"
}

// counted gives the length of a list, which is not counted to its end.
func (l DeskListView) counted() string {
	if l.Count >= maxShown {
		return strconv.Itoa(maxShown) + " or more"
	}
	return strconv.Itoa(l.Count)
}

// address is where a finding of a list is opened. From says where the next one comes
// from.
func (l DeskListView) address(id string) string {
	if l.Name == "assigned" {
		return "/findings/" + id + "?from=review"
	}
	return "/findings/" + id
}

// sinceChoices are the moments from which on people ask what is new.
func sinceChoices() []ui.Choice {
	return []ui.Choice{{Value: "", Label: "since I marked all as seen"}, {Value: "today", Label: "since today"}, {Value: "yesterday", Label: "since yesterday"},
		{Value: "monday", Label: "since Monday"}, {Value: "tuesday", Label: "since Tuesday"}, {Value: "wednesday", Label: "since Wednesday"},
		{Value: "thursday", Label: "since Thursday"}, {Value: "friday", Label: "since Friday"}, {Value: "saturday", Label: "since Saturday"},
		{Value: "sunday", Label: "since Sunday"}, {Value: "day", Label: "since the day beside"}}
}

// AgreementPage says how far people agree who review blind.
type AgreementPage struct {
	Findings int
	LeftOut  int
	Verdict  KappaLine
	Kinds    []KappaLine
	People   []KappaLine
	// Revealed are blind reviews, the newest first; OnlyUnsettled where those alone are
	// shown that wait for an editor.
	Revealed      []BlindView
	OnlyUnsettled bool
	Next          string
}

// KappaLine is how far two people agree on one thing.
type KappaLine struct {
	Name  string
	Kappa claims.Kappa
	// Named counts the pairs of which at least one named the kind.
	Named int
}

// value writes the kappa, or why there is none.
func (k KappaLine) value() string {
	switch {
	case k.Kappa.Pairs == 0:
		return "no pair yet"
	case k.Kappa.Value == nil:
		return "undefined: nothing varies"
	}
	return strconv.FormatFloat(*k.Kappa.Value, 'f', 2, 64)
}

// alike writes how many pairs agree.
func (k KappaLine) alike() string {
	return strconv.Itoa(k.Kappa.Same) + " of " + strconv.Itoa(k.Kappa.Pairs)
}

// KeysPage explains the keys and switches them off and on.
type KeysPage struct {
	Off  bool
	Back string
}

// keyHelp is what a key does.
type keyHelp struct{ key, does string }

// keysHelp lists the keys.
func keysHelp() []keyHelp {
	return []keyHelp{
		{"j", "next row, or next finding"},
		{"k", "row before, or finding before"},
		{"o", "open the row (Enter does too)"},
		{"a", "confirm: one fact, and the verdict holds"},
		{"r", "reject: not one fact"},
		{"c", "change: go to the form"},
		{"n", "write a note"},
		{"x", "choose the row for all at once"},
		{"u", "undo what you did last"},
		{"/", "search"},
		{"?", "this help"},
	}
}

// DoneState is how a finding stands after a decision.
type DoneState struct {
	ID     string
	Review ReviewState
}

// more is the address of the next part of a list that is shown alone.
func (p DeskPage) more() string {
	q := url.Values{"show": {p.Show}, "cursor": {p.Next}}
	if p.Since != "" {
		q.Set("since", p.Since)
	}
	if p.Day != "" {
		q.Set("day", p.Day)
	}
	return "/review?" + q.Encode()
}

// more is the address of the next part of the list of blind reviews.
func (p AgreementPage) more() string {
	q := url.Values{"cursor": {p.Next}}
	if p.OnlyUnsettled {
		q.Set("show", "unsettled")
	}
	return "/agreement?" + q.Encode()
}
