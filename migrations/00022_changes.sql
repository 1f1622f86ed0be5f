-- +goose Up

-- When anything changed that is shown of a finding, for those who keep a copy and ask
-- what is new. updated_at tells of the machine's word alone, and changed_at of what
-- people should hear of; this goes up with both, with the passages, and with reviews.
ALTER TABLE findings
    ADD COLUMN touched_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Covers what a comparison makes of the finding: claims, positions, differences.
    ADD COLUMN shown_hash text NOT NULL DEFAULT '';
UPDATE findings SET touched_at = greatest(updated_at, changed_at);
CREATE INDEX findings_touched ON findings (touched_at, id);

-- +goose StatementBegin
CREATE FUNCTION touch_finding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Generated columns are not worked out yet; what they are made of is compared.
    NEW.stands := OLD.stands;
    NEW.rank := OLD.rank;
    IF NEW IS DISTINCT FROM OLD THEN
        NEW.touched_at := clock_timestamp();
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
-- Triggers run in the order of their names: this one sees what findings_note_change did.
CREATE TRIGGER findings_touch BEFORE UPDATE ON findings FOR EACH ROW EXECUTE FUNCTION touch_finding();

-- What comes back from the bin is new to those who were told that it had gone.
-- +goose StatementBegin
CREATE FUNCTION touch_restored() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE findings SET touched_at = clock_timestamp() WHERE story_id = NEW.id;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER stories_restored AFTER UPDATE OF deleted_at ON stories FOR EACH ROW
    WHEN (OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL) EXECUTE FUNCTION touch_restored();

-- A veiled finding does not tell when it was touched.
CREATE OR REPLACE FUNCTION findings_for(viewer text) RETURNS SETOF findings LANGUAGE sql STABLE AS $$
    SELECT f.* FROM findings f WHERE NOT f.id = ANY (ARRAY (SELECT v.finding_id FROM veiled_from(viewer) v WHERE v.finding_id IS NOT NULL))
    UNION ALL
    SELECT (jsonb_populate_record(NULL::findings, jsonb_build_object('id', f.id, 'story_id', f.story_id,
        'summary', f.summary, 'corroborated', false, 'sources', f.sources, 'origins', f.origins, 'reviewed', false,
        'stale_review', false, 'rank', -1, 'created_at', f.created_at, 'updated_at', f.created_at, 'touched_at', f.created_at))).*
    FROM findings f WHERE f.id = ANY (ARRAY (SELECT v.finding_id FROM veiled_from(viewer) v))
$$;
