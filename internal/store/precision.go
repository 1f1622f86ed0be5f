package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// SampleCount is how the sample of a stratum stands.
type SampleCount struct {
	Stratum Stratum
	// Size is how many there were in all when the sample was last drawn, CountedAt.
	Size      int
	CountedAt time.Time
	Drawn     int
	Right     int
	Wrong     int
	Unclear   int
	// NotOneFact counts those of Wrong whose passages are not about one fact.
	NotOneFact int
	// Passed counts the open items that somebody passed on.
	Passed int
	// Gone, Changed and Binned count what could not be judged any more: the machine no
	// longer says it, it or its passages changed, or its story is in the bin.
	Gone    int
	Changed int
	Binned  int
}

// SampleCounts tells how the samples of an engine stand, by stratum. What is veiled
// from the viewer is not counted, nor what was dropped in a story with something
// veiled: that it was dropped may tell what became of it.
func (q Queries) SampleCounts(ctx context.Context, e claims.EngineInfo) ([]SampleCount, error) {
	return list[SampleCount](ctx, q.q, "sample counts", `
		WITH veiled AS MATERIALIZED (SELECT * FROM veiled_items(@viewer))
		SELECT f.stratum, f.counted_at,
		       greatest(f.size - (SELECT count(*) FROM veiled v WHERE v.stratum = f.stratum), 0) AS size,
		       coalesce(c.drawn, 0) AS drawn, coalesce(c.is_right, 0) AS right, coalesce(c.wrong, 0) AS wrong,
		       coalesce(c.unclear, 0) AS unclear, coalesce(c.not_one_fact, 0) AS not_one_fact, coalesce(c.passed, 0) AS passed,
		       coalesce(c.gone, 0) AS gone, coalesce(c.changed, 0) AS changed, coalesce(c.binned, 0) AS binned
		FROM accuracy_frames f LEFT JOIN (
			SELECT p.stratum, count(*) AS drawn, count(*) FILTER (WHERE w.answer = 'right') AS is_right,
			       count(*) FILTER (WHERE w.answer = 'wrong') AS wrong, count(*) FILTER (WHERE w.answer = 'unclear') AS unclear,
			       count(*) FILTER (WHERE w.answer = 'wrong' AND w.really = 'not_one_fact') AS not_one_fact,
			       count(*) FILTER (WHERE p.state = 'open' AND EXISTS (SELECT FROM accuracy_answers o WHERE o.sample_id = p.id)) AS passed,
			       count(*) FILTER (WHERE p.reason = 'gone') AS gone, count(*) FILTER (WHERE p.reason = 'changed') AS changed,
			       count(*) FILTER (WHERE p.reason = 'binned') AS binned
			FROM accuracy_samples p LEFT JOIN accuracy_answers w ON w.sample_id = p.id AND w.answer <> 'passed'
			WHERE p.engine_version = @version AND p.engine_hash = @hash
			  AND NOT EXISTS (SELECT FROM veiled v WHERE v.stratum = p.stratum AND v.item_id = p.item_id)
			  AND NOT (p.state = 'dropped' AND p.story_id = ANY (veiled_stories(@viewer)))
			GROUP BY p.stratum) c ON c.stratum = f.stratum
		WHERE f.engine_version = @version AND f.engine_hash = @hash ORDER BY f.stratum`,
		engineArgs(e, named{"viewer": q.viewer}))
}

// SampledEngines gives the engines of which something was judged, the newest first.
func (q Queries) SampledEngines(ctx context.Context) ([]claims.EngineInfo, error) {
	type row struct{ Version, Hash string }
	rows, err := list[row](ctx, q.q, "sampled engines", `
		SELECT engine_version AS version, engine_hash AS hash FROM accuracy_samples WHERE state = 'judged'
		GROUP BY engine_version, engine_hash ORDER BY max(drawn_at) DESC`)
	out := make([]claims.EngineInfo, len(rows))
	for i, r := range rows {
		out[i] = claims.EngineInfo{Version: r.Version, Hash: r.Hash}
	}
	return out, err
}

// ChosenCount is what people decided on findings that they chose to look at.
type ChosenCount struct {
	Stratum   Stratum
	Confirmed int
	Rejected  int
}

// ChosenCounts counts the newest decisions of reviews that stand and are not stale, outside
// the sample story and the bin: on differences by kind, on verdicts, and on cleared pairs.
func (q Queries) ChosenCounts(ctx context.Context) ([]ChosenCount, error) {
	return list[ChosenCount](ctx, q.q, "chosen counts", `
		SELECT key AS stratum, `+figure("part", "decided.confirmed")+` AS confirmed, `+figure("part", "decided.rejected")+` AS rejected
		FROM sums_for(@viewer) WHERE part IN ('decided.confirmed', 'decided.rejected') GROUP BY key ORDER BY key`, named{"viewer": q.viewer})
}
