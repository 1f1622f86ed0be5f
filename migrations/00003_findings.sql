-- +goose Up

CREATE TABLE findings (
    id               uuid PRIMARY KEY,
    story_id         uuid NOT NULL REFERENCES stories ON DELETE CASCADE,
    summary          text NOT NULL,
    verdict          text NOT NULL CHECK (verdict IN ('agree', 'diverge', 'single')),
    score            double precision CHECK (score BETWEEN 0 AND 1),
    corroborated     boolean NOT NULL,
    sources          integer NOT NULL CHECK (sources > 0),
    origins          integer NOT NULL CHECK (origins > 0),
    -- What the newest review that is not stale says, if it says so.
    reviewed_verdict text CHECK (reviewed_verdict IN ('agree', 'diverge', 'single')),
    reviewed         boolean NOT NULL DEFAULT false,
    stale_review     boolean NOT NULL DEFAULT false,
    -- The verdict that stands, and its place in lists: divergences first.
    stands           text NOT NULL GENERATED ALWAYS AS (coalesce(reviewed_verdict, verdict)) STORED,
    rank             smallint NOT NULL GENERATED ALWAYS AS
                         (CASE coalesce(reviewed_verdict, verdict) WHEN 'diverge' THEN 0 WHEN 'agree' THEN 1 ELSE 2 END) STORED,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL
);
CREATE INDEX findings_list ON findings (story_id, rank, sources DESC, id);

CREATE TABLE positions (
    finding_id uuid NOT NULL REFERENCES findings ON DELETE CASCADE,
    label      text NOT NULL,
    ordinal    integer NOT NULL,
    value      text NOT NULL,
    sources    integer NOT NULL,
    origins    integer NOT NULL,
    PRIMARY KEY (finding_id, label)
);

-- Every claim is in at most one finding, which the key says; that it is in one at
-- all is so once its story was compared.
CREATE TABLE finding_claims (
    claim_id   uuid PRIMARY KEY REFERENCES claims ON DELETE CASCADE,
    finding_id uuid NOT NULL REFERENCES findings ON DELETE CASCADE,
    ordinal    integer NOT NULL,
    position   text,
    FOREIGN KEY (finding_id, position) REFERENCES positions (finding_id, label) ON DELETE CASCADE
);
CREATE INDEX finding_claims_finding ON finding_claims (finding_id, ordinal);

CREATE TABLE differences (
    id          uuid PRIMARY KEY,
    finding_id  uuid NOT NULL REFERENCES findings ON DELETE CASCADE,
    ordinal     integer NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('number', 'time', 'place', 'name', 'action', 'negation', 'certainty',
                    'cause', 'scope', 'quote', 'term', 'attribution')),
    material    boolean NOT NULL,
    claim_a     uuid NOT NULL REFERENCES claims ON DELETE CASCADE,
    claim_b     uuid NOT NULL REFERENCES claims ON DELETE CASCADE,
    value_a     text NOT NULL,
    value_b     text NOT NULL,
    marks_a     jsonb NOT NULL,
    marks_b     jsonb NOT NULL,
    between_who text NOT NULL CHECK (between_who IN ('sources', 'speakers')),
    internal    boolean NOT NULL,
    superseded  boolean NOT NULL,
    explanation text NOT NULL
);
CREATE INDEX differences_finding ON differences (finding_id, ordinal);
CREATE INDEX differences_kind ON differences (kind, finding_id);
CREATE INDEX differences_claim_a ON differences (claim_a);
CREATE INDEX differences_claim_b ON differences (claim_b);

CREATE TABLE cleared_pairs (
    id       uuid PRIMARY KEY,
    story_id uuid NOT NULL REFERENCES stories ON DELETE CASCADE,
    claim_a  uuid NOT NULL REFERENCES claims ON DELETE CASCADE,
    claim_b  uuid NOT NULL REFERENCES claims ON DELETE CASCADE,
    kind     text NOT NULL,
    reason   text NOT NULL
);
CREATE INDEX cleared_pairs_story ON cleared_pairs (story_id, id);
CREATE INDEX cleared_pairs_claim_a ON cleared_pairs (claim_a);
CREATE INDEX cleared_pairs_claim_b ON cleared_pairs (claim_b);

-- Leads from the id of a merged finding to the one that took its claims over.
CREATE TABLE findings_moved (
    id        uuid PRIMARY KEY,
    successor uuid NOT NULL REFERENCES findings ON DELETE CASCADE,
    moved_at  timestamptz NOT NULL
);
CREATE INDEX findings_moved_successor ON findings_moved (successor);

-- One row for each comparison that changed what is stored or confirmed it.
CREATE TABLE analyses (
    id             uuid PRIMARY KEY,
    story_id       uuid NOT NULL REFERENCES stories ON DELETE CASCADE,
    engine_version text NOT NULL,
    engine_hash    text NOT NULL,
    started_at     timestamptz NOT NULL,
    -- How long engine and database took, in milliseconds.
    duration_ms    bigint NOT NULL,
    articles       integer NOT NULL,
    claims         integer NOT NULL,
    findings       integer NOT NULL,
    differences    integer NOT NULL,
    cleared        integer NOT NULL
);
CREATE INDEX analyses_story ON analyses (story_id, id DESC);
