package app

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"corroborate/internal/claims"
)

// newID mints an id. Ids of one process go up, so their order is that in which
// things came.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// knownID gives the id in the form that the database has it, and claims.NotFound
// for what cannot be one.
func knownID(id string) (string, error) {
	u, err := uuid.Parse(id)
	if err != nil || len(id) != 36 {
		return "", &claims.Error{Kind: claims.NotFound, Message: "there is nothing with this id"}
	}
	return u.String(), nil
}

// limit gives the number of items of a page.
func (p Page) limit() (int, error) {
	switch {
	case p.Limit == 0:
		return DefaultLimit, nil
	case p.Limit < 0 || p.Limit > MaxLimit:
		return 0, invalid("limit", fmt.Sprintf("is a number from 1 to %d", MaxLimit))
	}
	return p.Limit, nil
}

// encodeCursor makes a cursor of the place behind which the next page begins.
func encodeCursor(place any) string {
	b, err := json.Marshal(place)
	if err != nil {
		panic("app: a cursor that cannot be written: " + err.Error()) // only strings and numbers are
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// decodeCursor reads a cursor into place, which stays as it is for an empty one.
func decodeCursor(cursor string, place any) error {
	if cursor == "" {
		return nil
	}
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(b, place)
	}
	if err != nil {
		return errBadCursor
	}
	return nil
}

var errBadCursor = invalid("cursor", "is not one that was given; leave it out to begin anew")

// idCursor reads a cursor that is an id.
func idCursor(cursor string) (string, error) {
	id := ""
	if err := decodeCursor(cursor, &id); err != nil || id == "" {
		return "", err
	}
	if _, err := knownID(id); err != nil {
		return "", errBadCursor
	}
	return id, nil
}

// page makes a part of a list of up to limit+1 items; place gives the cursor's
// content behind an item.
func page[T any](items []T, limit int, place func(T) any) List[T] {
	out := List[T]{Items: items}
	if len(items) > limit {
		out.Items = items[:limit]
		out.NextCursor = encodeCursor(place(items[limit-1]))
	}
	if out.Items == nil {
		out.Items = []T{}
	}
	return out
}

// byID lists what is ordered by id, newest first.
func byID[T any](p Page, read func(before string, limit int) ([]T, error), id func(T) string) (List[T], error) {
	limit, err := p.limit()
	if err != nil {
		return List[T]{}, err
	}
	before, err := idCursor(p.Cursor)
	if err != nil {
		return List[T]{}, err
	}
	items, err := read(before, limit+1)
	if err != nil {
		return List[T]{}, err
	}
	return page(items, limit, func(t T) any { return id(t) }), nil
}

// invalid is the error for one field.
func invalid(field, why string) error {
	return &claims.Error{Kind: claims.Invalid, Message: field + " " + why, Fields: map[string]string{field: why}}
}

// invalidFields is the error for several fields, nil for none.
func invalidFields(fields map[string]string) error {
	if len(fields) == 0 {
		return nil
	}
	var all []string
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		all = append(all, field+" "+fields[field])
	}
	return &claims.Error{Kind: claims.Invalid, Message: strings.Join(all, "; "), Fields: fields}
}

// staleUnless is the error for an edit of a version that is no longer the
// current one.
func staleUnless(seen, current int) error {
	if seen == 0 || seen == current {
		return nil
	}
	return &claims.Error{Kind: claims.Stale, Message: fmt.Sprintf("this is version %d, not %d any more: read it again", current, seen)}
}
