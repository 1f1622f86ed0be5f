-- +goose Up

CREATE TABLE feeds (
    id               uuid PRIMARY KEY,
    url              text NOT NULL CHECK (url <> ''),
    -- The address without what does not tell pages apart: one feed is polled once.
    url_key          text NOT NULL UNIQUE CHECK (url_key <> ''),
    -- The page that the feed belongs to, empty where it names none.
    site             text NOT NULL DEFAULT '',
    title            text NOT NULL DEFAULT '',
    folder           text NOT NULL DEFAULT '',
    -- The publisher's name, which its articles get.
    source           text NOT NULL CHECK (source <> ''),
    state            text NOT NULL CHECK (state IN ('active', 'paused', 'gone')),
    -- Why the last poll failed, how many did in a row, and since when.
    fault            text NOT NULL DEFAULT '',
    failures         integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    failing_since    timestamptz,
    -- What the server gave to ask for news only.
    etag             text NOT NULL DEFAULT '',
    last_modified    text NOT NULL DEFAULT '',
    interval_seconds integer NOT NULL CHECK (interval_seconds > 0),
    next_poll_at     timestamptz NOT NULL,
    -- When a poll was put into the queue that has not ended yet.
    queued_at        timestamptz,
    polled_at        timestamptz,
    good_at          timestamptz,
    -- When its document was last read: a poll without news reads none.
    read_at          timestamptz,
    -- How many new entries of that document wait for the next poll.
    left_out         integer NOT NULL DEFAULT 0,
    version          integer NOT NULL DEFAULT 1,
    created_by       uuid REFERENCES users,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    CHECK ((failures = 0) = (failing_since IS NULL))
);
CREATE INDEX feeds_due ON feeds (next_poll_at) WHERE state = 'active';

CREATE TABLE feed_entries (
    id                  uuid PRIMARY KEY,
    feed_id             uuid NOT NULL REFERENCES feeds ON DELETE CASCADE,
    -- What it is recognised by.
    guid                text NOT NULL DEFAULT '',
    link                text NOT NULL DEFAULT '',
    link_key            text NOT NULL DEFAULT '',
    -- The SHA-256 of all that the feed says of it.
    hash                bytea NOT NULL CHECK (length(hash) = 32),
    title               text NOT NULL DEFAULT '',
    byline              text NOT NULL DEFAULT '',
    published_at        timestamptz,
    published_offset    smallint CHECK (published_offset BETWEEN -1440 AND 1440),
    published_precision text CHECK (published_precision IN ('day', 'minute')),
    -- The whole article where the feed holds it, until it was taken in.
    body                text,
    state               text NOT NULL CHECK (state IN ('waiting', 'stored', 'known', 'failed', 'skipped', 'removed')),
    reason              text NOT NULL DEFAULT '',
    -- Where its text came from: the feed itself or its page.
    origin              text NOT NULL DEFAULT '' CHECK (origin IN ('', 'feed', 'page')),
    article_id          uuid REFERENCES articles ON DELETE SET NULL,
    etag                text NOT NULL DEFAULT '',
    last_modified       text NOT NULL DEFAULT '',
    -- The SHA-256 of the text that was taken in last.
    text_hash           bytea CHECK (length(text_hash) = 32),
    -- How often it was read, and how often reading it failed since.
    reads               integer NOT NULL DEFAULT 0,
    failures            integer NOT NULL DEFAULT 0,
    next_read_at        timestamptz,
    queued_at           timestamptz,
    first_read_at       timestamptz,
    read_at             timestamptz,
    first_seen_at       timestamptz NOT NULL,
    seen_at             timestamptz NOT NULL,
    CHECK ((published_at IS NULL) = (published_offset IS NULL)),
    CHECK ((published_at IS NULL) = (published_precision IS NULL))
);
CREATE INDEX feed_entries_feed ON feed_entries (feed_id, id DESC);
CREATE INDEX feed_entries_guid ON feed_entries (feed_id, guid) WHERE guid <> '';
CREATE INDEX feed_entries_link ON feed_entries (feed_id, link_key) WHERE link_key <> '';
CREATE INDEX feed_entries_hash ON feed_entries (feed_id, hash);
CREATE INDEX feed_entries_due ON feed_entries (next_read_at) WHERE next_read_at IS NOT NULL;
CREATE INDEX feed_entries_article ON feed_entries (article_id) WHERE article_id IS NOT NULL;
CREATE INDEX feed_entries_queued ON feed_entries (queued_at, feed_id) WHERE queued_at IS NOT NULL;
