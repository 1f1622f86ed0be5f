-- +goose Up

-- The title is a part of what was received. Edited marks what a person here wrote in
-- place of what the publisher sent.
ALTER TABLE revisions ADD COLUMN title text NOT NULL DEFAULT '';
ALTER TABLE revisions ADD COLUMN edited boolean NOT NULL DEFAULT false;
ALTER TABLE revisions DISABLE TRIGGER revisions_are_final;
UPDATE revisions r SET title = a.title, edited = r.number > 1 FROM articles a WHERE a.id = r.article_id;
ALTER TABLE revisions ENABLE TRIGGER revisions_are_final;
-- An older text of a source is recognised when it comes again.
CREATE INDEX revisions_content ON revisions (sha256);

-- How a revision differs from the one before it.
CREATE TABLE revision_changes (
    revision_id    uuid PRIMARY KEY REFERENCES revisions ON DELETE CASCADE,
    previous_id    uuid NOT NULL REFERENCES revisions ON DELETE CASCADE,
    engine_version text NOT NULL,
    engine_hash    text NOT NULL,
    facts          integer NOT NULL,
    wordings       integer NOT NULL,
    typos          integer NOT NULL,
    notice         text NOT NULL CHECK (notice IN ('', 'correction', 'clarification', 'update', 'note', 'retraction', 'withdrawal')),
    change         jsonb NOT NULL
);
CREATE INDEX revision_changes_previous ON revision_changes (previous_id);

-- A claim that stood in a divergence when its source changed it. It is open until the
-- story is compared again, and kept if the divergence is then gone.
CREATE TABLE corrections (
    id          uuid PRIMARY KEY,
    story_id    uuid NOT NULL REFERENCES stories ON DELETE CASCADE,
    finding_id  uuid REFERENCES findings ON DELETE SET NULL,
    article_id  uuid NOT NULL REFERENCES articles ON DELETE CASCADE,
    revision_id uuid NOT NULL REFERENCES revisions ON DELETE CASCADE,
    kind        text NOT NULL,
    -- What the article told and in which words, and what it tells now; empty where it
    -- tells nothing of it any more.
    was         text NOT NULL,
    was_exact   text NOT NULL,
    now_exact   text NOT NULL DEFAULT '',
    -- Who told it otherwise, and what.
    against     text NOT NULL,
    against_was text NOT NULL,
    healed_at   timestamptz,
    created_at  timestamptz NOT NULL
);
CREATE INDEX corrections_story ON corrections (story_id, id DESC);
CREATE INDEX corrections_finding ON corrections (finding_id, id DESC);
CREATE INDEX corrections_article ON corrections (article_id);
CREATE INDEX corrections_revision ON corrections (revision_id);

-- The claim that was looked at. It keeps its id in a later revision where its passage
-- is certain, and only then is the review still of it.
ALTER TABLE review_claims ADD COLUMN claim_id uuid;
UPDATE review_claims r SET claim_id = c.id
FROM claims c JOIN texts t ON t.id = c.text_id
WHERE c.article_id = r.article_id AND c.hash = r.hash
  AND (t.revision_id <> r.revision_id OR c.start_at = r.start_at AND c.end_at = r.end_at);
