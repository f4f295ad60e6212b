-- What was imported, when and by whom, and how that ended. What every run found adds up to what became of it.

CREATE TABLE draad.import_run (
    id uuid PRIMARY KEY,
    started_at timestamptz NOT NULL,
    kind text NOT NULL, -- fhir, contacts, log, dossier
    files text[] NOT NULL, -- their names, without the folders
    system text NOT NULL, -- where it came from, as far as who imported it said so
    by_name text NOT NULL, -- on the computer `at_host`: imports are done at the command line
    at_host text NOT NULL,
    step text NOT NULL DEFAULT '',
    done bigint NOT NULL DEFAULT 0,
    of_all bigint NOT NULL DEFAULT 0,
    finished_at timestamptz, -- without it: it runs now, or was cut off; who runs holds the lock of its id
    why text NOT NULL DEFAULT '', -- the kind of error it ended with
    found bigint NOT NULL DEFAULT 0,
    imported bigint NOT NULL DEFAULT 0,
    unchanged bigint NOT NULL DEFAULT 0,
    held bigint NOT NULL DEFAULT 0,
    skipped bigint NOT NULL DEFAULT 0,
    rejected bigint NOT NULL DEFAULT 0,
    cases bigint NOT NULL DEFAULT 0,
    entries bigint NOT NULL DEFAULT 0,
    contacts bigint NOT NULL DEFAULT 0,
    CHECK (found = imported + unchanged + held + skipped + rejected)
);
CREATE INDEX import_run_started_idx ON draad.import_run (started_at DESC, id DESC);

-- What did not come in, one by one: what it is, which one there, and why. Never what it says. Rows of a case go when
-- its client is forgotten, as in every table with a case_id; the others with their run.
CREATE TABLE draad.import_aside (
    run uuid NOT NULL REFERENCES draad.import_run (id) ON DELETE CASCADE,
    number bigint NOT NULL,
    fate text NOT NULL, -- held, skipped, rejected
    kind text NOT NULL,
    named bytea NOT NULL, -- its id there, sealed: ids of people in other systems are personal data
    case_id uuid,
    why text NOT NULL,
    PRIMARY KEY (run, number)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON draad.import_run, draad.import_aside TO draad_app;

-- Whether a subscriber said that it wants our notices: asked before anything is sent (CloudEvents webhooks, 4).
ALTER TABLE draad.subscriber
    ADD COLUMN agreed_at timestamptz,
    ADD COLUMN declined_at timestamptz, -- it does not: nothing is sent until somebody starts it again
    ADD COLUMN a_minute integer, -- as many notices at most, as it asks; without: any number
    ADD CHECK (agreed_at IS NULL OR declined_at IS NULL);
UPDATE draad.subscriber SET agreed_at = arrived_at; -- what answered a notice with yes before, wants them

-- Who came according to the organisation that a case was taken over from: history, and not what is done here.
ALTER TABLE shown.contacts ADD COLUMN elsewhere boolean NOT NULL DEFAULT false;
