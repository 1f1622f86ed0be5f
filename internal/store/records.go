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

const recordSelect = `
	SELECT s.id, s.name, s.name_key, s.domain, s.created_at, coalesce(a.articles, 0) AS articles, coalesce(a.stories, 0) AS stories,
	       a.last_article, coalesce(a.relayed, 0) AS relayed,
	       coalesce(t.alone, 0) AS alone, coalesce(t.agree, 0) AS agree, coalesce(t.diverge, 0) AS diverge,
	       coalesce(t.first, 0) AS first, coalesce(t.unattributed, 0) AS unattributed, coalesce(k.corrected, 0) AS corrected
	FROM sources s
	LEFT JOIN (SELECT o.source_id, count(*) AS articles, count(DISTINCT o.story_id) AS stories,
	             max(coalesce(o.published_at, o.created_at)) AS last_article,
	             count(*) FILTER (WHERE o.origin_known AND o.origin <> '' AND lower(o.origin) <> lower(n.name)) AS relayed
	      FROM articles o JOIN sources n ON n.id = o.source_id WHERE o.deleted_at IS NULL GROUP BY o.source_id) a ON a.source_id = s.id
	LEFT JOIN (SELECT t.source_id, sum(t.alone)::bigint AS alone, sum(t.agree)::bigint AS agree, sum(t.diverge)::bigint AS diverge,
	                  sum(t.first)::bigint AS first, sum(t.unattributed)::bigint AS unattributed
	           FROM source_tallies_for(@viewer) t JOIN stories st ON st.id = t.story_id
	           WHERE st.deleted_at IS NULL GROUP BY t.source_id) t ON t.source_id = s.id
	LEFT JOIN (SELECT o.source_id, count(*) AS corrected FROM corrections_for(@viewer) c JOIN articles o ON o.id = c.article_id
	           WHERE c.healed_at IS NOT NULL AND o.deleted_at IS NULL GROUP BY o.source_id) k ON k.source_id = s.id`

// RecordOrder is a column by which sources can be ordered: the name, or a count, the
// highest first.
type RecordOrder string

// recordOrders gives the number by which a column orders.
var recordOrders = map[RecordOrder]string{
	"name": "0", "articles": "articles", "stories": "stories", "first": "first", "alone": "alone", "agree": "agree",
	"diverge": "diverge", "unattributed": "unattributed", "corrected": "corrected", "relayed": "relayed",
	"last": "extract(epoch FROM last_article)::bigint",
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
	return list[PlacedRecord](ctx, q.q, "source records", `
		SELECT * FROM (SELECT r.*, `+recordOrders[c.By]+` AS place FROM (`+recordSelect+`) r
		               WHERE r.articles > 0 AND (@part = '' OR position(lower(@part) IN lower(r.name)) > 0)) p
		WHERE @first::boolean OR place < @number::bigint OR place = @number::bigint AND name_key > @name::text
		ORDER BY place DESC, name_key LIMIT @limit`, args)
}

// SourceRecord gives one source's record.
func (q Queries) SourceRecord(ctx context.Context, id string) (SourceRecord, error) {
	return one[SourceRecord](ctx, q.q, "source record", recordSelect+" WHERE s.id = @id", named{"viewer": q.viewer, "id": id})
}

// DivergedBy counts by kind the diverging findings in which a source differs from
// another.
func (q Queries) DivergedBy(ctx context.Context, sourceID string) ([]KindTotal, error) {
	return list[KindTotal](ctx, q.q, "diverged by kind", `
		SELECT k.kind, sum(k.findings) AS count FROM source_kinds_for(@viewer) k JOIN stories s ON s.id = k.story_id
		WHERE k.source_id = @source AND s.deleted_at IS NULL GROUP BY k.kind ORDER BY 2 DESC, 1`,
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
		SELECT origin, origin_known AS known, count(*) AS articles FROM articles
		WHERE source_id = $1 AND deleted_at IS NULL AND origin <> '' GROUP BY origin, origin_known
		ORDER BY count(*) DESC, origin LIMIT $2`, sourceID, limit)
}
