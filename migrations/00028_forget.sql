-- +goose Up

-- The role that serves may add to the history and change nothing in it. What people have a
-- right to have forgotten goes through these functions, which belong to the owner of the
-- schema and do no more than that.

-- The words of articles that are in the bin, or whose story is, leave the history.
-- +goose StatementBegin
CREATE FUNCTION erase_in_history(articles_in_bin uuid[]) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    gone uuid[] := ARRAY(SELECT a.id FROM articles a LEFT JOIN stories s ON s.id = a.story_id
        WHERE a.id = ANY (articles_in_bin) AND (a.deleted_at IS NOT NULL OR s.deleted_at IS NOT NULL));
    about text[] := ARRAY(SELECT unnest(gone)::text UNION SELECT story_id::text FROM articles WHERE id = ANY (gone) AND story_id IS NOT NULL);
    titles text[] := ARRAY(SELECT title FROM articles WHERE id = ANY (gone) AND title <> ''
        UNION SELECT title FROM revisions WHERE article_id = ANY (gone) AND title <> '');
BEGIN
    UPDATE audit d SET detail = (SELECT coalesce(jsonb_object_agg(key, CASE WHEN value = ANY (titles) THEN '' ELSE value END), '{}')
            FROM jsonb_each_text(d.detail))
        WHERE d.object = ANY (about);
    UPDATE audit SET detail = jsonb_build_object('article', detail ->> 'article')
        WHERE detail ->> 'article' = ANY (ARRAY(SELECT unnest(gone)::text));
END
$$;
-- +goose StatementEnd

-- The titles of stories that are in the bin leave the history.
CREATE FUNCTION erase_titles_in_history(stories_in_bin uuid[]) RETURNS void LANGUAGE sql
    SECURITY DEFINER SET search_path FROM CURRENT AS $$
    UPDATE audit SET detail = detail - ARRAY['title', 'from', 'to']
        WHERE object IN (SELECT id::text FROM stories WHERE id = ANY (stories_in_bin) AND deleted_at IS NOT NULL) AND starts_with(action, 'story.')
$$;

-- What is older than a moment is forgotten, and nothing that is younger than 30 days.
CREATE FUNCTION forget_history(before timestamptz) RETURNS void LANGUAGE sql
    SECURITY DEFINER SET search_path FROM CURRENT AS $$
    DELETE FROM audit WHERE at < least(before, now() - interval '30 days')
$$;

REVOKE ALL ON FUNCTION erase_in_history(uuid[]), erase_titles_in_history(uuid[]), forget_history(timestamptz) FROM PUBLIC;
