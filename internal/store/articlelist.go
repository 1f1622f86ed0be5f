package store

import (
	"context"
	"strings"
	"time"
)

// ArticleOrder is an order of articles.
type ArticleOrder string

// The orders.
const (
	// NewestArticles begins with what was stored last.
	NewestArticles ArticleOrder = "newest"
	// LatestPublished begins with what was published last; an article of an unknown time
	// stands where it was stored.
	LatestPublished ArticleOrder = "published"
	// LeastRecentlyUpdated begins with what has not changed for the longest. What changes
	// while the list is read comes again at its end: nothing is left out.
	LeastRecentlyUpdated ArticleOrder = "updated"
)

// ArticleListChoice chooses articles outside the bin; empty fields choose all.
type ArticleListChoice struct {
	Order    ArticleOrder
	StoryID  string
	SourceID string
	Status   Status
	// Unplaced chooses articles without a story.
	Unplaced bool
	// Title is a part of the title in any case.
	Title      string
	Language   string
	ExternalID string
	// URLKey is an address without what does not tell pages apart.
	URLKey    string
	Published Span
	Created   Span
	Updated   Span
	After     *ArticlePlace
	Limit     int
}

// ArticlePlace is an article's place in an order.
type ArticlePlace struct {
	Order ArticleOrder `json:"o"`
	At    time.Time    `json:"a,omitzero"`
	ID    string       `json:"i"`
}

// Place gives the place of an article in an order.
func (a Article) Place(o ArticleOrder) ArticlePlace {
	p := ArticlePlace{Order: o, At: a.CreatedAt, ID: a.ID}
	switch o {
	case LatestPublished:
		if !a.Published.IsZero() {
			p.At = a.Published.At.UTC()
		}
	case LeastRecentlyUpdated:
		p.At = a.UpdatedAt
	}
	return p
}

// articleOrder says what stands behind a place in an order, and the order itself.
type articleOrder struct{ after, by string }

var articleOrders = map[ArticleOrder]articleOrder{
	NewestArticles:       {"a.id < @id::uuid", "a.id DESC"},
	LatestPublished:      {"(" + published + ", a.id) < (@at, @id::uuid)", published + " DESC, a.id DESC"},
	LeastRecentlyUpdated: {"(a.updated_at, a.id) > (@at, @id::uuid)", "a.updated_at, a.id"},
}

// order gives the order of a choice. Where times of creation are chosen, an index has to
// begin with them.
func (c ArticleListChoice) order() articleOrder {
	if c.Order == NewestArticles && c.Created != (Span{}) && (c.After == nil || !c.After.At.IsZero()) {
		return articleOrder{"(a.created_at, a.id) < (@at, @id::uuid)", "a.created_at DESC, a.id DESC"}
	}
	return articleOrders[c.Order]
}

// ArticleList lists articles in an order.
func (q Queries) ArticleList(ctx context.Context, c ArticleListChoice) ([]Article, error) {
	c.Created = c.Created.changedBy(c.Updated)
	o, f := c.order(), newFilter(named{"limit": c.Limit})
	f.add(true, "a.deleted_at IS NULL")
	f.on(c.StoryID != "", "a.story_id = @story::uuid", "story", c.StoryID)
	f.on(c.SourceID != "", "a.source_id = @source::uuid", "source", c.SourceID)
	f.on(c.Status != "", "a.status = @status", "status", string(c.Status))
	f.add(c.Unplaced, "a.story_id IS NULL")
	f.holds("a.title", "part", c.Title)
	f.on(c.Language != "", "a.language = @language", "language", c.Language)
	f.on(c.ExternalID != "", "a.external_id = @external", "external", c.ExternalID)
	f.on(c.URLKey != "", "a.url_key = @url", "url", c.URLKey)
	f.within("a.published_at", "published", c.Published)
	f.within("a.created_at", "created", c.Created)
	f.within("a.updated_at", "updated", c.Updated)
	if c.After != nil {
		f.on(true, o.after, "id", c.After.ID)
		if strings.Contains(o.after, "@at") {
			f.args["at"] = c.After.At
		}
	}
	return articlesOf(list[articleRow](ctx, q.q, "article list", "SELECT"+articleColumns+" FROM"+articleTables+
		" WHERE "+f.sql()+" ORDER BY "+o.by+" LIMIT @limit", f.args))
}
