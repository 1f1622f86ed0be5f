package store

import (
	"context"
	"strings"

	"corroborate/internal/claims"
)

// rankFindings stores what lists of findings are ordered and counted by. It needs the
// findings with their members.
func (t *Tx) rankFindings(ctx context.Context, c Comparison) error {
	ids, divided, kinds := make([]string, len(c.Findings)), make([]float64, len(c.Findings)), make([]string, len(c.Findings))
	for i, f := range c.Findings {
		ids[i], divided[i], kinds[i] = f.ID, f.Divided(), joinKinds(f.Kinds())
	}
	_, err := t.exec(ctx, "rank findings", `
		UPDATE findings f SET divided = r.divided, kinds = string_to_array(r.kinds, ','), newest_at = m.newest_at, worth = m.worth
		FROM unnest(@ids::uuid[], @divided::float8[], @kinds::text[]) r (id, divided, kinds)
		CROSS JOIN LATERAL (
			SELECT max(a.published_at) AS newest_at, coalesce(max(c.worth), 0) AS worth
			FROM finding_claims fc JOIN claims c ON c.id = fc.claim_id JOIN articles a ON a.id = c.article_id
			WHERE fc.finding_id = r.id) m
		WHERE f.id = r.id`, named{"ids": ids, "divided": divided, "kinds": kinds})
	return err
}

// joinKinds writes kinds as one text, as arrays of arrays have to be even.
func joinKinds(kinds []claims.Kind) string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = string(k)
	}
	return strings.Join(words, ",")
}
