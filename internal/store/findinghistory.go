package store

import (
	"context"
	"time"

	"corroborate/internal/claims"
)

// FindingState is what a finding was after an analysis that changed it.
type FindingState struct {
	AnalysisID string
	Engine     claims.EngineInfo
	At         time.Time
	Verdict    claims.Verdict
	Sources    int
	Origins    int
	// Claims are its claims then, which may be gone by now.
	Claims      []string
	Differences []StateDifference
}

// StateDifference is a difference that a finding had, once for all claims that have
// the same values.
type StateDifference struct {
	Kind     claims.Kind `json:"kind"`
	Material bool        `json:"material"`
	Values   [2]string   `json:"values"`
}

// FindingStates gives what a finding was, the newest at most limit states first, from
// behind the state after the analysis before, empty for all.
func (q Queries) FindingStates(ctx context.Context, findingID, before string, limit int) ([]FindingState, error) {
	type row struct {
		AnalysisID  string
		Version     string
		Hash        string
		At          time.Time
		Verdict     claims.Verdict
		Sources     int
		Origins     int
		Claims      []string
		Differences []StateDifference
	}
	rows, err := list[row](ctx, q.q, "states of a finding", `
		SELECT h.analysis_id, n.engine_version AS version, n.engine_hash AS hash, h.at, h.verdict, h.sources, h.origins,
		       h.claims::text[] AS claims, h.differences
		FROM finding_history_for(@viewer) h JOIN analyses n ON n.id = h.analysis_id
		WHERE h.finding_id = @finding AND (@before::text = '' OR h.analysis_id < nullif(@before::text, '')::uuid)
		ORDER BY h.analysis_id DESC LIMIT @limit`,
		named{"viewer": q.viewer, "finding": findingID, "before": before, "limit": limit})
	out := make([]FindingState, len(rows))
	for i, r := range rows {
		out[i] = FindingState{AnalysisID: r.AnalysisID, Engine: claims.EngineInfo{Version: r.Version, Hash: r.Hash}, At: r.At,
			Verdict: r.Verdict, Sources: r.Sources, Origins: r.Origins, Claims: r.Claims, Differences: r.Differences}
	}
	return out, err
}

// putStates keeps what each finding of a story has become, where that is another
// than it was.
func (t *Tx) putStates(ctx context.Context, c Comparison) error {
	_, err := t.exec(ctx, "put states of findings", `
		INSERT INTO finding_history (finding_id, analysis_id, at, verdict, sources, origins, claims, differences)
		SELECT f.id, @analysis, @at, f.verdict, f.sources, f.origins, now.claims, now.differences
		FROM findings f CROSS JOIN LATERAL (
			SELECT ARRAY (SELECT m.claim_id FROM finding_claims m WHERE m.finding_id = f.id ORDER BY m.claim_id) AS claims,
			       coalesce((SELECT jsonb_agg(jsonb_build_object('kind', d.kind, 'material', d.material,
			                                                     'values', jsonb_build_array(d.low, d.high))
			                                  ORDER BY d.material DESC, d.kind, d.low, d.high)
			                 FROM (SELECT DISTINCT kind, material, least(value_a, value_b) AS low, greatest(value_a, value_b) AS high
			                       FROM differences WHERE finding_id = f.id) d), '[]') AS differences
		) now LEFT JOIN LATERAL (
			SELECT h.* FROM finding_history h WHERE h.finding_id = f.id ORDER BY h.analysis_id DESC LIMIT 1
		) was ON true
		WHERE f.story_id = @story
		  AND (was.verdict, was.sources, was.origins, was.claims, was.differences)
		      IS DISTINCT FROM (f.verdict, f.sources, f.origins, now.claims, now.differences)`,
		named{"analysis": c.Analysis, "at": c.Ended, "story": c.StoryID})
	return err
}
