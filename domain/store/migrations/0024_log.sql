-- The Merkle logs: of the record, and of who looked. What stands here can be made anew from the rows themselves, and
-- is never trusted: the signed checkpoints lie outside the database. Made by the worker, one at a time.

-- An entry of a log: its place, counted from nothing without gaps, and which row it is the hash of.
CREATE TABLE draad.log_leaf (
    log text NOT NULL CHECK (log IN ('record', 'looks')),
    place bigint NOT NULL CHECK (place >= 0),
    number bigint NOT NULL, -- notification_id in stored_events, id in access_log
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (log, place),
    UNIQUE (log, number)
);

-- The root of every full 1,024 entries, so that a proof reads a few rows and not the whole log.
CREATE TABLE draad.log_block (
    log text NOT NULL,
    block bigint NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (log, block)
);

-- The last checkpoint, for who makes a dossier on a machine that has not the file. A copy: it is signed.
CREATE TABLE draad.log_head (
    log text PRIMARY KEY,
    note text NOT NULL
);

GRANT SELECT, INSERT ON draad.log_leaf, draad.log_block TO draad_app;
GRANT SELECT, INSERT, UPDATE ON draad.log_head TO draad_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON draad.log_leaf
    FOR EACH STATEMENT EXECUTE FUNCTION draad.refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON draad.log_block
    FOR EACH STATEMENT EXECUTE FUNCTION draad.refuse();
