-- +goose Up

-- What people change about the claims of an article. An edit says which passages
-- were claims before it and which are after it, in the text that the person saw. It
-- is applied whenever the article is read, in later texts only where its passages
-- certainly stand. It is never changed but for being undone.
CREATE TABLE claim_edits (
    id         uuid PRIMARY KEY,
    article_id uuid NOT NULL REFERENCES articles ON DELETE CASCADE,
    text_id    uuid NOT NULL REFERENCES texts ON DELETE CASCADE,
    kind       text NOT NULL CHECK (kind IN ('add', 'adjust', 'split', 'merge', 'drop', 'judge')),
    -- Of a judgement: why the claim cannot be checked, empty where it can.
    reason     text NOT NULL DEFAULT '',
    author_id  uuid NOT NULL REFERENCES users,
    key_id     uuid,
    created_at timestamptz NOT NULL,
    undone_by  uuid REFERENCES users,
    undone_at  timestamptz,
    CHECK ((undone_by IS NULL) = (undone_at IS NULL))
);
CREATE INDEX claim_edits_article ON claim_edits (article_id, id);
CREATE INDEX claim_edits_text ON claim_edits (text_id);

-- The passages of an edit by place and words. claim_id is the claim that each is,
-- and finding_id the finding that it stood in; their rows may be gone by now or are
-- still to come, so neither refers to one.
CREATE TABLE claim_edit_passages (
    edit_id    uuid NOT NULL REFERENCES claim_edits ON DELETE CASCADE,
    after      boolean NOT NULL,
    ordinal    integer NOT NULL,
    claim_id   uuid NOT NULL,
    finding_id uuid,
    start_at   integer NOT NULL CHECK (start_at >= 0),
    end_at     integer NOT NULL CHECK (end_at > start_at),
    exact      text NOT NULL CHECK (char_length(exact) = end_at - start_at),
    hash       bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (edit_id, after, ordinal)
);
CREATE INDEX claim_edit_passages_claim ON claim_edit_passages (claim_id);

-- The newest edit that made the claim what it is, null for one of the engine's alone.
ALTER TABLE claims ADD COLUMN edit_id uuid REFERENCES claim_edits ON DELETE SET NULL;
CREATE INDEX claims_edit ON claims (edit_id) WHERE edit_id IS NOT NULL;
