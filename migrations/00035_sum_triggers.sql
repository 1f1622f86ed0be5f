-- +goose Up
SET LOCAL lock_timeout = '3s';

-- The functions of triggers run with the owner's rights: while an upgrade goes on the role
-- that serves has none on the new tables yet. What a transaction writes under the lock of
-- a story is counted once, as another with the same story waits for it.

-- +goose StatementBegin
CREATE FUNCTION tallies_change_sums() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT FROM stories WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.story_id ELSE NEW.story_id END AND deleted_at IS NULL) THEN
        INSERT INTO sum_changes (part, about, key, n)
        SELECT x.part, x.about, x.key, sum(x.n) FROM (
            SELECT a.part, a.about, a.key, a.n FROM sums_of(NEW) a WHERE TG_OP <> 'DELETE'
            UNION ALL SELECT b.part, b.about, b.key, -b.n FROM sums_of(OLD) b WHERE TG_OP <> 'INSERT') x
        GROUP BY x.part, x.about, x.key HAVING sum(x.n) <> 0;
    END IF;
    RETURN NULL;
END $$;

-- A story comes, goes to the bin with all that it counts, or comes back.
CREATE FUNCTION story_changes_sums() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    -- Also true for OLD where there is none.
    live CONSTANT boolean := TG_OP <> 'DELETE' AND NEW.deleted_at IS NULL;
    id   CONSTANT uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
    INSERT INTO sum_changes (part, about, key, n)
    SELECT x.part, x.about, x.key, sum(CASE WHEN live THEN x.n ELSE -x.n END) FROM (
        SELECT 'all' AS part, '00000000-0000-0000-0000-000000000000'::uuid AS about, 'stories' AS key, 1 AS n
        UNION ALL SELECT * FROM sums_of_stories(ARRAY [id])) x
    GROUP BY x.part, x.about, x.key;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
-- +goose StatementEnd

-- One article outside the bin, more or less.
CREATE TYPE article_count AS (article_id uuid, source_id uuid, story_id uuid, origin text, origin_known boolean, n integer);

-- +goose StatementBegin
CREATE FUNCTION count_articles(counts article_count[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
    INSERT INTO sum_changes (part, about, key, n)
    SELECT x.part, x.about, x.key, sum(x.n) FROM (
        SELECT 'source' AS part, c.source_id AS about, 'articles' AS key, c.n FROM unnest(counts) c
        UNION ALL SELECT CASE WHEN c.origin_known THEN 'origin.known' ELSE 'origin.unknown' END, c.source_id, left(c.origin, 500), c.n
            FROM unnest(counts) c WHERE c.origin <> ''
        UNION ALL SELECT 'source', c.source_id, 'relayed', c.n FROM unnest(counts) c JOIN sources s ON s.id = c.source_id
            WHERE c.origin_known AND c.origin <> '' AND lower(c.origin) <> lower(s.name)
        UNION ALL SELECT 'source', c.source_id, 'corrected', c.n FROM unnest(counts) c
            JOIN corrections k ON k.article_id = c.article_id AND k.healed_at IS NOT NULL
        -- How many stories a source is in: whether it was in this one before, and is now.
        UNION ALL SELECT 'source', p.source_id, 'stories', (a.articles > 0)::integer - (a.articles - p.n > 0)::integer
            FROM (SELECT c.source_id, c.story_id, sum(c.n) AS n FROM unnest(counts) c WHERE c.story_id IS NOT NULL GROUP BY 1, 2) p
            CROSS JOIN LATERAL (SELECT count(*) AS articles FROM articles o
                WHERE o.story_id = p.story_id AND o.source_id = p.source_id AND o.deleted_at IS NULL) a) x
    GROUP BY x.part, x.about, x.key HAVING sum(x.n) <> 0
$$;

CREATE FUNCTION articles_change_sums() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    counts article_count[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        counts := ARRAY (SELECT (id, source_id, story_id, origin, origin_known, 1)::article_count FROM came WHERE deleted_at IS NULL);
    ELSIF TG_OP = 'DELETE' THEN
        counts := ARRAY (SELECT (id, source_id, story_id, origin, origin_known, -1)::article_count FROM went WHERE deleted_at IS NULL);
    ELSE
        counts := ARRAY (
            SELECT (id, x.source_id, x.story_id, x.origin, x.origin_known, x.n)::article_count
            FROM went o JOIN came c USING (id) CROSS JOIN LATERAL (VALUES
                (o.source_id, o.story_id, o.origin, o.origin_known, o.deleted_at IS NULL, -1),
                (c.source_id, c.story_id, c.origin, c.origin_known, c.deleted_at IS NULL, 1)) x (source_id, story_id, origin, origin_known, live, n)
            WHERE x.live AND (o.source_id, o.story_id, o.origin, o.origin_known, o.deleted_at IS NULL)
                IS DISTINCT FROM (c.source_id, c.story_id, c.origin, c.origin_known, c.deleted_at IS NULL));
    END IF;
    IF counts <> '{}' THEN
        PERFORM count_articles(counts);
    END IF;
    RETURN NULL;
END $$;

-- The corrections of an article are gone by the time that a deletion is counted.
CREATE FUNCTION article_takes_corrections() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO sum_changes (part, about, key, n)
    SELECT 'source', OLD.source_id, 'corrected', -count(*) FROM corrections WHERE article_id = OLD.id AND healed_at IS NOT NULL HAVING count(*) > 0;
    RETURN OLD;
END $$;

CREATE FUNCTION correction_changes_sums() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO sum_changes (part, about, key, n)
    SELECT 'source', a.source_id, 'corrected', sum(x.n) FROM (
        SELECT NEW.article_id AS article_id, 1 AS n WHERE TG_OP <> 'DELETE' AND NEW.healed_at IS NOT NULL
        UNION ALL SELECT OLD.article_id, -1 WHERE TG_OP <> 'INSERT' AND OLD.healed_at IS NOT NULL) x
    JOIN articles a ON a.id = x.article_id AND a.deleted_at IS NULL GROUP BY a.source_id HAVING sum(x.n) <> 0;
    RETURN NULL;
END $$;

-- What a source has from itself is nothing that it relays.
CREATE FUNCTION source_name_changes_sums() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO sum_changes (part, about, key, n)
    SELECT 'source', NEW.id, 'relayed', sum(CASE lower(s.key) WHEN lower(OLD.name) THEN s.n ELSE -s.n END) FROM sums_now s
    WHERE s.part = 'origin.known' AND s.about = NEW.id AND lower(s.key) IN (lower(OLD.name), lower(NEW.name)) HAVING count(*) > 0;
    RETURN NULL;
END $$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION count_articles(article_count[]) FROM PUBLIC;

CREATE TRIGGER story_tallies_in_sums AFTER INSERT OR UPDATE OR DELETE ON story_tallies FOR EACH ROW EXECUTE FUNCTION tallies_change_sums();
CREATE TRIGGER story_kinds_in_sums AFTER INSERT OR UPDATE OR DELETE ON story_kinds FOR EACH ROW EXECUTE FUNCTION tallies_change_sums();
CREATE TRIGGER source_tallies_in_sums AFTER INSERT OR UPDATE OR DELETE ON source_tallies FOR EACH ROW EXECUTE FUNCTION tallies_change_sums();
CREATE TRIGGER source_kinds_in_sums AFTER INSERT OR UPDATE OR DELETE ON source_kinds FOR EACH ROW EXECUTE FUNCTION tallies_change_sums();
CREATE TRIGGER story_frames_in_sums AFTER INSERT OR UPDATE OR DELETE ON story_frames FOR EACH ROW EXECUTE FUNCTION tallies_change_sums();
CREATE TRIGGER stories_come_into_sums AFTER INSERT ON stories FOR EACH ROW WHEN (NEW.deleted_at IS NULL) EXECUTE FUNCTION story_changes_sums();
CREATE TRIGGER stories_in_sums AFTER UPDATE OF deleted_at ON stories FOR EACH ROW
    WHEN ((OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL)) EXECUTE FUNCTION story_changes_sums();
-- Before its counts go with it.
CREATE TRIGGER stories_leave_sums BEFORE DELETE ON stories FOR EACH ROW WHEN (OLD.deleted_at IS NULL) EXECUTE FUNCTION story_changes_sums();
CREATE TRIGGER articles_come_into_sums AFTER INSERT ON articles REFERENCING NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION articles_change_sums();
CREATE TRIGGER articles_in_sums AFTER UPDATE ON articles REFERENCING OLD TABLE AS went NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION articles_change_sums();
CREATE TRIGGER articles_leave_sums AFTER DELETE ON articles REFERENCING OLD TABLE AS went
    FOR EACH STATEMENT EXECUTE FUNCTION articles_change_sums();
CREATE TRIGGER articles_take_corrections BEFORE DELETE ON articles FOR EACH ROW WHEN (OLD.deleted_at IS NULL)
    EXECUTE FUNCTION article_takes_corrections();
CREATE TRIGGER corrections_in_sums AFTER INSERT OR UPDATE OF healed_at, article_id OR DELETE ON corrections
    FOR EACH ROW EXECUTE FUNCTION correction_changes_sums();
CREATE TRIGGER sources_in_sums AFTER UPDATE OF name ON sources FOR EACH ROW
    WHEN (lower(OLD.name) <> lower(NEW.name)) EXECUTE FUNCTION source_name_changes_sums();

-- The figures as they come out when everything is counted anew.
CREATE VIEW sums_counted AS
    SELECT x.part, x.about, x.key, sum(x.n)::bigint AS n FROM (
        SELECT 'all' AS part, '00000000-0000-0000-0000-000000000000'::uuid AS about, 'stories' AS key, count(*) AS n
            FROM stories WHERE deleted_at IS NULL
        UNION ALL SELECT v.* FROM story_tallies t JOIN stories s ON s.id = t.story_id AND s.deleted_at IS NULL CROSS JOIN LATERAL sums_of(t) v
        UNION ALL SELECT v.* FROM story_kinds t JOIN stories s ON s.id = t.story_id AND s.deleted_at IS NULL CROSS JOIN LATERAL sums_of(t) v
        UNION ALL SELECT v.* FROM source_tallies t JOIN stories s ON s.id = t.story_id AND s.deleted_at IS NULL CROSS JOIN LATERAL sums_of(t) v
        UNION ALL SELECT v.* FROM source_kinds t JOIN stories s ON s.id = t.story_id AND s.deleted_at IS NULL CROSS JOIN LATERAL sums_of(t) v
        UNION ALL SELECT v.* FROM story_frames t JOIN stories s ON s.id = t.story_id AND s.deleted_at IS NULL CROSS JOIN LATERAL sums_of(t) v
        UNION ALL SELECT 'source', source_id, 'articles', count(*) FROM articles WHERE deleted_at IS NULL GROUP BY source_id
        UNION ALL SELECT 'source', source_id, 'stories', count(DISTINCT story_id) FROM articles WHERE deleted_at IS NULL GROUP BY source_id
        UNION ALL SELECT 'source', a.source_id, 'relayed', count(*) FROM articles a JOIN sources s ON s.id = a.source_id
            WHERE a.deleted_at IS NULL AND a.origin_known AND a.origin <> '' AND lower(a.origin) <> lower(s.name) GROUP BY a.source_id
        UNION ALL SELECT CASE WHEN origin_known THEN 'origin.known' ELSE 'origin.unknown' END, source_id, left(origin, 500), count(*)
            FROM articles WHERE deleted_at IS NULL AND origin <> '' GROUP BY 1, 2, 3
        UNION ALL SELECT 'source', a.source_id, 'corrected', count(*) FROM corrections c JOIN articles a ON a.id = c.article_id
            WHERE c.healed_at IS NOT NULL AND a.deleted_at IS NULL GROUP BY a.source_id) x
    GROUP BY x.part, x.about, x.key HAVING sum(x.n) <> 0;

-- Sets right what is other than counted. It sees one state of all tables, with the rows of
-- sum_changes that belong to it, so others may write meanwhile.
-- +goose StatementBegin
CREATE FUNCTION mend_sums() RETURNS void LANGUAGE sql AS $$
    INSERT INTO sum_changes (part, about, key, n)
    SELECT part, about, key, coalesce(c.n, 0) - coalesce(s.n, 0)
    FROM sums_counted c FULL JOIN sums_now s USING (part, about, key) WHERE c.n IS DISTINCT FROM s.n
$$;
-- +goose StatementEnd
