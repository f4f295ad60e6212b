-- By which master key the clients' keys are wrapped: who still has another one makes none. What stands here is a mark of
-- it, from which the key does not follow.
CREATE TABLE draad.master (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    mark bytea NOT NULL
);

-- A key for a client's new stream, made if it is the first. Whoever made a key first says which master it is.
CREATE FUNCTION draad.make_key(of_stream uuid, of_client uuid, new_key bytea, its_mark bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = draad, pg_temp AS $$
BEGIN
    INSERT INTO master (mark) VALUES (its_mark) ON CONFLICT DO NOTHING;
    PERFORM FROM master WHERE mark = its_mark FOR SHARE; -- who changes it waits for us, and we for them
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO client_key (client, wrapped) VALUES (of_client, new_key) ON CONFLICT DO NOTHING;
    INSERT INTO stream_client (stream, client) VALUES (of_stream, of_client) ON CONFLICT DO NOTHING;
    RETURN true;
END $$;
GRANT EXECUTE ON FUNCTION draad.make_key TO draad_app;

-- Another master: first in the transaction that wraps all keys by it.
CREATE FUNCTION draad.take_master(its_mark bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = draad, pg_temp AS $$
BEGIN
    INSERT INTO master (mark) VALUES (its_mark) ON CONFLICT (one) DO UPDATE SET mark = its_mark;
END $$;
GRANT EXECUTE ON FUNCTION draad.take_master TO draad_app;

-- As it was, and says whether it began: not while the key is renewed already.
CREATE OR REPLACE FUNCTION draad.renew_key(of_client uuid, new_key bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = draad, pg_temp AS $$
BEGIN
    UPDATE client_key SET renewed = new_key, renewed_at = now()
     WHERE client = of_client AND wrapped IS NOT NULL AND renewed IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM pg_notify('key_destroyed', of_client::text);
    RETURN true;
END $$;
