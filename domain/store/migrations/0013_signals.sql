-- What signals notice: numbers of entries, days and counts. No words and no names: a signal speaks with the
-- sentence of its file.

-- The cases to look at. A row is written with the change that asks for it, and goes with the look.
CREATE TABLE shown.to_look_at (
    case_id uuid PRIMARY KEY,
    position bigint -- in the record, of the first change that waits; none: only the day or a setting changed
);
CREATE INDEX to_look_at_position_idx ON shown.to_look_at (position, case_id);

-- One row a case and signal.
CREATE TABLE shown.signals (
    case_id uuid NOT NULL,
    signal text NOT NULL,
    since date NOT NULL,
    evidence bigint[] NOT NULL, -- numbers of the entries that show it
    contacts bigint[] NOT NULL, -- and of the contacts, in their own log
    weight smallint NOT NULL,
    state text NOT NULL,
    until date, -- when it was put off
    by_entry bigint, -- that handled it, or put it off
    facts jsonb NOT NULL, -- counts and days
    for_managers boolean NOT NULL,
    team text NOT NULL,
    leads uuid[] NOT NULL, -- the accounts of those who hold the lead; without one it is the manager's
    first_seen timestamptz NOT NULL, -- when it came up, or came back
    PRIMARY KEY (case_id, signal)
);
CREATE INDEX signals_signal_idx ON shown.signals (signal, state);

UPDATE shown.position SET notification_id = 0; -- what was told before is looked at too
