-- +goose Up
SET LOCAL lock_timeout = '3s';

-- The password that the service made for the first administrator, and when. It waits to be
-- exchanged as long as it is the account's: a server of the release before, which does not
-- know these columns, exchanges it all the same.
ALTER TABLE users
    ADD COLUMN first_password_hash text,
    ADD COLUMN first_password_at   timestamptz;

-- Who works on the command line is nobody with an account.
ALTER TABLE password_resets ALTER COLUMN created_by DROP NOT NULL;
