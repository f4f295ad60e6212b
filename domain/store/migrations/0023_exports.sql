-- What somebody asked to have of a client as a file, and the file once it is made. What was asked and the file are
-- sealed under the client's key, so that both are forgotten with the client. In clear stand ids, times and progress.

CREATE TABLE draad.export (
    id uuid PRIMARY KEY, -- of the form that asked for it: the same form twice is one file
    account uuid NOT NULL REFERENCES draad.account (id) ON DELETE CASCADE,
    case_id uuid NOT NULL,
    asked bytea NOT NULL,
    asked_at timestamptz NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    done integer NOT NULL DEFAULT 0, -- of so many steps
    steps integer NOT NULL DEFAULT 0,
    failed text NOT NULL DEFAULT '', -- the kind of error: its words may be a client's
    made_at timestamptz,
    size bigint NOT NULL DEFAULT 0, -- bytes
    wrapped bytea,
    sealed bytea,
    CHECK ((made_at IS NULL) = (sealed IS NULL) AND (made_at IS NULL) = (wrapped IS NULL)) -- whole, or not there
);
CREATE INDEX export_account_idx ON draad.export (account);
CREATE INDEX export_waiting_idx ON draad.export (asked_at) WHERE made_at IS NULL AND failed = '';
ALTER TABLE draad.export ALTER COLUMN sealed SET STORAGE EXTERNAL; -- what is sealed does not shrink
GRANT SELECT, INSERT, UPDATE, DELETE ON draad.export TO draad_app;
