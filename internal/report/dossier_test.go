package report

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"corroborate/internal/claims"
)

// handed is a dossier of four findings: one diverges, one was reviewed, one is told
// alone, one is veiled.
func handed() Dossier {
	agree := claims.Agree
	finding := func(id string, v claims.Verdict) claims.Finding {
		return claims.Finding{ID: id, Summary: "About *" + id + "*", Verdict: v, Corroborated: true, Sources: 2, Origins: 2,
			Claims: []claims.FindingClaim{{ID: "c-" + id, Source: "Ledger", Passage: claims.Passage{Exact: "told of " + id}}}}
	}
	reviewed := finding("reviewed", claims.Diverge)
	reviewed.ReviewedVerdict = &agree
	r := claims.Report{Story: claims.ReportStory{ID: "s", Title: "A story"}, Engine: claims.EngineInfo{Version: "1", Hash: "h"},
		Findings: []claims.Finding{finding("open", claims.Diverge), reviewed, finding("alone", claims.Single), finding("veiled", "")},
		Cleared:  []claims.ClearedPair{{ID: "x", Claims: [2]string{"c-open", "c-alone"}, Kind: claims.KindTime, Reason: "one day"}}}
	return Dossier{Report: r, Base: "https://desk.example", Made: time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC),
		Reviews: map[string][]Review{"reviewed": {{Author: "Ana <Reyes>", At: time.Date(2025, 3, 1, 8, 0, 0, 0, time.UTC),
			Decisions: []string{"verdict: agree"}, Note: "rounded\n# no heading", Stale: true}}}}
}

func ids(fs []claims.Finding) string {
	var out []string
	for _, f := range fs {
		out = append(out, f.ID)
	}
	return strings.Join(out, " ")
}

func TestDossierHoldsWhatWasChosen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		choice                Choice
		diverge, agree, alone string
		pairs                 int
	}{
		{Choice{}, "open", "reviewed", "", 1},
		{Choice{Alone: true}, "open", "reviewed", "alone", 1},
		{Choice{Reviewed: true, Alone: true}, "", "reviewed", "", 0},
		{Choice{Divergences: true, Alone: true}, "open", "", "", 0},
		{Choice{Divergences: true, Reviewed: true}, "", "", "", 0},
	} {
		d := handed()
		d.Choice = c.choice
		if ids(d.Of(claims.Diverge)) != c.diverge || ids(d.Of(claims.Agree)) != c.agree || ids(d.Of(claims.Single)) != c.alone || len(d.Pairs()) != c.pairs {
			t.Errorf("%+v: %q diverge, %q agree, %q alone, %d pairs", c.choice, ids(d.Of(claims.Diverge)), ids(d.Of(claims.Agree)), ids(d.Of(claims.Single)), len(d.Pairs()))
		}
		if d.Veiled() != 1 {
			t.Errorf("%d are veiled, want 1", d.Veiled())
		}
	}
}

func TestDossierAsMarkdown(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := handed().WriteMarkdown(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Made on 1 March 2025, 09:00 UTC.", "## Where sources diverge", `### About \*open\*`, "<https://desk.example/findings/open>",
		"reviewed: agree, the machine says diverge", "Reviewed by Ana &lt;Reyes&gt;, 1 March 2025: verdict: agree (stale: a passage has changed)",
		`> rounded \# no heading`, "Left out, as you review them blind: 1.", "Engine 1, h."} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the Markdown lacks %q:\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "told of veiled") || strings.Contains(b.String(), "Told by one source") {
		t.Errorf("the Markdown holds what was not chosen:\n%s", b.String())
	}
}

func TestReportAsMarkdownHasNoAddresses(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := WriteMarkdown(&b, handed().Report); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "Made on") || strings.Contains(b.String(), "/findings/") || !strings.Contains(b.String(), "Told by one source") {
		t.Errorf("the report is not a whole one without addresses:\n%s", b.String())
	}
}
