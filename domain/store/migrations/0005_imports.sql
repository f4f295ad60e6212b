-- What was imported before, and the resources as they came. Ids of people in other systems are personal data:
-- `source` is an HMAC of system, type and id under a key derived from the master key, `hash` one of the text.

CREATE TABLE draad.imported (
    source bytea NOT NULL,
    case_id uuid NOT NULL,
    noun uuid NOT NULL, -- what it is in this case: the goal, the support, the person; of the patient: the client
    is_patient boolean NOT NULL DEFAULT false,
    hash bytea, -- of what was told completely; none: an id kept ready, the entries may not be there yet
    PRIMARY KEY (case_id, source)
);
CREATE UNIQUE INDEX imported_patient_idx ON draad.imported (source) WHERE is_patient;
GRANT SELECT, INSERT, UPDATE ON draad.imported TO draad_app;

-- Sealed under the client's key, so that it is forgotten with the client; every version that came.
CREATE TABLE draad.raw_resource (
    source bytea NOT NULL,
    case_id uuid NOT NULL,
    hash bytea NOT NULL,
    sealed bytea NOT NULL,
    imported_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (case_id, source, hash)
);
GRANT SELECT, INSERT, DELETE ON draad.raw_resource TO draad_app;
