-- What forgetting left behind, and what it took too much of. As before, the record itself says which rows may go.

-- What an entry was read from elsewhere goes on without its words: sealed anew, by who sweeps.
GRANT UPDATE (sealed) ON draad.raw_resource TO draad_app;

-- Of every stream that was erased all there is: in each table whose rows are of a case, also one of a later version. Of
-- a patient in another system stays what stands for their id (a keyed hash): else the next import brings them back.
-- Gives how many rows went, by table. Safe to repeat. Accounts go apart: forget_accounts().
CREATE OR REPLACE FUNCTION draad.forget() RETURNS jsonb
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
    IF went > 0 THEN -- files about all cases were made while this one was among them
        DELETE FROM export WHERE case_id = id;
    END IF;
    DELETE FROM session -- it remembers what this case was read for, and who was there in a talk
     WHERE EXISTS (SELECT FROM regexp_matches(kept, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') AS named
                    WHERE named[1]::uuid = ANY(gone));
    UPDATE imported SET hash = NULL WHERE case_id = ANY(gone) AND is_patient AND hash IS NOT NULL;
    FOR place IN
        SELECT n.nspname AS schema, c.relname AS name
          FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE a.attname = 'case_id' AND NOT a.attisdropped AND c.relkind = 'r' AND n.nspname IN ('draad', 'shown')
         ORDER BY 1, 2
    LOOP
        EXECUTE format('DELETE FROM %I.%I WHERE case_id = ANY($1)', place.schema, place.name)
             || CASE place.name WHEN 'imported' THEN ' AND NOT is_patient' ELSE '' END USING gone;
        GET DIAGNOSTICS went = ROW_COUNT;
        counts := counts || jsonb_build_object(place.name, went);
    END LOOP;
    RETURN counts;
END $$;

-- The accounts with which a forgotten client came in, and who spoke for them: not who still speaks for another. The
-- caseload says who does; while it does not show all that is recorded of others, nobody's goes. Gives how many wait for that.
CREATE OR REPLACE FUNCTION draad.forget_accounts() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = draad, pg_temp AS $$
DECLARE
    ended uuid[];
    gone uuid[];
    all_is_shown boolean;
BEGIN
    SELECT array_agg(DISTINCT originator_id) INTO ended FROM stored_events WHERE topic = 'erased';
    SELECT array_agg(DISTINCT a.id),
           coalesce((SELECT max(notification_id) FROM stored_events WHERE originator_id <> ALL(ended)), 0)
               <= coalesce((SELECT notification_id FROM shown.position WHERE follower = 'shown'), 0)
      INTO gone, all_is_shown
      FROM stored_events e,
           jsonb_array_elements_text(convert_from(substr(e.state, 3), 'UTF8')::jsonb -> 'accounts') AS named,
           account a
     WHERE e.topic = 'erased' AND a.id = named::uuid AND a.role IN ('client', 'representative')
       AND NOT EXISTS (SELECT FROM shown.caseload l
                        WHERE a.id = ANY(l.own_users) AND l.case_id <> ALL(ended));
    IF gone IS NULL OR NOT all_is_shown THEN
        RETURN coalesce(cardinality(gone), 0);
    END IF;
    DELETE FROM session WHERE account = ANY(gone);
    DELETE FROM token WHERE account = ANY(gone);
    DELETE FROM identity WHERE account = ANY(gone);
    DELETE FROM recovery_code WHERE account = ANY(gone);
    DELETE FROM second_factor WHERE account = ANY(gone);
    DELETE FROM subscriber WHERE account = ANY(gone);
    DELETE FROM link WHERE who = ANY(gone);
    UPDATE new_face SET account = NULL WHERE account = ANY(gone);
    UPDATE new_face SET answered_by = NULL WHERE answered_by = ANY(gone);
    DELETE FROM account WHERE id = ANY(gone);
    RETURN 0;
END $$;
GRANT EXECUTE ON FUNCTION draad.forget_accounts TO draad_app;

-- One entry, of which the record says that it was destroyed: its key, its file, and the files in which it was told.
CREATE OR REPLACE FUNCTION draad.forget_entry(stream uuid, number bigint, file uuid) RETURNS boolean
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
    DELETE FROM export WHERE case_id IN (stream, id); -- with id: about all cases
    RETURN true;
END $$;
