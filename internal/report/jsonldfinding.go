package report

import (
	"slices"
	"time"
	"unicode/utf8"

	"corroborate/internal/claims"
)

// around is how many code points before and after a passage go with its words, so that
// it can be found again in a text that has them twice.
const around = 32

// group is the claims of a finding that tell it in one way.
type group struct {
	// name is its own in the finding; letter is empty where the finding has one group.
	name, letter, value string
	claims              []claims.FindingClaim
	sources, origins    int
}

// groups parts a finding's claims by how they tell it. Where that is not known, as of a
// finding that the reader reviews blind, each claim stands alone.
func groups(f claims.Finding) []group {
	var out []group
	placed := map[string]bool{}
	for _, p := range f.Positions {
		g := group{name: "told", sources: p.Sources, origins: p.Origins}
		if len(f.Positions) > 1 {
			g.name, g.letter, g.value = "position-"+p.ID, p.ID, p.Value
		}
		for _, c := range f.Claims {
			if slices.Contains(p.Claims, c.ID) {
				g.claims, placed[c.ID] = append(g.claims, c), true
			}
		}
		if len(g.claims) > 0 {
			out = append(out, g)
		}
	}
	for _, c := range f.Claims {
		if !placed[c.ID] {
			out = append(out, group{name: "told-" + c.ID, claims: []claims.FindingClaim{c}, sources: 1})
		}
	}
	return out
}

func (b linker) finding(f claims.Finding) findingNode {
	out := findingNode{ID: b.name("findings", f.ID), Type: []string{"Collection", "Finding"}, URL: b.page("findings", f.ID),
		Identifier: f.ID, Name: f.Summary, Verdict: string(f.Verdict), Sources: f.Sources, Origins: f.Origins,
		Claims: []claimNode{}, Differences: []differenceNode{}}
	if f.ReviewedVerdict != nil {
		out.ReviewedVerdict = string(*f.ReviewedVerdict)
	}
	if Stands(f) == claims.Agree {
		out.Corroborated = &f.Corroborated
	}
	for _, g := range groups(f) {
		out.Claims = append(out.Claims, b.claim(f, g))
	}
	out.Size = len(out.Claims)
	for _, d := range f.Differences {
		out.Differences = append(out.Differences, differenceNode{ID: b.name("differences", d.ID), Type: "Difference", Kind: string(d.Kind),
			Material: d.Material, Internal: d.Internal, Superseded: d.Superseded, Between: string(d.Between), Explanation: d.Explanation,
			Sides: [2]aside{b.side(d.Claims[0], d.Values[0]), b.side(d.Claims[1], d.Values[1])}})
	}
	return out
}

// claim makes a Claim of those that tell a finding in one way. Its text is that of the
// first of them.
func (b linker) claim(f claims.Finding, g group) claimNode {
	out := claimNode{ID: b.claimName(f, g), Type: "Claim", Position: g.letter, Value: g.value,
		Text: b.claims[g.claims[0].ID].Text, Sources: g.sources, Origins: g.origins, Appearances: []ref{}, Passages: []passageNode{}}
	if out.Text == "" {
		out.Text = g.claims[0].Exact
	}
	if g.letter == "" { // the finding's summary is in the words of one position
		out.Name = f.Summary
	}
	var articles []claims.ReportArticle
	seen := map[string]bool{}
	for _, c := range g.claims {
		out.Passages = append(out.Passages, b.annotation(c))
		if !seen[c.ArticleID] {
			seen[c.ArticleID] = true
			articles = append(articles, b.articles[c.ArticleID])
			out.Appearances = append(out.Appearances, ref{b.name("articles", c.ArticleID)})
		}
	}
	if first := surelyFirst(articles); first != "" {
		out.First = &ref{b.name("articles", first)}
	}
	return out
}

// annotation ties a claim to its passage.
func (b linker) annotation(c claims.FindingClaim) passageNode {
	told := b.claims[c.ID]
	quote := selectorNode{Type: "TextQuoteSelector", Exact: c.Exact}
	quote.Prefix, quote.Suffix = b.beside(c)
	out := passageNode{ID: b.passage[c.ID], Type: "Annotation", Motivation: "identifying", Body: ref{b.held[c.ID]},
		Target: targetNode{Type: "SpecificResource", Source: ref{b.name("articles", c.ArticleID)},
			Selector: []selectorNode{quote, {Type: "TextPositionSelector", Start: &c.Start, End: &c.End}}},
		Attribution: string(told.Attribution), Certainty: string(told.Certainty), Checkable: told.Checkable, Reason: told.Reason}
	if told.Speaker != nil {
		out.Speaker = *told.Speaker
	}
	return out
}

// beside gives what stands before and after a passage, as far as the reader may know
// it.
func (b linker) beside(c claims.FindingClaim) (before, after string) {
	if known, ok := b.Around[c.ID]; ok {
		before, after = known[0], known[1]
	} else if text := []rune(b.articles[c.ArticleID].Text); c.Start >= 0 && c.Start <= c.End && c.End <= len(text) {
		before, after = string(text[max(0, c.Start-around):c.Start]), string(text[c.End:min(len(text), c.End+around)])
	}
	return lastRunes(before, around), firstRunes(after, around)
}

func lastRunes(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}

func firstRunes(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n])
}

func (b linker) side(claim, value string) aside {
	return aside{Type: "Side", Passage: ref{b.passage[claim]}, Value: value}
}

// surelyFirst gives the id of the article that was published before all others of the
// list, empty where that is not sure: of two times of which one is a bare day the days
// are compared, and before or after an unknown time nothing is sure.
func surelyFirst(articles []claims.ReportArticle) string {
	first := ""
	for i, a := range articles {
		later := 0
		for j, other := range articles {
			if i != j && before(a.PublishedAt, other.PublishedAt) {
				later++
			}
		}
		if later == len(articles)-1 && a.PublishedAt != "" {
			first = a.ID
		}
	}
	return first
}

// before tells whether one time of a report is surely before another.
func before(one, two string) bool {
	a, errA := claims.ParsePublished(one)
	b, errB := claims.ParsePublished(two)
	if errA != nil || errB != nil || a.IsZero() || b.IsZero() {
		return false
	}
	if a.Precision == claims.Day || b.Precision == claims.Day {
		return a.At.Format(time.DateOnly) < b.At.Format(time.DateOnly)
	}
	return a.At.Before(b.At)
}
