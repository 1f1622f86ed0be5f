-- +goose Up
SET LOCAL lock_timeout = '3s';

-- What people see of their sessions, to end those that are not theirs. Sessions that were
-- there before get id and user_id when they are used or listed.
ALTER TABLE sessions
    -- A name that opens nothing, as the token's hash is told to nobody.
    ADD COLUMN id              uuid,
    -- Who is signed in, and the version of the account that they signed in to; null where nobody is.
    ADD COLUMN user_id         uuid,
    ADD COLUMN session_version integer,
    ADD COLUMN began_at        timestamptz,
    -- When it was last used, to a few minutes, from which address and with which browser.
    ADD COLUMN used_at         timestamptz,
    ADD COLUMN address         inet,
    ADD COLUMN browser         text;

ALTER TABLE sessions
    ALTER COLUMN id SET DEFAULT gen_random_uuid(),
    ALTER COLUMN began_at SET DEFAULT now(),
    ALTER COLUMN used_at SET DEFAULT now();
