package views

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"corroborate/internal/claims"
	"corroborate/web/views/ui"
)

// Show is which claims of an article its page marks.
type Show string

// The choices of claims.
const (
	ShowAll       Show = ""
	ShowDiverging Show = "diverge"
	ShowAlone     Show = "alone"
	ShowDoubtful  Show = "doubtful"
	ShowEdited    Show = "edited"
)

// Shows lists the choices in their order.
func Shows() []Show { return []Show{ShowAll, ShowDiverging, ShowAlone, ShowDoubtful, ShowEdited} }

// Label says what a choice shows.
func (s Show) Label() string {
	switch s {
	case ShowDiverging:
		return "divergences"
	case ShowAlone:
		return "told here alone"
	case ShowDoubtful:
		return "not checkable"
	case ShowEdited:
		return "edited by people"
	}
	return "all claims"
}

// takes tells whether a choice shows a claim.
func (s Show) takes(n Note) bool {
	told := n.FindingID != "" && !n.Veiled && !n.Pending
	switch s {
	case ShowDiverging:
		return told && n.Verdict == claims.Diverge
	case ShowAlone:
		return told && n.Verdict == claims.Single
	case ShowDoubtful:
		return n.Doubt != ""
	case ShowEdited:
		return n.Edited != nil
	}
	return true
}

// countNotes says how many claims each choice shows.
func countNotes(all []*Note) map[Show]int {
	out := map[Show]int{}
	for _, s := range Shows() {
		for _, n := range all {
			if s.takes(*n) {
				out[s]++
			}
		}
	}
	return out
}

// EditedBy says who made a claim what it is.
type EditedBy struct {
	// Deed is what was done: "added", "split".
	Deed string
	// By is the person's name, empty for those who are not told.
	By string
	At time.Time
}

// EditLine is something that people did to claims of an article.
type EditLine struct {
	ID string
	EditedBy
	// Was and Is are the words of the claims before it and after it.
	Was, Is []string
	// ClaimID is a claim that it made or left, empty for one that was dropped.
	ClaimID  string
	Revision int
	// Reason is, of a judgement, why the claim cannot be checked.
	Reason string
	// UndoneBy is who undid it and UndoneAt when, nil while it holds.
	UndoneBy string
	UndoneAt *time.Time
	// Lost is true where its words do not certainly stand in the text any more.
	Lost bool
	// Blocked says which later edit has to be undone before, empty for none.
	Blocked string
}

// restores tells whether undoing the edit is called restoring.
func (e EditLine) restores() bool { return len(e.Is) == 0 && e.Deed == "dropped" }

// summary tells of a paragraph's claims in few words and signs: "4 claims: ≠ 1, = 2".
func summary(notes []Note) string {
	count := map[claims.Verdict]int{}
	for _, n := range notes {
		if n.FindingID != "" && !n.Veiled && !n.Pending {
			count[n.Verdict]++
		}
	}
	var parts []string
	for _, v := range verdicts() {
		if count[v] > 0 {
			word := string(v)
			if v == claims.Single {
				word = "told alone"
			}
			parts = append(parts, ui.VerdictSign(v)+" "+ui.Counted(count[v], word, word))
		}
	}
	out := ui.Counted(len(notes), "claim", "claims")
	if len(parts) > 0 {
		out += ": " + strings.Join(parts, ", ")
	}
	return out
}

// Alike gives the other sources that tell a claim as it is told here.
func (n Note) Alike() []string {
	for _, o := range n.Others {
		if o.Position == n.Position {
			return o.Sources
		}
	}
	return nil
}

// Otherwise gives those who tell it in other ways.
func (n Note) Otherwise() []Others {
	var out []Others
	for _, o := range n.Others {
		if o.Position != n.Position {
			out = append(out, o)
		}
	}
	return out
}

// tells is the verb for some sources.
func tells(sources []string) string {
	if len(sources) == 1 {
		return "tells it differently: "
	}
	return "tell it differently: "
}

// mood names how a note is set apart: by its verdict, if that may be told.
func (n Note) mood() string {
	if n.Veiled || n.Pending || n.FindingID == "" {
		return "open"
	}
	return string(n.Verdict)
}

// class names how a claim's words are set.
func (n Note) class() string {
	if n.Doubt != "" {
		return "claim claim-" + n.mood() + " claim-doubtful"
	}
	return "claim claim-" + n.mood()
}

// canClaim tells whether claims can be made of the article's text.
func (p ArticlePage) canClaim() bool { return p.Status == "ready" && !p.Withheld }

// address is the article with what is shown of it.
func (p ArticlePage) address(page int) string {
	q := url.Values{}
	if p.Show != ShowAll {
		q.Set("show", string(p.Show))
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return "/articles/" + p.ID
	}
	return "/articles/" + p.ID + "?" + q.Encode()
}

// showing is the article with other claims marked.
func (p ArticlePage) showing(s Show) string {
	p.Show = s
	return p.address(1)
}

// fromReader is where a claim stands in its finding, which leads back to the claim's
// place in the article.
func fromReader(findingID, claimID string) string {
	return "/findings/" + findingID + "?from=" + url.QueryEscape(claimID) + "#claim-" + url.PathEscape(claimID)
}

// seen says where the claim stands on the page.
func (n Note) seen() string { return strconv.Itoa(n.mark.Start) + "-" + strconv.Itoa(n.mark.End) }
