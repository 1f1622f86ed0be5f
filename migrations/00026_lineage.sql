-- +goose Up

-- Which primary wrote what a replica has replayed. Positions in the log of two primaries
-- cannot be compared: after a standby was promoted, a replica that still follows the old
-- primary may be further on and yet lack what was written since. So the primary of the day
-- puts a new name here, which reaches those that follow it, and no other.
CREATE TABLE lineage (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    id       uuid NOT NULL DEFAULT gen_random_uuid(),
    -- The timeline of the primary that gave the name.
    timeline text NOT NULL DEFAULT ''
);
INSERT INTO lineage DEFAULT VALUES;
