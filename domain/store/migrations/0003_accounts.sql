-- Who may sign in, who is signed in, and the attempts that failed. Nothing of a client stands here,
-- except what a signed-in person's own session remembers for some hours (a search, for one).

CREATE TABLE draad.account (
    id uuid PRIMARY KEY,
    user_name text NOT NULL UNIQUE CHECK (user_name = lower(user_name)),
    name text NOT NULL,
    role text NOT NULL,
    organisation text NOT NULL DEFAULT '',
    team text NOT NULL DEFAULT '',
    passphrase text NOT NULL, -- argon2id, never the words
    made_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz
);
GRANT SELECT, INSERT, UPDATE ON draad.account TO draad_app;

-- The cookie holds the id, this table only its SHA-256: who reads the table cannot sign in with it.
CREATE TABLE draad.session (
    id_hash bytea PRIMARY KEY,
    account uuid REFERENCES draad.account (id),
    kept text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    used_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX session_account_idx ON draad.session (account);
CREATE INDEX session_used_at_idx ON draad.session (used_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON draad.session TO draad_app;

-- `what` is a keyed hash of a user name or an address: people type a pass phrase in the wrong field.
CREATE TABLE draad.sign_in_attempt (
    what bytea NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sign_in_attempt_what_at_idx ON draad.sign_in_attempt (what, at);
GRANT SELECT, INSERT, DELETE ON draad.sign_in_attempt TO draad_app;
