package web

import (
	"context"
	"net/http"

	"corroborate/internal/app"
	"corroborate/web/views"
)

const (
	// refreshSeconds is how often browsers load a page again whose analysis goes on
	// and that does not hear of its end.
	refreshSeconds = 3
	// articlesShown is how many articles a story's page lists.
	articlesShown = 200
)

// story shows the matrix of a story.
func (w *Web) story(rw http.ResponseWriter, r *http.Request) error {
	in, err := w.loadStory(r.Context(), id(r), views.ParseFilter(r.URL.Query()))
	if err != nil {
		return err
	}
	p := storyPage(in)
	p.Matrix.Choose = w.actor(r.Context()).Can(app.ReviewFindings)
	if p.Bulk, err = w.bulkOf(r); err != nil {
		return err
	}
	c := w.chrome(r, p.Title, views.SectionStories)
	if p.Status.Working() {
		c.RefreshSeconds, c.Streams = refreshSeconds, true
	}
	return w.render(rw, r, http.StatusOK, views.Story(c, p))
}

// storyParts is what a story's page is made from.
type storyParts struct {
	filter views.Filter
	matrix app.Matrix
	facets app.Facets
	healed []app.Correction
}

func (w *Web) loadStory(ctx context.Context, id string, f views.Filter) (storyParts, error) {
	who := w.actor(ctx)
	in := storyParts{filter: f}
	filter := findingFilter(id, f)
	var err error
	if in.matrix, err = w.app.Matrix(ctx, who, filter); err != nil {
		return storyParts{}, err
	}
	if in.facets, err = w.app.Facets(ctx, who, filter); err != nil {
		return storyParts{}, err
	}
	in.healed, err = w.app.Corrections(ctx, who, id)
	return in, err
}

// storyPage turns what is known of a story into its page.
func storyPage(in storyParts) views.StoryPage {
	s := in.matrix.Story
	p := views.StoryPage{
		ID: s.ID, Title: s.Title, Sample: s.Sample, Locked: s.Locked, Version: s.Version, Updated: s.UpdatedAt, Status: statusOf(s),
		Filter: in.filter, Counts: countsOf(s), Sources: columnsOf(in.matrix), ArticleCount: len(in.matrix.Articles),
		Facets:      views.Facets{Shown: in.facets.All, Verdicts: in.facets.Verdicts, Kinds: in.facets.Kinds, Sources: in.facets.Sources},
		Corrections: correctionsOf(in.healed),
	}
	p.Counts.Veiled = in.facets.Veiled
	p.Facets.Disputed = in.facets.Second[app.SecondDisagrees]
	p.Facets.Judged = p.Facets.Disputed + in.facets.Second[app.SecondAgrees] + in.facets.Second[app.SecondSilent]
	p.Matrix = matrixPart(in, p.Sources)
	for _, a := range in.matrix.Articles {
		p.Articles = append(p.Articles, articleLine(a))
	}
	p.Origins = views.GroupOrigins(p.Articles)
	p.Articles = p.Articles[:min(len(p.Articles), articlesShown)]
	return p
}

func articleLine(a app.Article) views.ArticleLine {
	return views.ArticleLine{ID: a.ID, Title: a.Title, Source: a.Source, Published: a.Published, Origin: a.Origin,
		OriginKnown: a.OriginKnown, Claims: a.Claims, Status: string(a.Status), Reason: a.Reason}
}
