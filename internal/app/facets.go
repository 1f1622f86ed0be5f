package app

import (
	"cmp"
	"context"
	"slices"

	"corroborate/internal/store"
)

// Facets counts the findings of a story by what a filter can choose.
func (a *App) Facets(ctx context.Context, who Actor, f FindingFilter) (Facets, error) {
	if err := who.require(ReadFindings); err != nil {
		return Facets{}, err
	}
	id, err := knownID(f.StoryID)
	if err != nil {
		return Facets{}, err
	}
	f.StoryID, f.Cursor = id, ""
	choice, err := f.choice()
	if err != nil {
		return Facets{}, err
	}
	return a.seen(who).Facets(ctx, choice)
}

// NamedFacets are facets with the names of their sources.
type NamedFacets struct {
	Facets
	// BySource are the sources that would give findings, those of most first.
	BySource []SourceFacet
}

// SourceFacet is a source with how many findings it would give.
type SourceFacet struct {
	ID, Name string
	Findings int
}

// FacetsOf is [App.Facets] for a story that may have been merged into another, with the
// names of sources.
func (a *App) FacetsOf(ctx context.Context, who Actor, f FindingFilter) (NamedFacets, error) {
	story, err := a.Story(ctx, who, f.StoryID)
	if err != nil {
		return NamedFacets{}, err
	}
	f.StoryID = story.ID
	counts, err := a.Facets(ctx, who, f)
	if err != nil {
		return NamedFacets{}, err
	}
	out, told := NamedFacets{Facets: counts}, map[string]bool{}
	arts, err := a.db.Articles(ctx, store.ArticleChoice{StoryID: story.ID, Limit: readArticles})
	for _, art := range arts {
		if n := counts.Sources[art.SourceID]; n > 0 && !told[art.SourceID] {
			told[art.SourceID] = true
			out.BySource = append(out.BySource, SourceFacet{ID: art.SourceID, Name: art.Source, Findings: n})
		}
	}
	slices.SortFunc(out.BySource, func(x, y SourceFacet) int {
		return cmp.Or(y.Findings-x.Findings, cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	return out, err
}
