package views

import (
	"net/url"
	"strconv"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// verdictChoices lists what the filter offers for the verdict.
func (p StoryPage) verdictChoices() []ui.Choice {
	out := []ui.Choice{{Label: "all"}}
	for _, v := range verdicts() {
		out = append(out, ui.Choice{Value: string(v), Label: string(v) + " (" + strconv.Itoa(p.Counts.Of(v)) + ")"})
	}
	return out
}

// kindChoices lists the kinds that occur in the story.
func (p StoryPage) kindChoices() []ui.Choice {
	out := []ui.Choice{{Label: "all"}}
	for _, k := range p.Counts.Kinds {
		out = append(out, ui.Choice{Value: string(k.Kind), Label: string(k.Kind) + " (" + strconv.Itoa(k.Count) + ")"})
	}
	return out
}

// sourceChoices lists the story's sources.
func (p StoryPage) sourceChoices() []ui.Choice {
	out := []ui.Choice{{Label: "any source"}}
	for _, c := range p.Matrix.Columns {
		out = append(out, ui.Choice{Value: c.SourceID, Label: c.Source})
	}
	return out
}

func originChoices() []ui.Choice {
	return []ui.Choice{{Value: "0", Label: "any number"}, {Value: "2", Label: "2 or more"}, {Value: "3", Label: "3 or more"}, {Value: "4", Label: "4 or more"}}
}

func reviewedChoices() []ui.Choice {
	return []ui.Choice{{Label: "all"}, {Value: "yes", Label: "reviewed"}, {Value: "no", Label: "not reviewed"}}
}

// ReaderAddress is where a claim stands in its article.
func ReaderAddress(articleID, claimID string) string { return readerAddress(articleID, claimID) }

// readerAddress is where a claim stands in its article.
func readerAddress(articleID, claimID string) string {
	return "/articles/" + articleID + "?claim=" + url.QueryEscape(claimID) + "#claim-" + url.PathEscape(claimID)
}

// findingAddress is where a claim stands in its finding.
func findingAddress(findingID, claimID string) string {
	return "/findings/" + findingID + "#claim-" + url.PathEscape(claimID)
}

func alignmentChoices() []ui.Choice {
	return []ui.Choice{{Value: "confirmed", Label: "yes"}, {Value: "rejected", Label: "no"}, {Label: "leave open"}}
}

func ownVerdictChoices() []ui.Choice {
	var out []ui.Choice
	for _, v := range verdicts() {
		out = append(out, ui.Choice{Value: string(v), Label: string(v)})
	}
	return append(out, ui.Choice{Label: "leave open"})
}

func decisionChoices() []ui.Choice {
	return []ui.Choice{{Value: "confirmed", Label: "right"}, {Value: "rejected", Label: "wrong"}, {Label: "leave open"}}
}

func rungNumber(a claims.Attribution) int {
	n, _ := ui.Rung(a)
	return n
}
