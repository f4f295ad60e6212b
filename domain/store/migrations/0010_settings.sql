-- What an organisation chose for itself: at what limit a signal speaks up. Each choice is a row of its own, with
-- who chose it and why; the highest version of a limit counts. Two who change the same limit at once make the
-- same version: the second is refused.

CREATE TABLE draad.setting (
    signal text NOT NULL,
    threshold text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    value integer NOT NULL CHECK (value BETWEEN 0 AND 10000),
    changed_at timestamptz NOT NULL,
    by_user uuid NOT NULL,
    by_name text NOT NULL,
    why text NOT NULL CHECK (why <> ''),
    PRIMARY KEY (signal, threshold, version)
);
GRANT SELECT, INSERT ON draad.setting TO draad_app;
