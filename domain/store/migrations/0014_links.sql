-- Links that open one thing, once. A link is 256 random bits; here stands its SHA-256, which opens nothing.

CREATE TABLE draad.link (
    id uuid PRIMARY KEY,
    hash bytea NOT NULL UNIQUE,
    purpose text NOT NULL CHECK (purpose IN ('passphrase', 'answer')),
    who uuid NOT NULL, -- whose it is: an account, or the client
    case_id uuid,
    entry integer, -- the question that it answers
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX link_who_idx ON draad.link (who);
CREATE INDEX link_case_id_idx ON draad.link (case_id);
-- What a link opens, and until when, is settled when it is made.
GRANT SELECT, INSERT, UPDATE (used_at, revoked_at) ON draad.link TO draad_app;
