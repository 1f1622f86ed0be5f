package claims

import (
	"cmp"
	"context"
	"slices"
)

// Progress is told how many of total steps of an analysis are done.
type Progress func(done, total int)

// Analyze gives the whole report of a story. progress may be nil. It stops with
// ctx's error when ctx ends.
func (e *Engine) Analyze(ctx context.Context, s Story, progress Progress) (Report, error) {
	return e.analyze(ctx, s, progress, nil)
}

// analyze tells watch, which may be nil, of each finding what the confidence in it is
// read off.
func (e *Engine) analyze(ctx context.Context, s Story, progress Progress, watch func(Finding, [sureFeatures]float64)) (Report, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	steps := len(s.Articles) + 1
	var arts []*article
	for i, a := range s.Articles {
		if err := ctx.Err(); err != nil {
			return Report{}, err
		}
		arts = append(arts, e.read(ctx, a))
		progress(i+1, steps)
	}
	r, err := e.report(ctx, s, arts, watch)
	if err != nil {
		return Report{}, err
	}
	progress(steps, steps)
	return r, nil
}

// report aligns and judges the statements of parsed articles.
func (e *Engine) report(ctx context.Context, s Story, arts []*article, watch func(Finding, [sureFeatures]float64)) (Report, error) {
	r := Report{Story: ReportStory{ID: s.ID, Title: s.Title}, Engine: e.info,
		Articles: []ReportArticle{}, Findings: []Finding{}, Cleared: []ClearedPair{}}
	origins := e.originsOf(arts)
	var all []*statement
	for _, a := range arts {
		r.Articles = append(r.Articles, reportArticle(a, origins.articles[a]))
		all = append(all, a.claims...)
	}
	al, err := e.newAligner(ctx, all)
	if err != nil {
		return r, err
	}
	candidates, err := al.candidates(ctx, all, 0)
	if err != nil {
		return r, err
	}
	candidates = append(candidates, al.contradictions(all)...)
	groups, err := al.cluster(ctx, all, candidates, pinned(all, s.Pins))
	if err != nil {
		return r, err
	}
	if err := al.readGroups(ctx, all, groups); err != nil {
		return r, err
	}
	for _, group := range groups {
		if ctx.Err() != nil {
			return r, ctx.Err()
		}
		members := membersOf(all, group)
		f, cleared := al.judge(members, origins)
		if watch != nil {
			watch(f, al.sureness(f, members, al.ties(members)))
		}
		r.Findings = append(r.Findings, f)
		r.Cleared = append(r.Cleared, cleared...)
	}
	r.Cleared = append(r.Cleared, al.lookAlikes(all, candidates, r.Findings)...)
	sortFindings(r.Findings)
	dedupeCleared(&r)
	return r, ctx.Err()
}

func reportArticle(a *article, o origin) ReportArticle {
	out := ReportArticle{ID: a.ID, Source: a.Source, Title: a.Title, URL: a.URL, PublishedAt: a.Published.String(),
		Origin: o.name, OriginKnown: o.known, Text: a.body, Spans: a.Text.Spans, Claims: []Claim{}}
	if out.Spans == nil {
		out.Spans = []Span{}
	}
	for _, s := range a.claims {
		out.Claims = append(out.Claims, s.Claim)
	}
	return out
}

// pinned groups the statements of each pin, by number. A pin takes in no others.
func pinned(all []*statement, pins []Pin) grouping {
	at := map[Anchor]int{}
	for i, s := range all {
		at[s.place()] = i
	}
	closed := make([]bool, len(all))
	g := grouping{may: func(a, b []int) bool { return !closed[a[0]] && !closed[b[0]] }}
	for _, p := range pins {
		var group []int
		for _, a := range p.Claims {
			if i, ok := at[a]; ok {
				group = append(group, i)
				closed[i] = true
			}
		}
		if len(group) > 0 {
			g.given = append(g.given, group)
		}
	}
	return g
}

// place names a statement by its article and its passage.
func (s *statement) place() Anchor {
	return Anchor{ArticleID: s.art.ID, Start: s.Start, End: s.End}
}

// sortFindings puts divergences first, then what most sources tell, then the
// order in which the story tells it.
func sortFindings(fs []Finding) {
	rank := map[Verdict]int{Diverge: 0, Agree: 1, Single: 2}
	slices.SortStableFunc(fs, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(rank[a.Verdict], rank[b.Verdict]), -cmp.Compare(a.Sources, b.Sources))
	})
}

func dedupeCleared(r *Report) {
	seen := map[string]bool{}
	r.Cleared = slices.DeleteFunc(r.Cleared, func(c ClearedPair) bool {
		dup := seen[c.ID]
		seen[c.ID] = true
		return dup
	})
}
