-- +goose Up
SET LOCAL lock_timeout = '3s';

-- Figures over the whole archive, kept up to date as it changes: to count anew takes the
-- longer the more there is. What changes one adds a row to sum_changes and waits for
-- nobody. A job folds these rows into sums again and again. A figure is the sum of both.
CREATE TABLE sums (
    -- What is counted, of which source (zeros: of all), and which figure of it.
    part  text NOT NULL,
    about uuid NOT NULL,
    key   text NOT NULL,
    n     bigint NOT NULL,
    PRIMARY KEY (part, about, key)
);
CREATE INDEX sums_of_nothing ON sums (part) WHERE n = 0;
CREATE TABLE sum_changes (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    part  text NOT NULL,
    about uuid NOT NULL,
    key   text NOT NULL,
    n     bigint NOT NULL
);
CREATE INDEX sum_changes_part ON sum_changes (part, about);

CREATE VIEW sums_now AS
    SELECT part, about, key, sum(n)::bigint AS n
    FROM (SELECT part, about, key, n FROM sums UNION ALL SELECT part, about, key, n FROM sum_changes) x
    GROUP BY part, about, key HAVING sum(n) <> 0;

-- Adds the rows of sum_changes up into sums, at most some, and gives how many they were.
-- One does so at a time: nobody else writes to sums.
-- +goose StatementBegin
CREATE FUNCTION fold_sums(most integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    folded bigint;
BEGIN
    IF NOT pg_try_advisory_xact_lock(17, 0) THEN
        RETURN 0;
    END IF;
    WITH gone AS (
        DELETE FROM sum_changes WHERE id IN (SELECT id FROM sum_changes ORDER BY id LIMIT most) RETURNING part, about, key, n),
    added AS (
        INSERT INTO sums AS s SELECT part, about, key, sum(n) FROM gone GROUP BY part, about, key HAVING sum(n) <> 0
        ON CONFLICT (part, about, key) DO UPDATE SET n = s.n + excluded.n)
    SELECT count(*) INTO folded FROM gone;
    DELETE FROM sums WHERE n = 0;
    RETURN folded;
END $$;
-- +goose StatementEnd

-- How far a job that looks through the archive has come, so that its next run looks at what
-- came since.
CREATE TABLE passes (
    name    text PRIMARY KEY,
    -- The version of the rules that it goes by: with others it begins anew.
    version text NOT NULL,
    -- All up to this article were looked at.
    place   uuid NOT NULL
);

-- What the engine said that compared a story last, by sort: what samples are drawn from.
CREATE TABLE story_frames (
    story_id       uuid NOT NULL REFERENCES stories ON DELETE CASCADE,
    engine_version text NOT NULL,
    engine_hash    text NOT NULL,
    stratum        text NOT NULL,
    size           integer NOT NULL,
    PRIMARY KEY (story_id, stratum)
);

-- +goose StatementBegin
CREATE FUNCTION count_frames(chosen uuid[]) RETURNS SETOF story_frames LANGUAGE sql STABLE AS $$
    SELECT s.id, e.engine_version, e.engine_hash, i.stratum, i.n
    FROM stories s CROSS JOIN LATERAL (
        SELECT engine_version, engine_hash FROM analyses a WHERE a.story_id = s.id ORDER BY a.id DESC LIMIT 1) e
    JOIN (
        SELECT f.story_id, d.kind AS stratum, count(*)::integer AS n FROM findings f JOIN differences d ON d.finding_id = f.id
            WHERE f.story_id = ANY (chosen) GROUP BY 1, 2
        UNION ALL SELECT f.story_id, f.verdict, count(*)::integer FROM findings f WHERE f.story_id = ANY (chosen) GROUP BY 1, 2
        UNION ALL SELECT p.story_id, 'cleared', count(*)::integer FROM cleared_pairs p WHERE p.story_id = ANY (chosen) GROUP BY 1) i
        ON i.story_id = s.id
    WHERE s.id = ANY (chosen) AND NOT s.sample
$$;
-- +goose StatementEnd

-- The part under which an engine's frame is counted.
CREATE FUNCTION frame_part(version text, hash text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'frame ' || version || ' ' || hash $$;

-- What a row of counts adds to the figures over all stories outside the bin.
-- +goose StatementBegin
CREATE FUNCTION sums_of(t story_tallies) RETURNS TABLE (part text, about uuid, key text, n bigint) LANGUAGE sql IMMUTABLE AS $$
    SELECT v.part, '00000000-0000-0000-0000-000000000000'::uuid, v.key, v.n::bigint
    FROM (SELECT to_char(date_trunc('week', t.began AT TIME ZONE 'UTC'), 'YYYY-MM-DD') AS monday, t.agree + t.diverge + t.single AS findings) w
    CROSS JOIN LATERAL (VALUES
        ('all', 'agree', t.agree), ('all', 'diverge', t.diverge), ('all', 'single', t.single), ('all', 'open', t.open),
        ('all', 'undated', CASE WHEN t.began IS NULL THEN w.findings END),
        ('week.stories', w.monday, (w.findings > 0)::integer), ('week.agree', w.monday, t.agree),
        ('week.diverge', w.monday, t.diverge), ('week.single', w.monday, t.single)) v (part, key, n)
    WHERE v.key IS NOT NULL AND v.n <> 0
$$;

CREATE FUNCTION sums_of(k story_kinds) RETURNS TABLE (part text, about uuid, key text, n bigint) LANGUAGE sql IMMUTABLE AS $$
    SELECT 'kind', '00000000-0000-0000-0000-000000000000'::uuid, k.kind, k.differences::bigint WHERE k.differences <> 0
$$;

CREATE FUNCTION sums_of(t source_tallies) RETURNS TABLE (part text, about uuid, key text, n bigint) LANGUAGE sql IMMUTABLE AS $$
    SELECT 'source', t.source_id, v.key, v.n::bigint FROM (VALUES ('alone', t.alone), ('agree', t.agree), ('diverge', t.diverge),
        ('first', t.first), ('unattributed', t.unattributed)) v (key, n) WHERE v.n <> 0
$$;

CREATE FUNCTION sums_of(k source_kinds) RETURNS TABLE (part text, about uuid, key text, n bigint) LANGUAGE sql IMMUTABLE AS $$
    SELECT 'source.kind', k.source_id, k.kind, k.findings::bigint WHERE k.findings <> 0
$$;

CREATE FUNCTION sums_of(f story_frames) RETURNS TABLE (part text, about uuid, key text, n bigint) LANGUAGE sql IMMUTABLE AS $$
    SELECT frame_part(f.engine_version, f.engine_hash), '00000000-0000-0000-0000-000000000000'::uuid, f.stratum, f.size::bigint WHERE f.size <> 0
$$;
-- +goose StatementEnd

-- Counts stories anew. Rows that stay as they are are left alone. It has the rights of the
-- owner: the release before calls it while its role has none on the new table yet.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION refresh_tallies(chosen uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    tallies        CONSTANT story_tallies[]  := ARRAY (SELECT c FROM count_stories(NULL, chosen) c);
    kinds          CONSTANT story_kinds[]    := ARRAY (SELECT c FROM count_story_kinds(NULL, chosen) c);
    told           CONSTANT source_tallies[] := ARRAY (SELECT c FROM count_sources(NULL, chosen) c);
    kinds_told     CONSTANT source_kinds[]   := ARRAY (SELECT c FROM count_source_kinds(NULL, chosen) c);
    frames         CONSTANT story_frames[]   := ARRAY (SELECT c FROM count_frames(chosen) c);
BEGIN
    DELETE FROM story_tallies o WHERE o.story_id = ANY (chosen)
        AND NOT EXISTS (SELECT FROM unnest(tallies) c WHERE c.story_id = o.story_id);
    DELETE FROM story_kinds o WHERE o.story_id = ANY (chosen)
        AND NOT EXISTS (SELECT FROM unnest(kinds) c WHERE (c.story_id, c.kind) = (o.story_id, o.kind));
    DELETE FROM source_tallies o WHERE o.story_id = ANY (chosen)
        AND NOT EXISTS (SELECT FROM unnest(told) c WHERE (c.story_id, c.source_id) = (o.story_id, o.source_id));
    DELETE FROM source_kinds o WHERE o.story_id = ANY (chosen)
        AND NOT EXISTS (SELECT FROM unnest(kinds_told) c WHERE (c.story_id, c.source_id, c.kind) = (o.story_id, o.source_id, o.kind));
    DELETE FROM story_frames o WHERE o.story_id = ANY (chosen)
        AND NOT EXISTS (SELECT FROM unnest(frames) c WHERE (c.story_id, c.stratum) = (o.story_id, o.stratum));
    INSERT INTO story_tallies AS o SELECT c.* FROM unnest(tallies) c
        ON CONFLICT (story_id) DO UPDATE SET began = excluded.began, sources = excluded.sources, agree = excluded.agree,
            diverge = excluded.diverge, single = excluded.single, open = excluded.open
        WHERE o IS DISTINCT FROM excluded;
    INSERT INTO story_kinds AS o SELECT c.* FROM unnest(kinds) c
        ON CONFLICT (story_id, kind) DO UPDATE SET differences = excluded.differences WHERE o IS DISTINCT FROM excluded;
    INSERT INTO source_tallies AS o SELECT c.* FROM unnest(told) c
        ON CONFLICT (story_id, source_id) DO UPDATE SET alone = excluded.alone, agree = excluded.agree, diverge = excluded.diverge,
            first = excluded.first, unattributed = excluded.unattributed
        WHERE o IS DISTINCT FROM excluded;
    INSERT INTO source_kinds AS o SELECT c.* FROM unnest(kinds_told) c
        ON CONFLICT (story_id, source_id, kind) DO UPDATE SET findings = excluded.findings WHERE o IS DISTINCT FROM excluded;
    INSERT INTO story_frames AS o SELECT c.* FROM unnest(frames) c
        ON CONFLICT (story_id, stratum) DO UPDATE SET engine_version = excluded.engine_version, engine_hash = excluded.engine_hash,
            size = excluded.size
        WHERE o IS DISTINCT FROM excluded;
END $$;

-- The counts of stories as figures, without the stories themselves.
CREATE FUNCTION sums_of_stories(chosen uuid[]) RETURNS TABLE (part text, about uuid, key text, n bigint) LANGUAGE sql STABLE AS $$
    SELECT x.* FROM story_tallies t CROSS JOIN LATERAL sums_of(t) x WHERE t.story_id = ANY (chosen)
    UNION ALL SELECT x.* FROM story_kinds t CROSS JOIN LATERAL sums_of(t) x WHERE t.story_id = ANY (chosen)
    UNION ALL SELECT x.* FROM source_tallies t CROSS JOIN LATERAL sums_of(t) x WHERE t.story_id = ANY (chosen)
    UNION ALL SELECT x.* FROM source_kinds t CROSS JOIN LATERAL sums_of(t) x WHERE t.story_id = ANY (chosen)
    UNION ALL SELECT x.* FROM story_frames t CROSS JOIN LATERAL sums_of(t) x WHERE t.story_id = ANY (chosen)
$$;

-- What has to be added to the figures so that they hold what a viewer may see.
CREATE FUNCTION veiled_sums(viewer text) RETURNS TABLE (part text, about uuid, key text, n bigint) LANGUAGE plpgsql STABLE AS $$
DECLARE
    chosen CONSTANT uuid[] := ARRAY (SELECT id FROM stories WHERE id = ANY (veiled_stories(viewer)) AND deleted_at IS NULL);
BEGIN
    IF chosen = '{}' THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT x.part, x.about, x.key, -x.n FROM sums_of_stories(chosen) x WHERE NOT starts_with(x.part, 'frame ');
    RETURN QUERY SELECT x.* FROM count_stories(viewer, chosen) t CROSS JOIN LATERAL sums_of(t) x;
    RETURN QUERY SELECT x.* FROM count_story_kinds(viewer, chosen) t CROSS JOIN LATERAL sums_of(t) x;
    RETURN QUERY SELECT x.* FROM count_sources(viewer, chosen) t CROSS JOIN LATERAL sums_of(t) x;
    RETURN QUERY SELECT x.* FROM count_source_kinds(viewer, chosen) t CROSS JOIN LATERAL sums_of(t) x;
    RETURN QUERY SELECT 'source', a.source_id, 'corrected', -count(*)
        FROM corrections c JOIN articles a ON a.id = c.article_id AND a.deleted_at IS NULL
        WHERE c.healed_at IS NOT NULL AND c.finding_id IN (SELECT v.finding_id FROM veiled_from(viewer) v) GROUP BY a.source_id;
END $$;
-- +goose StatementEnd

-- The figures as a viewer may see them.
CREATE FUNCTION sums_for(viewer text) RETURNS TABLE (part text, about uuid, key text, n bigint) LANGUAGE sql STABLE AS $$
    SELECT x.part, x.about, x.key, sum(x.n)::bigint FROM (
        SELECT s.part, s.about, s.key, s.n FROM sums s
        UNION ALL SELECT c.part, c.about, c.key, c.n FROM sum_changes c
        UNION ALL SELECT v.part, v.about, v.key, v.n FROM veiled_sums(viewer) v) x
    GROUP BY x.part, x.about, x.key HAVING sum(x.n) <> 0
$$;
