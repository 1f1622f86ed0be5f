-- +goose Up

-- Sources that were removed with all their articles, to be taken back as a whole. The row
-- goes when that is done, or with the source.
CREATE TABLE source_removals (
    source_id    uuid PRIMARY KEY REFERENCES sources ON DELETE CASCADE,
    state        text NOT NULL CHECK (state IN ('removing', 'removed', 'restoring', 'erasing')),
    -- When its articles went to the bin: all of them bear this time.
    removed_at   timestamptz NOT NULL,
    requested_by uuid REFERENCES users,
    -- How many articles the present step is about, and how many of them are done.
    articles     integer NOT NULL,
    done         integer NOT NULL DEFAULT 0
);
