-- +goose Up

-- A finding that is reviewed blind: until all reviewers have answered, none of them
-- sees what the machine or another says of it. Revealed is set when all have
-- answered or it was called off.
CREATE TABLE blind_reviews (
    id          uuid PRIMARY KEY,
    story_id    uuid NOT NULL REFERENCES stories ON DELETE CASCADE,
    finding_id  uuid REFERENCES findings ON DELETE SET NULL,
    asked_by    uuid NOT NULL REFERENCES users,
    created_at  timestamptz NOT NULL,
    revealed_at timestamptz
);
CREATE INDEX blind_reviews_open ON blind_reviews (finding_id) WHERE revealed_at IS NULL;
CREATE INDEX blind_reviews_finding ON blind_reviews (finding_id, id DESC);
CREATE INDEX blind_reviews_story ON blind_reviews (story_id, id DESC);

CREATE TABLE blind_reviewers (
    blind_id    uuid NOT NULL REFERENCES blind_reviews ON DELETE CASCADE,
    user_id     uuid NOT NULL REFERENCES users,
    answered_at timestamptz,
    review_id   uuid REFERENCES reviews ON DELETE SET NULL,
    PRIMARY KEY (blind_id, user_id)
);
CREATE INDEX blind_reviewers_user ON blind_reviewers (user_id) WHERE answered_at IS NULL;

-- What is read for a person is read through the functions below. A viewer is a
-- user's id, '' for a stranger, to whom every open blind review is veiled, and null
-- for the service itself, which sees all.
CREATE FUNCTION veiled_from(viewer text) RETURNS TABLE (finding_id uuid) LANGUAGE sql STABLE AS $$
    SELECT b.finding_id FROM blind_reviews b
    WHERE b.revealed_at IS NULL AND viewer IS NOT NULL
      AND (viewer = '' OR EXISTS (SELECT FROM blind_reviewers r WHERE r.blind_id = b.id AND r.user_id::text = viewer))
$$;

-- The veiled findings are gathered into an array, once for a statement: so the
-- planner still finds findings by a key that it is given. In a join it does so only
-- behind LATERAL with OFFSET 0.

-- Of a veiled finding only what is named here is shown: whatever a finding gains
-- later is veiled too until it is named. It comes first in lists, wherever it stood.
CREATE FUNCTION findings_for(viewer text) RETURNS SETOF findings LANGUAGE sql STABLE AS $$
    SELECT f.* FROM findings f WHERE NOT f.id = ANY (ARRAY (SELECT v.finding_id FROM veiled_from(viewer) v WHERE v.finding_id IS NOT NULL))
    UNION ALL
    SELECT (jsonb_populate_record(NULL::findings, jsonb_build_object('id', f.id, 'story_id', f.story_id,
        'summary', f.summary, 'corroborated', false, 'sources', f.sources, 'origins', f.origins, 'reviewed', false,
        'stale_review', false, 'rank', -1, 'created_at', f.created_at, 'updated_at', f.created_at))).*
    FROM findings f WHERE f.id = ANY (ARRAY (SELECT v.finding_id FROM veiled_from(viewer) v))
$$;

CREATE FUNCTION positions_for(viewer text) RETURNS SETOF positions LANGUAGE sql STABLE AS $$
    SELECT p.* FROM positions p
    WHERE NOT p.finding_id = ANY (ARRAY (SELECT v.finding_id FROM veiled_from(viewer) v WHERE v.finding_id IS NOT NULL))
$$;

CREATE FUNCTION differences_for(viewer text) RETURNS SETOF differences LANGUAGE sql STABLE AS $$
    SELECT d.* FROM differences d
    WHERE NOT d.finding_id = ANY (ARRAY (SELECT v.finding_id FROM veiled_from(viewer) v WHERE v.finding_id IS NOT NULL))
$$;

-- The order of a finding's claims and their positions tell how they part: veiled
-- they come in the order in which they were stored.
CREATE FUNCTION finding_claims_for(viewer text) RETURNS SETOF finding_claims LANGUAGE sql STABLE AS $$
    SELECT c.* FROM finding_claims c
    WHERE NOT c.finding_id = ANY (ARRAY (SELECT v.finding_id FROM veiled_from(viewer) v WHERE v.finding_id IS NOT NULL))
    UNION ALL
    SELECT (jsonb_populate_record(NULL::finding_claims, jsonb_build_object('claim_id', c.claim_id,
        'finding_id', c.finding_id, 'ordinal', 0, 'origin', '', 'origin_known', false))).*
    FROM finding_claims c WHERE c.finding_id = ANY (ARRAY (SELECT v.finding_id FROM veiled_from(viewer) v))
$$;

-- Nor are the cleared pairs shown that touch a claim of a veiled finding.
CREATE FUNCTION veiled_claims(viewer text) RETURNS TABLE (claim_id uuid) LANGUAGE sql STABLE AS $$
    SELECT c.claim_id FROM veiled_from(viewer) v JOIN finding_claims c ON c.finding_id = v.finding_id
$$;

CREATE FUNCTION cleared_for(viewer text) RETURNS SETOF cleared_pairs LANGUAGE sql STABLE AS $$
    SELECT p.* FROM cleared_pairs p
    WHERE NOT p.claim_a = ANY (ARRAY (SELECT v.claim_id FROM veiled_claims(viewer) v))
      AND NOT p.claim_b = ANY (ARRAY (SELECT v.claim_id FROM veiled_claims(viewer) v))
$$;

CREATE FUNCTION corrections_for(viewer text) RETURNS SETOF corrections LANGUAGE sql STABLE AS $$
    SELECT c.* FROM corrections c
    WHERE c.finding_id IS NULL
       OR NOT c.finding_id = ANY (ARRAY (SELECT v.finding_id FROM veiled_from(viewer) v WHERE v.finding_id IS NOT NULL))
$$;

-- One's own reviews stay in sight.
CREATE FUNCTION reviews_for(viewer text) RETURNS SETOF reviews LANGUAGE sql STABLE AS $$
    SELECT r.* FROM reviews r
    WHERE r.finding_id IS NULL OR r.author_id::text = viewer
       OR NOT r.finding_id = ANY (ARRAY (SELECT v.finding_id FROM veiled_from(viewer) v WHERE v.finding_id IS NOT NULL))
$$;
