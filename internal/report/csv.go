package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"corroborate/internal/claims"
)

// columns heads the table: one row for each claim of each finding.
var columns = []string{"finding", "summary", "verdict", "reviewed_verdict", "corroborated", "sources", "origins", "kinds",
	"source", "origin", "published_at", "url", "position", "exact", "start", "end", "speaker", "attribution", "certainty",
	"checkable", "differences"}

// WriteCSV writes a report as comma-separated values with a head line, one row a
// claim, findings in the report's order. Cells that a spreadsheet would take for a
// formula begin with an apostrophe.
func WriteCSV(w io.Writer, r claims.Report) error {
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return err
	}
	x := newIndex(r)
	for _, f := range r.Findings {
		for _, c := range f.Claims {
			if err := out.Write(x.row(f, c)); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func (x index) row(f claims.Finding, c claims.FindingClaim) []string {
	a, cl := x.articles[c.ArticleID], x.claims[c.ID]
	reviewed := ""
	if f.ReviewedVerdict != nil {
		reviewed = string(*f.ReviewedVerdict)
	}
	speaker := ""
	if cl.Speaker != nil {
		speaker = *cl.Speaker
	}
	row := []string{f.ID, f.Summary, string(f.Verdict), reviewed, strconv.FormatBool(f.Corroborated), strconv.Itoa(f.Sources),
		strconv.Itoa(f.Origins), strings.Join(kinds(f), " "), c.Source, c.Origin, a.PublishedAt, a.URL, positionOf(f, c.ID),
		c.Exact, strconv.Itoa(c.Start), strconv.Itoa(c.End), speaker, string(cl.Attribution), string(cl.Certainty),
		strconv.FormatBool(cl.Checkable), strings.Join(explanations(f, c.ID), " ")}
	for i, cell := range row {
		row[i] = harmless(cell)
	}
	return row
}

// formula begins what a spreadsheet runs; the wide forms are those of Japanese ones.
const formula = "=+-@\t\r\n\x00＝＋－＠"

// harmless keeps a spreadsheet from running a cell.
func harmless(cell string) string {
	if first, size := utf8.DecodeRuneInString(cell); size > 0 && strings.ContainsRune(formula, first) {
		return "'" + cell
	}
	return cell
}

// index finds articles and claims by id.
type index struct {
	articles map[string]claims.ReportArticle
	claims   map[string]claims.Claim
}

func newIndex(r claims.Report) index {
	x := index{articles: map[string]claims.ReportArticle{}, claims: map[string]claims.Claim{}}
	for _, a := range r.Articles {
		x.articles[a.ID] = a
		for _, c := range a.Claims {
			x.claims[c.ID] = c
		}
	}
	return x
}

// kinds gives the kinds of a finding's differences once each, in their order.
func kinds(f claims.Finding) []string {
	var out []string
	seen := map[claims.Kind]bool{}
	for _, d := range f.Differences {
		if !seen[d.Kind] {
			seen[d.Kind] = true
			out = append(out, string(d.Kind))
		}
	}
	return out
}

func positionOf(f claims.Finding, claim string) string {
	for _, p := range f.Positions {
		for _, id := range p.Claims {
			if id == claim {
				return p.ID
			}
		}
	}
	return ""
}

func explanations(f claims.Finding, claim string) []string {
	var out []string
	for _, d := range f.Differences {
		if d.Claims[0] == claim || d.Claims[1] == claim {
			out = append(out, string(d.Kind)+": "+d.Explanation)
		}
	}
	return out
}
