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
		out = append(out, ui.Choice{Value: string(v), Label: counted(string(v), p.Facets.Verdicts[v])})
	}
	return out
}

// kindChoices lists the kinds that occur in the story.
func (p StoryPage) kindChoices() []ui.Choice {
	out := []ui.Choice{{Label: "all"}}
	for _, k := range claims.Kinds() {
		if n := p.Facets.Kinds[k]; n > 0 || k == p.Filter.Kind {
			out = append(out, ui.Choice{Value: string(k), Label: counted(string(k), n)})
		}
	}
	return out
}

// sourceChoices lists the story's sources.
func (p StoryPage) sourceChoices() []ui.Choice {
	out := []ui.Choice{{Label: "any source"}}
	for _, c := range p.Sources {
		out = append(out, ui.Choice{Value: c.SourceID, Label: counted(c.Source, p.Facets.Sources[c.SourceID])})
	}
	return out
}

func counted(what string, n int) string { return what + " (" + strconv.Itoa(n) + ")" }

func secondChoices() []ui.Choice {
	return []ui.Choice{{Label: "all"}, {Value: "disagrees", Label: "says otherwise"}, {Value: "agrees", Label: "says the same"}, {Value: "silent", Label: "has said nothing"}}
}

func groupChoices() []ui.Choice {
	return []ui.Choice{{Label: "no groups"}, {Value: "kind", Label: "kind of difference"}}
}

func originChoices() []ui.Choice {
	return []ui.Choice{{Value: "0", Label: "any number"}, {Value: "2", Label: "2 or more"}, {Value: "3", Label: "3 or more"}, {Value: "4", Label: "4 or more"}}
}

func reviewedChoices() []ui.Choice {
	return []ui.Choice{{Label: "all"}, {Value: "yes", Label: "reviewed"}, {Value: "no", Label: "not reviewed"}, {Value: "open", Label: "open: waits for a person"}}
}

// ReaderAddress is where a claim stands in its article.
func ReaderAddress(articleID, claimID string) string { return readerAddress(articleID, claimID) }

// readerAddress is where a claim stands in its article.
func readerAddress(articleID, claimID string) string {
	return "/articles/" + articleID + "?claim=" + url.QueryEscape(claimID) + "#claim-" + url.PathEscape(claimID)
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
