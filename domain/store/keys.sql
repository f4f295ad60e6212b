-- All migrations together, for reading. Made from them by tests/store/test_migrations.py.

CREATE SCHEMA draad;

CREATE FUNCTION draad.destroy_key(forgotten uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'draad', 'pg_temp'
    AS $$
BEGIN
    UPDATE client_key SET wrapped = NULL, renewed = NULL, renewed_at = NULL, destroyed_at = now()
     WHERE client = forgotten AND wrapped IS NOT NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM pg_notify('key_destroyed', forgotten::text);
    RETURN true;
END $$;

CREATE FUNCTION draad.end_renewal(of_client uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'draad', 'pg_temp'
    AS $$
BEGIN
    UPDATE client_key SET wrapped = renewed, renewed = NULL, renewed_at = NULL
     WHERE client = of_client AND renewed IS NOT NULL;
    PERFORM pg_notify('key_destroyed', of_client::text);
    RETURN FOUND;
END $$;

CREATE FUNCTION draad.make_key(of_stream uuid, of_client uuid, new_key bytea, its_mark bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'draad', 'pg_temp'
    AS $$
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

CREATE FUNCTION draad.renew_key(of_client uuid, new_key bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'draad', 'pg_temp'
    AS $$
BEGIN
    UPDATE client_key SET renewed = new_key, renewed_at = now()
     WHERE client = of_client AND wrapped IS NOT NULL AND renewed IS NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM pg_notify('key_destroyed', of_client::text);
    RETURN true;
END $$;

CREATE FUNCTION draad.rewrap(clients uuid[], was bytea[], become bytea[], become_renewed bytea[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'draad', 'pg_temp'
    AS $$
BEGIN
    UPDATE client_key AS k SET wrapped = n.become, renewed = n.become_renewed
      FROM unnest(clients, was, become, become_renewed) AS n (client, was, become, become_renewed)
     WHERE k.client = n.client AND k.wrapped = n.was;
END $$;

CREATE FUNCTION draad.take_master(its_mark bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'draad', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO master (mark) VALUES (its_mark) ON CONFLICT (one) DO UPDATE SET mark = its_mark;
END $$;

CREATE TABLE draad.client_key (
    client uuid NOT NULL,
    wrapped bytea,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    destroyed_at timestamp with time zone,
    renewed bytea,
    renewed_at timestamp with time zone,
    CONSTRAINT client_key_check CHECK (((wrapped IS NULL) = (destroyed_at IS NOT NULL))),
    CONSTRAINT client_key_check1 CHECK ((((renewed IS NULL) = (renewed_at IS NULL)) AND ((renewed IS NULL) OR (wrapped IS NOT NULL))))
);

CREATE TABLE draad.erasure (
    client uuid NOT NULL,
    ground text NOT NULL,
    proposed_by uuid,
    approved_by uuid,
    decided_at timestamp with time zone NOT NULL,
    counts jsonb DEFAULT '{}'::jsonb NOT NULL,
    finished_at timestamp with time zone,
    log_size bigint,
    log_root text
);

CREATE TABLE draad.master (
    one boolean DEFAULT true NOT NULL,
    mark bytea NOT NULL,
    CONSTRAINT master_one_check CHECK (one)
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

ALTER TABLE ONLY draad.erasure
    ADD CONSTRAINT erasure_pkey PRIMARY KEY (client);

ALTER TABLE ONLY draad.master
    ADD CONSTRAINT master_pkey PRIMARY KEY (one);

ALTER TABLE ONLY draad.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (number);

ALTER TABLE ONLY draad.stream_client
    ADD CONSTRAINT stream_client_pkey PRIMARY KEY (stream);

ALTER TABLE ONLY draad.erasure
    ADD CONSTRAINT erasure_client_fkey FOREIGN KEY (client) REFERENCES draad.client_key(client);

ALTER TABLE ONLY draad.stream_client
    ADD CONSTRAINT stream_client_client_fkey FOREIGN KEY (client) REFERENCES draad.client_key(client);

GRANT USAGE ON SCHEMA draad TO draad_app;

REVOKE ALL ON FUNCTION draad.destroy_key(forgotten uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION draad.destroy_key(forgotten uuid) TO draad_app;

REVOKE ALL ON FUNCTION draad.end_renewal(of_client uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION draad.end_renewal(of_client uuid) TO draad_app;

REVOKE ALL ON FUNCTION draad.make_key(of_stream uuid, of_client uuid, new_key bytea, its_mark bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION draad.make_key(of_stream uuid, of_client uuid, new_key bytea, its_mark bytea) TO draad_app;

REVOKE ALL ON FUNCTION draad.renew_key(of_client uuid, new_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION draad.renew_key(of_client uuid, new_key bytea) TO draad_app;

REVOKE ALL ON FUNCTION draad.rewrap(clients uuid[], was bytea[], become bytea[], become_renewed bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION draad.rewrap(clients uuid[], was bytea[], become bytea[], become_renewed bytea[]) TO draad_app;

REVOKE ALL ON FUNCTION draad.take_master(its_mark bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION draad.take_master(its_mark bytea) TO draad_app;

GRANT SELECT,INSERT ON TABLE draad.client_key TO draad_app;

GRANT SELECT,INSERT ON TABLE draad.erasure TO draad_app;

GRANT UPDATE(counts) ON TABLE draad.erasure TO draad_app;

GRANT UPDATE(finished_at) ON TABLE draad.erasure TO draad_app;

GRANT UPDATE(log_size) ON TABLE draad.erasure TO draad_app;

GRANT UPDATE(log_root) ON TABLE draad.erasure TO draad_app;

GRANT SELECT ON TABLE draad.migration TO draad_app;

GRANT SELECT,INSERT ON TABLE draad.stream_client TO draad_app;

ALTER DEFAULT PRIVILEGES FOR ROLE draad_owner REVOKE ALL ON FUNCTIONS FROM PUBLIC;
