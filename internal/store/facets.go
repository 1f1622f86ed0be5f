package store

import (
	"context"

	"corroborate/internal/claims"
)

// Facets counts a story's findings by what a filter can choose. Verdicts, Kinds and
// Sources count what the choice would give with another verdict, kind or source in
// place of its own.
type Facets struct {
	// All is the number of findings that fit the whole choice.
	All      int
	Verdicts map[claims.Verdict]int
	Kinds    map[claims.Kind]int
	// Sources are by id.
	Sources map[string]int
	// Groups counts those that fit by their most important kind, empty for none.
	Groups map[claims.Kind]int
	// Veiled is the number of the story's findings that are veiled from the viewer.
	Veiled int
	// Second counts the story's findings that the second judge is asked about, whatever the
	// choice, by how they stand with it.
	Second map[SecondOutcome]int
	// Tellers are the ids of the sources that tell any that fits.
	Tellers map[string]bool
}

// Facets counts the findings of a story. Order, place and limit of the choice do not
// matter.
func (q Queries) Facets(ctx context.Context, c FindingChoice) (Facets, error) {
	type row struct {
		Facet string
		Value string
		N     int
	}
	on := q.conditions(c)
	rows, err := list[row](ctx, q.q, "facets", `
		WITH f AS MATERIALIZED (
			SELECT f.id, f.stands, f.kinds, `+on.verdict.sql()+" AS v, "+on.kind.sql()+" AS k, "+on.source.sql()+` AS s
			FROM findings_for(@viewer) f WHERE `+on.rest.sql()+`),
		told AS MATERIALIZED (
			SELECT DISTINCT f.id, a.source_id, f.s AS fits
			FROM f JOIN finding_claims fc ON fc.finding_id = f.id JOIN claims c ON c.id = fc.claim_id
			JOIN articles a ON a.id = c.article_id WHERE f.v AND f.k)
		SELECT 'all' AS facet, '' AS value, count(*) AS n FROM f WHERE v AND k AND s
		UNION ALL SELECT 'verdict', coalesce(stands, ''), count(*) FROM f WHERE k AND s GROUP BY 2
		UNION ALL SELECT 'veiled', '', count(*) FROM findings_for(@viewer) v WHERE v.story_id = @story::uuid AND v.verdict IS NULL
		UNION ALL SELECT 'second', CASE WHEN x.second_disagrees > 0 THEN 'disagrees' WHEN x.second_answered > 0 THEN 'agrees' ELSE 'silent' END, count(*)
			FROM findings_for(@viewer) x WHERE x.story_id = @story::uuid AND x.second_pairs > 0 GROUP BY 2
		UNION ALL SELECT 'kind', kind, count(*) FROM f CROSS JOIN unnest(f.kinds) kind WHERE v AND s GROUP BY 2
		UNION ALL SELECT 'group', coalesce(kinds[1], ''), count(*) FROM f WHERE v AND k AND s GROUP BY 2
		UNION ALL SELECT 'source', source_id::text, count(*) FROM told GROUP BY 2
		UNION ALL SELECT 'teller', source_id::text, count(*) FROM told WHERE fits GROUP BY 2`, on.args)
	out := Facets{Verdicts: map[claims.Verdict]int{}, Kinds: map[claims.Kind]int{}, Sources: map[string]int{},
		Groups: map[claims.Kind]int{}, Second: map[SecondOutcome]int{}, Tellers: map[string]bool{}}
	for _, r := range rows {
		switch r.Facet {
		case "all":
			out.All = r.N
		case "veiled":
			out.Veiled = r.N
		case "second":
			out.Second[SecondOutcome(r.Value)] = r.N
		case "verdict":
			out.Verdicts[claims.Verdict(r.Value)] = r.N
		case "kind":
			out.Kinds[claims.Kind(r.Value)] = r.N
		case "group":
			out.Groups[claims.Kind(r.Value)] = r.N
		case "source":
			out.Sources[r.Value] = r.N
		case "teller":
			out.Tellers[r.Value] = true
		}
	}
	return out, err
}
