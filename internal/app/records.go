package app

import (
	"context"

	"corroborate/internal/claims"
	"corroborate/internal/store"
)

// SourceRecord is a source with how its reports stand to those of others, and
// RecordOrder a column by which such records are ordered. OriginCount and KindTotal
// count by who articles come from and by what differs.
type (
	SourceRecord = store.SourceRecord
	RecordOrder  = store.RecordOrder
	OriginCount  = store.OriginCount
	KindTotal    = store.KindTotal
)

// RecordFilter chooses sources and their order; an empty order is by name.
type RecordFilter struct {
	By RecordOrder
	// Name is a part of the name.
	Name string
	Page
}

// SourceRecords lists sources with how their reports stand to those of others.
func (a *App) SourceRecords(ctx context.Context, who Actor, f RecordFilter) (List[SourceRecord], error) {
	if err := who.require(ReadFindings); err != nil {
		return List[SourceRecord]{}, err
	}
	choice, err := f.choice()
	if err != nil {
		return List[SourceRecord]{}, err
	}
	placed, err := a.seen(who).SourceRecords(ctx, choice)
	if err != nil {
		return List[SourceRecord]{}, err
	}
	part := page(placed, choice.Limit-1, func(r store.PlacedRecord) any {
		return store.RecordPlace{By: choice.By, Number: r.Place, Name: r.NameKey}
	})
	out := List[SourceRecord]{Items: make([]SourceRecord, len(part.Items)), NextCursor: part.NextCursor}
	for i, r := range part.Items {
		out.Items[i] = r.SourceRecord
	}
	return out, nil
}

func (f RecordFilter) choice() (store.RecordChoice, error) {
	p := problems{}
	if f.By == "" {
		f.By = "name"
	}
	if !store.KnownOrder(f.By) {
		p.add("sort", "is the name of a column")
	}
	name := claims.CleanName(f.Name)
	p.add("name", wrongName(name, maxName))
	if err := invalidFields(p); err != nil {
		return store.RecordChoice{}, err
	}
	limit, err := f.limit()
	if err != nil {
		return store.RecordChoice{}, err
	}
	var after *store.RecordPlace
	if err := decodeCursor(f.Cursor, &after); err != nil {
		return store.RecordChoice{}, err
	}
	if after != nil && after.By != f.By {
		return store.RecordChoice{}, errBadCursor // of a list in another order
	}
	return store.RecordChoice{By: f.By, Name: name, After: after, Limit: limit + 1}, nil
}

// maxOrigins is the most origins that are shown of one source.
const maxOrigins = 50

// SourceDetail is a source with its record.
type SourceDetail struct {
	SourceRecord
	// Kinds counts the diverging findings in which it differs from another, by kind.
	Kinds []store.KindTotal
	// Origins are who its articles come from, those of most articles first.
	Origins []store.OriginCount
}

// SourceRecord gives one source with its record.
func (a *App) SourceRecord(ctx context.Context, who Actor, id string) (SourceDetail, error) {
	if err := who.require(ReadFindings); err != nil {
		return SourceDetail{}, err
	}
	id, err := knownID(id)
	if err != nil {
		return SourceDetail{}, err
	}
	q, out := a.seen(who), SourceDetail{}
	if out.SourceRecord, err = q.SourceRecord(ctx, id); err != nil {
		return out, err
	}
	if out.Kinds, err = q.DivergedBy(ctx, id); err != nil {
		return out, err
	}
	out.Origins, err = q.OriginsOf(ctx, id, maxOrigins)
	return out, err
}
