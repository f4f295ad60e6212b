-- An entry is added only after the one before it: a process that still knows entries which a failover lost
-- is overtaken, instead of writing beyond a gap.

CREATE OR REPLACE FUNCTION draad.append(
    ids uuid[], versions bigint[], topics text[], states bytea[], keys bytea[]
) RETURNS bigint[]
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = draad, pg_temp
    SET lock_timeout = '5s'
AS $$
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
    IF EXISTS (
        SELECT FROM unnest(ids, versions) AS e (i, v)
         WHERE v > 1
           AND NOT EXISTS (SELECT FROM stored_events WHERE originator_id = i AND originator_version = v - 1)
    ) THEN
        RAISE 'the entry before this one is not there' USING ERRCODE = '23503';
    END IF;
    INSERT INTO entry_keys (originator_id, originator_version, wrapped)
    SELECT i, v, k
    FROM unnest(ids, versions, keys) AS e (i, v, k)
    WHERE k IS NOT NULL;
    NOTIFY stored_events;
    RETURN made;
END $$;
