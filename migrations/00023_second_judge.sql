-- +goose Up

-- The second judge is an outside model that is asked about pairs of passages, where an
-- operator has set one up. Its word stands beside the engine's and never replaces it.

-- What it was asked and what it said, by the hash of the question: passages, days, model
-- and version of the prompt. The passages themselves are looked up when it is asked, so
-- that nothing of an article outlives it here.
CREATE TABLE second_answers (
    hash         bytea PRIMARY KEY CHECK (length(hash) = 32),
    model        text NOT NULL,
    prompt       text NOT NULL,
    -- The engine calls it a divergence: it is asked first.
    urgent       boolean NOT NULL,
    created_at   timestamptz NOT NULL,
    relation     text CHECK (relation IN ('agree', 'diverge', 'unrelated')),
    kind         text CHECK (kind IN ('number', 'time', 'place', 'name', 'action', 'negation', 'certainty',
                     'cause', 'scope', 'quote', 'term', 'attribution')),
    reason       text NOT NULL DEFAULT '',
    answered_at  timestamptz,
    -- How often it was asked without an answer that could be taken, and why the last one
    -- could not.
    tries        integer NOT NULL DEFAULT 0,
    fault        text NOT NULL DEFAULT '',
    -- When it is to be asked next, NULL once it was answered or given up.
    next_at      timestamptz,
    -- Until when one of the servers is asking.
    asking_until timestamptz,
    -- Since when no pair has this question.
    loose_since  timestamptz,
    CHECK ((relation IS NULL) = (answered_at IS NULL)),
    CHECK ((kind IS NOT NULL) = (coalesce(relation, '') = 'diverge')),
    CHECK (answered_at IS NULL OR next_at IS NULL)
);
CREATE INDEX second_answers_due ON second_answers (urgent DESC, next_at) WHERE next_at IS NOT NULL;

-- The pairs that it is asked about. They say nothing of findings: a pair counts where both
-- claims are in one, whatever became of it.
CREATE TABLE second_pairs (
    claim_a uuid NOT NULL REFERENCES claims ON DELETE CASCADE,
    claim_b uuid NOT NULL REFERENCES claims ON DELETE CASCADE,
    hash    bytea NOT NULL REFERENCES second_answers,
    PRIMARY KEY (claim_a, claim_b),
    CHECK (claim_a < claim_b)
);
CREATE INDEX second_pairs_claim_b ON second_pairs (claim_b);
CREATE INDEX second_pairs_hash ON second_pairs (hash);

-- For which comparison of a story, and which model and prompt, its pairs were gathered.
CREATE TABLE second_plans (
    story_id uuid PRIMARY KEY REFERENCES stories ON DELETE CASCADE,
    compared bigint NOT NULL,
    asker    text NOT NULL
);

-- How the endpoint fares: one row.
CREATE TABLE second_judge (
    only_row      boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    failures      integer NOT NULL DEFAULT 0,
    failing_since timestamptz,
    fault         text NOT NULL DEFAULT '',
    rest_until    timestamptz,
    answered_at   timestamptz
);
INSERT INTO second_judge DEFAULT VALUES;

-- What was spent on a day (UTC), by all servers. Tokens hold what is set aside for calls
-- that run.
CREATE TABLE second_days (
    day        date PRIMARY KEY,
    calls      integer NOT NULL DEFAULT 0,
    tokens     bigint NOT NULL DEFAULT 0,
    tokens_in  bigint NOT NULL DEFAULT 0,
    tokens_out bigint NOT NULL DEFAULT 0,
    answered   integer NOT NULL DEFAULT 0,
    -- When a question was put off because the budget was spent.
    spent_at   timestamptz
);
CREATE TABLE second_faults (
    day   date NOT NULL REFERENCES second_days ON DELETE CASCADE,
    cause text NOT NULL,
    times integer NOT NULL,
    PRIMARY KEY (day, cause)
);

-- How many pairs of a finding it is asked about, how many it has answered, and in how many
-- it says otherwise than the engine.
ALTER TABLE findings
    ADD COLUMN second_pairs     integer NOT NULL DEFAULT 0,
    ADD COLUMN second_answered  integer NOT NULL DEFAULT 0,
    ADD COLUMN second_disagrees integer NOT NULL DEFAULT 0;
CREATE INDEX findings_second ON findings (second_disagrees DESC, origins DESC, id)
    WHERE second_disagrees > 0 AND NOT reviewed;

-- Of open divergences those come first that it says otherwise of.
DROP INDEX findings_open;
CREATE INDEX findings_open ON findings (least(second_disagrees, 1) DESC, origins DESC, sources DESC, id)
    WHERE stands = 'diverge' AND NOT reviewed AND NOT stale_review;

-- The pairs of findings with the engine's word on each: undecided where their claims stand
-- in different positions and no difference lies between these two.
CREATE FUNCTION second_pairs_for(viewer text)
RETURNS TABLE (finding_id uuid, claim_a uuid, claim_b uuid, hash bytea, ours text) LANGUAGE sql STABLE AS $$
    SELECT a.finding_id, p.claim_a, p.claim_b, p.hash,
           CASE WHEN EXISTS (SELECT FROM differences d
                             WHERE d.finding_id = a.finding_id AND d.material AND NOT d.internal AND d.between_who = 'sources'
                               AND (d.claim_a = p.claim_a AND d.claim_b = p.claim_b OR d.claim_a = p.claim_b AND d.claim_b = p.claim_a))
                THEN 'diverge'
                WHEN a.position IS DISTINCT FROM b.position THEN 'undecided'
                ELSE 'agree' END
    FROM second_pairs p
    JOIN finding_claims a ON a.claim_id = p.claim_a
    JOIN finding_claims b ON b.claim_id = p.claim_b AND b.finding_id = a.finding_id
    WHERE NOT a.finding_id = ANY (ARRAY (SELECT v.finding_id FROM veiled_from(viewer) v WHERE v.finding_id IS NOT NULL))
$$;

-- Whether the second judge says otherwise than the engine. That two claims tell different
-- facts always does, as the engine has them in one finding; what is called by another name
-- or vouched for by others is no divergence here, so it never does.
CREATE FUNCTION second_disagrees(ours text, relation text, kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(relation = 'unrelated' OR ours <> 'undecided' AND relation <> ours, false)
       AND coalesce(kind, '') NOT IN ('term', 'attribution')
$$;
