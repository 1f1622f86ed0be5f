-- +goose Up

-- What can be drawn to be judged: each difference, each verdict and each cleared pair.
-- A stratum is the kind of a difference, a verdict, or 'cleared'.
CREATE VIEW accuracy_items AS
    SELECT d.kind AS stratum, d.id AS item_id, f.story_id FROM differences d JOIN findings f ON f.id = d.finding_id
    UNION ALL SELECT f.verdict, f.id, f.story_id FROM findings f
    UNION ALL SELECT 'cleared', p.id, p.story_id FROM cleared_pairs p;

-- How many there were of each stratum when an engine's sample was last drawn.
CREATE TABLE accuracy_frames (
    engine_version text NOT NULL,
    engine_hash    text NOT NULL,
    stratum        text NOT NULL,
    size           integer NOT NULL CHECK (size >= 0),
    counted_at     timestamptz NOT NULL,
    PRIMARY KEY (engine_version, engine_hash, stratum)
);

-- What was drawn. The item may be gone by now, so it is no foreign key.
CREATE TABLE accuracy_samples (
    id             uuid PRIMARY KEY,
    engine_version text NOT NULL,
    engine_hash    text NOT NULL,
    stratum        text NOT NULL,
    item_id        uuid NOT NULL,
    story_id       uuid NOT NULL REFERENCES stories ON DELETE CASCADE,
    -- The item's number in the lot: of each stratum the lowest are drawn and asked for
    -- first.
    lot            bigint NOT NULL,
    -- What the machine said and of which words.
    digest         text NOT NULL,
    state          text NOT NULL CHECK (state IN ('open', 'judged', 'dropped')),
    -- Why it was dropped, else empty.
    reason         text NOT NULL DEFAULT '' CHECK (reason IN ('', 'gone', 'changed', 'binned')),
    drawn_at       timestamptz NOT NULL,
    closed_at      timestamptz,
    UNIQUE (engine_version, engine_hash, stratum, item_id),
    CHECK ((state = 'open') = (closed_at IS NULL)),
    CHECK ((state = 'dropped') = (reason <> ''))
);
CREATE INDEX accuracy_samples_open ON accuracy_samples (engine_version, engine_hash, stratum, lot) WHERE state = 'open';
CREATE INDEX accuracy_samples_story ON accuracy_samples (story_id);

-- What people said. Nobody is asked about one thing twice; who passes it on leaves it
-- to others.
CREATE TABLE accuracy_answers (
    sample_id  uuid NOT NULL REFERENCES accuracy_samples ON DELETE CASCADE,
    user_id    uuid NOT NULL REFERENCES users,
    answer     text NOT NULL CHECK (answer IN ('right', 'wrong', 'unclear', 'passed')),
    -- Where it is wrong: what it really is, a kind of difference or one of these:
    -- 'not_one_fact', 'no_difference', 'told_elsewhere'.
    really     text NOT NULL DEFAULT '',
    note       text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    PRIMARY KEY (sample_id, user_id)
);
CREATE INDEX accuracy_answers_user ON accuracy_answers (user_id, created_at DESC);
-- An item counts once.
CREATE UNIQUE INDEX accuracy_answers_once ON accuracy_answers (sample_id) WHERE answer <> 'passed';

-- Tells whether an item still says what it said, of the same words; null where it is
-- gone. The order of the two sides does not matter.
-- +goose StatementBegin
CREATE FUNCTION accuracy_digest(stratum text, item uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN stratum IN ('agree', 'diverge', 'single') THEN (
            SELECT md5(f.verdict || string_agg(encode(c.hash, 'hex'), '/' ORDER BY c.id))
            FROM findings f JOIN finding_claims m ON m.finding_id = f.id JOIN claims c ON c.id = m.claim_id
            WHERE f.id = item GROUP BY f.verdict)
        WHEN stratum = 'cleared' THEN (
            SELECT md5(p.kind || p.reason || string_agg(encode(c.hash, 'hex'), '/' ORDER BY c.id))
            FROM cleared_pairs p JOIN claims c ON c.id IN (p.claim_a, p.claim_b) WHERE p.id = item GROUP BY p.kind, p.reason)
        ELSE (
            SELECT md5(d.kind || string_agg(side.value || encode(c.hash, 'hex'), '/' ORDER BY c.id))
            FROM differences d CROSS JOIN LATERAL (VALUES (d.claim_a, d.value_a), (d.claim_b, d.value_b)) side (id, value)
            JOIN claims c ON c.id = side.id WHERE d.id = item GROUP BY d.kind)
    END
$$;
-- +goose StatementEnd

-- The items of which a viewer must not see anything, see veiled_from.
-- +goose StatementBegin
CREATE FUNCTION veiled_items(viewer text) RETURNS TABLE (stratum text, item_id uuid) LANGUAGE sql STABLE AS $$
    SELECT d.kind, d.id FROM veiled_from(viewer) v JOIN differences d ON d.finding_id = v.finding_id
    UNION SELECT f.verdict, f.id FROM veiled_from(viewer) v JOIN findings f ON f.id = v.finding_id
    UNION SELECT 'cleared', p.id FROM veiled_from(viewer) v JOIN finding_claims m ON m.finding_id = v.finding_id
        JOIN cleared_pairs p ON p.claim_a = m.claim_id
    UNION SELECT 'cleared', p.id FROM veiled_from(viewer) v JOIN finding_claims m ON m.finding_id = v.finding_id
        JOIN cleared_pairs p ON p.claim_b = m.claim_id
$$;
-- +goose StatementEnd
