package report_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"corroborate/internal/claims"
	"corroborate/internal/report"
)

// TestNoCellIsAFormula puts the beginnings of formulas, and what would end a cell or a
// row, into every text of a report: the table has the same rows and columns, and no cell
// that a spreadsheet would run.
func TestNoCellIsAFormula(t *testing.T) {
	t.Parallel()
	for _, start := range []string{"=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", `"=`, "\",\"=", "'="} {
		bad := start + `cmd|' /C calc'!A0`
		speaker, passage := bad, claims.Passage{Exact: bad}
		r := claims.Report{
			Story:    claims.ReportStory{ID: bad, Title: bad},
			Articles: []claims.ReportArticle{{ID: "a", Source: bad, Title: bad, URL: bad, PublishedAt: bad, Origin: bad, Claims: []claims.Claim{{ID: "c", Passage: passage, Speaker: &speaker}}}},
			Findings: []claims.Finding{{ID: bad, Summary: bad, Claims: []claims.FindingClaim{{ID: "c", ArticleID: "a", Source: bad, Origin: bad, Passage: passage}},
				Positions:   []claims.Position{{ID: bad, Claims: []string{"c"}}},
				Differences: []claims.Difference{{ID: "d", Kind: claims.Kind(bad), Claims: [2]string{"c", "c"}, Explanation: bad}}}},
		}
		var b bytes.Buffer
		if err := report.WriteCSV(&b, r); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%q: %d rows, %v; want a head and one", start, len(rows), err)
		}
		for i, cell := range rows[1] {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n") || strings.HasPrefix(cell, "＝") || strings.HasPrefix(cell, "＋") || strings.HasPrefix(cell, "－") || strings.HasPrefix(cell, "＠") {
				t.Errorf("%s is %q", rows[0][i], cell)
			}
		}
	}
}
