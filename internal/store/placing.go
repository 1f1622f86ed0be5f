package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// TermCounts tells in how many articles terms occur.
func (q Queries) TermCounts(ctx context.Context, terms []string) (claims.Archive, error) {
	type row struct {
		Term     string
		Articles int
	}
	rows, err := list[row](ctx, q.q, "term counts", "SELECT term, articles FROM terms WHERE term = ANY($1) OR term = ''", terms)
	out := claims.Archive{With: make(map[string]int, len(rows))}
	for _, r := range rows {
		if r.Term == "" {
			out.Articles = r.Articles
		} else {
			out.With[r.Term] = r.Articles
		}
	}
	return out, err
}

// CountTerms changes the counts of terms. The empty term counts articles. Rows are
// taken in one order, so that two of these never wait for one another in a circle.
func (t *Tx) CountTerms(ctx context.Context, changes map[string]int) error {
	terms, by := make([]string, 0, len(changes)), make([]int, 0, len(changes))
	for term, n := range changes {
		terms, by = append(terms, term), append(by, n)
	}
	_, err := t.exec(ctx, "count terms", `
		INSERT INTO terms AS t (term, articles)
		SELECT term, n FROM unnest($1::text[], $2::int[]) AS c (term, n) ORDER BY term
		ON CONFLICT (term) DO UPDATE SET articles = t.articles + excluded.articles`, terms, by)
	return err
}

// Fingerprint gives the stored fingerprint of an article, nil where it has none.
func (q Queries) Fingerprint(ctx context.Context, articleID string) (*claims.Fingerprint, error) {
	return scalar[*claims.Fingerprint](ctx, q.q, "fingerprint", "SELECT fingerprint FROM articles WHERE id = $1", articleID)
}

// PutKeys exchanges the keys under which an article is found.
func (t *Tx) PutKeys(ctx context.Context, articleID string, keys []string, published claims.Published) error {
	if _, err := t.exec(ctx, "forget keys", "DELETE FROM article_keys WHERE article_id = $1", articleID); err != nil {
		return err
	}
	var at *time.Time
	if !published.IsZero() {
		at = &published.At
	}
	_, err := t.exec(ctx, "put keys", `
		INSERT INTO article_keys (key, published_at, article_id) SELECT k, $2, $3 FROM unnest($1::text[]) k`, keys, at, articleID)
	return err
}

// Search looks for the stories that an article may join.
type Search struct {
	// Keys are the terms to search by, Weights what each of them tells.
	Keys    []string
	Weights []float64
	// Published is when the article was published, Arrived when it came. An article
	// of unknown time is of the time at which it came.
	Published claims.Published
	Arrived   time.Time
	// Reach is how far articles may lie apart in time.
	Reach time.Duration
	// Any is true where no article is to be placed: stories that take none are searched
	// too.
	Any bool
}

// searchHits is the most articles of which the stories are looked up.
const searchHits = 200

// near is what articles of known and of unknown times, alias a, have to fulfil to
// be near an article in time.
const near = `(a.published_at BETWEEN @from AND @to AND @dated OR
	(a.published_at IS NULL OR NOT @dated) AND a.created_at BETWEEN @arrived_from AND @arrived_to)`

// Articles are published between these, see [claims.ParsePublished].
var (
	firstTime = time.Date(1000, 1, 1, 0, 0, 0, 0, time.UTC)
	lastTime  = time.Date(4000, 1, 1, 0, 0, 0, 0, time.UTC)
)

// times gives the arguments of near.
func (s Search) times() named {
	out := named{"dated": !s.Published.IsZero(), "from": firstTime, "to": lastTime,
		"arrived_from": s.Arrived.Add(-s.Reach), "arrived_to": s.Arrived.Add(s.Reach)}
	if !s.Published.IsZero() {
		out["from"], out["to"] = s.Published.At.Add(-s.Reach), s.Published.At.Add(s.Reach)
	}
	return out
}

// CandidateStories gives the stories with the articles that share the most telling
// keys with an article, the best first. Locked stories, those with most articles
// already and the sample take none, and are left out unless any are searched.
func (q Queries) CandidateStories(ctx context.Context, s Search, most int) ([]string, error) {
	args := s.times()
	args["keys"], args["weights"], args["most"] = s.Keys, s.Weights, most
	args["postings"], args["hits"], args["articles"], args["any"] = claims.Postings, searchHits, claims.NearestArticles, s.Any
	type row struct{ StoryID string }
	rows, err := list[row](ctx, q.q, "candidate stories", `
		WITH keys AS (SELECT * FROM unnest(@keys::text[], @weights::float8[]) AS k (key, weight)),
		hits AS (
			SELECT h.article_id, sum(k.weight) AS told
			FROM keys k CROSS JOIN LATERAL (
				(SELECT i.article_id FROM article_keys i
				 WHERE i.key = k.key AND i.published_at BETWEEN @from AND @to
				 ORDER BY i.published_at DESC NULLS LAST, i.article_id DESC LIMIT @postings)
				UNION ALL
				(SELECT i.article_id FROM article_keys i WHERE i.key = k.key AND i.published_at IS NULL
				 ORDER BY i.article_id DESC LIMIT @postings)) h
			GROUP BY h.article_id ORDER BY told DESC, h.article_id DESC LIMIT @hits),
		best AS (
			SELECT a.story_id, h.told, a.id FROM hits h JOIN articles a ON a.id = h.article_id JOIN stories s ON s.id = a.story_id
			WHERE a.deleted_at IS NULL AND s.deleted_at IS NULL AND (@any OR NOT s.locked AND NOT s.sample) AND `+near+`
			ORDER BY h.told DESC, a.id DESC LIMIT @articles)
		SELECT b.story_id FROM best b GROUP BY b.story_id
		HAVING @any OR (SELECT count(*) FROM articles a WHERE a.story_id = b.story_id AND a.deleted_at IS NULL) < @most
		ORDER BY max(b.told) DESC, b.story_id`, args)
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = r.StoryID
	}
	return out, err
}

type memberRow struct {
	ID          string
	StoryID     string
	Fingerprint claims.Fingerprint
	publishedColumns
}

// StoryMembers gives of each story the newest articles that are near an article in
// time, as candidates in the order of the stories.
func (q Queries) StoryMembers(ctx context.Context, stories []string, s Search) ([]claims.Candidate, error) {
	args := s.times()
	args["stories"], args["members"] = stories, claims.MembersOf
	rows, err := list[memberRow](ctx, q.q, "members of stories", `
		SELECT m.* FROM unnest(@stories::uuid[]) WITH ORDINALITY AS s (id, place) CROSS JOIN LATERAL (
			SELECT a.id, a.story_id, a.fingerprint, a.published_at, a.published_offset, a.published_precision
			FROM articles a WHERE a.story_id = s.id AND a.deleted_at IS NULL AND a.fingerprint IS NOT NULL AND `+near+`
			ORDER BY a.id DESC LIMIT @members) m
		ORDER BY s.place, m.id`, args)
	var out []claims.Candidate
	for _, r := range rows {
		if len(out) == 0 || out[len(out)-1].Story != r.StoryID {
			out = append(out, claims.Candidate{Story: r.StoryID})
		}
		last := &out[len(out)-1]
		last.Members = append(last.Members, claims.Member{Article: r.ID, Fingerprint: r.Fingerprint, Published: r.published()})
	}
	return out, err
}
