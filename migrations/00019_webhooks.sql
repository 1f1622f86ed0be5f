-- +goose Up

-- What happened that programs outside may hear of, in the words of internal/webhook.
-- A row comes in the transaction of the change that it tells of. Its place in the order
-- of all (seq) is given afterwards, by one publisher at a time: so nothing is committed
-- later under a lower place, and who reads on from a place misses nothing.
CREATE TABLE events (
    n          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id         uuid NOT NULL DEFAULT gen_random_uuid(),
    seq        bigint,
    type       text NOT NULL CHECK (type <> ''),
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- What it is about. An article's story is looked up when the event is published, as
    -- an article is read before it is placed.
    story_id   uuid,
    article_id uuid,
    finding_id uuid,
    review_id  uuid,
    -- The verdict before and after; the reason of a failure; the number of a revision;
    -- the id of what took over.
    was        text NOT NULL DEFAULT '',
    now_is     text NOT NULL DEFAULT ''
);
CREATE INDEX events_new ON events (n) WHERE seq IS NULL;
CREATE UNIQUE INDEX events_seq ON events (seq);
CREATE INDEX events_story ON events (story_id, seq);
CREATE UNIQUE INDEX events_id ON events (id);
CREATE INDEX events_at ON events USING brin (at);

-- The last place that was given. Its row is locked by who publishes.
CREATE TABLE event_places (
    one  boolean PRIMARY KEY DEFAULT true CHECK (one),
    last bigint NOT NULL
);
INSERT INTO event_places (last) VALUES (0);

-- +goose StatementBegin
CREATE FUNCTION announce_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('story_progress', 'events');
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER events_announce AFTER INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION announce_events();

-- The changes that are told of.

-- +goose StatementBegin
CREATE FUNCTION tell_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events (type, article_id, now_is) VALUES ('article.' || NEW.status, NEW.id, NEW.reason);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER articles_tell AFTER UPDATE OF status ON articles FOR EACH ROW
    WHEN (OLD.status <> NEW.status AND NEW.status IN ('ready', 'failed', 'not_analysed')) EXECUTE FUNCTION tell_article();

-- A page whose text a person mended before it was stored has two revisions at once.
-- +goose StatementBegin
CREATE FUNCTION tell_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events (type, article_id, now_is) VALUES ('article.changed', NEW.article_id, NEW.number::text);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER revisions_tell AFTER INSERT ON revisions FOR EACH ROW
    WHEN (NEW.number > 1) EXECUTE FUNCTION tell_revision();

-- +goose StatementBegin
CREATE FUNCTION tell_finding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events (type, story_id, finding_id, now_is) VALUES ('finding.new', NEW.story_id, NEW.id, NEW.verdict);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER findings_tell AFTER INSERT ON findings FOR EACH ROW EXECUTE FUNCTION tell_finding();

-- +goose StatementBegin
CREATE FUNCTION tell_finding_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events (type, story_id, finding_id, was, now_is)
    SELECT CASE NEW.what WHEN 'verdict' THEN 'finding.verdict_changed' ELSE 'review.stale' END, f.story_id, f.id, NEW.was, NEW.now_is
    FROM findings f WHERE f.id = NEW.finding_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER finding_events_tell AFTER INSERT ON finding_events FOR EACH ROW
    WHEN (NEW.what IN ('verdict', 'stale')) EXECUTE FUNCTION tell_finding_event();

-- +goose StatementBegin
CREATE FUNCTION tell_finding_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events (type, story_id, finding_id, now_is)
    SELECT 'finding.merged', f.story_id, NEW.id, NEW.successor::text FROM findings f WHERE f.id = NEW.successor;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER findings_moved_tell AFTER INSERT ON findings_moved FOR EACH ROW EXECUTE FUNCTION tell_finding_moved();

-- +goose StatementBegin
CREATE FUNCTION tell_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events (type, story_id, finding_id, review_id)
    VALUES (CASE TG_OP WHEN 'INSERT' THEN 'review.created' ELSE 'review.withdrawn' END, NEW.story_id, NEW.finding_id, NEW.id);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER reviews_tell AFTER INSERT ON reviews FOR EACH ROW EXECUTE FUNCTION tell_review();
CREATE TRIGGER reviews_withdrawn_tell AFTER UPDATE OF withdrawn_at ON reviews FOR EACH ROW
    WHEN (OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL) EXECUTE FUNCTION tell_review();

-- +goose StatementBegin
CREATE FUNCTION tell_story() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'analyses' THEN
        INSERT INTO events (type, story_id) VALUES ('story.compared', NEW.story_id);
    ELSE
        INSERT INTO events (type, story_id, now_is) VALUES ('story.merged', NEW.id, NEW.successor::text);
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER analyses_tell AFTER INSERT ON analyses FOR EACH ROW EXECUTE FUNCTION tell_story();
CREATE TRIGGER stories_moved_tell AFTER INSERT ON stories_moved FOR EACH ROW EXECUTE FUNCTION tell_story();

-- Addresses that are told of events.
CREATE TABLE webhooks (
    id            uuid PRIMARY KEY,
    user_id       uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    url           text NOT NULL CHECK (url <> ''),
    description   text NOT NULL DEFAULT '',
    events        text[] NOT NULL CHECK (events <> '{}'),
    -- The story whose events are wanted, null for all; it follows the story in a merge.
    story_id      uuid,
    -- What deliveries are signed with, sealed for the webhook; the one before signs too
    -- for a while.
    secret        bytea NOT NULL,
    old_secret    bytea,
    old_until     timestamptz,
    active        boolean NOT NULL DEFAULT true,
    -- Why it is not active: a person paused it, or the service stopped it.
    stopped       text NOT NULL DEFAULT '' CHECK (stopped IN ('', 'paused', 'failing', 'gone', 'owner', 'story')),
    reason        text NOT NULL DEFAULT '',
    stopped_at    timestamptz,
    -- How many tries in a row have failed, since when, and until when it is left alone.
    failures      integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    failing_since timestamptz,
    rest_until    timestamptz,
    fault         text NOT NULL DEFAULT '',
    delivered_at  timestamptz,
    version       integer NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    CHECK (active = (stopped = '')),
    CHECK ((failures = 0) = (failing_since IS NULL)),
    CHECK ((old_secret IS NULL) = (old_until IS NULL))
);
CREATE INDEX webhooks_user ON webhooks (user_id, id DESC);

-- An event on its way to a webhook.
CREATE TABLE webhook_deliveries (
    id         uuid PRIMARY KEY,
    webhook_id uuid NOT NULL REFERENCES webhooks ON DELETE CASCADE,
    event_n    bigint NOT NULL REFERENCES events ON DELETE CASCADE,
    state      text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
    -- Tries since it was made or last asked for again.
    attempts   integer NOT NULL DEFAULT 0,
    next_at    timestamptz,
    -- The last try: when, how long it took in milliseconds, what was answered (null
    -- where nothing was), why it failed.
    tried_at   timestamptz,
    took_ms    integer,
    status     integer,
    fault      text NOT NULL DEFAULT '',
    -- What was sent in it, and the first of what came back.
    payload    text NOT NULL DEFAULT '',
    headers    jsonb NOT NULL DEFAULT '{}',
    answer     text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    CHECK ((state = 'waiting') = (next_at IS NOT NULL))
);
CREATE INDEX webhook_deliveries_list ON webhook_deliveries (webhook_id, id DESC);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, next_at) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_event ON webhook_deliveries (event_n);

-- An event of a finding that is veiled from a viewer, or that is part of such a one now.
CREATE FUNCTION event_veiled(finding uuid, viewer text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM veiled_from(viewer) v
        WHERE v.finding_id = coalesce((SELECT m.successor FROM findings_moved m WHERE m.id = finding), finding))
$$;

-- Deliveries on veiled findings are not shown, whatever was sent before.
CREATE FUNCTION deliveries_for(viewer text) RETURNS SETOF webhook_deliveries LANGUAGE sql STABLE AS $$
    SELECT d.* FROM webhook_deliveries d JOIN events e ON e.n = d.event_n
    WHERE e.finding_id IS NULL OR NOT event_veiled(e.finding_id, viewer)
$$;
