-- What goes when a client is forgotten, or one entry. Which rows may go follows from the record itself: a stream
-- that ends with `erased`, an entry of which the record says that it was destroyed. Nothing else ever leaves entry_keys.

CREATE INDEX stored_events_forgotten_idx ON draad.stored_events (topic, originator_id)
    WHERE topic IN ('erased', 'entry_destroyed');

-- Of every stream that was erased all there is: in each table whose rows are of a case, also one of a later version.
-- Gives how many rows went, by table. Safe to repeat.
CREATE FUNCTION draad.forget() RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = draad, pg_temp AS $$
DECLARE
    gone uuid[];
    place record;
    went bigint;
    counts jsonb := '{}';
BEGIN
    SELECT array_agg(DISTINCT originator_id) INTO gone FROM stored_events WHERE topic = 'erased';
    DELETE FROM entry_keys WHERE originator_id = ANY(gone);
    GET DIAGNOSTICS went = ROW_COUNT;
    counts := counts || jsonb_build_object('entry_keys', went);
    FOR place IN
        SELECT n.nspname AS schema, c.relname AS name
          FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE a.attname = 'case_id' AND NOT a.attisdropped AND c.relkind = 'r' AND n.nspname IN ('draad', 'shown')
         ORDER BY 1, 2
    LOOP
        EXECUTE format('DELETE FROM %I.%I WHERE case_id = ANY($1)', place.schema, place.name) USING gone;
        GET DIAGNOSTICS went = ROW_COUNT;
        counts := counts || jsonb_build_object(place.name, went);
    END LOOP;
    RETURN counts || jsonb_build_object('accounts', forget_accounts());
END $$;

-- The accounts with which a forgotten client came in, and who spoke for them: not who still speaks for another.
CREATE FUNCTION draad.forget_accounts() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = draad, pg_temp AS $$
DECLARE
    gone uuid[];
    went bigint;
BEGIN
    SELECT array_agg(DISTINCT a.id) INTO gone
      FROM stored_events e,
           jsonb_array_elements_text(convert_from(substr(e.state, 3), 'UTF8')::jsonb -> 'accounts') AS named,
           account a
     WHERE e.topic = 'erased' AND a.id = named::uuid AND a.role IN ('client', 'representative')
       AND NOT EXISTS (SELECT FROM shown.caseload l WHERE a.id = ANY(l.own_users));
    DELETE FROM session WHERE account = ANY(gone);
    DELETE FROM token WHERE account = ANY(gone);
    DELETE FROM identity WHERE account = ANY(gone);
    DELETE FROM recovery_code WHERE account = ANY(gone);
    DELETE FROM second_factor WHERE account = ANY(gone);
    DELETE FROM link WHERE who = ANY(gone);
    UPDATE new_face SET account = NULL WHERE account = ANY(gone);
    DELETE FROM account WHERE id = ANY(gone);
    GET DIAGNOSTICS went = ROW_COUNT;
    RETURN went;
END $$;

GRANT EXECUTE ON FUNCTION draad.forget TO draad_app;

-- One entry, of which the record says that it was destroyed: its key, and its file.
CREATE FUNCTION draad.forget_entry(stream uuid, number bigint, file uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = draad, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM stored_events
                    WHERE originator_id = stream AND originator_version > number AND topic = 'entry_destroyed') THEN
        RAISE 'the record does not say that this entry was destroyed' USING ERRCODE = '22023';
    END IF;
    DELETE FROM entry_keys WHERE originator_id = stream AND originator_version = number;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM document WHERE case_id = stream AND id = file;
    RETURN true;
END $$;
GRANT EXECUTE ON FUNCTION draad.forget_entry TO draad_app;

-- What is sealed under a client's key, with the place that each is bound to. Exports are made anew.
CREATE VIEW draad.sealed_of_client AS
    SELECT originator_id AS stream, uuid_send(originator_id) || int8send(originator_version) AS place, wrapped AS sealed
      FROM draad.entry_keys
     UNION ALL
    SELECT case_id, uuid_send(case_id) || uuid_send(id), wrapped
      FROM draad.document
     UNION ALL
    SELECT case_id, uuid_send(account) || uuid_send(id) || uuid_send(case_id), sealed
      FROM draad.draft
     UNION ALL
    SELECT case_id, uuid_send(case_id) || source, sealed
      FROM draad.raw_resource;
GRANT SELECT ON draad.sealed_of_client TO draad_app;

-- The same, sealed under the client's new key: found by what it was, which is never twice the same. What was changed
-- meanwhile stays, and comes again.
CREATE FUNCTION draad.reseal(streams uuid[], was bytea[], become bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = draad, pg_temp AS $$
BEGIN
    UPDATE entry_keys AS k SET wrapped = n.become FROM unnest(was, become) AS n (was, become)
     WHERE k.originator_id = ANY(streams) AND k.wrapped = n.was;
    UPDATE document AS d SET wrapped = n.become FROM unnest(was, become) AS n (was, become)
     WHERE d.case_id = ANY(streams) AND d.wrapped = n.was;
    UPDATE draft AS d SET sealed = n.become FROM unnest(was, become) AS n (was, become)
     WHERE d.case_id = ANY(streams) AND d.sealed = n.was;
    UPDATE raw_resource AS r SET sealed = n.become FROM unnest(was, become) AS n (was, become)
     WHERE r.case_id = ANY(streams) AND r.sealed = n.was;
    DELETE FROM export WHERE case_id = ANY(streams);
END $$;
GRANT EXECUTE ON FUNCTION draad.reseal TO draad_app;
