-- +goose Up
SET LOCAL lock_timeout = '3s';

-- An account that was deleted for good keeps its row under a pseudonym, so that what
-- others build on stays right: who reviewed and who judged stay apart.
ALTER TABLE users
    -- The number of the pseudonym, null for an account that is somebody's.
    ADD COLUMN former       integer,
    ADD COLUMN forgotten_at timestamptz;

-- People who are being forgotten, and what they were called until then: it is looked for
-- in what others wrote. The row goes when that is done.
CREATE TABLE forgetting (
    user_id      uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    names        text[] NOT NULL,
    -- Addresses, and names of two words or more: what means the person in any text.
    pattern      text NOT NULL,
    requested_by uuid NOT NULL REFERENCES users,
    -- From when on nothing that begins knows the person any more.
    settled_from timestamptz,
    -- The last entry of the history that was looked at, and how many were.
    after        uuid,
    looked       bigint NOT NULL DEFAULT 0
);

-- A person who is being forgotten leaves a part of the history: at most so many entries
-- behind one. It gives the last one that it looked at, null where there was none.
-- Publishers' words are left alone.
-- +goose StatementBegin
CREATE FUNCTION forget_person_in_history(person uuid, behind uuid, most integer, OUT last uuid, OUT looked integer) LANGUAGE plpgsql
    SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    pseudonym text;
    called text[];
    means text;
BEGIN
    SELECT u.name, f.names, f.pattern INTO pseudonym, called, means
        FROM users u JOIN forgetting f ON f.user_id = u.id WHERE u.id = person AND u.forgotten_at IS NOT NULL;
    SELECT count(*), (array_agg(e.id ORDER BY e.id DESC))[1] INTO looked, last FROM (
        SELECT id FROM audit WHERE behind IS NULL OR id > behind ORDER BY id LIMIT most) e;
    IF pseudonym IS NULL OR looked = 0 THEN
        looked := 0;
        last := NULL;
        RETURN;
    END IF;
    UPDATE audit SET actor = pseudonym, detail = CASE WHEN split_part(action, '.', 1) IN ('key', 'search', 'webhook') THEN '{}' ELSE detail END
        WHERE (behind IS NULL OR id > behind) AND id <= last AND actor_id = person;
    UPDATE audit d SET detail = (
            SELECT coalesce(jsonb_object_agg(v.key, CASE
                WHEN v.value = ANY (called) THEN pseudonym
                WHEN v.key = 'reviewers' THEN (SELECT string_agg(CASE WHEN r.name = ANY (called) THEN pseudonym ELSE r.name END, ', ' ORDER BY r.n)
                    FROM unnest(string_to_array(v.value, ', ')) WITH ORDINALITY AS r (name, n))
                ELSE regexp_replace(v.value, means, pseudonym, 'gi') END), '{}')
            FROM jsonb_each_text(d.detail) v)
        WHERE (behind IS NULL OR id > behind) AND id <= last AND d.detail <> '{}'
          AND split_part(action, '.', 1) NOT IN ('story', 'article', 'feed')
          AND EXISTS (SELECT FROM jsonb_each_text(d.detail) v
              WHERE v.value = ANY (called) OR v.value ~* means
                 OR v.key = 'reviewers' AND string_to_array(v.value, ', ') && called);
END
$$;
-- +goose StatementEnd

REVOKE ALL ON FUNCTION forget_person_in_history(uuid, uuid, integer) FROM PUBLIC;
