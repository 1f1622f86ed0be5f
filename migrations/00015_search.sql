-- +goose Up

-- Names are looked for without their accents, and typing errors by the letters that
-- words have in common. Both extensions come with PostgreSQL and may be made by the
-- owner of a database.
-- +goose StatementBegin
DO $$
DECLARE
    missing text;
BEGIN
    SELECT string_agg(e, ' and ') INTO missing FROM unnest(ARRAY ['pg_trgm', 'unaccent']) e
    WHERE NOT EXISTS (SELECT FROM pg_available_extensions a WHERE a.name = e);
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'the search needs the extension % of PostgreSQL, which this server lacks: install the package that holds it (postgresql-contrib) and start again', missing;
    END IF;
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE EXTENSION IF NOT EXISTS unaccent;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'the search needs the extensions pg_trgm and unaccent, which the role % may not make: have an administrator of the database run CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent; and start again', current_user;
END $$;
-- +goose StatementEnd

-- English without a list of words that are left out: "US", "WHO", "Will" and "May" are
-- names, and phrases are to be found word by word.
CREATE TEXT SEARCH DICTIONARY news_words (TEMPLATE = snowball, LANGUAGE = english);
CREATE TEXT SEARCH CONFIGURATION news (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION news ALTER MAPPING FOR asciiword, asciihword, hword_asciipart WITH news_words;
ALTER TEXT SEARCH CONFIGURATION news ALTER MAPPING FOR word, hword, hword_part WITH unaccent, news_words;
-- Names are not brought to a base form.
CREATE TEXT SEARCH CONFIGURATION names (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION names ALTER MAPPING FOR word, hword, hword_part WITH unaccent, simple;

-- A column that is made of others is always right. What is looked for is cut, as a
-- row of words has a greatest length; no claim comes near it.
ALTER TABLE claims ADD COLUMN words tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('news', left(text, 4000))) STORED;
CREATE INDEX claims_words ON claims USING gin (words);

ALTER TABLE stories ADD COLUMN words tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('news', left(title, 4000))) STORED;
CREATE INDEX stories_words ON stories USING gin (words);
CREATE INDEX stories_title_letters ON stories USING gin (title gin_trgm_ops);

ALTER TABLE sources ADD COLUMN words tsvector NOT NULL GENERATED ALWAYS AS
    (to_tsvector('names', left(name, 4000)) || to_tsvector('names', left(domain, 4000))) STORED;
CREATE INDEX sources_words ON sources USING gin (words);
CREATE INDEX sources_name_letters ON sources USING gin (name gin_trgm_ops);

ALTER TABLE corrections ADD COLUMN words tsvector NOT NULL GENERATED ALWAYS AS
    (to_tsvector('news', left(was_exact, 4000) || ' ' || left(now_exact, 4000))) STORED;
CREATE INDEX corrections_words ON corrections USING gin (words);

-- An article's title (weight A) and the text of its current revision (weight D). It
-- is a table of its own, as articles are changed often and texts are kept for old
-- revisions too.
CREATE TABLE article_words (
    article_id uuid PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    words      tsvector NOT NULL
);
CREATE INDEX article_words_words ON article_words USING gin (words);

-- The words of a title and a text. Very long texts may have more words than a row can
-- hold: of those the beginning is looked for.
-- +goose StatementBegin
CREATE FUNCTION words_of(title text, body text) RETURNS tsvector LANGUAGE plpgsql STABLE AS $$
DECLARE
    head CONSTANT tsvector := setweight(to_tsvector('news', left(title, 4000)), 'A');
    most integer := 1000000;
BEGIN
    IF octet_length(body) <= 100000 THEN
        RETURN head || to_tsvector('news', body);
    END IF;
    LOOP
        BEGIN
            RETURN head || to_tsvector('news', left(body, most));
        EXCEPTION WHEN program_limit_exceeded THEN
            most := most / 4;
        END;
    END LOOP;
END $$;

CREATE FUNCTION keep_article_words(article uuid) RETURNS void LANGUAGE sql AS $$
    INSERT INTO article_words AS w (article_id, words)
    SELECT a.id, words_of(a.title, coalesce(t.body, ''))
    FROM articles a LEFT JOIN LATERAL (
        SELECT body FROM texts WHERE revision_id = a.revision_id ORDER BY id DESC LIMIT 1) t ON true
    WHERE a.id = article
    ON CONFLICT (article_id) DO UPDATE SET words = excluded.words WHERE w.words <> excluded.words
$$;

CREATE FUNCTION text_gives_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM keep_article_words(a.id) FROM articles a JOIN revisions r ON r.article_id = a.id
    WHERE r.id = NEW.revision_id AND a.revision_id = NEW.revision_id;
    RETURN NULL;
END $$;

-- A revision that was not read yet leaves the words of the one before.
CREATE FUNCTION article_gives_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.title <> OLD.title OR EXISTS (SELECT FROM texts WHERE revision_id = NEW.revision_id) THEN
        PERFORM keep_article_words(NEW.id);
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER texts_have_words AFTER INSERT ON texts FOR EACH ROW EXECUTE FUNCTION text_gives_words();
CREATE TRIGGER articles_have_words AFTER INSERT OR UPDATE OF title, revision_id ON articles
    FOR EACH ROW EXECUTE FUNCTION article_gives_words();
INSERT INTO article_words (article_id, words)
SELECT a.id, words_of(a.title, coalesce(t.body, ''))
FROM articles a LEFT JOIN LATERAL (
    SELECT body FROM texts WHERE revision_id = a.revision_id ORDER BY id DESC LIMIT 1) t ON true;

-- Words that are near a word that nothing was found for.
CREATE INDEX terms_letters ON terms USING gin (term gin_trgm_ops);

-- What changed last, for filters and feeds without words.
CREATE INDEX findings_updated ON findings (updated_at DESC, id DESC);
CREATE INDEX corrections_healed ON corrections (id DESC) WHERE healed_at IS NOT NULL;

-- A search that a person keeps, for that person alone.
CREATE TABLE saved_searches (
    id         uuid PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    name       text NOT NULL CHECK (name <> ''),
    query      text NOT NULL CHECK (query <> ''),
    -- Results that came or changed since are new.
    seen_at    timestamptz NOT NULL,
    -- The SHA-256 of the secret in the address of its feed, null where it has none.
    feed_hash  bytea UNIQUE CHECK (length(feed_hash) = 32),
    version    integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX saved_searches_user ON saved_searches (user_id, id DESC);
