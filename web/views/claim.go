package views

import (
	"strconv"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// ClaimPage is a claim in its sentence, with the forms that change it.
type ClaimPage struct {
	ID         string
	ArticleID  string
	Title      string
	Source     string
	StoryID    string
	StoryTitle string
	FindingID  string
	Sentence   claims.Sentence
	Claim      claims.Claim
	Edited     *EditedBy
	// Beside are the other claims of the sentence.
	Beside []claims.Claim
	Edits  []EditLine
	// Form is what was entered and could not be done.
	Form ClaimForm
}

// ClaimForm is what somebody entered to make or change a claim.
type ClaimForm struct {
	// From and To are the places of the first and the last word; Passage is the words
	// as they were typed.
	From, To, Passage string
	After             string
	With              string
	Reason            string
	Errors            Errors
}

// ClaimNewPage is the form of a new claim.
type ClaimNewPage struct {
	ArticleID string
	Title     string
	Source    string
	Revision  int
	Sentences []claims.Sentence
	// Chosen is the number of the sentence, from 1, 0 before one is chosen.
	Chosen int
	Form   ClaimForm
}

// sentence gives the chosen sentence.
func (p ClaimNewPage) sentence() claims.Sentence { return p.Sentences[p.Chosen-1] }

func sentenceAddress(articleID string, n int) string {
	return "/articles/" + articleID + "/claims/new?sentence=" + strconv.Itoa(n) + "#words"
}

// firstWords lets the first word of a passage be chosen, lastWords the last.
func firstWords(s claims.Sentence) []ui.Choice {
	return words(s.Words, func(p claims.Passage) int { return p.Start })
}

func lastWords(s claims.Sentence) []ui.Choice {
	return words(s.Words, func(p claims.Passage) int { return p.End })
}

// words lists words by their numbers in the sentence, each with a place of it.
func words(all []claims.Passage, place func(claims.Passage) int) []ui.Choice {
	out := make([]ui.Choice, len(all))
	for i, w := range all {
		out[i] = ui.Choice{Value: strconv.Itoa(place(w)), Label: strconv.Itoa(i+1) + " " + w.Exact}
	}
	return out
}

// splitWords are the words behind which the claim can be split: all but its last.
func (p ClaimPage) splitWords() []ui.Choice {
	var out []ui.Choice
	for i, w := range p.Sentence.Words {
		if w.End > p.Claim.Start && w.End < p.Claim.End {
			out = append(out, ui.Choice{Value: strconv.Itoa(w.End), Label: strconv.Itoa(i+1) + " " + w.Exact})
		}
	}
	return out
}

// from and to are the chosen words: what was entered, else the claim's own.
func (p ClaimPage) from() string {
	if p.Form.From != "" {
		return p.Form.From
	}
	for _, w := range p.Sentence.Words {
		if w.End > p.Claim.Start {
			return strconv.Itoa(w.Start)
		}
	}
	return ""
}

func (p ClaimPage) to() string {
	if p.Form.To != "" {
		return p.Form.To
	}
	out := ""
	for _, w := range p.Sentence.Words {
		if w.Start < p.Claim.End {
			out = strconv.Itoa(w.End)
		}
	}
	return out
}

// besideChoices are the claims that this one can be merged with.
func (p ClaimPage) besideChoices() []ui.Choice {
	var out []ui.Choice
	for _, c := range p.Beside {
		out = append(out, ui.Choice{Value: c.ID + " " + seenAt(c), Label: "“" + c.Exact + "”"})
	}
	return out
}

// seenAt says where a claim stood when its form was made.
func seenAt(c claims.Claim) string { return strconv.Itoa(c.Start) + "-" + strconv.Itoa(c.End) }

// judgeChoices are the judgements of whether a claim can be checked.
func judgeChoices() []ui.Choice {
	out := []ui.Choice{{Label: "it can be checked"}}
	for _, r := range claims.Reasons() {
		out = append(out, ui.Choice{Value: r, Label: "it cannot: " + r})
	}
	return out
}

// inSentence cuts a claim's sentence at the claim's borders.
func (p ClaimPage) inSentence() (before, after string) {
	runes := []rune(p.Sentence.Exact)
	from := clamp(p.Claim.Start-p.Sentence.Start, len(runes))
	to := max(from, clamp(p.Claim.End-p.Sentence.Start, len(runes)))
	return string(runes[:from]), string(runes[to:])
}

// claimInSentence is a claim among the words of its sentence.
func claimInSentence(p ClaimPage) *running {
	var b running
	before, after := p.inSentence()
	b.open("span", "class", "around")
	b.text(before)
	b.end("span")
	b.open("mark")
	b.text(p.Claim.Exact)
	b.end("mark")
	b.open("span", "class", "around")
	b.text(after)
	b.end("span")
	return &b
}
