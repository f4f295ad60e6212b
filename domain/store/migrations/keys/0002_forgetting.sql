-- Forgetting a client, from the decision to the certificate; and a client's key that is renewed.

-- Who was forgotten: written down here too, so that it stays so when older tables are put back beside these keys.
CREATE TABLE draad.erasure (
    client uuid PRIMARY KEY REFERENCES draad.client_key,
    ground text NOT NULL,
    proposed_by uuid,
    approved_by uuid,
    decided_at timestamptz NOT NULL,
    counts jsonb NOT NULL DEFAULT '{}', -- what went, of what kind
    finished_at timestamptz, -- from then on there is a certificate
    log_size bigint, -- of the record's log as it was signed then, with its root
    log_root text
);
GRANT SELECT, INSERT ON draad.erasure TO draad_app;
GRANT UPDATE (counts, finished_at, log_size, log_root) ON draad.erasure TO draad_app;

-- The key that takes the place of the other, wrapped by the master key. Until then both open.
ALTER TABLE draad.client_key
    ADD COLUMN renewed bytea,
    ADD COLUMN renewed_at timestamptz,
    ADD CHECK ((renewed IS NULL) = (renewed_at IS NULL) AND (renewed IS NULL OR wrapped IS NOT NULL));

CREATE OR REPLACE FUNCTION draad.destroy_key(forgotten uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = draad, pg_temp AS $$
BEGIN
    UPDATE client_key SET wrapped = NULL, renewed = NULL, renewed_at = NULL, destroyed_at = now()
     WHERE client = forgotten AND wrapped IS NOT NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM pg_notify('key_destroyed', forgotten::text);
    RETURN true;
END $$;

CREATE FUNCTION draad.renew_key(of_client uuid, new_key bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = draad, pg_temp AS $$
BEGIN
    UPDATE client_key SET renewed = new_key, renewed_at = now()
     WHERE client = of_client AND wrapped IS NOT NULL AND renewed IS NULL;
    PERFORM pg_notify('key_destroyed', of_client::text);
    RETURN FOUND;
END $$;
GRANT EXECUTE ON FUNCTION draad.renew_key TO draad_app;

-- The old one goes: from here on nothing that was sealed with it alone opens, whatever backup it comes from.
CREATE FUNCTION draad.end_renewal(of_client uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = draad, pg_temp AS $$
BEGIN
    UPDATE client_key SET wrapped = renewed, renewed = NULL, renewed_at = NULL
     WHERE client = of_client AND renewed IS NOT NULL;
    PERFORM pg_notify('key_destroyed', of_client::text);
    RETURN FOUND;
END $$;
GRANT EXECUTE ON FUNCTION draad.end_renewal TO draad_app;

-- The clients' keys, wrapped by another master key. One that was changed meanwhile stays, and comes again.
CREATE FUNCTION draad.rewrap(clients uuid[], was bytea[], become bytea[], become_renewed bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = draad, pg_temp AS $$
BEGIN
    UPDATE client_key AS k SET wrapped = n.become, renewed = n.become_renewed
      FROM unnest(clients, was, become, become_renewed) AS n (client, was, become, become_renewed)
     WHERE k.client = n.client AND k.wrapped = n.was;
END $$;
GRANT EXECUTE ON FUNCTION draad.rewrap TO draad_app;
