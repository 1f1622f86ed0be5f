-- +goose Up

-- Tries at the passwords of accounts, by a hash of the account's address and the hour in
-- which they were made, so that all servers count together. After a crash the table is
-- empty: it is worth no more than the hour.
CREATE UNLOGGED TABLE tries (
    account bytea NOT NULL,
    hour    timestamptz NOT NULL,
    n       integer NOT NULL,
    PRIMARY KEY (hour, account)
);
