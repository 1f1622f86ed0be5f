-- +goose Up

ALTER TABLE stories
    -- The machine adds nothing to a locked story.
    ADD COLUMN locked boolean NOT NULL DEFAULT false;

-- Leads from the id of a merged story to the one that took its articles over.
CREATE TABLE stories_moved (
    id        uuid PRIMARY KEY,
    successor uuid NOT NULL REFERENCES stories ON DELETE CASCADE,
    moved_at  timestamptz NOT NULL
);
CREATE INDEX stories_moved_successor ON stories_moved (successor);

-- Why the machine put an article where it is, and what a person said to that.
CREATE TABLE placements (
    article_id uuid PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    -- 'copy' of an article of the story, near enough by its 'terms', or 'new': nothing
    -- was near enough.
    reason     text NOT NULL CHECK (reason IN ('copy', 'terms', 'new')),
    -- The story that it is nearest to: the one that it joined, or that it almost did.
    nearest_id uuid REFERENCES stories ON DELETE SET NULL,
    score      double precision NOT NULL CHECK (score BETWEEN 0 AND 1),
    -- What it shares with that story's nearest article.
    likeness   jsonb NOT NULL,
    -- A person should look.
    uncertain  boolean NOT NULL,
    placed_at  timestamptz NOT NULL,
    -- When a person settled it, by confirming it or by moving the article.
    settled_at timestamptz,
    settled_by uuid REFERENCES users,
    CHECK ((settled_at IS NULL) = (settled_by IS NULL))
);
CREATE INDEX placements_waiting ON placements (article_id DESC) WHERE uncertain AND settled_at IS NULL;
CREATE INDEX placements_nearest ON placements (nearest_id);

-- In how many articles each term occurs; the empty term stands for all articles.
-- Articles that are removed for good stay counted: they told how common a word is.
CREATE TABLE terms (
    term     text PRIMARY KEY,
    articles bigint NOT NULL
) WITH (fillfactor = 70);

-- The rarest terms of each article, under which it is found again.
CREATE TABLE article_keys (
    key          text NOT NULL,
    published_at timestamptz,
    article_id   uuid NOT NULL REFERENCES articles ON DELETE CASCADE
);
CREATE INDEX article_keys_search ON article_keys (key, published_at DESC NULLS LAST, article_id DESC);
CREATE INDEX article_keys_article ON article_keys (article_id);

-- Fingerprints used to tell names apart from words by their first letter.
UPDATE articles SET fingerprint = jsonb_build_object('terms', (
    SELECT coalesce(jsonb_object_agg(term, weight), '{}') FROM (
        SELECT ltrim(t.key, '=') AS term, max(t.value::float8) AS weight
        FROM jsonb_each_text(fingerprint -> 'terms') t GROUP BY 1) merged))
WHERE fingerprint IS NOT NULL;

INSERT INTO terms (term, articles)
SELECT '', count(*) FROM articles WHERE fingerprint IS NOT NULL
UNION ALL
SELECT t, count(*) FROM articles a, jsonb_object_keys(a.fingerprint -> 'terms') t WHERE a.fingerprint IS NOT NULL GROUP BY t;

INSERT INTO article_keys (key, published_at, article_id)
SELECT k.term, a.published_at, a.id FROM articles a CROSS JOIN LATERAL (
    SELECT f.key AS term FROM jsonb_each_text(a.fingerprint -> 'terms') f JOIN terms t ON t.term = f.key
    ORDER BY f.value::float8 / ln(1 + t.articles) DESC, f.key LIMIT 16) k
WHERE a.fingerprint IS NOT NULL;

-- Candidates are searched by their keys now.
DROP INDEX articles_recent;
