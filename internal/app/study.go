package app

import (
	"context"
	"slices"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// FindingStudy is a finding with everything that its own page shows. Of a veiled one
// there are the passages and the silent sources alone.
type FindingStudy struct {
	FindingDetail
	// Silent are the sources of the story that do not tell it.
	Silent []SilentSource
	FindingWordings
	// Changes are what became of it, the newest first.
	Changes []FindingChange
	// Neighbours stand before and behind it in the list that the reader comes from.
	store.Neighbours
}

// FindingWordings is how the sources word what they tell differently. There is nothing
// of a veiled finding.
type FindingWordings struct {
	// Numbers and Times are the values in which the claims differ, as points on lines.
	Numbers []claims.NumberScale
	Times   []claims.TimeScale
	// Wordings are the quotations that two or more of the claims have.
	Wordings []claims.Collation
}

// SilentSource is a source of a story that does not tell a finding.
type SilentSource struct {
	ID   string
	Name string
	// TooEarly is true where all that it published came before anybody told it.
	TooEarly bool
	// Articles are what it published, in order of publication.
	Articles []Article
}

// StudyFinding gives a finding for its page. in is the list that the reader comes from;
// its story does not count.
func (a *App) StudyFinding(ctx context.Context, who Actor, id string, in FindingFilter) (FindingStudy, error) {
	detail, err := a.Finding(ctx, who, id)
	if err != nil {
		return FindingStudy{}, err
	}
	out := FindingStudy{FindingDetail: detail, FindingWordings: a.wordings(detail)}
	if out.Silent, err = a.silent(ctx, who, detail); err != nil {
		return FindingStudy{}, err
	}
	if out.Neighbours, err = a.neighbours(ctx, who, detail.Finding, in); err != nil {
		return FindingStudy{}, err
	}
	if detail.Veiled {
		return out, nil
	}
	states, err := a.seen(who).FindingStates(ctx, detail.ID, "", maxBeside)
	out.Changes = changesOf(states, maxBeside)
	return out, err
}

// FindingWordings tells how the sources of a finding word what they tell differently.
func (a *App) FindingWordings(ctx context.Context, who Actor, id string) (FindingWordings, error) {
	detail, err := a.Finding(ctx, who, id)
	if err != nil {
		return FindingWordings{}, err
	}
	return a.wordings(detail), nil
}

func (a *App) wordings(d FindingDetail) FindingWordings {
	if d.Veiled {
		return FindingWordings{}
	}
	out := FindingWordings{Wordings: claims.Collate(quotedClaims(d.Members))}
	out.Numbers, out.Times = a.Scales(d.Finding.Finding, datesOf(d.Members))
	return out
}

// SilentSources gives the sources of a finding's story that do not tell it, those that
// could have known first.
func (a *App) SilentSources(ctx context.Context, who Actor, id string) ([]SilentSource, error) {
	detail, err := a.Finding(ctx, who, id)
	if err != nil {
		return nil, err
	}
	return a.silent(ctx, who, detail)
}

func (a *App) silent(ctx context.Context, who Actor, d FindingDetail) ([]SilentSource, error) {
	arts, err := a.seen(who).Articles(ctx, store.ArticleChoice{StoryID: d.StoryID, Status: Ready, Limit: readArticles})
	return silentSources(d, arts), err
}

// neighbours looks a finding up in a list of its story. A filter that cannot be
// understood, as of an old link, is that of the whole list.
func (a *App) neighbours(ctx context.Context, who Actor, f Finding, in FindingFilter) (store.Neighbours, error) {
	in.StoryID, in.Page = f.StoryID, Page{}
	choice, err := in.choice()
	if err != nil {
		if choice, err = (FindingFilter{StoryID: f.StoryID}).choice(); err != nil {
			return store.Neighbours{}, err
		}
	}
	return a.seen(who).Neighbours(ctx, choice, f.ID)
}

func datesOf(members []Member) map[string]claims.Dated {
	out := make(map[string]claims.Dated, len(members))
	for _, m := range members {
		out[m.ID] = claims.Dated{Published: m.Published, Ahead: m.Certainty == claims.Planned}
	}
	return out
}

func quotedClaims(members []Member) []claims.QuotedClaim {
	out := make([]claims.QuotedClaim, len(members))
	for i, m := range members {
		out[i] = claims.QuotedClaim{ID: m.ID, Before: m.Before, Exact: m.Exact, Attribution: m.Attribution}
	}
	return out
}

// silentSources gives the sources of articles that have no claim in a finding, those
// that could have known first.
func silentSources(d FindingDetail, arts []Article) []SilentSource {
	told := map[string]bool{}
	var first claims.Published
	for _, m := range d.Members {
		told[m.SourceID] = true
		if first.IsZero() || before(m.Published, first) {
			first = m.Published
		}
	}
	var out []SilentSource
	for _, art := range slices.Backward(arts) { // the newest came first
		if told[art.SourceID] {
			continue
		}
		i := slices.IndexFunc(out, func(s SilentSource) bool { return s.ID == art.SourceID })
		if i < 0 {
			i = len(out)
			out = append(out, SilentSource{ID: art.SourceID, Name: art.Source, TooEarly: true})
		}
		out[i].Articles = append(out[i].Articles, art)
		out[i].TooEarly = out[i].TooEarly && before(art.Published, first)
	}
	for _, s := range out {
		slices.SortStableFunc(s.Articles, func(x, y Article) int { return x.Published.At.Compare(y.Published.At) })
	}
	slices.SortStableFunc(out, func(x, y SilentSource) int { return rankOfSilence(x) - rankOfSilence(y) })
	return out
}

func rankOfSilence(s SilentSource) int {
	if s.TooEarly {
		return 1
	}
	return 0
}
