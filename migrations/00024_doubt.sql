-- +goose Up

-- Where the language model reads two claims of a finding otherwise than the engine's
-- verdict: {"claims": [id, id], "relation": "agree" or "diverge", "probability": 0 to 1}.
-- NULL where it does not.
ALTER TABLE findings ADD COLUMN doubt jsonb;

-- Of open divergences those come first that the second judge, then the model, doubts.
DROP INDEX findings_open;
CREATE INDEX findings_open ON findings
    (least(second_disagrees, 1) DESC, ((doubt IS NOT NULL)::integer) DESC, origins DESC, sources DESC, id)
    WHERE stands = 'diverge' AND NOT reviewed AND NOT stale_review;
CREATE INDEX findings_doubted ON findings (origins DESC, id) WHERE doubt IS NOT NULL AND NOT reviewed;
