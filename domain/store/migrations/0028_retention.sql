-- How long laws keep each record. What a law makes of these days is worked out by rules that are data.

-- One row a case: the days that laws count from, and the entries that set them.
CREATE TABLE shown.retention (
    case_id uuid PRIMARY KEY,
    entry bigint NOT NULL,
    legal_basis text NOT NULL,
    received date NOT NULL, -- the last time that anything came in
    received_in bigint NOT NULL,
    content date NOT NULL, -- the last time that it changed what the record says
    content_in bigint NOT NULL,
    closed_on date,
    closed_in bigint,
    helped boolean NOT NULL, -- anything came of it
    involuntary date, -- the last day of involuntary care
    involuntary_in bigint,
    held bigint -- the first hold that stands
);

-- What may go, or may within a year, as the job `retention` found last. It only proposes.
CREATE TABLE draad.retention_list (
    case_id uuid PRIMARY KEY,
    rule text NOT NULL,
    version integer NOT NULL,
    starts_on date NOT NULL,
    starts_in bigint NOT NULL, -- the entry that set the clock; 0: a contact
    may_go_on date NOT NULL
);
GRANT SELECT, INSERT, DELETE ON draad.retention_list TO draad_app;

UPDATE shown.position SET notification_id = 0; -- what was recorded before is shown too
