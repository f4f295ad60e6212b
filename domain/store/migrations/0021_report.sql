-- What the report of the organisation counts. Days, kinds and teams; nobody's words and no names. The indexes
-- are named as PostgreSQL would: a rebuild copies them so.

ALTER TABLE shown.say
    ADD COLUMN client_id uuid,
    ADD COLUMN seen boolean; -- of a text in the plan: whether the client was shown it; else nothing
CREATE INDEX say_decided_on_idx ON shown.say (decided_on);

-- What is counted beside decisions: each goal, talk, refusal, … once, and each entry once. `entry` brought it.
CREATE TABLE shown.counted (
    case_id uuid NOT NULL,
    entry bigint NOT NULL,
    what text NOT NULL,
    day date NOT NULL,
    team text NOT NULL, -- that wrote it
    client_id uuid NOT NULL,
    kind text NOT NULL
);
CREATE INDEX counted_case_id_entry_idx ON shown.counted (case_id, entry);
CREATE INDEX counted_what_day_team_client_id_case_id_kind_idx
    ON shown.counted (what, day) INCLUDE (team, client_id, case_id, kind);

CREATE INDEX contacts_started_at_case_id_idx
    ON shown.contacts (started_at) INCLUDE (case_id) WHERE cancelled IS NULL;

UPDATE shown.position SET notification_id = 0; -- what was told before is counted too
