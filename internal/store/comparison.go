package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"corroborate/internal/claims"
)

// KnownFinding is what mapping a new analysis needs of a stored finding.
type KnownFinding struct {
	ID       string
	Reviewed bool
	Claims   []string
}

// KnownFindings gives the findings of a story with the ids of their claims.
func (q Queries) KnownFindings(ctx context.Context, storyID string) ([]KnownFinding, error) {
	return list[KnownFinding](ctx, q.q, "known findings", `
		SELECT f.id, f.reviewed, ARRAY (
			SELECT fc.claim_id::text FROM finding_claims fc WHERE fc.finding_id = f.id ORDER BY fc.ordinal) AS claims
		FROM findings f WHERE f.story_id = $1 ORDER BY f.id`, storyID)
}

// KnownPair is a stored difference or cleared pair.
type KnownPair struct {
	ID             string
	Kind           claims.Kind
	ClaimA, ClaimB string
}

// KnownDifferences gives the differences of a story.
func (q Queries) KnownDifferences(ctx context.Context, storyID string) ([]KnownPair, error) {
	return list[KnownPair](ctx, q.q, "known differences", `
		SELECT d.id, d.kind, d.claim_a, d.claim_b FROM differences d JOIN findings f ON f.id = d.finding_id
		WHERE f.story_id = $1 ORDER BY d.id`, storyID)
}

// KnownCleared gives the cleared pairs of a story.
func (q Queries) KnownCleared(ctx context.Context, storyID string) ([]KnownPair, error) {
	return list[KnownPair](ctx, q.q, "known cleared pairs",
		"SELECT id, kind, claim_a, claim_b FROM cleared_pairs WHERE story_id = $1 ORDER BY id", storyID)
}

// LastAnalysis gives the engine of a story's newest analysis, claims.NotFound
// before the first.
func (q Queries) LastAnalysis(ctx context.Context, storyID string) (claims.EngineInfo, error) {
	type row struct{ Version, Hash string }
	r, err := one[row](ctx, q.q, "last analysis", `
		SELECT engine_version AS version, engine_hash AS hash FROM analyses WHERE story_id = $1 ORDER BY id DESC LIMIT 1`, storyID)
	return claims.EngineInfo{Version: r.Version, Hash: r.Hash}, err
}

// Comparison is the outcome of comparing a story, with the ids of the database.
type Comparison struct {
	StoryID  string
	Engine   claims.EngineInfo
	Analysis string // the analysis' own id
	Started  time.Time
	Ended    time.Time
	// Changes is the story's count of changes that the comparison took in.
	Changes  int64
	Articles []claims.ReportArticle
	Findings []claims.Finding
	Cleared  []claims.ClearedPair
	// Moved leads from each merged finding to the one that took it over; Gone are the
	// findings of which nothing is left.
	Moved   map[string]string
	Gone    []string
	Reviews []ReviewPlace
}

// ReviewPlace is where a review is shown: with a finding, or with none (empty),
// stale or not.
type ReviewPlace struct {
	ReviewID  string
	FindingID string
	Stale     bool
}

// PutComparison exchanges a story's findings for those of a comparison. The
// story's lock has to be held.
func (t *Tx) PutComparison(ctx context.Context, c Comparison) error {
	for _, step := range []func(context.Context, Comparison) error{t.clearComparison, t.putFindings, t.putMembers,
		t.rankFindings, t.putDifferences, t.putCleared, t.putReviews, t.moveFindings, t.putOrigins, t.putAnalysis,
		t.putStates, t.countSecondOf} {
		if err := step(ctx, c); err != nil {
			return err
		}
	}
	return t.RefreshReviewed(ctx, c.StoryID)
}

// clearComparison takes out what is derived anew. Claims of an article that came
// from another story leave that story's findings here.
func (t *Tx) clearComparison(ctx context.Context, c Comparison) error {
	var ids []string
	for _, f := range c.Findings {
		for _, m := range f.Claims {
			ids = append(ids, m.ID)
		}
	}
	const ofStory = " WHERE finding_id IN (SELECT id FROM findings WHERE story_id = $1)"
	for _, sql := range []string{"DELETE FROM differences" + ofStory, "DELETE FROM finding_claims" + ofStory,
		"DELETE FROM positions" + ofStory, "DELETE FROM cleared_pairs WHERE story_id = $1"} {
		if _, err := t.exec(ctx, "clear comparison", sql, c.StoryID); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, "take claims over", "DELETE FROM finding_claims WHERE claim_id = ANY($1)", ids)
	return err
}

func (t *Tx) putFindings(ctx context.Context, c Comparison) error {
	args := make([]named, len(c.Findings))
	for i, f := range c.Findings {
		args[i] = named{"id": f.ID, "story": c.StoryID, "summary": f.Summary, "verdict": string(f.Verdict), "score": f.Score,
			"closeness": f.Alignment, "rests": notNil(f.RestsOn), "doubt": f.Doubt,
			"corroborated": f.Corroborated, "sources": f.Sources, "origins": f.Origins, "at": c.Ended, "shown": shownHash(f)}
	}
	return t.batch(ctx, "put findings", `
		INSERT INTO findings AS f (id, story_id, summary, verdict, score, closeness, rests_on, doubt, corroborated, sources, origins, created_at, updated_at, shown_hash)
		VALUES (@id, @story, @summary, @verdict, @score, @closeness, @rests, @doubt, @corroborated, @sources, @origins, @at, @at, @shown)
		ON CONFLICT (id) DO UPDATE SET summary = excluded.summary, verdict = excluded.verdict, score = excluded.score,
			closeness = excluded.closeness, rests_on = excluded.rests_on, doubt = excluded.doubt,
			corroborated = excluded.corroborated, sources = excluded.sources, origins = excluded.origins,
			shown_hash = excluded.shown_hash,
			updated_at = CASE WHEN `+worded+` THEN excluded.updated_at ELSE f.updated_at END
		WHERE f.shown_hash <> excluded.shown_hash OR `+worded,
		args)
}

// worded is true where the machine's word on a finding f is another than before.
const worded = `(f.summary, f.verdict, f.score, f.closeness, f.rests_on, f.doubt, f.corroborated, f.sources, f.origins) IS DISTINCT FROM
	(excluded.summary, excluded.verdict, excluded.score, excluded.closeness, excluded.rests_on, excluded.doubt, excluded.corroborated,
	excluded.sources, excluded.origins)`

// shownHash covers all that is shown of a finding's passages, positions and differences.
func shownHash(f claims.Finding) string {
	h := sha256.New()
	fmt.Fprint(h, f.Claims, f.Positions, f.Differences) // a hash takes everything
	return hex.EncodeToString(h.Sum(nil))
}

func (t *Tx) putMembers(ctx context.Context, c Comparison) error {
	var positions, members [][]any
	for _, f := range c.Findings {
		label := map[string]any{}
		for i, p := range f.Positions {
			positions = append(positions, []any{f.ID, p.ID, i, p.Value, p.Sources, p.Origins})
			for _, id := range p.Claims {
				label[id] = p.ID
			}
		}
		opposing := f.Opposing()
		for i, m := range f.Claims {
			members = append(members, []any{m.ID, f.ID, i, label[m.ID], m.Origin, m.OriginKnown, slices.Contains(opposing, m.ID)})
		}
	}
	if err := t.insert(ctx, "positions",
		[]string{"finding_id", "label", "ordinal", "value", "sources", "origins"}, positions); err != nil {
		return err
	}
	return t.insert(ctx, "finding_claims", []string{"claim_id", "finding_id", "ordinal", "position", "origin", "origin_known", "opposes"}, members)
}

func (t *Tx) putDifferences(ctx context.Context, c Comparison) error {
	var rows [][]any
	for _, f := range c.Findings {
		leading := map[string]claims.Difference{}
		for _, d := range f.LeadingDifferences() {
			leading[d.ID] = d
		}
		for i, d := range f.Differences {
			first, leads := leading[d.ID]
			rows = append(rows, []any{d.ID, f.ID, i, string(d.Kind), string(d.Rule), d.Material, d.Claims[0], d.Claims[1], d.Values[0], d.Values[1],
				notNil(d.Marks[0]), notNil(d.Marks[1]), string(d.Between), d.Internal, d.Superseded, leads, first.Superseded, d.Explanation})
		}
	}
	return t.insert(ctx, "differences", []string{"id", "finding_id", "ordinal", "kind", "rule", "material", "claim_a", "claim_b",
		"value_a", "value_b", "marks_a", "marks_b", "between_who", "internal", "superseded", "leads", "kind_superseded", "explanation"}, rows)
}

func (t *Tx) putCleared(ctx context.Context, c Comparison) error {
	rows := make([][]any, len(c.Cleared))
	for i, p := range c.Cleared {
		rows[i] = []any{p.ID, c.StoryID, p.Claims[0], p.Claims[1], string(p.Kind), p.Reason}
	}
	return t.insert(ctx, "cleared_pairs", []string{"id", "story_id", "claim_a", "claim_b", "kind", "reason"}, rows)
}

func (t *Tx) putReviews(ctx context.Context, c Comparison) error {
	args := make([]named, len(c.Reviews))
	for i, r := range c.Reviews {
		args[i] = named{"id": r.ReviewID, "finding": r.FindingID, "stale": r.Stale}
	}
	return t.batch(ctx, "place reviews",
		"UPDATE reviews SET finding_id = nullif(@finding, '')::uuid, stale = @stale WHERE id = @id", args)
}

// moveFindings removes merged findings and leaves a lead to their successors,
// which what led to them follows.
func (t *Tx) moveFindings(ctx context.Context, c Comparison) error {
	var args, moved []named
	gone := append([]string{}, c.Gone...)
	for from, to := range c.Moved {
		args = append(args, named{"from": from, "to": to, "at": c.Ended})
		moved = append(moved, named{"from": from, "to": to})
		gone = append(gone, from)
	}
	if err := t.batch(ctx, "move findings", `
		WITH followed AS (UPDATE findings_moved SET successor = @to WHERE successor = @from)
		INSERT INTO findings_moved (id, successor, moved_at) VALUES (@from, @to, @at)`, args); err != nil {
		return err
	}
	if err := t.batch(ctx, "move corrections",
		"UPDATE corrections SET finding_id = @to WHERE finding_id = @from", moved); err != nil {
		return err
	}
	if err := t.moveDesk(ctx, c, moved); err != nil {
		return err
	}
	if _, err := t.exec(ctx, "delete findings", "DELETE FROM findings WHERE id = ANY($1) AND story_id = $2", gone, c.StoryID); err != nil {
		return err
	}
	// What was merged and stands again by itself leads on no more.
	_, err := t.exec(ctx, "findings that stand again", "DELETE FROM findings_moved WHERE id = ANY($1)", findingIDs(c))
	return err
}

func findingIDs(c Comparison) []string {
	out := make([]string, len(c.Findings))
	for i, f := range c.Findings {
		out[i] = f.ID
	}
	return out
}

func (t *Tx) putOrigins(ctx context.Context, c Comparison) error {
	args := make([]named, len(c.Articles))
	for i, a := range c.Articles {
		args[i] = named{"id": a.ID, "origin": a.Origin, "known": a.OriginKnown}
	}
	return t.batch(ctx, "put origins", `
		UPDATE articles SET origin = @origin, origin_known = @known
		WHERE id = @id AND (origin, origin_known) IS DISTINCT FROM (@origin, @known)`, args)
}

func (t *Tx) putAnalysis(ctx context.Context, c Comparison) error {
	members, differences := 0, 0
	for _, f := range c.Findings {
		members += len(f.Claims)
		differences += len(f.Differences)
	}
	if _, err := t.exec(ctx, "put analysis", `
		INSERT INTO analyses (id, story_id, engine_version, engine_hash, started_at, duration_ms, articles, claims, findings,
			differences, cleared)
		VALUES (@id, @story, @version, @hash, @started, @took, @articles, @claims, @findings, @differences, @cleared)`,
		named{"id": c.Analysis, "story": c.StoryID, "version": c.Engine.Version, "hash": c.Engine.Hash, "started": c.Started,
			"took": c.Ended.Sub(c.Started).Milliseconds(), "articles": len(c.Articles), "claims": members,
			"findings": len(c.Findings), "differences": differences, "cleared": len(c.Cleared)}); err != nil {
		return err
	}
	_, err := t.exec(ctx, "set compared",
		"UPDATE stories SET compared = $2, compared_at = $3, failure = '' WHERE id = $1", c.StoryID, c.Changes, c.Ended)
	return err
}
