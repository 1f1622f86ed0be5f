package report_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"corroborate/internal/claims"
	"corroborate/internal/report"
)

// FuzzReports writes a report of any words as a table and as Markdown: the table keeps
// its form, and neither has a cell or mark that would run.
func FuzzReports(f *testing.F) {
	f.Add("The bridge was closed.", "Post")
	f.Add("=1+1\n<b>[x](y)`", "a|b\r\n# c")
	f.Fuzz(func(t *testing.T, words, name string) {
		p := claims.Passage{Exact: words}
		r := claims.Report{Story: claims.ReportStory{Title: name},
			Articles: []claims.ReportArticle{{ID: "a", Source: name, Title: words, Origin: name, URL: words}},
			Findings: []claims.Finding{{ID: "f", Summary: words, Verdict: claims.Diverge, Claims: []claims.FindingClaim{{ID: "c", ArticleID: "a", Source: name, Passage: p}},
				Differences: []claims.Difference{{ID: "d", Kind: claims.KindNumber, Claims: [2]string{"c", "c"}, Explanation: words}}}}}
		var table, text bytes.Buffer
		if err := report.WriteCSV(&table, r); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&table).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Errorf("%d rows, %v", len(rows), err)
		}
		if err := report.WriteMarkdown(&text, r); err != nil {
			t.Fatal(err)
		}
		if s := text.String(); strings.ContainsRune(s, '<') || strings.Contains(strings.ReplaceAll(strings.ReplaceAll(s, `\\`, ""), `\]`, ""), "](") {
			t.Errorf("%q and %q become %q", words, name, s)
		}
	})
}
