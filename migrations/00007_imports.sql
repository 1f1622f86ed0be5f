-- +goose Up

-- Many articles that were sent at once, one a line.
CREATE TABLE imports (
    id          uuid PRIMARY KEY,
    -- What the sender calls it, such as the name of a file.
    name        text NOT NULL DEFAULT '',
    -- One that is still being received is nobody's yet and goes when its sender does.
    state       text NOT NULL CHECK (state IN ('receiving', 'running', 'done', 'failed')),
    reason      text NOT NULL DEFAULT '',
    -- The lines that are not empty, and how many of them are done, by outcome.
    lines       integer NOT NULL DEFAULT 0,
    bytes       bigint NOT NULL DEFAULT 0,
    created     integer NOT NULL DEFAULT 0,
    known       integer NOT NULL DEFAULT 0,
    revised     integer NOT NULL DEFAULT 0,
    failed      integer NOT NULL DEFAULT 0,
    created_by  uuid REFERENCES users,
    key_id      uuid,
    created_at  timestamptz NOT NULL,
    finished_at timestamptz
);
CREATE INDEX imports_received ON imports (id DESC) WHERE state <> 'receiving';
CREATE INDEX imports_receiving ON imports (created_at) WHERE state = 'receiving';

-- The lines that are still to be stored. A batch goes in the transaction that stores
-- its articles.
CREATE TABLE import_batches (
    import_id  uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    ordinal    integer NOT NULL,
    first_line integer NOT NULL,
    body       bytea NOT NULL,
    PRIMARY KEY (import_id, ordinal)
);

-- What became of each line. The article may be gone by now.
CREATE TABLE import_results (
    import_id  uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    line       integer NOT NULL,
    outcome    text NOT NULL CHECK (outcome IN ('created', 'known', 'revised', 'failed')),
    article_id uuid,
    problem    text NOT NULL DEFAULT '',
    PRIMARY KEY (import_id, line),
    CHECK ((outcome = 'failed') = (article_id IS NULL))
);
CREATE INDEX import_results_failed ON import_results (import_id, line) WHERE outcome = 'failed';
