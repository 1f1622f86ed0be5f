package api

import (
	"time"

	"corroborate/internal/app"
)

// IDPath is the id in an address.
type IDPath struct {
	ID string `path:"id" doc:"Id of the thing, a UUID." example:"01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
}

// PageQuery asks for a part of a list.
type PageQuery struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many items to give." example:"50"`
	Cursor string `query:"cursor" maxLength:"1000" doc:"The next_cursor of the part before; left out for the first part." example:"MDE5NzdkNWUtN2E4MC03Y2Mx"`
}

func (q PageQuery) page() app.Page { return app.Page{Cursor: q.Cursor, Limit: q.Limit} }

// CreatedSpan bounds when things were stored.
type CreatedSpan struct {
	CreatedSince time.Time `query:"created_since" doc:"Only what was stored at or after this time." example:"2025-03-01T00:00:00Z"`
	CreatedUntil time.Time `query:"created_until" doc:"Only what was stored before this time." example:"2025-04-01T00:00:00Z"`
}

func (s CreatedSpan) span() app.Span { return app.Span{Since: s.CreatedSince, Until: s.CreatedUntil} }

// UpdatedSpan bounds when things changed last.
type UpdatedSpan struct {
	UpdatedSince time.Time `query:"updated_since" doc:"Only what changed at or after this time. Ask from a minute before your last look: what is just being stored counts from its beginning." example:"2025-03-28T08:00:00Z"`
	UpdatedUntil time.Time `query:"updated_until" doc:"Only what changed last before this time." example:"2025-03-29T08:00:00Z"`
}

func (s UpdatedSpan) span() app.Span { return app.Span{Since: s.UpdatedSince, Until: s.UpdatedUntil} }

// pageInput is all that a list takes that nothing narrows.
type pageInput struct {
	PageQuery
}

// list is a part of a list.
type list[T any] struct {
	Items      []T    `json:"items" doc:"The items of this part."`
	NextCursor string `json:"next_cursor" doc:"Send it as cursor for the next part; empty at the end." example:""`
}

// plain is an answer that is only a body.
type plain[B any] struct {
	Body B
}

// tagged is one thing with its ETag.
type tagged[B any] struct {
	ETag string `header:"ETag" doc:"Names this state of the thing, for If-Match and If-None-Match." example:"\"3.9f2a6b0c11de\""`
	Body B
}

// created is a new thing with its address.
type created[B any] struct {
	Status   int
	Location string `header:"Location" doc:"The address of the thing." example:"/api/v1/stories/01977d5e-7a80-7cc1-8f5e-5d6a3c0b9e11"`
	ETag     string `header:"ETag" doc:"Names this state of the thing, for If-Match and If-None-Match." example:"\"1.9f2a6b0c11de\""`
	Body     B
}

// createdPlain is a new thing without an ETag.
type createdPlain[B any] struct {
	Location string `header:"Location" doc:"Where the thing is shown." example:"/api/v1/findings/01977d60-2f00-7a4e-8d1b-2d9d9a4a7c03"`
	Body     B
}

// empty is an answer without a body.
type empty struct{}

// listOf gives the answer of a list.
func listOf[T, U any](l app.List[T], err error, convert func(T) U) (*plain[list[U]], error) {
	if err != nil {
		return nil, err
	}
	return &plain[list[U]]{Body: list[U]{Items: mapped(l.Items, convert), NextCursor: l.NextCursor}}, nil
}

// taggedWith gives the answer of one thing.
func taggedWith[B any](version int, body B) (*tagged[B], error) {
	etag, err := etagOf(version, body)
	if err != nil {
		return nil, err
	}
	return &tagged[B]{ETag: etag, Body: body}, nil
}
