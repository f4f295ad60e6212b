-- Which program elsewhere is told that something was recorded: where, in whose name, and how far it is. A notice says
-- no more than which entry to read, so nothing of a client stands here.

CREATE TABLE draad.subscriber (
    id uuid PRIMARY KEY,
    name text NOT NULL UNIQUE,
    url text NOT NULL,
    account uuid NOT NULL REFERENCES draad.account (id), -- it is told what this account may read
    secret bytea NOT NULL, -- sealed; the key follows from the master key
    position bigint NOT NULL, -- up to here all has arrived, was given up, or is not theirs
    made_at timestamptz NOT NULL,
    stopped_at timestamptz,
    arrived_at timestamptz,
    tries integer NOT NULL DEFAULT 0, -- of the notice that comes after the position
    failing_since timestamptz,
    again_at timestamptz,
    why text NOT NULL DEFAULT '',
    CHECK ((tries = 0) = (failing_since IS NULL) AND (tries = 0) = (again_at IS NULL))
);

-- A notice that did not arrive for three days. Sent again when somebody asks.
CREATE TABLE draad.dead_letter (
    subscriber uuid NOT NULL REFERENCES draad.subscriber (id) ON DELETE CASCADE,
    position bigint NOT NULL,
    given_up_at timestamptz NOT NULL,
    why text NOT NULL,
    asked_again boolean NOT NULL DEFAULT false,
    PRIMARY KEY (subscriber, position)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON draad.subscriber, draad.dead_letter TO draad_app;
