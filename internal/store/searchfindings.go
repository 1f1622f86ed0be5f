package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
	"corroborate/internal/search"
)

type findingHitRow struct {
	ID           string
	Summary      string
	Passage      string
	StoryID      string
	Story        string
	Stands       *claims.Verdict
	Reviewed     bool
	Corroborated bool
	Kinds        []claims.Kind
	Names        []string
	Sources      int
	Origins      int
	CreatedAt    time.Time
	ChangedAt    time.Time
	counted
}

func (r findingHitRow) hit() SearchHit {
	h := SearchHit{Type: search.Finding, ID: r.ID, FindingID: r.ID, Title: r.Summary, Text: r.Passage, StoryID: r.StoryID,
		Story: r.Story, Veiled: r.Stands == nil, Reviewed: r.Reviewed, Kinds: r.Kinds, Sources: r.Names, SourceCount: r.Sources,
		Origins: r.Origins, At: r.CreatedAt, Changed: r.ChangedAt}
	if r.Stands != nil {
		h.Verdict, h.OneOrigin = *r.Stands, *r.Stands == claims.Agree && !r.Corroborated
	}
	return h
}

// SearchFindings looks for findings. One is found by the words of one of its
// passages. Each finding that is shown is looked up by its id (OFFSET keeps that apart):
// a join would read all findings to veil those that have to be.
func (s Searcher) SearchFindings(ctx context.Context, c SearchChoice) (SearchHits, error) {
	if c.Text.Match != "" {
		return s.in(ctx, searchedClaims, c, func(w window) (SearchHits, error) { return s.findings(ctx, c, w, c.findingsByWords(w)) })
	}
	return s.in(ctx, searchedFindings, c, func(w window) (SearchHits, error) { return s.findings(ctx, c, w, c.newestFindings(w)) })
}

// findings gives the hits among the findings found, of rows looked at.
func (s Searcher) findings(ctx context.Context, c SearchChoice, w window, from string) (SearchHits, error) {
	return hits[findingHitRow](ctx, s, "search findings", `
		WITH `+from+`,
		part AS MATERIALIZED (
			SELECT row_number() OVER (ORDER BY `+score+`) AS place, id, claim, count(*) OVER () AS total, (SELECT count(*) FROM hits) AS looked
			FROM found ORDER BY 1 LIMIT @limit OFFSET @offset)
		SELECT f.id, `+c.shown("f.summary", "whole")+` AS summary, coalesce(`+c.shown("c.exact", "whole")+`, '') AS passage,
		       f.story_id, s.title AS story, f.stands, f.reviewed, f.corroborated, f.sources, f.origins, f.created_at,
		       f.updated_at AS changed_at, p.total, p.looked,
		       ARRAY (SELECT DISTINCT d.kind FROM differences_for(@viewer) d WHERE d.finding_id = f.id) AS kinds,
		       ARRAY (SELECT DISTINCT o.name FROM finding_claims m JOIN claims mc ON mc.id = m.claim_id
		              JOIN articles a ON a.id = mc.article_id JOIN sources o ON o.id = a.source_id
		              WHERE m.finding_id = f.id ORDER BY o.name) AS names
		FROM part p CROSS JOIN LATERAL (SELECT * FROM findings_for(@viewer) v WHERE v.id = p.id OFFSET 0) f
		JOIN stories s ON s.id = f.story_id
		LEFT JOIN claims c ON c.id = p.claim ORDER BY p.place`, s.args(c, w))
}

// newestFindings gives the findings that changed last.
func (c SearchChoice) newestFindings(w window) string {
	where := append(conditions{"s.deleted_at IS NULL"}, c.ofFinding()...)
	where.add(c.hasTeller(), `EXISTS (SELECT FROM finding_claims fc JOIN claims c ON c.id = fc.claim_id
		JOIN articles a ON a.id = c.article_id WHERE fc.finding_id = f.id AND `+c.ofTeller().sql()+")")
	return `hits AS MATERIALIZED (
			SELECT f.id, NULL::uuid AS claim, 1 AS told, ` + changed + ` AS at
			FROM ` + w.rows() + ` f ` + w.join("stories", "s", "id", "f.story_id") + ` WHERE ` + where.sql() + `
			ORDER BY ` + w.order("f") + ` LIMIT @most + 1),
		found AS (SELECT * FROM hits)`
}

// findingsByWords gives the findings of the newest claims that have the words, each
// with the claim that has most of them. Who tells of it in more passages comes first. The findings themselves are looked at only
// where it matters what they are: each is somewhere else on the disk.
func (c SearchChoice) findingsByWords(w window) string {
	where := append(c.ofTeller(), c.ofFinding()...)
	at, findings := "c.created_at", ""
	if c.Newest || len(c.ofFinding()) > 0 {
		at, findings = changed, w.join("findings", "f", "id", "fc.finding_id")
	}
	return `hits AS MATERIALIZED (
			SELECT fc.finding_id AS id, c.id AS claim, ` + told("c.words") + ` AS told, ` + at + ` AS at
			FROM ` + c.claims(w) + w.join("articles", "a", "id", "c.article_id") + w.join("finding_claims", "fc", "claim_id", "c.id") + findings + `
			WHERE ` + where.sql() + ` ORDER BY ` + w.order("c") + ` LIMIT @most + 1),
		found AS (SELECT id, (array_agg(claim ORDER BY told DESC, claim))[1] AS claim, sum(told) AS told, max(at) AS at FROM hits GROUP BY id)`
}

// claims gives the claims c that have the words. Where no filter takes any of them
// out, they are cut to the newest before anything else of them is looked up.
func (c SearchChoice) claims(w window) string {
	if c.Text.Match == "" {
		return w.rows() + " c"
	}
	with := "(SELECT * FROM " + w.rows() + " c WHERE c.words @@ @match::tsquery"
	if !c.hasTeller() && c.StoryIDs == nil && c.Since.IsZero() && len(c.ofFinding()) == 0 {
		with += " ORDER BY " + w.order("c") + " LIMIT 2 * @most" // a few may be in the bin
	}
	return with + ") c"
}

type claimHitRow struct {
	ID        string
	Exact     string
	StoryID   string
	Story     string
	FindingID string
	ArticleID string
	Title     string
	Source    string
	CreatedAt time.Time
	publishedColumns
	counted
}

func (r claimHitRow) hit() SearchHit {
	return SearchHit{Type: search.Claim, ID: r.ID, Text: r.Exact, Title: r.Title, StoryID: r.StoryID, Story: r.Story,
		FindingID: r.FindingID, ArticleID: r.ArticleID, Source: r.Source, Published: r.published(), At: r.CreatedAt,
		Changed: r.CreatedAt}
}

// SearchClaims looks for claims. Filters of findings hold for the finding that a
// claim is in.
func (s Searcher) SearchClaims(ctx context.Context, c SearchChoice) (SearchHits, error) {
	return s.in(ctx, searchedClaims, c, func(w window) (SearchHits, error) { return s.claims(ctx, c, w) })
}

func (s Searcher) claims(ctx context.Context, c SearchChoice, w window) (SearchHits, error) {
	where, rank := c.ofTeller(), "1"
	if c.Text.Match != "" {
		rank = told("c.words")
	}
	in := c
	in.StoryIDs, in.Since = nil, time.Time{} // of a claim these are its article's, and its own
	tables := c.claims(w) + w.join("articles", "a", "id", "c.article_id")
	if ofFinding := in.ofFinding(); len(ofFinding) > 0 {
		tables += w.join("finding_claims", "fc", "claim_id", "c.id") + w.join("findings", "f", "id", "fc.finding_id")
		where = append(where, ofFinding...)
	}
	where.add(c.StoryIDs != nil, "a.story_id = ANY(@stories::uuid[])")
	where.add(!c.Since.IsZero(), "c.created_at > @since")
	return hits[claimHitRow](ctx, s, "search claims", `
		WITH found AS MATERIALIZED (
			SELECT c.id, `+rank+` AS told, `+published+` AS at FROM `+tables+`
			WHERE `+where.sql()+` ORDER BY `+w.order("c")+` LIMIT @most + 1),
		part AS MATERIALIZED (
			SELECT row_number() OVER (ORDER BY `+score+`) AS place, id, count(*) OVER () AS total, (SELECT count(*) FROM found) AS looked
			FROM found ORDER BY 1 LIMIT @limit OFFSET @offset)
		SELECT c.id, `+c.shown("c.exact", "whole")+` AS exact, coalesce(a.story_id::text, '') AS story_id,
		       coalesce(s.title, '') AS story, coalesce(fc.finding_id::text, '') AS finding_id, a.id AS article_id, a.title,
		       o.name AS source, c.created_at, a.published_at, a.published_offset, a.published_precision, p.total, p.looked
		FROM part p JOIN claims c ON c.id = p.id JOIN articles a ON a.id = c.article_id JOIN sources o ON o.id = a.source_id
		LEFT JOIN stories s ON s.id = a.story_id LEFT JOIN finding_claims fc ON fc.claim_id = c.id ORDER BY p.place`, s.args(c, w))
}
