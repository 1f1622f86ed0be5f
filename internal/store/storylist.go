package store

import (
	"context"
	"strings"
	"time"
)

// StoryOrder is an order of stories.
type StoryOrder string

// The orders. Stories that are alike come the newest first, but for ByUpdated.
const (
	ByOpen    StoryOrder = "open"    // those with most that is open first
	ByNewest  StoryOrder = "newest"  // the newest first
	BySources StoryOrder = "sources" // those with most sources first
	ByTitle   StoryOrder = "title"   // from A to Z
	// ByUpdated begins with what has not changed for the longest. What changes while the
	// list is read comes again at its end: nothing is left out.
	ByUpdated StoryOrder = "updated"
)

// StoryChoice chooses stories outside the bin; empty fields choose all.
type StoryChoice struct {
	Order StoryOrder
	// Title is a part of the title in any case.
	Title string
	// Status is Ready, Working or Failed.
	Status   Status
	SourceID string
	Locked   *bool
	Created  Span
	Updated  Span
	After    *StoryPlace
	Limit    int
}

// StoryPlace is a story's place in an order.
type StoryPlace struct {
	Order  StoryOrder `json:"o"`
	Number int        `json:"n,omitempty"`
	Title  string     `json:"t,omitempty"`
	At     time.Time  `json:"a,omitzero"`
	ID     string     `json:"i"`
}

// PlacedStory is a story with its place in the order that was asked for.
type PlacedStory struct {
	Story
	PlaceNumber int
	PlaceTitle  string
}

// Place gives the place in an order that was asked for.
func (s PlacedStory) Place(o StoryOrder) StoryPlace {
	p := StoryPlace{Order: o, Number: s.PlaceNumber, Title: s.PlaceTitle, ID: s.ID}
	if o == ByUpdated {
		p.At = s.UpdatedAt
	}
	return p
}

// storyOrder says how stories stand in an order.
type storyOrder struct {
	// number and title are what a place in it is told by, beside the id.
	number, title string
	// after holds for what stands behind a place, and by is the order itself.
	after, by string
}

const byNumber = " < (@number::integer, @id::uuid)"

var storyOrders = map[StoryOrder]storyOrder{
	ByOpen:    {number: "coalesce(t.open, 0)", after: "(coalesce(t.open, 0), s.id)" + byNumber, by: "coalesce(t.open, 0) DESC, s.id DESC"},
	ByNewest:  {after: "s.id < @id::uuid", by: "s.id DESC"},
	BySources: {number: "coalesce(t.sources, 0)", after: "(coalesce(t.sources, 0), s.id)" + byNumber, by: "coalesce(t.sources, 0) DESC, s.id DESC"},
	ByTitle: {title: "lower(s.title)", after: "(lower(s.title) > @title OR lower(s.title) = @title AND s.id < @id::uuid)",
		by: "lower(s.title), s.id DESC"},
	ByUpdated: {after: "(s.updated_at, s.id) > (@at, @id::uuid)", by: "s.updated_at, s.id"},
}

// hasPending holds for a story s with an article that waits.
const hasPending = "EXISTS (SELECT FROM articles a WHERE a.story_id = s.id AND a.status = 'pending' AND a.deleted_at IS NULL)"

// ofStatus says which stories s have a status.
var ofStatus = map[Status]string{
	Failed:  "s.failure <> ''",
	Working: "s.failure = '' AND (s.changes <> s.compared OR " + hasPending + ")",
	Ready:   "s.failure = '' AND s.changes = s.compared AND NOT " + hasPending,
}

// StoryList lists stories in an order.
func (q Queries) StoryList(ctx context.Context, c StoryChoice) ([]PlacedStory, error) {
	o := storyOrders[c.Order]
	f := c.filter(named{"viewer": q.viewer, "limit": c.Limit}, o)
	number, title, tallies := "0", "''", ""
	if o.number != "" {
		number, tallies = o.number, "LEFT JOIN story_tallies_for(@viewer) t ON t.story_id = s.id"
	}
	if o.title != "" {
		title = o.title
	}
	return list[PlacedStory](ctx, q.q, "story list", `
		WITH placed AS (
			SELECT s.id AS placed_id, (`+number+`)::integer AS place_number, (`+title+`)::text AS place_title,
			       row_number() OVER (ORDER BY `+o.by+`) AS place
			FROM stories s `+tallies+` WHERE `+f.sql()+` ORDER BY `+o.by+` LIMIT @limit)
		SELECT`+storyColumns+`, place_number, place_title FROM placed JOIN`+storyTables+` ON true
		WHERE s.id = placed_id ORDER BY place`, f.args)
}

// filter gives what has to hold for a story s.
func (c StoryChoice) filter(args named, o storyOrder) *filter {
	f := newFilter(args)
	f.add(true, "s.deleted_at IS NULL")
	f.holds("s.title", "part", c.Title)
	f.add(c.Status != "", ofStatus[c.Status])
	f.on(c.SourceID != "", "EXISTS (SELECT FROM articles a WHERE a.story_id = s.id AND a.source_id = @source::uuid AND a.deleted_at IS NULL)", "source", c.SourceID)
	f.on(c.Locked != nil, "s.locked = @locked", "locked", c.Locked)
	f.within("s.created_at", "created", c.Created)
	f.within("s.updated_at", "updated", c.Updated)
	if c.After == nil {
		return f
	}
	f.on(true, o.after, "id", c.After.ID)
	for name, value := range map[string]any{"number": c.After.Number, "title": c.After.Title, "at": c.After.At} {
		if strings.Contains(o.after, "@"+name) {
			f.args[name] = value
		}
	}
	return f
}

// CountStories counts the stories outside the bin whose title has a part, all for an
// empty one.
func (q Queries) CountStories(ctx context.Context, title string) (int, error) {
	f := newFilter(named{})
	f.add(true, "s.deleted_at IS NULL")
	f.holds("s.title", "part", title)
	return scalar[int](ctx, q.q, "count stories", "SELECT count(*) FROM stories s WHERE "+f.sql(), f.args)
}
