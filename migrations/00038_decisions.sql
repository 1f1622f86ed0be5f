-- +goose Up
SET LOCAL lock_timeout = '3s';

-- What people decided, of each story, by what they decided on: the kind of a difference, a
-- verdict, or that a pair is cleared. To read all reviews for it takes the longer the more
-- there are.
CREATE TABLE story_decisions (
    story_id  uuid NOT NULL REFERENCES stories ON DELETE CASCADE,
    stratum   text NOT NULL,
    confirmed integer NOT NULL,
    rejected  integer NOT NULL,
    PRIMARY KEY (story_id, stratum)
);

-- The newest decision on each thing counts, of reviews that stand.
-- +goose StatementBegin
CREATE FUNCTION count_decisions(viewer text, chosen uuid[]) RETURNS SETOF story_decisions LANGUAGE sql STABLE AS $$
    WITH standing AS MATERIALIZED (
        SELECT r.* FROM reviews_for(viewer) r JOIN stories s ON s.id = r.story_id
        WHERE r.story_id = ANY (chosen) AND NOT s.sample AND NOT r.stale AND r.outcome <> 'note' AND r.counts AND r.withdrawn_at IS NULL),
    decided AS MATERIALIZED (
        SELECT DISTINCT ON (item) r.story_id, (x ->> 'id')::uuid AS item, x ->> 'decision' = 'confirmed' AS confirmed
        FROM standing r CROSS JOIN LATERAL jsonb_array_elements(r.differences || r.cleared) x
        ORDER BY item, r.id DESC),
    told AS MATERIALIZED (
        SELECT DISTINCT ON (r.finding_id) r.story_id, r.finding_id, r.verdict FROM standing r
        WHERE r.verdict IS NOT NULL ORDER BY r.finding_id, r.id DESC)
    SELECT c.story_id, c.stratum, count(*) FILTER (WHERE c.confirmed)::integer, count(*) FILTER (WHERE NOT c.confirmed)::integer FROM (
        SELECT x.story_id, d.kind AS stratum, x.confirmed FROM decided x JOIN differences_for(viewer) d ON d.id = x.item
        UNION ALL SELECT x.story_id, 'cleared', x.confirmed FROM decided x JOIN cleared_for(viewer) p ON p.id = x.item
        UNION ALL SELECT t.story_id, f.verdict, f.verdict = t.verdict FROM told t
            JOIN LATERAL (SELECT v.verdict FROM findings_for(viewer) v WHERE v.id = t.finding_id OFFSET 0) f ON f.verdict IS NOT NULL) c
    GROUP BY c.story_id, c.stratum
$$;

CREATE FUNCTION sums_of(d story_decisions) RETURNS TABLE (part text, about uuid, key text, n bigint) LANGUAGE sql IMMUTABLE AS $$
    SELECT v.part, '00000000-0000-0000-0000-000000000000'::uuid, d.stratum, v.n::bigint
    FROM (VALUES ('decided.confirmed', d.confirmed), ('decided.rejected', d.rejected)) v (part, n) WHERE v.n <> 0
$$;

-- As before, with what people decided.
CREATE OR REPLACE FUNCTION refresh_tallies(chosen uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    tallies        CONSTANT story_tallies[]  := ARRAY (SELECT c FROM count_stories(NULL, chosen) c);
    kinds          CONSTANT story_kinds[]    := ARRAY (SELECT c FROM count_story_kinds(NULL, chosen) c);
    told           CONSTANT source_tallies[] := ARRAY (SELECT c FROM count_sources(NULL, chosen) c);
    kinds_told     CONSTANT source_kinds[]   := ARRAY (SELECT c FROM count_source_kinds(NULL, chosen) c);
    frames         CONSTANT story_frames[]   := ARRAY (SELECT c FROM count_frames(chosen) c);
    decisions      CONSTANT story_decisions[] := ARRAY (SELECT c FROM count_decisions(NULL, chosen) c);
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
    DELETE FROM story_decisions o WHERE o.story_id = ANY (chosen)
        AND NOT EXISTS (SELECT FROM unnest(decisions) c WHERE (c.story_id, c.stratum) = (o.story_id, o.stratum));
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
    INSERT INTO story_decisions AS o SELECT c.* FROM unnest(decisions) c
        ON CONFLICT (story_id, stratum) DO UPDATE SET confirmed = excluded.confirmed, rejected = excluded.rejected
        WHERE o IS DISTINCT FROM excluded;
END $$;

CREATE OR REPLACE FUNCTION sums_of_stories(chosen uuid[]) RETURNS TABLE (part text, about uuid, key text, n bigint) LANGUAGE sql STABLE AS $$
    SELECT x.* FROM story_tallies t CROSS JOIN LATERAL sums_of(t) x WHERE t.story_id = ANY (chosen)
    UNION ALL SELECT x.* FROM story_kinds t CROSS JOIN LATERAL sums_of(t) x WHERE t.story_id = ANY (chosen)
    UNION ALL SELECT x.* FROM source_tallies t CROSS JOIN LATERAL sums_of(t) x WHERE t.story_id = ANY (chosen)
    UNION ALL SELECT x.* FROM source_kinds t CROSS JOIN LATERAL sums_of(t) x WHERE t.story_id = ANY (chosen)
    UNION ALL SELECT x.* FROM story_frames t CROSS JOIN LATERAL sums_of(t) x WHERE t.story_id = ANY (chosen)
    UNION ALL SELECT x.* FROM story_decisions t CROSS JOIN LATERAL sums_of(t) x WHERE t.story_id = ANY (chosen)
$$;

CREATE OR REPLACE FUNCTION veiled_sums(viewer text) RETURNS TABLE (part text, about uuid, key text, n bigint) LANGUAGE plpgsql STABLE AS $$
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
    RETURN QUERY SELECT x.* FROM count_decisions(viewer, chosen) t CROSS JOIN LATERAL sums_of(t) x;
    RETURN QUERY SELECT 'source', a.source_id, 'corrected', -count(*)
        FROM corrections c JOIN articles a ON a.id = c.article_id AND a.deleted_at IS NULL
        WHERE c.healed_at IS NOT NULL AND c.finding_id IN (SELECT v.finding_id FROM veiled_from(viewer) v) GROUP BY a.source_id;
END $$;
-- +goose StatementEnd

CREATE TRIGGER story_decisions_in_sums AFTER INSERT OR UPDATE OR DELETE ON story_decisions FOR EACH ROW EXECUTE FUNCTION tallies_change_sums();

CREATE OR REPLACE VIEW sums_counted AS
    SELECT x.part, x.about, x.key, sum(x.n)::bigint AS n FROM (
        SELECT 'all' AS part, '00000000-0000-0000-0000-000000000000'::uuid AS about, 'stories' AS key, count(*) AS n
            FROM stories WHERE deleted_at IS NULL
        UNION ALL SELECT v.* FROM story_tallies t JOIN stories s ON s.id = t.story_id AND s.deleted_at IS NULL CROSS JOIN LATERAL sums_of(t) v
        UNION ALL SELECT v.* FROM story_kinds t JOIN stories s ON s.id = t.story_id AND s.deleted_at IS NULL CROSS JOIN LATERAL sums_of(t) v
        UNION ALL SELECT v.* FROM source_tallies t JOIN stories s ON s.id = t.story_id AND s.deleted_at IS NULL CROSS JOIN LATERAL sums_of(t) v
        UNION ALL SELECT v.* FROM source_kinds t JOIN stories s ON s.id = t.story_id AND s.deleted_at IS NULL CROSS JOIN LATERAL sums_of(t) v
        UNION ALL SELECT v.* FROM story_frames t JOIN stories s ON s.id = t.story_id AND s.deleted_at IS NULL CROSS JOIN LATERAL sums_of(t) v
        UNION ALL SELECT v.* FROM story_decisions t JOIN stories s ON s.id = t.story_id AND s.deleted_at IS NULL CROSS JOIN LATERAL sums_of(t) v
        UNION ALL SELECT 'source', source_id, 'articles', count(*) FROM articles WHERE deleted_at IS NULL GROUP BY source_id
        UNION ALL SELECT 'source', source_id, 'stories', count(DISTINCT story_id) FROM articles WHERE deleted_at IS NULL GROUP BY source_id
        UNION ALL SELECT 'source', a.source_id, 'relayed', count(*) FROM articles a JOIN sources s ON s.id = a.source_id
            WHERE a.deleted_at IS NULL AND a.origin_known AND a.origin <> '' AND lower(a.origin) <> lower(s.name) GROUP BY a.source_id
        UNION ALL SELECT CASE WHEN origin_known THEN 'origin.known' ELSE 'origin.unknown' END, source_id, left(origin, 500), count(*)
            FROM articles WHERE deleted_at IS NULL AND origin <> '' GROUP BY 1, 2, 3
        UNION ALL SELECT 'source', a.source_id, 'corrected', count(*) FROM corrections c JOIN articles a ON a.id = c.article_id
            WHERE c.healed_at IS NOT NULL AND a.deleted_at IS NULL GROUP BY a.source_id) x
    GROUP BY x.part, x.about, x.key HAVING sum(x.n) <> 0;
