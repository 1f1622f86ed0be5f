package views

import (
	"strconv"
	"strings"
	"time"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// Desk is what a finding's page offers to those who review it.
type Desk struct {
	// Edition is the finding's edition that the page shows; a decision on an older one
	// is not taken.
	Edition int
	// From says where the person works through findings: "review" for what is assigned,
	// empty for the story.
	From string
	// Changes are what happened between the edition that a form was made for and now.
	Changes []string
	// Assigned is who is to look at it, nil for nobody.
	Assigned *AssignedView
	// Open and Ended are its blind reviews.
	Open  []BlindView
	Ended []BlindView
	// People are those who may be given it, none for those who may not do so.
	People []PersonChoice
	Assign AssignForm
	Ask    AskForm
}

// AssignedView says who is to look at a finding.
type AssignedView struct {
	To, By string
	Due    string
	Note   string
	Mine   bool
}

// PersonChoice is a person to choose.
type PersonChoice struct {
	ID, Name string
	Chosen   bool
}

// AssignForm is the form that gives a finding to somebody, as it was filled in.
type AssignForm struct {
	To, Due, Note string
	Errors        Errors
}

// AskForm is the form that asks for blind reviews, as it was filled in.
type AskForm struct {
	Count string
	Note  string
	// Chosen are the ids of the people.
	Chosen []string
	Errors Errors
}

// BlindView is a blind review.
type BlindView struct {
	ID         string
	FindingID  string
	StoryID    string
	StoryTitle string
	Summary    string
	AskedBy    string
	Note       string
	Asked      time.Time
	Ended      *time.Time
	CalledOff  bool
	Gone       bool
	Uneven     bool
	Changed    bool
	Unanimous  bool
	Settled    bool
	// Machine and MachineKinds are the machine's word when it was revealed.
	Machine      string
	MachineKinds []claims.Kind
	Answers      []AnswerView
	// CanSettle is true where the viewer may adjudicate it.
	CanSettle bool
}

// AnswerView is what one blind reviewer says, empty while that is closed.
type AnswerView struct {
	Person  string
	At      *time.Time
	Verdict string
	Kinds   []claims.Kind
	Note    string
}

// Answered counts the answers that are there.
func (b BlindView) Answered() int {
	n := 0
	for _, a := range b.Answers {
		if a.At != nil {
			n++
		}
	}
	return n
}

// state says how a blind review stands.
func (b BlindView) state() string {
	switch {
	case b.Gone:
		return "ended: nothing is left of the finding"
	case b.CalledOff:
		return "called off"
	case b.Ended == nil:
		return strconv.Itoa(b.Answered()) + " of " + ui.Counted(len(b.Answers), "person has", "people have") + " answered"
	case b.Settled:
		return "settled"
	case b.Unanimous:
		return "all agree"
	}
	return "they disagree"
}

// kindList names kinds of difference.
func kindList(kinds []claims.Kind) string {
	var out []string
	for _, k := range kinds {
		out = append(out, string(k))
	}
	if len(out) == 0 {
		return "none"
	}
	return strings.Join(out, ", ")
}

// verdictWord says a blind verdict in words.
func verdictWord(v string) string {
	if v == "unrelated" {
		return "not one fact"
	}
	return v
}

// blindChoices are the verdicts that a blind reviewer chooses from.
func blindChoices() []ui.Choice {
	return []ui.Choice{
		{Value: "agree", Label: "agree: two or more tell it, and nothing material differs"},
		{Value: "diverge", Label: "diverge: something material differs"},
		{Value: "single", Label: "single: only one source tells it"},
		{Value: "unrelated", Label: "not one fact: the passages are about different things"},
	}
}

// BlindPage is a finding as its blind reviewer sees it: the passages, and nothing of
// what the machine or another makes of them.
type BlindPage struct {
	StoryID    string
	StoryTitle string
	ID         string
	Summary    string
	Passages   []BlindPassage
	// Asked is the blind review that the viewer is asked for, nil for a stranger.
	Asked *BlindView
	// Own is the viewer's answer, nil before it is given. OwnStale is true where the
	// passages have changed since.
	Own      *AnswerView
	OwnStale bool
	Form     BlindForm
	// Assignment is who is to look at it.
	Assigned *AssignedView
}

// BlindPassage is a passage in its paragraph.
type BlindPassage struct {
	ArticleID    string
	ArticleTitle string
	ClaimID      string
	Source       string
	Published    claims.Published
	Before       string
	Exact        string
	After        string
}

// BlindForm is the form of a blind answer as it was filled in.
type BlindForm struct {
	Verdict string
	Kinds   map[string]bool
	Note    string
	Errors  Errors
}

// AskPage asks for blind reviews of a sample of a story's findings.
type AskPage struct {
	StoryID    string
	StoryTitle string
	People     []PersonChoice
	Form       AskForm
}

// Words says how a finding stands with people, in few words.
func (s ReviewState) Words() string {
	switch {
	case s.Stale:
		return "look again: a passage has changed"
	case s.Outcome == "rejected":
		return "rejected: not one fact"
	case s.Outcome == "changed" && s.Verdict != nil:
		return "changed: " + string(*s.Verdict)
	case s.Outcome == "changed":
		return "changed in part"
	case s.Outcome == "confirmed":
		return "confirmed"
	}
	return "suggested"
}

// state is the name of how a finding stands, for styles.
func (s ReviewState) state() string {
	switch {
	case s.Stale:
		return "stale"
	case s.Outcome == "":
		return "suggested"
	}
	return s.Outcome
}

// Sign gives the state as one sign, which stands beside the words.
func (s ReviewState) Sign() string {
	switch s.state() {
	case "stale":
		return "!"
	case "confirmed":
		return "✓"
	case "rejected":
		return "✕"
	case "changed":
		return "±"
	}
	return "?"
}

// Outcome says in one word what a review means for the machine's word.
func (r ReviewView) outcomeWord() string {
	switch r.Outcome {
	case "note":
		return "note"
	case "":
		return "review"
	}
	return r.Outcome
}

// standing says what is to be known of a review besides what it decides.
func (r ReviewView) standing() []string {
	var out []string
	if r.Withdrawn != nil {
		out = append(out, "withdrawn")
	}
	if r.Stale {
		out = append(out, "stale: a passage has changed")
	}
	if r.Blind {
		out = append(out, "answered blind")
	}
	if r.Blind && !r.Counts {
		out = append(out, "does not stand: the answers differ")
	}
	if r.Adjudicates {
		out = append(out, "adjudicates")
	}
	return out
}

// Bulk is what can be done to chosen findings of a list.
type Bulk struct {
	// Back is the local address of the list.
	Back   string
	People []PersonChoice
}

// people names those who are asked, and while it is open who of them has answered.
func (b BlindView) people() string {
	var out []string
	for _, a := range b.Answers {
		if a.At != nil && b.Ended == nil {
			out = append(out, a.Person+" (answered)")
		} else {
			out = append(out, a.Person)
		}
	}
	return strings.Join(out, ", ")
}

// assigneeChoices lists the people to give work to, and nobody.
func assigneeChoices(people []PersonChoice) []ui.Choice {
	out := []ui.Choice{{Label: "nobody"}}
	for _, p := range people {
		out = append(out, ui.Choice{Value: p.ID, Label: p.Name})
	}
	return out
}
