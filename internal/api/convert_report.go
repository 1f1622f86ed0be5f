package api

import "corroborate/internal/claims"

// newReport gives the API's shape of a report. Package app leaves texts out for
// those who may not read them; here that is said.
func newReport(r claims.Report, mayReadTexts bool) storyReport {
	out := storyReport{
		Story:    reportStory(r.Story),
		Engine:   engineInfo(r.Engine),
		Articles: mapped(r.Articles, newReportArticle),
		Findings: mapped(r.Findings, newFinding),
		Cleared:  mapped(r.Cleared, newClearedPair),
	}
	for i := range out.Articles {
		if a := &out.Articles[i]; a.Text == "" && !mayReadTexts {
			a.Spans, a.TextWithheld = []span{}, true
		}
	}
	return out
}

func newReportArticle(a claims.ReportArticle) reportArticle {
	return reportArticle{
		ID: a.ID, Source: a.Source, Title: a.Title, URL: a.URL, PublishedAt: a.PublishedAt,
		Origin: a.Origin, OriginKnown: a.OriginKnown, Text: a.Text,
		Spans: mapped(a.Spans, newSpan), Claims: mapped(a.Claims, newArticleClaim),
	}
}

func newSpan(s claims.Span) span {
	return span{Kind: string(s.Kind), Start: s.Start, End: s.End}
}

func newArticleClaim(c claims.Claim) articleClaim {
	return articleClaim{
		ID: c.ID, Exact: c.Exact, Start: c.Start, End: c.End, Text: c.Text,
		Checkable: c.Checkable, Reason: c.Reason, Worth: c.Worth, WorthReasons: filled(c.WorthReasons),
		Speaker: c.Speaker, Attribution: string(c.Attribution), Certainty: string(c.Certainty),
	}
}

func newFinding(f claims.Finding) finding {
	return finding{
		ID: f.ID, Summary: f.Summary, Verdict: orNull(string(f.Verdict)), Score: f.Score,
		Alignment: f.Alignment, RestsOn: filled(f.RestsOn),
		Corroborated: f.Corroborated, Sources: f.Sources, Origins: f.Origins,
		ReviewedVerdict: (*string)(f.ReviewedVerdict),
		Claims:          mapped(f.Claims, newFindingClaim),
		Positions:       mapped(f.Positions, newPosition),
		Differences:     mapped(f.Differences, newDifference),
		Doubt:           newDoubt(f.Doubt),
	}
}

func newDoubt(d *claims.Doubt) nullable[doubt] {
	if d == nil {
		return nullable[doubt]{}
	}
	return nullable[doubt]{&doubt{Claims: d.Claims, Relation: string(d.Relation), Probability: d.Probability}}
}

func newFindingClaim(c claims.FindingClaim) findingClaim {
	return findingClaim{ID: c.ID, ArticleID: c.ArticleID, Source: c.Source, Origin: c.Origin, OriginKnown: c.OriginKnown,
		Exact: c.Exact, Start: c.Start, End: c.End}
}

func newPosition(p claims.Position) position {
	p.Claims = filled(p.Claims)
	return position(p)
}

func newDifference(d claims.Difference) difference {
	return difference{
		ID: d.ID, Kind: string(d.Kind), Rule: string(d.Rule), Material: d.Material, Claims: d.Claims, Values: d.Values,
		Marks:   [2][]mark{mapped(d.Marks[0], newMark), mapped(d.Marks[1], newMark)},
		Between: string(d.Between), Internal: d.Internal, Superseded: d.Superseded, Explanation: d.Explanation,
	}
}

func newMark(m claims.Mark) mark { return mark(m) }

func newClearedPair(c claims.ClearedPair) clearedPair {
	return clearedPair{ID: c.ID, Claims: c.Claims, Kind: string(c.Kind), Reason: c.Reason}
}

// mapped converts a list; the result is never null in JSON.
func mapped[T, U any](in []T, convert func(T) U) []U {
	out := make([]U, len(in))
	for i, v := range in {
		out[i] = convert(v)
	}
	return out
}

// filled makes an empty list of one that is nil, which JSON would call null.
func filled[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}
