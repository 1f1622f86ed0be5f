-- +goose Up

-- A finding that is shown as a card to whoever has its address. The finding is not
-- referenced: a share outlives its row and follows findings_moved.
CREATE TABLE finding_shares (
    id           uuid PRIMARY KEY,
    finding_id   uuid NOT NULL,
    -- The SHA-256 of the secret in the card's address.
    token_hash   bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    name         text NOT NULL,
    created_by   uuid NOT NULL REFERENCES users,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    -- How often the card was asked for, and when last.
    uses         bigint NOT NULL DEFAULT 0,
    last_used_at timestamptz
);
CREATE INDEX finding_shares_finding ON finding_shares (finding_id, id DESC);
