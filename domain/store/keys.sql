-- All migrations together, for reading. Made from them by tests/store/test_migrations.py.

CREATE SCHEMA draad;

CREATE FUNCTION draad.destroy_key(forgotten uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'draad', 'pg_temp'
    AS $$
BEGIN
    UPDATE client_key SET wrapped = NULL, destroyed_at = now() WHERE client = forgotten AND wrapped IS NOT NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM pg_notify('key_destroyed', forgotten::text);
    RETURN true;
END $$;

CREATE TABLE draad.client_key (
    client uuid NOT NULL,
    wrapped bytea,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    destroyed_at timestamp with time zone,
    CONSTRAINT client_key_check CHECK (((wrapped IS NULL) = (destroyed_at IS NOT NULL)))
);

CREATE TABLE draad.migration (
    number integer NOT NULL,
    name text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE draad.stream_client (
    stream uuid NOT NULL,
    client uuid NOT NULL
);

ALTER TABLE ONLY draad.client_key
    ADD CONSTRAINT client_key_pkey PRIMARY KEY (client);

ALTER TABLE ONLY draad.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (number);

ALTER TABLE ONLY draad.stream_client
    ADD CONSTRAINT stream_client_pkey PRIMARY KEY (stream);

ALTER TABLE ONLY draad.stream_client
    ADD CONSTRAINT stream_client_client_fkey FOREIGN KEY (client) REFERENCES draad.client_key(client);

GRANT USAGE ON SCHEMA draad TO draad_app;

REVOKE ALL ON FUNCTION draad.destroy_key(forgotten uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION draad.destroy_key(forgotten uuid) TO draad_app;

GRANT SELECT,INSERT ON TABLE draad.client_key TO draad_app;

GRANT SELECT ON TABLE draad.migration TO draad_app;

GRANT SELECT,INSERT ON TABLE draad.stream_client TO draad_app;

ALTER DEFAULT PRIVILEGES FOR ROLE draad_owner REVOKE ALL ON FUNCTIONS FROM PUBLIC;
