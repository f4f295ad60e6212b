-- Files that belong to a case, each sealed with a key of its own; that key is wrapped by the client's, so that the
-- file is forgotten with the client. Its name, its kind and the hash of its bytes are in the record.

CREATE TABLE draad.document (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL,
    wrapped bytea NOT NULL,
    sealed bytea NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX document_case_id_idx ON draad.document (case_id);
ALTER TABLE draad.document ALTER COLUMN sealed SET STORAGE EXTERNAL; -- what is sealed does not shrink
GRANT SELECT, INSERT, DELETE ON draad.document TO draad_app;
