-- +goose Up

-- How sure the engine is that the claims belong together: the closeness of the weakest
-- link, NULL for a single claim, and what the joining rests on, as short sentences.
ALTER TABLE findings
    ADD COLUMN closeness double precision CHECK (closeness BETWEEN 0 AND 1),
    ADD COLUMN rests_on jsonb NOT NULL DEFAULT '[]';

-- The rule that found the difference; empty for those found before this was kept.
ALTER TABLE differences ADD COLUMN rule text NOT NULL DEFAULT '';

-- What a finding was after each analysis that changed it. The newest row is how it is now.
CREATE TABLE finding_history (
    finding_id  uuid NOT NULL REFERENCES findings ON DELETE CASCADE,
    analysis_id uuid NOT NULL REFERENCES analyses ON DELETE CASCADE,
    at          timestamptz NOT NULL,
    verdict     text NOT NULL CHECK (verdict IN ('agree', 'diverge', 'single')),
    sources     integer NOT NULL,
    origins     integer NOT NULL,
    -- The claims of the finding then; they may be gone by now.
    claims      uuid[] NOT NULL,
    -- Each kind with the two values once: [{"kind": "number", "values": ["14", "41"]}].
    differences jsonb NOT NULL,
    PRIMARY KEY (finding_id, analysis_id)
);
CREATE INDEX finding_history_analysis ON finding_history (analysis_id);

CREATE FUNCTION finding_history_for(viewer text) RETURNS SETOF finding_history LANGUAGE sql STABLE AS $$
    SELECT h.* FROM finding_history h WHERE NOT EXISTS (SELECT FROM veiled_from(viewer) v WHERE v.finding_id = h.finding_id)
$$;
