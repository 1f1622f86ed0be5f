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
    -- Where it is wrong: what it really is, a kind of difference or one of 'not_one_fact',
    -- 'no_difference', 'told_elsewhere'. Where it was passed on: why.
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

-- What lists and charts count, kept for each story, as counting all findings anew takes
-- too long for a page. They are worked out when a story is compared or reviewed; for a
-- viewer from whom one of a story's findings is veiled its counts are worked out anew.
CREATE TABLE story_tallies (
    story_id uuid PRIMARY KEY REFERENCES stories ON DELETE CASCADE,
    -- When its first article was published, null where no time is known.
    began    timestamptz,
    sources  integer NOT NULL,
    agree    integer NOT NULL,
    diverge  integer NOT NULL,
    single   integer NOT NULL,
    -- The diverging findings without a review, and the reviews that became stale.
    open     integer NOT NULL
);
CREATE INDEX story_tallies_open ON story_tallies (open DESC, story_id DESC);

-- The differences between articles of a story, by kind.
CREATE TABLE story_kinds (
    story_id    uuid NOT NULL REFERENCES stories ON DELETE CASCADE,
    kind        text NOT NULL,
    differences integer NOT NULL,
    PRIMARY KEY (story_id, kind)
);

-- How the findings stand that a source takes part in.
CREATE TABLE source_tallies (
    story_id    uuid NOT NULL REFERENCES stories ON DELETE CASCADE,
    source_id   uuid NOT NULL REFERENCES sources ON DELETE CASCADE,
    alone       integer NOT NULL,
    agree       integer NOT NULL,
    diverge     integer NOT NULL,
    -- Those that others tell too, and that it surely told before all of them.
    first       integer NOT NULL,
    -- Those that it tells in its own voice, and that another says it has from somebody.
    unattributed integer NOT NULL,
    PRIMARY KEY (story_id, source_id)
);
CREATE INDEX source_tallies_source ON source_tallies (source_id);

-- The diverging findings in which a source differs from another, by kind.
CREATE TABLE source_kinds (
    story_id  uuid NOT NULL REFERENCES stories ON DELETE CASCADE,
    source_id uuid NOT NULL REFERENCES sources ON DELETE CASCADE,
    kind      text NOT NULL,
    findings  integer NOT NULL,
    PRIMARY KEY (story_id, source_id, kind)
);
CREATE INDEX source_kinds_source ON source_kinds (source_id);

-- The functions below count for some stories what a viewer may see.
-- +goose StatementBegin
CREATE FUNCTION count_stories(viewer text, chosen uuid[]) RETURNS SETOF story_tallies LANGUAGE sql STABLE AS $$
    SELECT s.id, a.began, a.sources, f.agree, f.diverge, f.single, f.open
    FROM stories s
    CROSS JOIN LATERAL (
        SELECT min(published_at) AS began, count(DISTINCT source_id)::integer AS sources
        FROM articles WHERE story_id = s.id AND deleted_at IS NOT DISTINCT FROM s.deleted_at) a
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE stands = 'agree')::integer AS agree,
               count(*) FILTER (WHERE stands = 'diverge')::integer AS diverge,
               count(*) FILTER (WHERE stands = 'single')::integer AS single,
               count(*) FILTER (WHERE stale_review OR stands = 'diverge' AND NOT reviewed)::integer AS open
        FROM findings_for(viewer) WHERE story_id = s.id) f
    WHERE s.id = ANY (chosen)
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION count_story_kinds(viewer text, chosen uuid[]) RETURNS SETOF story_kinds LANGUAGE sql STABLE AS $$
    SELECT f.story_id, d.kind, count(*)::integer
    FROM findings f JOIN differences_for(viewer) d ON d.finding_id = f.id
    WHERE f.story_id = ANY (chosen) AND NOT d.internal GROUP BY f.story_id, d.kind
$$;
-- +goose StatementEnd

-- A source is first where its earliest article is earlier than those of all others; of
-- two times of which one is a bare day the days are compared, and before an unknown
-- time nothing is sure.
-- +goose StatementBegin
CREATE FUNCTION count_sources(viewer text, chosen uuid[]) RETURNS SETOF source_tallies LANGUAGE sql STABLE AS $$
    WITH told AS (
        SELECT f.story_id, f.id AS finding_id, f.stands, a.source_id, min(a.published_at) AS at,
               min((a.published_at AT TIME ZONE 'UTC' + a.published_offset * interval '1 minute')::date) AS day,
               bool_or(a.published_precision = 'day') AS bare, bool_or(a.published_at IS NULL) AS unknown
        FROM findings_for(viewer) f JOIN finding_claims m ON m.finding_id = f.id JOIN claims c ON c.id = m.claim_id
        JOIN articles a ON a.id = c.article_id
        WHERE f.story_id = ANY (chosen) AND f.stands IS NOT NULL GROUP BY f.story_id, f.id, f.stands, a.source_id),
    followed AS (
        SELECT one.finding_id, one.source_id FROM told one JOIN told other
            ON other.finding_id = one.finding_id AND other.source_id <> one.source_id
        WHERE one.stands <> 'single'
        GROUP BY one.finding_id, one.source_id
        HAVING bool_and(NOT one.unknown AND NOT other.unknown
            AND CASE WHEN one.bare OR other.bare THEN one.day < other.day ELSE one.at < other.at END)),
    own_voice AS (
        SELECT DISTINCT d.finding_id, a.source_id
        FROM findings f JOIN differences_for(viewer) d ON d.finding_id = f.id AND d.kind = 'attribution' AND NOT d.internal
        CROSS JOIN LATERAL (VALUES (d.claim_a, d.claim_b), (d.claim_b, d.claim_a)) side (mine, theirs)
        JOIN claims c ON c.id = side.mine AND c.attribution = 'own'
        JOIN claims o ON o.id = side.theirs AND o.attribution <> 'own'
        JOIN articles a ON a.id = c.article_id
        WHERE f.story_id = ANY (chosen))
    SELECT t.story_id, t.source_id,
           count(*) FILTER (WHERE t.stands = 'single')::integer, count(*) FILTER (WHERE t.stands = 'agree')::integer,
           count(*) FILTER (WHERE t.stands = 'diverge')::integer, count(w.finding_id)::integer, count(v.finding_id)::integer
    FROM told t LEFT JOIN followed w ON w.finding_id = t.finding_id AND w.source_id = t.source_id
    LEFT JOIN own_voice v ON v.finding_id = t.finding_id AND v.source_id = t.source_id
    GROUP BY t.story_id, t.source_id
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION count_source_kinds(viewer text, chosen uuid[]) RETURNS SETOF source_kinds LANGUAGE sql STABLE AS $$
    SELECT f.story_id, a.source_id, d.kind, count(DISTINCT f.id)::integer
    FROM findings_for(viewer) f JOIN differences_for(viewer) d ON d.finding_id = f.id
    JOIN claims c ON c.id IN (d.claim_a, d.claim_b) JOIN articles a ON a.id = c.article_id
    WHERE f.story_id = ANY (chosen) AND f.stands = 'diverge' AND d.material AND NOT d.internal AND d.between_who = 'sources'
    GROUP BY f.story_id, a.source_id, d.kind
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION refresh_tallies(chosen uuid[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM story_tallies WHERE story_id = ANY (chosen);
    DELETE FROM story_kinds WHERE story_id = ANY (chosen);
    DELETE FROM source_tallies WHERE story_id = ANY (chosen);
    DELETE FROM source_kinds WHERE story_id = ANY (chosen);
    INSERT INTO story_tallies SELECT * FROM count_stories(NULL, chosen);
    INSERT INTO story_kinds SELECT * FROM count_story_kinds(NULL, chosen);
    INSERT INTO source_tallies SELECT * FROM count_sources(NULL, chosen);
    INSERT INTO source_kinds SELECT * FROM count_source_kinds(NULL, chosen);
$$;
-- +goose StatementEnd

SELECT refresh_tallies(ARRAY (SELECT id FROM stories));

-- The stories of which a viewer must not see all, see veiled_from.
-- +goose StatementBegin
CREATE FUNCTION veiled_stories(viewer text) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY (SELECT DISTINCT f.story_id FROM veiled_from(viewer) v JOIN findings f ON f.id = v.finding_id)
$$;
-- +goose StatementEnd

CREATE FUNCTION story_tallies_for(viewer text) RETURNS SETOF story_tallies LANGUAGE sql STABLE AS $$
    SELECT t.* FROM story_tallies t WHERE t.story_id <> ALL (veiled_stories(viewer))
    UNION ALL SELECT * FROM count_stories(viewer, veiled_stories(viewer))
$$;

CREATE FUNCTION story_kinds_for(viewer text) RETURNS SETOF story_kinds LANGUAGE sql STABLE AS $$
    SELECT t.* FROM story_kinds t WHERE t.story_id <> ALL (veiled_stories(viewer))
    UNION ALL SELECT * FROM count_story_kinds(viewer, veiled_stories(viewer))
$$;

CREATE FUNCTION source_tallies_for(viewer text) RETURNS SETOF source_tallies LANGUAGE sql STABLE AS $$
    SELECT t.* FROM source_tallies t WHERE t.story_id <> ALL (veiled_stories(viewer))
    UNION ALL SELECT * FROM count_sources(viewer, veiled_stories(viewer))
$$;

CREATE FUNCTION source_kinds_for(viewer text) RETURNS SETOF source_kinds LANGUAGE sql STABLE AS $$
    SELECT t.* FROM source_kinds t WHERE t.story_id <> ALL (veiled_stories(viewer))
    UNION ALL SELECT * FROM count_source_kinds(viewer, veiled_stories(viewer))
$$;
