-- What happens by itself, and when it did. One row a job and the moment it was due: two schedules, or one that was
-- killed and came back, do the work of a moment once. Nothing of a client stands here but counts.

CREATE TABLE draad.job (
    job text NOT NULL,
    due timestamptz NOT NULL,
    missed integer NOT NULL, -- moments before this one that passed while nobody ran; one round makes up for all
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    outcome text CHECK (outcome IN ('ok', 'failed')), -- none: it runs now, or was cut off and is taken up again
    counts jsonb NOT NULL DEFAULT '{}',
    why text NOT NULL DEFAULT '', -- the kind of error, never its words
    PRIMARY KEY (job, due)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON draad.job TO draad_app;

-- Where a digest goes; without an address there is none.
ALTER TABLE draad.account ADD COLUMN email text NOT NULL DEFAULT '';

-- The last digest of each account: at most one a day, and what it told as fingerprints, so that the next is sent
-- only when there is something new.
CREATE TABLE draad.digest (
    account uuid PRIMARY KEY REFERENCES draad.account (id) ON DELETE CASCADE,
    day date NOT NULL,
    told text[] NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON draad.digest TO draad_app;
