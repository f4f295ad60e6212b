-- The record: events that are only ever added, and the wrapped data key of each.

ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE SCHEMA draad;
GRANT USAGE ON SCHEMA draad TO draad_app, draad_reader;

CREATE TABLE draad.migration (
    number integer PRIMARY KEY,
    name text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT ON draad.migration TO draad_app, draad_reader;

CREATE TABLE draad.stored_events (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (originator_id, originator_version)
);
CREATE UNIQUE INDEX stored_events_notification_id_idx ON draad.stored_events (notification_id);
GRANT SELECT ON draad.stored_events TO draad_app;

-- Beside the events, not in them: forgetting one entry takes its row away and leaves the event as it was.
-- No foreign key: both come in by append() in one transaction, and the events never go.
CREATE TABLE draad.entry_keys (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    wrapped bytea NOT NULL,
    PRIMARY KEY (originator_id, originator_version)
);
GRANT SELECT ON draad.entry_keys TO draad_app;

-- Nobody has the right to do this; the trigger also stops the owner, who needs no right.
CREATE FUNCTION draad.refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE 'the record is append-only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON draad.stored_events
    FOR EACH STATEMENT EXECUTE FUNCTION draad.refuse();

-- The one way in. The lock makes the order of notification ids the order of commits, so that a reader who
-- follows them never skips one. SET LOCAL outlives the function: it bounds how long any caller holds the lock.
CREATE FUNCTION draad.append(ids uuid[], versions bigint[], topics text[], states bytea[], keys bytea[])
RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = draad, pg_temp
SET lock_timeout = '5s' AS $$
DECLARE
    made bigint[];
BEGIN
    IF (SELECT sum(length(s)) FROM unnest(states) AS s) > 262144 THEN
        RAISE 'a save is at most 256 kB' USING ERRCODE = '22023';
    END IF;
    SET LOCAL transaction_timeout = '10s';
    LOCK TABLE stored_events IN EXCLUSIVE MODE;
    WITH added AS (
        INSERT INTO stored_events (originator_id, originator_version, topic, state)
        SELECT i, v, t, s
        FROM unnest(ids, versions, topics, states) WITH ORDINALITY AS e (i, v, t, s, nr)
        ORDER BY nr
        RETURNING notification_id
    )
    SELECT array_agg(notification_id ORDER BY notification_id) INTO made FROM added;
    INSERT INTO entry_keys (originator_id, originator_version, wrapped)
    SELECT i, v, k
    FROM unnest(ids, versions, keys) AS e (i, v, k)
    WHERE k IS NOT NULL;
    NOTIFY stored_events;
    RETURN made;
END $$;
GRANT EXECUTE ON FUNCTION draad.append TO draad_app;

-- Read models: what lists and reports need. The app role fills the tables, the owner makes them:
-- whatever a migration creates here gets these grants by itself.
CREATE SCHEMA shown;
GRANT USAGE ON SCHEMA shown TO draad_app, draad_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA shown GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO draad_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA shown GRANT SELECT ON TABLES TO draad_reader;

-- How far each follower has come.
CREATE TABLE shown.position (
    follower text PRIMARY KEY,
    notification_id bigint NOT NULL
);

-- What a read model could not take: this case is missing from it, the others go on.
-- `why` names the kind of error, never what stood in the entry.
CREATE TABLE shown.poison (
    originator_id uuid NOT NULL,
    read_model text NOT NULL,
    notification_id bigint NOT NULL,
    why text NOT NULL,
    since timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (originator_id, read_model)
);

-- A rebuild fills an empty copy and then switches. By functions, so that the app role needs no right to
-- create or drop anything: start_rebuild('caseload') makes shown.caseload_new, finish_rebuild puts it in place.
CREATE FUNCTION shown.start_rebuild(read_model text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = shown, pg_temp
SET lock_timeout = '5s' AS $$
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS shown.%I', read_model || '_new');
    EXECUTE format('CREATE TABLE shown.%I (LIKE shown.%I INCLUDING ALL)', read_model || '_new', read_model);
END $$;
CREATE FUNCTION shown.finish_rebuild(read_model text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = shown, pg_temp
SET lock_timeout = '5s' AS $$
DECLARE
    index text;
BEGIN
    IF to_regclass(format('shown.%I', read_model || '_new')) IS NULL THEN
        RAISE 'no rebuild of % was started', read_model USING ERRCODE = '22023';
    END IF;
    EXECUTE format('DROP TABLE shown.%I', read_model);
    EXECUTE format('ALTER TABLE shown.%I RENAME TO %I', read_model || '_new', read_model);
    FOR index IN SELECT indexname FROM pg_indexes WHERE schemaname = 'shown' AND tablename = read_model LOOP
        EXECUTE format('ALTER INDEX shown.%I RENAME TO %I', index, replace(index, read_model || '_new', read_model));
    END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION shown.start_rebuild, shown.finish_rebuild TO draad_app;
