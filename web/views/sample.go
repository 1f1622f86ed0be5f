package views

import (
	"strings"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// SampleInput is what the page of a drawn statement is made of.
type SampleInput struct {
	ID         string
	Stratum    string
	StoryID    string
	StoryTitle string
	// IsVerdict is true where it is the verdict of a finding.
	IsVerdict   bool
	Differences []claims.Difference
	// Reason and Kind are those of a cleared pair.
	Reason  string
	Kind    claims.Kind
	Members []Member
	Nearest []Member
	// Wrong is what the statement can be instead, Pass why it can be passed on.
	Wrong []string
	Pass  []string
	Form  JudgementForm
	Last  *LastJudgement
}

// SamplePage asks whether the machine is right.
type SamplePage struct {
	SampleInput
	Passages []PassageView
	Others   []PassageView
}

// JudgementForm is the form as it was filled in.
type JudgementForm struct {
	Note   string
	Kind   string
	Errors Errors
}

// LastJudgement is the viewer's last answer.
type LastJudgement struct {
	ID      string
	Stratum string
	Answer  string
	Really  string
}

// NewSamplePage makes the page of a drawn statement.
func NewSamplePage(in SampleInput) SamplePage {
	marks := map[string][]claims.Mark{}
	for _, d := range in.Differences {
		for i, id := range d.Claims {
			marks[id] = append(marks[id], d.Marks[i]...)
		}
	}
	p := SamplePage{SampleInput: in}
	for _, m := range in.Members {
		p.Passages = append(p.Passages, newPassage(m, marks[m.ID]))
	}
	for _, m := range in.Nearest {
		p.Others = append(p.Others, newPassage(m, nil))
	}
	return p
}

// statement says in one sentence what the machine says.
func (p SamplePage) statement() string {
	switch p.Stratum {
	case "agree":
		return "These passages tell one fact, and nothing that matters differs."
	case "diverge":
		return "These passages tell one fact, and something that matters differs."
	case "single":
		return "Of the sources of this story only this one tells it."
	case "cleared":
		return "These two look like a conflict and are none: " + p.Reason + "."
	}
	return "These two passages are about one fact, and this differs:"
}

// wrongButtons are the ways of being wrong that have a button of their own; all others
// are kinds of difference.
func (p SamplePage) wrongButtons() []judgeButton {
	var out []judgeButton
	for _, really := range p.Wrong {
		if b, ok := wrongWords[really]; ok {
			b.value = "wrong:" + really
			if really == "no_difference" && p.Stratum == "diverge" {
				b.label = "No: nothing that matters differs"
			}
			out = append(out, b)
		}
	}
	return out
}

// judgeButton is a button that answers; key is the letter that presses it.
type judgeButton struct{ value, label, key string }

var wrongWords = map[string]judgeButton{
	"not_one_fact":   {label: "No: not about one fact", key: "n"},
	"no_difference":  {label: "No: nothing differs", key: "d"},
	"told_elsewhere": {label: "No: another tells it too", key: "n"},
}

// kindChoices are the kinds of difference that it can be instead.
func (p SamplePage) kindChoices() []ui.Choice {
	var out []ui.Choice
	for _, really := range p.Wrong {
		if _, ok := wrongWords[really]; !ok {
			out = append(out, ui.Choice{Value: really, Label: really + " (" + ui.KindMeaning(claims.Kind(really)) + ")"})
		}
	}
	return out
}

// kindLabel asks for the kind.
func (p SamplePage) kindLabel() string {
	if p.Stratum == "agree" || p.Stratum == "cleared" {
		return "No: they differ in this"
	}
	return "No: they differ in something else"
}

// passWords says why an item is passed on.
func passWords(reason string) string {
	switch reason {
	case "needs_time":
		return "It needs more time"
	case "not_my_field":
		return "Not my field"
	}
	return "I am involved"
}

// words says what was answered last.
func (l LastJudgement) words() string {
	switch l.Answer {
	case "unclear":
		return "cannot tell"
	case "passed":
		return "passed on"
	case "wrong":
		really := strings.TrimPrefix(strings.ToLower(wrongWords[l.Really].label), "no: ")
		if really == "" {
			really = "it differs in: " + l.Really
		}
		return "wrong, " + really
	}
	return l.Answer
}

// shortHash is enough of a hash to tell engines apart.
func shortHash(hash string) string { return hash[:min(len(hash), 8)] }

// claimsVerdict is the verdict that a stratum is named after.
func claimsVerdict(stratum string) claims.Verdict { return claims.Verdict(stratum) }
