-- In a database of its own, with backups of its own: one key a client, wrapped by the master key.
-- Without it the client's entries are unreadable for ever.

ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE SCHEMA draad;
GRANT USAGE ON SCHEMA draad TO draad_app;

CREATE TABLE draad.migration (
    number integer PRIMARY KEY,
    name text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT ON draad.migration TO draad_app;

-- The row stays when the key goes: a missing row means that this database is older than the record.
CREATE TABLE draad.client_key (
    client uuid PRIMARY KEY,
    wrapped bytea,
    made_at timestamptz NOT NULL DEFAULT now(),
    destroyed_at timestamptz,
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);

-- Whose stream it is: a case and its contacts share the client's key.
CREATE TABLE draad.stream_client (
    stream uuid PRIMARY KEY,
    client uuid NOT NULL REFERENCES draad.client_key
);
GRANT SELECT, INSERT ON draad.client_key, draad.stream_client TO draad_app;

-- By a function: the app role can end a key, and can neither change one nor bring one back.
-- The notice lets every process drop what it remembers.
CREATE FUNCTION draad.destroy_key(forgotten uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = draad, pg_temp AS $$
BEGIN
    UPDATE client_key SET wrapped = NULL, destroyed_at = now() WHERE client = forgotten AND wrapped IS NOT NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM pg_notify('key_destroyed', forgotten::text);
    RETURN true;
END $$;
GRANT EXECUTE ON FUNCTION draad.destroy_key TO draad_app;
