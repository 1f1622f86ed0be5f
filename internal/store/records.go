package store

import (
	"context"
	"time"
)

// SourceRecord is a source with how its reports stand to those of others. It counts
// and weighs nothing.
type SourceRecord struct {
	ID      string
	Name    string
	NameKey string
	Domain  string
	// Articles counts those outside the bin, and Stories in how many stories they are.
	Articles int
	Stories  int
	// LastArticle is when the newest was published, or came where that is unknown.
	LastArticle *time.Time
	// Relayed counts the articles that come from somebody else, as far as is known.
	Relayed int
	// Alone, Agree and Diverge count the findings that it tells alone, or that others
	// tell too.
	Alone   int
	Agree   int
	Diverge int
	// First counts those of Agree and Diverge that it surely told before all others.
	First int
	// Unattributed counts the findings that it tells in its own voice while another source
	// says who they come from.
	Unattributed int
	// Corrected counts the divergences that ended when it changed an article.
	Corrected int
	// CreatedAt is when its first article came.
	CreatedAt time.Time
}

// recordFigures are the figures of a source's record, which are kept up to date: see
// migrations/00033_sums.sql.
var recordFigures = []string{"articles", "stories", "relayed", "alone", "agree", "diverge", "first", "unattributed", "corrected"}

// recordSums gives the figures of the sources that a condition chooses.
func recordSums(condition string) string {
	sql := "SELECT about"
	for _, f := range recordFigures {
		sql += ", " + figure("key", f) + " AS " + f
	}
	return sql + " FROM sums_for(@viewer) WHERE part = 'source' AND " + condition + " GROUP BY about"
}

// lastArticle is when the newest article of a source s was published, or else came.
const lastArticle = `(SELECT coalesce(o.published_at, o.created_at) FROM articles o WHERE o.source_id = s.id AND o.deleted_at IS NULL
		 ORDER BY coalesce(o.published_at, o.created_at) DESC LIMIT 1)`

// recordColumns gives those of a source s with its figures r.
func recordColumns() string {
	sql := "s.id, s.name, s.name_key, s.domain, s.created_at, " + lastArticle + " AS last_article"
	for _, f := range recordFigures {
		sql += ", coalesce(r." + f + ", 0) AS " + f
	}
	return sql
}

// RecordOrder is a column by which sources can be ordered: the name, or a count, the
// highest first.
type RecordOrder string

// recordOrders gives the number by which a column orders.
var recordOrders = map[RecordOrder]string{
	"name": "0", "articles": "articles", "stories": "stories", "first": "first", "alone": "alone", "agree": "agree",
	"diverge": "diverge", "unattributed": "unattributed", "corrected": "corrected", "relayed": "relayed",
	"last": "extract(epoch FROM " + lastArticle + ")::bigint",
}

// KnownOrder tells whether sources can be ordered by a column.
func KnownOrder(by RecordOrder) bool { return recordOrders[by] != "" }

// RecordChoice chooses sources that have an article outside the bin.
type RecordChoice struct {
	By RecordOrder
	// Name is a part of the name in any case, empty for all.
	Name  string
	After *RecordPlace
	Limit int
}

// RecordPlace is a source's place in the order by a column.
type RecordPlace struct {
	By     RecordOrder `json:"b"`
	Number int64       `json:"n"`
	Name   string      `json:"k"`
}

// PlacedRecord is a source's record with its place in the order that was asked for.
type PlacedRecord struct {
	SourceRecord
	Place int64
}

// SourceRecords lists sources in an order; those that are alike come by name.
func (q Queries) SourceRecords(ctx context.Context, c RecordChoice) ([]PlacedRecord, error) {
	args := named{"viewer": q.viewer, "part": c.Name, "limit": c.Limit, "first": c.After == nil, "number": int64(0), "name": ""}
	if c.After != nil {
		args["number"], args["name"] = c.After.Number, c.After.Name
	}
	// What is shown of a source beside its figures is looked up for those that are shown.
	return list[PlacedRecord](ctx, q.q, "source records", `
		WITH r AS MATERIALIZED (
			SELECT * FROM (SELECT r.*, s.name_key, `+recordOrders[c.By]+` AS place FROM (`+recordSums("true")+`) r JOIN sources s ON s.id = r.about
			               WHERE r.articles > 0 AND (@part = '' OR position(lower(@part) IN lower(s.name)) > 0)) p
			WHERE @first::boolean OR place < @number::bigint OR place = @number::bigint AND name_key > @name::text
			ORDER BY place DESC, name_key LIMIT @limit)
		SELECT `+recordColumns()+`, r.place FROM r JOIN sources s ON s.id = r.about ORDER BY r.place DESC, s.name_key`, args)
}

// SourceRecord gives one source's record.
func (q Queries) SourceRecord(ctx context.Context, id string) (SourceRecord, error) {
	return one[SourceRecord](ctx, q.q, "source record",
		"SELECT "+recordColumns()+" FROM sources s LEFT JOIN ("+recordSums("about = @id")+") r ON r.about = s.id WHERE s.id = @id",
		named{"viewer": q.viewer, "id": id})
}

// DivergedBy counts by kind the diverging findings in which a source differs from
// another.
func (q Queries) DivergedBy(ctx context.Context, sourceID string) ([]KindTotal, error) {
	return list[KindTotal](ctx, q.q, "diverged by kind",
		"SELECT key AS kind, n AS count FROM sums_for(@viewer) WHERE part = 'source.kind' AND about = @source ORDER BY n DESC, key",
		named{"viewer": q.viewer, "source": sourceID})
}

// OriginCount counts the articles of a source that come from one origin.
type OriginCount struct {
	Origin   string
	Known    bool
	Articles int
}

// OriginsOf counts the articles of a source by who they come from, at most limit. What
// was not compared yet is left out.
func (q Queries) OriginsOf(ctx context.Context, sourceID string, limit int) ([]OriginCount, error) {
	return list[OriginCount](ctx, q.q, "origins of a source", `
		SELECT key AS origin, part = 'origin.known' AS known, n AS articles FROM sums_now
		WHERE part IN ('origin.known', 'origin.unknown') AND about = $1 ORDER BY n DESC, key LIMIT $2`, sourceID, limit)
}
