-- +goose Up

-- A review belongs to the passages that were looked at (review_claims). Which
-- finding it is shown with is worked out anew by each comparison.
CREATE TABLE reviews (
    id          uuid PRIMARY KEY,
    story_id    uuid NOT NULL REFERENCES stories ON DELETE CASCADE,
    finding_id  uuid REFERENCES findings ON DELETE SET NULL,
    alignment   text NOT NULL DEFAULT '' CHECK (alignment IN ('', 'confirmed', 'rejected')),
    verdict     text CHECK (verdict IN ('agree', 'diverge', 'single')),
    differences jsonb NOT NULL,
    cleared     jsonb NOT NULL,
    note        text NOT NULL DEFAULT '',
    author_id   uuid NOT NULL REFERENCES users,
    key_id      uuid,
    stale       boolean NOT NULL DEFAULT false,
    created_at  timestamptz NOT NULL
);
CREATE INDEX reviews_finding ON reviews (finding_id, id DESC);
CREATE INDEX reviews_story ON reviews (story_id, id DESC);

-- The anchors of the claims as they were when the review was written. They name
-- rows that may be gone by now, so they refer to none.
CREATE TABLE review_claims (
    review_id   uuid NOT NULL REFERENCES reviews ON DELETE CASCADE,
    ordinal     integer NOT NULL,
    article_id  uuid NOT NULL,
    revision_id uuid NOT NULL,
    start_at    integer NOT NULL,
    end_at      integer NOT NULL,
    hash        bytea NOT NULL CHECK (length(hash) = 32),
    exact       text NOT NULL,
    PRIMARY KEY (review_id, ordinal)
);
