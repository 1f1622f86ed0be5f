-- +goose Up

-- What somebody did to findings in one go, so that it can be taken back in one go.
CREATE TABLE desk_actions (
    id         uuid PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES users,
    kind       text NOT NULL CHECK (kind IN ('review', 'assign', 'seen')),
    findings   integer NOT NULL CHECK (findings > 0),
    -- Of 'seen': for each finding the edition that was seen before, null for none.
    before     jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    undone_at  timestamptz
);
CREATE INDEX desk_actions_last ON desk_actions (user_id, id DESC) WHERE undone_at IS NULL;

-- A blind review: what it is on, what the machine said when it was revealed.
ALTER TABLE blind_reviews
    ADD COLUMN note            text NOT NULL DEFAULT '',
    -- The passages that were asked about, as passages_of gives them.
    ADD COLUMN passages        text NOT NULL DEFAULT '',
    ADD COLUMN called_off_by   uuid REFERENCES users,
    -- Why it ended without an answer of everybody, empty where it did not.
    ADD COLUMN called_off      text NOT NULL DEFAULT '' CHECK (called_off IN ('', 'person', 'gone')),
    ADD COLUMN machine_verdict text CHECK (machine_verdict IN ('agree', 'diverge', 'single')),
    ADD COLUMN machine_kinds   text[] NOT NULL DEFAULT '{}',
    -- Whether all gave one verdict, and whether all looked at the same passages.
    ADD COLUMN unanimous       boolean,
    ADD COLUMN uneven          boolean NOT NULL DEFAULT false;

ALTER TABLE blind_reviewers
    ADD COLUMN verdict  text CHECK (verdict IN ('agree', 'diverge', 'single', 'unrelated')),
    ADD COLUMN kinds    text[] NOT NULL DEFAULT '{}',
    ADD COLUMN note     text NOT NULL DEFAULT '',
    -- The passages that the answer is on.
    ADD COLUMN passages text NOT NULL DEFAULT '',
    ADD COLUMN key_id   uuid;

ALTER TABLE reviews
    -- What it means for the machine's word, in one word; 'note' decides nothing.
    ADD COLUMN outcome      text NOT NULL DEFAULT 'note' CHECK (outcome IN ('note', 'confirmed', 'rejected', 'changed')),
    -- The kinds that a blind reviewer says differ.
    ADD COLUMN kinds        text[] NOT NULL DEFAULT '{}',
    -- The blind review that it was an answer in, and the one that it settles.
    ADD COLUMN blind_id     uuid REFERENCES blind_reviews ON DELETE SET NULL,
    ADD COLUMN adjudicates  uuid REFERENCES blind_reviews ON DELETE SET NULL,
    -- False for blind answers that contradict one another: none of them stands.
    ADD COLUMN counts       boolean NOT NULL DEFAULT true,
    ADD COLUMN action_id    uuid REFERENCES desk_actions,
    ADD COLUMN withdrawn_at timestamptz;
CREATE INDEX reviews_action ON reviews (action_id);
CREATE INDEX reviews_adjudicates ON reviews (adjudicates) WHERE adjudicates IS NOT NULL;

UPDATE reviews r SET outcome = CASE
    WHEN r.alignment = 'rejected' THEN 'rejected'
    WHEN r.verdict <> f.verdict OR r.differences @> '[{"decision": "rejected"}]' OR r.cleared @> '[{"decision": "rejected"}]' THEN 'changed'
    WHEN r.alignment <> '' OR r.verdict IS NOT NULL OR r.differences <> '[]' OR r.cleared <> '[]' THEN 'confirmed'
    ELSE 'note' END
FROM reviews o LEFT JOIN findings f ON f.id = o.finding_id WHERE o.id = r.id;

ALTER TABLE findings
    -- What the newest review that stands says of the machine's word; null while that
    -- is a suggestion. Who said so and when.
    ADD COLUMN outcome    text CHECK (outcome IN ('confirmed', 'rejected', 'changed')),
    ADD COLUMN decided_by uuid REFERENCES users,
    ADD COLUMN decided_at timestamptz,
    -- Counts what people should hear of, and when it last went up.
    ADD COLUMN edition    integer NOT NULL DEFAULT 1,
    ADD COLUMN changed_at timestamptz NOT NULL DEFAULT clock_timestamp();
UPDATE findings f SET changed_at = f.updated_at;
UPDATE findings f SET outcome = r.outcome, decided_by = r.author_id, decided_at = r.created_at
FROM (SELECT DISTINCT ON (finding_id) finding_id, outcome, author_id, created_at FROM reviews
      WHERE NOT stale AND outcome <> 'note' ORDER BY finding_id, id DESC) r
WHERE r.finding_id = f.id;
CREATE INDEX findings_changed ON findings (changed_at DESC, id);
CREATE INDEX findings_stale ON findings (id) WHERE stale_review;
CREATE INDEX findings_open ON findings (origins DESC, sources DESC, id) WHERE stands = 'diverge' AND NOT reviewed AND NOT stale_review;

-- What happened to a finding, for those who come back to it.
CREATE TABLE finding_events (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    finding_id uuid NOT NULL REFERENCES findings ON DELETE CASCADE,
    edition    integer NOT NULL,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    what       text NOT NULL CHECK (what IN ('verdict', 'sources', 'stale', 'review', 'withdrawal')),
    was        text NOT NULL DEFAULT '',
    now_is     text NOT NULL DEFAULT '',
    actor_id   uuid REFERENCES users
);
CREATE INDEX finding_events_finding ON finding_events (finding_id, edition);

-- +goose StatementBegin
CREATE FUNCTION note_finding_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stood text := coalesce(OLD.reviewed_verdict, OLD.verdict);
    stands_now text := coalesce(NEW.reviewed_verdict, NEW.verdict);
    gone_stale boolean := NEW.stale_review AND NOT OLD.stale_review;
BEGIN
    IF stood = stands_now AND OLD.sources = NEW.sources AND NOT gone_stale THEN
        RETURN NEW;
    END IF;
    NEW.edition := OLD.edition + 1;
    NEW.changed_at := clock_timestamp();
    INSERT INTO finding_events (finding_id, edition, what, was, now_is)
    SELECT NEW.id, NEW.edition, e.what, e.was, e.now_is FROM (VALUES
        ('verdict', stood, stands_now, stood <> stands_now),
        ('sources', OLD.sources::text, NEW.sources::text, OLD.sources <> NEW.sources),
        ('stale', '', '', gone_stale)) e (what, was, now_is, happened)
    WHERE e.happened;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER findings_note_change BEFORE UPDATE OF verdict, reviewed_verdict, sources, stale_review ON findings
    FOR EACH ROW EXECUTE FUNCTION note_finding_change();

-- The passages of a finding in one word, whatever their order: articles and hashes.
CREATE FUNCTION passages_of(finding uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(md5(string_agg(c.article_id::text || encode(c.hash, 'hex'), ' ' ORDER BY c.article_id, c.hash)), '')
    FROM finding_claims fc JOIN claims c ON c.id = fc.claim_id WHERE fc.finding_id = finding
$$;
UPDATE blind_reviews SET passages = passages_of(finding_id) WHERE revealed_at IS NULL AND finding_id IS NOT NULL;

-- Who is to look at a finding: one person at a time.
CREATE TABLE assignments (
    id          uuid PRIMARY KEY,
    finding_id  uuid NOT NULL REFERENCES findings ON DELETE CASCADE,
    user_id     uuid NOT NULL REFERENCES users,
    assigned_by uuid NOT NULL REFERENCES users,
    due_on      date,
    note        text NOT NULL DEFAULT '',
    action_id   uuid REFERENCES desk_actions,
    created_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    -- What ended it: a review, or an action that gave the finding to somebody else or
    -- took the assignment back.
    review_id   uuid REFERENCES reviews ON DELETE SET NULL,
    ended_by    uuid REFERENCES desk_actions,
    CHECK (ended_at IS NOT NULL OR (review_id IS NULL AND ended_by IS NULL))
);
CREATE UNIQUE INDEX assignments_open ON assignments (finding_id) WHERE ended_at IS NULL;
CREATE INDEX assignments_user ON assignments (user_id, due_on) WHERE ended_at IS NULL;
CREATE INDEX assignments_action ON assignments (action_id);
CREATE INDEX assignments_finding ON assignments (finding_id, id DESC);

-- Which edition of a finding a person has seen, and up to when all was seen.
CREATE TABLE seen_findings (
    user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    finding_id uuid NOT NULL REFERENCES findings ON DELETE CASCADE,
    edition    integer NOT NULL,
    seen_at    timestamptz NOT NULL,
    PRIMARY KEY (user_id, finding_id)
);
CREATE INDEX seen_findings_finding ON seen_findings (finding_id);
CREATE TABLE seen_all (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    at      timestamptz NOT NULL
);
