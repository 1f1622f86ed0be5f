package store

import (
	"cmp"
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
	Number int32      `json:"n,omitempty"`
	Title  string     `json:"t,omitempty"`
	At     time.Time  `json:"a,omitzero"`
	ID     string     `json:"i"`
}

// PlacedStory is a story with its place in the order that was asked for.
type PlacedStory struct {
	Story
	PlaceNumber int32
	PlaceTitle  string
}

// Place gives the place in an order that was asked for.
func (s PlacedStory) Place(o StoryOrder) StoryPlace {
	p := StoryPlace{Order: o, Number: s.PlaceNumber, Title: s.PlaceTitle, ID: s.ID}
	switch o {
	case ByUpdated:
		p.At = s.UpdatedAt
	case ByNewest:
		p.At = s.CreatedAt
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

// The first half of the condition behind a title alone serves an index.
var storyOrders = map[StoryOrder]storyOrder{
	ByOpen:    {number: "t.open", after: "(t.open, t.story_id)" + byNumber, by: "t.open DESC, t.story_id DESC"},
	ByNewest:  {after: "s.id < @id::uuid", by: "s.id DESC"},
	BySources: {number: "t.sources", after: "(t.sources, t.story_id)" + byNumber, by: "t.sources DESC, t.story_id DESC"},
	ByTitle: {title: "lower(s.title)", after: "lower(s.title) >= @title AND (lower(s.title) > @title OR s.id < @id::uuid)",
		by: "lower(s.title), s.id DESC"},
	ByUpdated: {after: "(s.updated_at, s.id) > (@at, @id::uuid)", by: "s.updated_at, s.id"},
}

// byCreation is ByNewest where times of creation are chosen, for an index to begin with
// them.
var byCreation = storyOrder{after: "(s.created_at, s.id) < (@at, @id::uuid)", by: "s.created_at DESC, s.id DESC"}

// tallied are the parts of an order by counts: the stories that everybody sees, those of
// which something is veiled from the viewer, and those that were not compared yet. Each is
// read as far as the list goes, the first in the order of an index. Which are veiled is
// asked once, not for each story.
var tallied = []string{
	"story_tallies t JOIN stories s ON s.id = t.story_id AND t.story_id <> ALL (coalesce((SELECT veiled_stories(@viewer)), '{}'))",
	"count_stories(@viewer, veiled_stories(@viewer)) t JOIN stories s ON s.id = t.story_id",
	`stories s JOIN LATERAL (SELECT s.id AS story_id, 0 AS open, 0 AS sources) t
		ON s.compared_at IS NULL AND NOT EXISTS (SELECT FROM story_tallies k WHERE k.story_id = s.id)`,
}

// places selects the ids of the stories of a list with their places in an order.
func (o storyOrder) places(where string) string {
	if o.number == "" {
		return "SELECT s.id AS placed_id, 0 AS place_number, (" + cmp.Or(o.title, "''") + ")::text AS place_title, row_number() OVER (ORDER BY " +
			o.by + ") AS place FROM stories s WHERE " + where + " ORDER BY " + o.by + " LIMIT @limit"
	}
	parts := make([]string, len(tallied))
	for i, from := range tallied {
		parts[i] = "(SELECT s.id AS placed_id, (" + o.number + ")::integer AS place_number FROM " + from + " WHERE " + where + " ORDER BY " + o.by + " LIMIT @limit)"
	}
	const by = "place_number DESC, placed_id DESC"
	return "SELECT *, '' AS place_title, row_number() OVER (ORDER BY " + by + ") AS place FROM (" + strings.Join(parts, " UNION ALL ") + ") p ORDER BY " + by + " LIMIT @limit"
}

// order gives the order of a choice.
func (c StoryChoice) order() storyOrder {
	if c.Order == ByNewest && c.Created != (Span{}) && (c.After == nil || !c.After.At.IsZero()) {
		return byCreation
	}
	return storyOrders[c.Order]
}

// hasPending holds for a story s with an article that waits.
const hasPending = "EXISTS (SELECT FROM articles a WHERE a.story_id = s.id AND a.status = 'pending' AND a.deleted_at IS NULL)"

// behind are the stories in which something is still to be done.
const behind = `ARRAY (SELECT b.id FROM stories b WHERE b.changes <> b.compared AND b.deleted_at IS NULL
	UNION SELECT a.story_id FROM articles a WHERE a.status = 'pending' AND a.deleted_at IS NULL AND a.story_id IS NOT NULL)`

// ofStatus says which stories s have a status.
var ofStatus = map[Status]string{
	Failed:  "s.failure <> ''",
	Working: "s.failure = '' AND s.id = ANY (" + behind + ")",
	Ready:   "s.failure = '' AND s.changes = s.compared AND NOT " + hasPending,
}

// StoryList lists stories in an order.
func (q Queries) StoryList(ctx context.Context, c StoryChoice) ([]PlacedStory, error) {
	c.Created = c.Created.changedBy(c.Updated)
	o := c.order()
	f := c.filter(named{"viewer": q.viewer, "limit": c.Limit}, o)
	return list[PlacedStory](ctx, q.q, "story list", `
		WITH placed AS (`+o.places(f.sql())+`)
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
	f.add(c.Locked != nil && *c.Locked, "s.locked")
	f.add(c.Locked != nil && !*c.Locked, "NOT s.locked")
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
// empty one. It counts no further than most.
func (q Queries) CountStories(ctx context.Context, title string, most int) (int, error) {
	f := newFilter(named{"most": most})
	f.add(true, "s.deleted_at IS NULL")
	f.holds("s.title", "part", title)
	return scalar[int](ctx, q.q, "count stories", "SELECT count(*) FROM (SELECT FROM stories s WHERE "+f.sql()+" LIMIT @most) x", f.args)
}
