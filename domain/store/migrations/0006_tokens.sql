-- What opens the API. A token is 256 random bits; here stands its SHA-256, which opens nothing.

CREATE TABLE draad.token (
    id uuid PRIMARY KEY,
    account uuid NOT NULL REFERENCES draad.account (id),
    name text NOT NULL,
    hash bytea NOT NULL UNIQUE,
    scopes text[] NOT NULL CHECK (scopes <> '{}' AND scopes <@ '{read,record}'),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX token_account_idx ON draad.token (account);
-- What a token opens, and until when, is settled when it is made. It is revoked, and never taken away.
GRANT SELECT, INSERT, UPDATE (last_used_at, revoked_at) ON draad.token TO draad_app;
