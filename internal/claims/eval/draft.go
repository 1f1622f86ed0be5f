package eval

import (
	"context"
	"slices"

	"corroborate/internal/claims"
)

// draftAgreement says how often the check of a draft says of a claim what the analysis
// says when the draft is one of the story's articles.
type draftAgreement struct {
	claims, verdict, kinds, finding int
	// told are the claims that other sources tell too, by the analysis, toldRight those of
	// them with the same verdict and kinds.
	told, toldRight int
}

func (d *draftAgreement) add(o draftAgreement) {
	d.claims += o.claims
	d.verdict += o.verdict
	d.kinds += o.kinds
	d.finding += o.finding
	d.told += o.told
	d.toldRight += o.toldRight
}

// standing is what is said of one claim.
type standing struct {
	verdict claims.Verdict
	kinds   []claims.Kind
	// beside are the places of the other articles' claims that it stands with.
	beside []claims.Anchor
}

// leaveOneOut checks each article of a story as a draft against the others, and
// compares with the analysis of all of them.
func leaveOneOut(ctx context.Context, e *claims.Engine, s claims.Story) (draftAgreement, error) {
	var out draftAgreement
	for i, left := range s.Articles {
		rest := slices.Delete(slices.Clone(s.Articles), i, i+1)
		checked, err := checkedClaims(ctx, e, rest, left)
		if err != nil {
			return out, err
		}
		whole, err := e.Analyze(ctx, claims.Story{ID: s.ID, Articles: append(slices.Clone(rest), left)}, nil)
		if err != nil {
			return out, err
		}
		out.add(agreement(checked, analysedClaims(whole, left)))
	}
	return out, nil
}

// checkedClaims checks a draft against the analysis of articles.
func checkedClaims(ctx context.Context, e *claims.Engine, rest []claims.Article, draft claims.Article) (map[claims.Passage]standing, error) {
	known, err := e.Analyze(ctx, claims.Story{Articles: rest}, nil)
	if err != nil {
		return nil, err
	}
	d, err := e.ReadDraft(ctx, draft)
	if err != nil {
		return nil, err
	}
	check, err := d.Against(ctx, claims.KnownStory{Articles: rest, Findings: known.Findings})
	if err != nil {
		return nil, err
	}
	out := map[claims.Passage]standing{}
	for i, c := range d.Claims() {
		s := standing{verdict: check.Claims[i].Verdict}
		for _, p := range check.Claims[i].Points {
			if p.Kind != "" && p.Type != claims.PointContradicts && !slices.Contains(s.kinds, p.Kind) {
				s.kinds = append(s.kinds, p.Kind)
			}
		}
		for _, t := range check.Claims[i].Tellers {
			s.beside = append(s.beside, claims.Anchor{ArticleID: t.ArticleID, Start: t.Start, End: t.End})
		}
		out[c.Passage] = s
	}
	return out, nil
}

// analysedClaims gives how the claims of one article stand in a report: by the
// differences that they are a side of.
func analysedClaims(r claims.Report, draft claims.Article) map[claims.Passage]standing {
	out := map[claims.Passage]standing{}
	for _, f := range r.Findings {
		for _, c := range f.Claims {
			if c.ArticleID != draft.ID {
				continue
			}
			s := standing{verdict: claims.Single}
			for _, o := range f.Claims {
				if o.ArticleID != draft.ID {
					s.beside = append(s.beside, claims.Anchor{ArticleID: o.ArticleID, Start: o.Start, End: o.End})
				}
				if o.Source != draft.Source && s.verdict == claims.Single {
					s.verdict = claims.Agree
				}
			}
			for _, d := range f.Differences {
				if d.Internal || !slices.Contains(d.Claims[:], c.ID) {
					continue
				}
				if d.Material && d.Between == claims.BetweenSources {
					s.verdict = claims.Diverge
				}
				if !slices.Contains(s.kinds, d.Kind) {
					s.kinds = append(s.kinds, d.Kind)
				}
			}
			out[c.Passage] = s
		}
	}
	return out
}

// agreement counts where two ways to the same claims meet.
func agreement(checked, analysed map[claims.Passage]standing) draftAgreement {
	out := draftAgreement{claims: len(analysed)}
	for p, want := range analysed {
		got := checked[p]
		verdict, kinds := got.verdict == want.verdict, sameSet(got.kinds, want.kinds)
		if verdict {
			out.verdict++
		}
		if verdict && kinds {
			out.kinds++
		}
		if sameSet(got.beside, want.beside) {
			out.finding++
		}
		if want.verdict != claims.Single {
			out.told++
			if verdict && kinds {
				out.toldRight++
			}
		}
	}
	return out
}

// sameSet tells whether two lists hold the same, in whatever order.
func sameSet[T comparable](a, b []T) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(x T) bool { return !slices.Contains(b, x) })
}
